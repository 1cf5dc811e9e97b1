"""For moderators: their conversations, the queue, decisions, and seed statements.

A decision is a plain form; with htmx its row and the counts are swapped.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from deliberation import actions, forms, queries
from deliberation.models import Conversation, Statement
from deliberation.validators import clean_text

PER_PAGE = 30


class SignedIn(HttpRequest):
    """What `login_required` lets through."""

    user: User
    htmx: HtmxDetails


# --- Conversations ---------------------------------------------------------------------


@login_required
def conversations(request: SignedIn) -> HttpResponse:
    mine = Paginator(queries.conversations.moderated_list(request.user), PER_PAGE)
    context = {
        "page": mine.get_page(request.GET.get("page")),
        "section": "conversations",
    }
    return render(request, "moderation/conversations.html", context)


@login_required
def create(request: SignedIn) -> HttpResponse:
    form = forms.NewConversation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = actions.conversations.create(
                by=request.user, **form.cleaned_data
            )
        except actions.conversations.SlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(
                request, _("The conversation is made. Add statements, then open it.")
            )
            return redirect("queue", conversation.slug)
    status = 422 if form.errors else 200
    return render(request, "moderation/create.html", {"form": form}, status=status)


@login_required
@require_POST
def open_conversation(request: SignedIn, slug: str) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    actions.conversations.open_conversation(
        conversation=conversation, by=request.user, now=timezone.now()
    )
    messages.success(request, _("The conversation is open: people can vote now."))
    return redirect("queue", slug)


@login_required
@require_POST
def close_conversation(request: SignedIn, slug: str) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    actions.conversations.close_conversation(
        conversation=conversation, by=request.user, now=timezone.now()
    )
    messages.success(request, _("The conversation is closed; its results stay."))
    return redirect("queue", slug)


# --- The queue -------------------------------------------------------------------------


@login_required
def queue(request: SignedIn, slug: str) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    return _queue_page(request, conversation)


@login_required
@require_POST
def accept(request: SignedIn, slug: str, number: int) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    statement = queries.moderation.statement(conversation, number)
    now = timezone.now()
    decided = actions.moderation.accept(statement=statement, by=request.user, now=now)
    if decided.decided_at == now:
        said = _("Statement %(number)d is accepted.") % {"number": number}
    else:
        said = _("Statement %(number)d was accepted already.") % {"number": number}
    return _decided(request, conversation, number, said)


@login_required
@require_POST
def reject(request: SignedIn, slug: str, number: int) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    statement = queries.moderation.statement(conversation, number)
    form = forms.Reject(request.POST, auto_id=f"statement-{number}-%s")
    if not form.is_valid():
        return _reject_again(request, conversation, statement, form)
    now = timezone.now()
    decided = actions.moderation.reject(
        statement=statement, by=request.user, now=now, **form.cleaned_data
    )
    if decided.decided_at == now:
        said = _("Statement %(number)d is rejected.") % {"number": number}
    else:
        said = _("Statement %(number)d was rejected already.") % {"number": number}
    return _decided(request, conversation, number, said)


@login_required
@require_POST
def add_seeds(request: SignedIn, slug: str) -> HttpResponse:
    conversation = queries.access.moderated_conversation(slug, user=request.user)
    form = forms.Seeds(request.POST)
    if not form.is_valid():
        return _queue_page(request, conversation, seeds=form, status=422)
    try:
        seeds = actions.moderation.add_seeds(
            conversation=conversation,
            texts=form.cleaned_data["seeds"],
            language=form.cleaned_data["language"],
            by=request.user,
            now=timezone.now(),
        )
    except actions.moderation.SeedsRepeated as error:
        for sentence in _repeated_lines(request.POST["seeds"], error.positions):
            form.add_error("seeds", sentence)
        return _queue_page(request, conversation, seeds=form, status=error.http_status)
    said = ngettext(
        "%(n)d statement was added.", "%(n)d statements were added.", n := len(seeds)
    )
    messages.success(request, said % {"n": n})
    return HttpResponseRedirect(f"{reverse('queue', args=[slug])}?state=accepted")


def _repeated_lines(text: str, positions: tuple[int, ...]) -> list[str]:
    """Empty lines are no texts, but count as lines."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if clean_text(line)]
    return [
        _("Line %(line)d: these words are in the conversation already.")
        % {"line": lines[position]}
        for position in positions
    ]


def _queue_page(
    request: SignedIn,
    conversation: Conversation,
    *,
    seeds: forms.Seeds | None = None,
    bound: tuple[int, forms.Reject] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`bound` is the number of a statement and the refused form to reject it."""
    state = request.GET.get("state", "")
    if state not in Statement.State.values:
        state = Statement.State.PENDING
    statements = Paginator(queries.moderation.queue(conversation, state), PER_PAGE)
    page = statements.get_page(request.GET.get("page"))
    replaced = dict([bound]) if bound else {}
    context = {
        "conversation": conversation,
        "section": "queue",
        "state": state,
        "counts": queries.moderation.counts(conversation),
        "alerts": queries.alerts.standing(conversation),
        "page": page,
        "rows": [_row(s, replaced.get(s.number)) for s in page],
        "seeds": seeds or forms.Seeds(initial={"language": conversation.language}),
    }
    return render(request, "moderation/queue.html", context, status=status)


def _row(statement: Statement, form: forms.Reject | None = None) -> dict[str, object]:
    return {"statement": statement, "form": form or _reject_form(statement)}


def _reject_form(statement: Statement) -> forms.Reject:
    """With ids of its own: there are many on one page."""
    given = {"reason": statement.reason, "note": statement.reason_note}
    return forms.Reject(initial=given, auto_id=f"statement-{statement.number}-%s")


def _reject_again(
    request: SignedIn,
    conversation: Conversation,
    statement: Statement,
    form: forms.Reject,
) -> HttpResponse:
    if not request.htmx:
        bound = (statement.number, form)
        return _queue_page(request, conversation, bound=bound, status=422)
    context = {"conversation": conversation, "row": _row(statement, form)}
    return render(request, "moderation/_statement.html", context, status=422)


def _decided(
    request: SignedIn, conversation: Conversation, number: int, said: str
) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said)
        here = reverse("queue", args=[conversation.slug])
        return HttpResponseRedirect(f"{here}?{request.GET.urlencode()}")
    context = {
        "conversation": conversation,
        "state": request.GET.get("state", ""),
        "row": _row(queries.moderation.statement(conversation, number)),
        "counts": queries.moderation.counts(conversation),
        "said": said,
    }
    return render(request, "moderation/_decided.html", context)
