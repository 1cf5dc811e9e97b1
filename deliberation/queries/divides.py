"""Where people differ, and where they are unsure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.queries.figures import StatementView
from deliberation.tallies import Tally, wilson

# Votes of each group, or of all, from which a difference is told.
MIN_VOTES_TO_COMPARE = 10
# Told from here on, at the low end of the interval.
LEAST_DIFFERENCE = 0.1
LEAST_SIDE = 0.25
LEAST_UNSURE = 0.15


@dataclass(frozen=True)
class DividingView:
    """`most` agrees most with the statement and `least` least, each a letter with its
    votes; the `difference` of their shares lies between `low` and `high` (95 %)."""

    statement: StatementView
    most: tuple[str, Tally]
    least: tuple[str, Tally]
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class UnsureView:
    """So many of those who saw it passed."""

    statement: StatementView

    @property
    def share(self) -> float:
        return self.statement.tally.p_pass

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.statement.tally.n_pass, self.statement.tally.n)


def between_groups(views: Iterable[StatementView]) -> list[DividingView]:
    """On what groups differ most surely: by the low end of the difference."""
    found = [dividing for view in views if (dividing := _dividing(view)) is not None]
    found.sort(key=lambda dividing: (-dividing.low, dividing.statement.number))
    return found


def within_everybody(views: Iterable[StatementView]) -> list[StatementView]:
    """Where many agree and many disagree, groups or none: the evenest first."""
    found = [view for view in views if _smaller_side(view.tally) >= LEAST_SIDE]
    found.sort(key=lambda view: (-_smaller_side(view.tally), view.number))
    return found


def unsure(views: Iterable[StatementView]) -> list[UnsureView]:
    """Where most surely many passed: by the low end of the share."""
    found = [UnsureView(view) for view in views if _is_comparable(view.tally)]
    found = [entry for entry in found if entry.interval[0] >= LEAST_UNSURE]
    found.sort(key=lambda entry: (-entry.interval[0], entry.statement.number))
    return found


def difference_interval(more: Tally, less: Tally) -> tuple[float, float]:
    """Of the difference of two agree shares, by Newcombe (1998, method 10)."""
    difference = more.p_agree - less.p_agree
    (low_1, high_1), (low_2, high_2) = more.agree_interval, less.agree_interval
    return (
        difference - math.hypot(more.p_agree - low_1, high_2 - less.p_agree),
        difference + math.hypot(high_1 - more.p_agree, less.p_agree - low_2),
    )


def _dividing(view: StatementView) -> DividingView | None:
    asked = [entry for entry in view.by_group if _is_comparable(entry[1])]
    if len(asked) < 2:
        return None
    most = max(asked, key=lambda entry: entry[1].p_agree)
    least = min(asked, key=lambda entry: entry[1].p_agree)
    low, high = difference_interval(most[1], least[1])
    if low < LEAST_DIFFERENCE:
        return None
    difference = most[1].p_agree - least[1].p_agree
    return DividingView(view, most, least, difference, low, high)


def _smaller_side(tally: Tally) -> float:
    """The low end of the share of whichever side has fewer."""
    if not _is_comparable(tally):
        return 0.0
    return min(tally.agree_interval[0], tally.disagree_interval[0])


def _is_comparable(tally: Tally) -> bool:
    return tally.n >= MIN_VOTES_TO_COMPARE
