"""A comparison with and without some people, as its page shows it"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Comparison, Conversation, Participant, Statement
from deliberation.queries import findings
from deliberation.tallies import MIN_GROUP_SIZE, Tally


class NoSuchComparison(DeliberationError):
    code = "no_such_comparison"
    message = _("There is no such comparison in this conversation.")
    http_status = 404


@dataclass(frozen=True)
class Side:
    """The results on one side; groups : (letter, size)"""

    n_people: int
    n_votes: int
    headline: str
    groups: list[tuple[str, int]]


@dataclass(frozen=True)
class Pair:
    """Of all or of one group; a side is None where there is no such group on it."""

    letter: str
    before: Tally | None
    after: Tally | None


@dataclass(frozen=True)
class Changed:
    """A statement whose figures move, over all and in each group.

    moves : "agreed in", "agreed out", "rejected in", "rejected out": its way into a
        list of what is shared, or out of one
    """

    number: int
    text: str
    language: str
    overall: Pair
    groups: list[Pair]
    moves: list[str]


@dataclass(frozen=True)
class ComparisonView:
    """`figures` are there once it is finished and there was no problem."""

    comparison: Comparison
    n_people: int
    n_counted: int
    is_finished: bool
    has_problem: bool
    before: Side | None = None
    after: Side | None = None
    rand_index: float = 1.0
    n_changed: int = 0
    n_statements: int = 0
    changed: list[Changed] | None = None


def of(conversation: Conversation, pk: int) -> ComparisonView:
    """Raises NoSuchComparison."""
    found = Comparison.objects.filter(conversation=conversation, pk=pk).first()
    if found is None:
        raise NoSuchComparison
    people = Participant.objects.filter(
        conversation=conversation, pk__in=found.participants
    )
    shown: dict[str, Any] = {
        "comparison": found,
        "n_people": len(found.participants),
        "n_counted": people.filter(is_excluded=False).count(),
        "is_finished": found.finished_at is not None,
        "has_problem": bool(found.problem),
    }
    if not found.figures:
        return ComparisonView(**shown)
    figures: dict[str, Any] = found.figures
    return ComparisonView(
        **shown,
        before=_side(figures["with"]),
        after=_side(figures["without"]),
        rand_index=figures["rand_index"],
        n_changed=figures["n_changed"],
        n_statements=figures["n_statements"],
        changed=_changed(conversation, figures),
    )


def _side(figures: dict[str, Any]) -> Side:
    groups = [(group["letter"], group["size"]) for group in figures["groups"]]
    return Side(
        n_people=figures["n_people"],
        n_votes=figures["n_votes"],
        headline=findings.headline(figures["finding"], len(groups)),
        groups=groups,
    )


def _changed(conversation: Conversation, figures: dict[str, Any]) -> list[Changed]:
    numbers = [row["number"] for row in figures["statements"]]
    rows = Statement.objects.filter(conversation=conversation, number__in=numbers)
    texts = {row.number: row for row in rows}
    told = {
        side: {
            group["letter"]
            for group in figures[side]["groups"]
            if group["size"] >= MIN_GROUP_SIZE
        }
        for side in ("with", "without")
    }
    letters = sorted(told["with"] | told["without"])
    return [
        Changed(
            number=row["number"],
            text=texts[row["number"]].text,
            language=texts[row["number"]].language,
            overall=_pair(row, "all", told),
            groups=[_pair(row, letter, told) for letter in letters],
            moves=_moves(figures, row["number"]),
        )
        for row in figures["statements"]
        if row["number"] in texts
    ]


def _pair(row: dict[str, Any], letter: str, told: dict[str, set[str]]) -> Pair:
    """No figures of a group too small to be described."""

    def tally(side: str) -> Tally | None:
        is_told = letter == "all" or letter in told[side]
        counts = row[side].get(letter)
        return Tally.of(counts) if counts and is_told else None

    return Pair("" if letter == "all" else letter, tally("with"), tally("without"))


def _moves(figures: dict[str, Any], number: int) -> list[str]:
    words = {"entering": "in", "leaving": "out"}
    return [
        f"{kind} {words[way]}"
        for kind in ("agreed", "rejected")
        for way in ("entering", "leaving")
        if number in figures[kind][way]
    ]
