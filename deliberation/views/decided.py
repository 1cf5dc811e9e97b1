"""How a decision is answered: htmx gets what changed on its page, all others go back.

What a colleague has decided meanwhile is shown beside what was wanted, and nothing is
done until the moderator says which.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation import forms, queries
from deliberation.actions.decisions import Outcome
from deliberation.models import Conversation, Decision
from deliberation.queries.queue_rows import Row
from deliberation.views.gates import SignedIn


@dataclass(frozen=True)
class Wanted:
    """What a moderator wants of statements.

    kind : of Decision.Kind
    reason, note : where it is a rejection
    """

    kind: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """A row, and what is said in it.

    form : a refused form to reject it
    clash : what was wanted of it, where it is not any more what was looked at
    """

    row: Row
    form: forms.Reject | None = None
    clash: Wanted | None = None


def answer(
    request: SignedIn,
    conversation: Conversation,
    outcome: Outcome,
    wanted: Wanted,
    *,
    said: str,
    on_page: Collection[int],
    is_one: bool = False,
) -> HttpResponse:
    """said : what was done, where something was
    on_page : numbers of the statements on the page that asked
    is_one : the decision was on one statement; a clash is then a refusal
    """
    clashes = _clashes(conversation, outcome, wanted)
    if not request.htmx:
        if is_one and clashes:
            return _clash_page(request, conversation, clashes)
        _tell(request, outcome, said)
        return back(request, conversation)
    made = [one.statement for one in outcome.decisions]
    stays = wanted.kind in (Decision.Kind.META, Decision.Kind.NOT_META)
    done = [one for one in (*made, *outcome.unchanged) if one.number in on_page]
    pks = [one.pk for one in done] if stays else []
    told = queries.queue_rows.rows(conversation, pks)
    gone = [] if stays else [one.number for one in done]
    context = changes(request, conversation) | {
        "first": gone[0] if gone else None,
        "gone": gone[1:],
        "batch": outcome.batch,
        "changed": [*map(Shown, told), *(c for c in clashes if _is_on(c, on_page))],
        "said": _sentences(outcome, said),
    }
    status = 409 if is_one and clashes else 200
    return render(request, "moderation/_decided.html", context, status=status)


def back(request: SignedIn, conversation: Conversation) -> HttpResponseRedirect:
    """To the queue as it was looked at."""
    here = reverse("queue", args=[conversation.slug])
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{here}?{query}" if query else here)


def changes(request: SignedIn, conversation: Conversation) -> dict[str, Any]:
    """What every answer to htmx renews."""
    reasons = queries.reasons.choices(conversation)
    return {
        **_row_context(request, conversation),
        "state": request.GET.get("state", ""),
        "counts": queries.moderation.counts(conversation),
        "reasons": reasons,
        # The same in every row, and the larger part of it: made once.
        "reason_buttons": render_to_string(
            "moderation/_reasons.html", {"reasons": reasons, "name": "reason"}
        ),
        "recent": queries.batches.recent(conversation, request.user, timezone.now()),
    }


def _row_context(request: SignedIn, conversation: Conversation) -> dict[str, Any]:
    """Looked up once, since there are fifty rows."""
    return {
        "conversation": conversation,
        "queue": reverse("queue", args=[conversation.slug]),
        "here": request.GET.urlencode(),
    }


def problems(form: Form) -> str:
    """All that is wrong with what was sent, in one line."""
    return " ".join(str(error) for found in form.errors.values() for error in found)


def _is_on(shown: Shown, on_page: Collection[int]) -> bool:
    return shown.row.statement.number in on_page


def _clashes(
    conversation: Conversation, outcome: Outcome, wanted: Wanted
) -> list[Shown]:
    pks = [statement.pk for statement in outcome.clashes]
    rows = queries.queue_rows.rows(conversation, pks) if pks else []
    return [Shown(row, clash=wanted) for row in rows]


def _clash_page(
    request: SignedIn, conversation: Conversation, clashes: Sequence[Shown]
) -> HttpResponse:
    context = _row_context(request, conversation) | {
        "section": "queue",
        "shown": clashes[0],
    }
    return render(request, "moderation/clash.html", context, status=409)


def _tell(request: SignedIn, outcome: Outcome, said: str) -> None:
    if outcome.decisions or not outcome.clashes:
        messages.success(request, said)
    if outcome.clashes:
        messages.warning(request, _skipped(len(outcome.clashes)))


def _sentences(outcome: Outcome, said: str) -> str:
    parts = [said] if outcome.decisions or not outcome.clashes else []
    if outcome.clashes:
        parts.append(_skipped(len(outcome.clashes)))
    return " ".join(parts)


def _skipped(n: int) -> str:
    return ngettext(
        "%(n)d statement was left as it is: it was decided on, or changed, since you"
        " looked at it.",
        "%(n)d statements were left as they are: they were decided on, or changed,"
        " since you looked at them.",
        n,
    ) % {"n": n}


def sentence(conversation: Conversation, outcome: Outcome, wanted: Wanted) -> str:
    """What was done; or that it was so already."""
    made = outcome.decisions
    numbers = [one.statement.number for one in made]
    numbers = numbers or [one.number for one in outcome.unchanged]
    told = {
        "n": len(numbers),
        "number": numbers[0] if numbers else 0,
        "reason": queries.reasons.words(conversation, wanted.reason),
    }
    if len(numbers) == 1:
        return (ONE if made else ALREADY)[wanted.kind]() % told
    return MANY[wanted.kind](len(numbers)) % told if made else _("Nothing has changed.")


# Functions, since words are looked up in the reader's language.
ONE = {
    "accept": lambda: _("Statement %(number)d is accepted."),
    "reject": lambda: _("Statement %(number)d is rejected: %(reason)s."),
    "meta": lambda: _("Statement %(number)d is marked as about the people."),
    "not_meta": lambda: _("Statement %(number)d is not about the people any more."),
}
ALREADY = {
    "accept": lambda: _("Statement %(number)d was accepted already."),
    "reject": lambda: _("Statement %(number)d was rejected already."),
    "meta": lambda: _("Statement %(number)d was marked already."),
    "not_meta": lambda: _("Statement %(number)d was not marked."),
}
MANY = {
    "accept": lambda n: ngettext(
        "%(n)d statement is accepted.", "%(n)d statements are accepted.", n
    ),
    "reject": lambda n: ngettext(
        "%(n)d statement is rejected: %(reason)s.",
        "%(n)d statements are rejected: %(reason)s.",
        n,
    ),
    "meta": lambda n: ngettext(
        "%(n)d statement is marked as about the people.",
        "%(n)d statements are marked as about the people.",
        n,
    ),
}
