"""For moderators: the queue of statements, and decisions on them.

A decision is a plain form; with htmx its row and the counts are swapped.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deliberation import actions, forms, queries
from deliberation.models import Conversation, Statement
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role

PER_PAGE = 30


@for_role(Right.SEE)
def queue(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _queue_page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def accept(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    now = timezone.now()
    outcome = actions.moderation.accept(
        conversation=conversation, statements=[statement], by=request.user, now=now
    )
    if outcome.decisions:
        said = _("Statement %(number)d is accepted.") % {"number": number}
    else:
        said = _("Statement %(number)d was accepted already.") % {"number": number}
    return _decided(request, conversation, number, said)


@for_role(Right.MODERATE)
@require_POST
def reject(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    form = forms.Reject(request.POST, auto_id=f"statement-{number}-%s")
    if not form.is_valid():
        return _reject_again(request, conversation, statement, form)
    now = timezone.now()
    outcome = actions.moderation.reject(
        conversation=conversation,
        statements=[statement],
        by=request.user,
        now=now,
        **form.cleaned_data,
    )
    if outcome.decisions:
        said = _("Statement %(number)d is rejected.") % {"number": number}
    else:
        said = _("Statement %(number)d was rejected already.") % {"number": number}
    return _decided(request, conversation, number, said)


def _queue_page(
    request: SignedIn,
    conversation: Conversation,
    *,
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
        "page": page,
        "rows": [_row(s, replaced.get(s.number)) for s in page],
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
