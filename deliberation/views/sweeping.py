"""For moderators: one decision on many statements of the queue, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deliberation import actions, forms, queries
from deliberation.actions.decisions import Outcome
from deliberation.models import Conversation, Decision, Statement
from deliberation.permissions import Right
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
from deliberation.views.moderation import queue_page

# So many statements are decided on at once, at most.
MOST_AT_ONCE = 1000


@for_role(Right.MODERATE)
@require_POST
def sweep(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """On what is marked, on the others of the page, or on all that match."""
    reasons = queries.reasons.choices(conversation)
    form = forms.Sweep(request.POST, reasons=reasons)
    if not form.is_valid():
        problem = problems(form)
        return _refused(request, conversation, problem)
    if form.scope == "matching":
        return _confirm(request, conversation, form)
    if form.kind == "lead":
        return _lead(request, conversation, form)
    statements = queries.moderation.statements(conversation, form.numbers)
    outcome = _decide(request, conversation, form, statements)
    wanted = Wanted(form.kind, form.reason, form.cleaned_data["note"])
    said = sentence(conversation, outcome, wanted)
    on_page = form.seen.keys()
    return answer(request, conversation, outcome, wanted, said=said, on_page=on_page)


@for_role(Right.MODERATE)
@require_POST
def take_back(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.TakeBack(request.POST)
    batch = form.cleaned_data["batch"] if form.is_valid() else ""
    outcome = actions.decisions.take_back(
        conversation=conversation, batch=batch, by=request.user, now=timezone.now()
    )
    said = _taken_back(outcome)
    if not request.htmx:
        tell = messages.warning if outcome.clashes else messages.success
        tell(request, said)
        return back(request, conversation)
    pks = [one.statement.pk for one in outcome.decisions]
    rows = queries.queue_rows.rows(conversation, pks)
    context = changes(request, conversation)
    context |= {"changed": list(map(Shown, rows)), "said": said}
    return render(request, "moderation/_decided.html", context)


def _decide(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Sweep,
    statements: list[Statement],
) -> Outcome:
    given: Any = {
        "conversation": conversation,
        "statements": statements,
        "by": request.user,
        "now": timezone.now(),
        "seen": _seen(form, statements),
    }
    if form.kind == "accept":
        return actions.moderation.accept(**given)
    if form.kind == "meta":
        return actions.moderation.mark_meta(is_meta=True, **given)
    note = form.cleaned_data["note"]
    return actions.moderation.reject(reason=form.reason, note=note, **given)


def _lead(
    request: SignedIn, conversation: Conversation, form: forms.Sweep
) -> HttpResponse:
    """Accept one, and fold those of its group that wait into it."""
    leader = queries.moderation.statement(conversation, form.lead)
    waiting = queries.queue.pending_of_group(conversation, leader)
    outcome = actions.folding.lead(
        conversation=conversation,
        statements=waiting,
        into=leader,
        by=request.user,
        now=timezone.now(),
        seen=_seen(form, [leader, *waiting]),
    )
    n = sum(one.kind == Decision.Kind.FOLD for one in outcome.decisions)
    said = ngettext(
        "Statement %(number)d leads: %(n)d other is folded into it.",
        "Statement %(number)d leads: %(n)d others are folded into it.",
        n,
    ) % {"number": leader.number, "n": n}
    return answer(
        request,
        conversation,
        outcome,
        Wanted("lead"),
        said=said,
        on_page=form.seen.keys(),
    )


def _confirm(
    request: SignedIn, conversation: Conversation, form: forms.Sweep
) -> HttpResponse:
    """In words, with what it will be about: that alone is decided afterwards."""
    asked = forms.QueueFilter(
        request.GET,
        languages=queries.queue.languages(conversation),
        reasons=queries.reasons.choices(conversation),
    )
    found = queries.queue.matching(conversation, asked.filters(), timezone.now())
    statements = list(found.order_by("number", "id")[: MOST_AT_ONCE + 1])
    if not statements:
        return _refused(request, conversation, _("No statement matches."))
    chosen = statements[:MOST_AT_ONCE]
    context = {
        "conversation": conversation,
        "section": "queue",
        "kind": form.kind,
        "reason": form.reason,
        "note": form.cleaned_data["note"],
        "chosen": chosen,
        "has_more": len(statements) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "numbers": " ".join(str(one.number) for one in chosen),
        "seen": " ".join(f"{one.number}:{one.revision}" for one in chosen),
    }
    return render(request, "moderation/confirm.html", context)


def _seen(form: forms.Sweep, statements: list[Statement]) -> dict[int, int]:
    return {
        one.pk: form.seen[one.number] for one in statements if one.number in form.seen
    }


def _refused(
    request: SignedIn, conversation: Conversation, problem: str
) -> HttpResponse:
    if not request.htmx:
        return queue_page(request, conversation, refused=problem, status=422)
    context = {"problem": problem}
    return render(request, "moderation/_refused.html", context, status=422)


def _taken_back(outcome: Outcome) -> str:
    n = len(outcome.decisions)
    said = ngettext(
        "Taken back: %(n)d statement is what it was before.",
        "Taken back: %(n)d statements are what they were before.",
        n,
    ) % {"n": n}
    if not outcome.clashes:
        return said
    skipped = ngettext(
        "%(n)d statement was decided on since then, and stays as it is.",
        "%(n)d statements were decided on since then, and stay as they are.",
        len(outcome.clashes),
    ) % {"n": len(outcome.clashes)}
    return f"{said} {skipped}" if n else skipped
