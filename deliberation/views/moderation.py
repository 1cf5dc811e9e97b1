"""For moderators: the queue of statements, and decisions on one of them.

A decision is a plain form; with htmx what it changed on the page is swapped.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.models import Conversation, Statement
from deliberation.permissions import Right
from deliberation.queries.queue_rows import Row
from deliberation.views.decided import (
    Shown,
    Wanted,
    answer,
    back,
    changes,
    problems,
    sentence,
)
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.SEE)
@never_cache
@require_safe
def queue(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """The page; with `seen`, what colleagues have decided since that decision."""
    seen = request.GET.get("seen", "")
    if seen.isdecimal() and len(seen) < 19:
        return _news(request, conversation, int(seen))
    return queue_page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def accept(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    outcome = actions.moderation.accept(
        conversation=conversation,
        statements=[statement],
        by=request.user,
        now=timezone.now(),
        seen=_seen(statement, forms.Decide(request.POST)),
    )
    return _answer_one(request, conversation, number, outcome, Wanted("accept"))


@for_role(Right.MODERATE)
@require_POST
def reject(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    reasons = queries.reasons.choices(conversation)
    form = forms.Reject(request.POST, reasons=reasons, auto_id=f"statement-{number}-%s")
    if not form.is_valid():
        return _reject_again(request, conversation, statement, form)
    reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
    outcome = actions.moderation.reject(
        conversation=conversation,
        statements=[statement],
        reason=reason,
        note=note,
        by=request.user,
        now=timezone.now(),
        seen=_seen(statement, form),
    )
    wanted = Wanted("reject", reason, note)
    return _answer_one(request, conversation, number, outcome, wanted)


@for_role(Right.MODERATE)
@require_POST
def meta(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    form = forms.Meta(request.POST)
    is_meta = form.cleaned_data["is_meta"] if form.is_valid() else True
    outcome = actions.moderation.mark_meta(
        conversation=conversation,
        statements=[statement],
        is_meta=is_meta,
        by=request.user,
        now=timezone.now(),
        seen=_seen(statement, form),
    )
    wanted = Wanted("meta" if is_meta else "not_meta")
    return _answer_one(request, conversation, number, outcome, wanted)


@for_role(Right.MODERATE)
@require_POST
def flag(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    statement = queries.moderation.statement(conversation, number)
    form = forms.Flag(request.POST)
    if not form.is_valid():
        return _row_as_it_is(request, conversation, number, problems(form), status=422)
    actions.flags.flag(
        conversation=conversation,
        statement=statement,
        note=form.cleaned_data["flag_note"],
        by=request.user,
        now=timezone.now(),
    )
    said = _("Statement %(number)d is flagged.") % {"number": number}
    return _row_as_it_is(request, conversation, number, said)


@for_role(Right.MODERATE)
@require_POST
def unflag(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    actions.flags.unflag(
        conversation=conversation,
        statement=queries.moderation.statement(conversation, number),
        by=request.user,
    )
    said = _("Statement %(number)d is not flagged any more.") % {"number": number}
    return _row_as_it_is(request, conversation, number, said)


def queue_page(
    request: SignedIn,
    conversation: Conversation,
    *,
    bound: Shown | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """bound : a row with a refused form, in its place if it is on the page
    refused : why nothing was done, where a form was refused
    """
    context = changes(request, conversation)
    form = forms.QueueFilter(
        request.GET,
        languages=queries.queue.languages(conversation),
        reasons=queries.reasons.choices(conversation),
    )
    filters = form.filters()
    number = request.GET.get("page", "1")
    now = timezone.now()
    page = queries.queue.page(conversation, filters, number, now)
    n_pending = context["counts"].n_pending
    rows = [_shown(row, bound) for row in page]
    context |= {
        "section": "queue",
        "form": form,
        "filters": filters,
        "state": filters.state,
        "page": page,
        "rows": rows,
        # Beside the form, where that is on the page.
        "refused": "" if bound in rows else refused,
        "newest": queries.batches.newest(conversation),
        "views": queries.moderation.saved_views(conversation, request.user),
        "forecast": queries.backlog.of(conversation, n_pending=n_pending, now=now),
    }
    return render(request, "moderation/queue.html", context, status=status)


def _shown(row: Row, bound: Shown | None) -> Shown:
    is_bound = bound is not None and bound.row.statement.pk == row.statement.pk
    return bound if bound is not None and is_bound else Shown(row)


def _news(request: SignedIn, conversation: Conversation, seen: int) -> HttpResponse:
    news = queries.batches.of_colleagues(conversation, seen, but=request.user)
    if not news:
        return HttpResponse(status=204)
    context = {"conversation": conversation, "news": news, "newest": news[-1].pk}
    context["counts"] = queries.moderation.counts(conversation)
    context["state"] = request.GET.get("state", "")
    context["swap"] = True
    return render(request, "moderation/_news.html", context)


def _seen(statement: Statement, form: forms.Decide) -> dict[int, int]:
    seen = form.cleaned_data.get("seen") if form.is_valid() else None
    return {} if seen is None else {statement.pk: seen}


def _answer_one(
    request: SignedIn,
    conversation: Conversation,
    number: int,
    outcome: actions.decisions.Outcome,
    wanted: Wanted,
) -> HttpResponse:
    said = sentence(conversation, outcome, wanted)
    return answer(
        request, conversation, outcome, wanted, said=said, on_page={number}, is_one=True
    )


def _reject_again(
    request: SignedIn,
    conversation: Conversation,
    statement: Statement,
    form: forms.Reject,
) -> HttpResponse:
    (row,) = queries.queue_rows.rows(conversation, [statement.pk])
    shown = Shown(row, form=form)
    if not request.htmx:
        refused = problems(form)
        return queue_page(
            request, conversation, bound=shown, refused=refused, status=422
        )
    context = changes(request, conversation) | {"changed": [shown], "said": ""}
    return render(request, "moderation/_decided.html", context, status=422)


def _row_as_it_is(
    request: SignedIn,
    conversation: Conversation,
    number: int,
    said: str,
    status: int = 200,
) -> HttpResponse:
    if not request.htmx:
        if status != 200:
            return queue_page(request, conversation, refused=said, status=status)
        messages.success(request, said)
        return back(request, conversation)
    statement = queries.moderation.statement(conversation, number)
    rows = queries.queue_rows.rows(conversation, [statement.pk])
    context = changes(request, conversation) | {
        "changed": list(map(Shown, rows)),
        "said": said,
    }
    return render(request, "moderation/_decided.html", context, status=status)
