"""Does the declared vote sign look right? Evidence for a person, never a decision.

Three things are shown: the statements most agreed and most disagreed with (read
them: would people have voted so?), how authors voted on their own statements
(people agree with themselves), and which of the two signs fits the counts in
comments.csv. The last is the weakest: Polis once wrote those counts swapped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from deliberation.formats.polis.export import ImportedStatement, PolisExport
from deliberation.formats.polis.sign import VoteSign
from deliberation.formats.polis.votes import PAIR, Votes, pair_keys

MIN_VOTES: Final = 10  # below this a statement's share says little
N_SHOWN: Final = 3
MIN_AUTHOR_VOTES: Final = 7  # all seven agreeing by chance: below one in a hundred
CLEAR_SHARE: Final = 0.8
CLEAR_GAP: Final = 0.2  # between the correlations under the two signs

Counts = npt.NDArray[np.int64]


class SignVerdict(StrEnum):
    LOOKS_RIGHT = "looks_right"
    LOOKS_WRONG = "looks_wrong"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class StatementTally:
    """Latest votes on one statement under the declared sign."""

    number: int
    text: str
    n_agree: int
    n_pass: int
    n_disagree: int


@dataclass(frozen=True)
class AuthorTest:
    """Authors' latest votes on their own statements under the declared sign."""

    n_agree: int
    n_pass: int
    n_disagree: int
    verdict: SignVerdict


@dataclass(frozen=True)
class ListedCounts:
    """Correlation of our counts with agrees and disagrees of comments.csv.

    None where it is undefined: nothing varies.
    """

    correlation: float | None
    correlation_if_flipped: float | None
    verdict: SignVerdict


@dataclass(frozen=True)
class SignCheck:
    """What to show beside the question "is the sign right?"."""

    sign: VoteSign
    most_agreed: tuple[StatementTally, ...]
    most_disagreed: tuple[StatementTally, ...]
    authors: AuthorTest
    listed: ListedCounts

    @property
    def verdict(self) -> SignVerdict:
        """What both tests allow to be said; when they contradict, nothing."""
        said = {self.authors.verdict, self.listed.verdict} - {SignVerdict.CANNOT_TELL}
        return said.pop() if len(said) == 1 else SignVerdict.CANNOT_TELL


def sign_check(export: PolisExport, *, min_votes: int = MIN_VOTES) -> SignCheck:
    """The evidence under the declared sign.

    Statements with fewer than ``min_votes`` votes are not among the most agreed
    and disagreed. Ties go to the statement with more votes, then the lower number.
    """
    tallies = _tallies(export)
    voted = [
        tally
        for tally in tallies
        if tally.n_agree + tally.n_pass + tally.n_disagree >= min_votes
    ]
    return SignCheck(
        sign=export.sign,
        most_agreed=_top(voted, "n_agree"),
        most_disagreed=_top(voted, "n_disagree"),
        authors=_author_test(export),
        listed=_listed_counts(export),
    )


def _top(tallies: Iterable[StatementTally], count: str) -> tuple[StatementTally, ...]:
    def rank(tally: StatementTally) -> tuple[float, int, int]:
        n_votes = max(tally.n_agree + tally.n_pass + tally.n_disagree, 1)
        return (-getattr(tally, count) / n_votes, -n_votes, tally.number)

    return tuple(sorted(tallies, key=rank)[:N_SHOWN])


def _count(statements: tuple[ImportedStatement, ...], votes: Votes) -> Counts:
    """Rows agree, pass, disagree; one column per statement."""
    numbers = np.array([statement.number for statement in statements], dtype=np.int64)
    columns = np.searchsorted(numbers, votes.statements)
    counts = np.zeros((3, len(numbers)), dtype=np.int64)
    np.add.at(counts, (1 - votes.choices.astype(np.int64), columns), 1)
    return counts


def _tallies(export: PolisExport) -> list[StatementTally]:
    counts = _count(export.statements, export.votes).T.tolist()
    return [
        StatementTally(statement.number, statement.text, *row)
        for statement, row in zip(export.statements, counts, strict=True)
    ]


def _author_test(export: PolisExport) -> AuthorTest:
    keys = pair_keys(export.votes)
    own = [
        statement.author_number * PAIR + statement.number
        for statement in export.statements
        if statement.author_number is not None
    ]
    choices = export.votes.choices[np.isin(keys, np.array(own, dtype=np.int64))]
    n_agree, n_pass, n_disagree = (int((choices == c).sum()) for c in (1, 0, -1))
    clear = max((n_agree + n_disagree) * CLEAR_SHARE, MIN_AUTHOR_VOTES)
    return AuthorTest(
        n_agree, n_pass, n_disagree, _verdict(n_agree >= clear, n_disagree >= clear)
    )


def _listed_counts(export: PolisExport) -> ListedCounts:
    """All events are compared, since that is what Polis counts there."""
    counted = _count(export.statements, export.votes)
    counted += _count(export.statements, export.superseded)
    n_agree, _, n_disagree = counted
    listed = [statement.listed_agrees for statement in export.statements]
    listed += [statement.listed_disagrees for statement in export.statements]
    chosen = _correlation(listed, np.concatenate([n_agree, n_disagree]))
    flipped = _correlation(listed, np.concatenate([n_disagree, n_agree]))
    gap = 0.0 if chosen is None or flipped is None else chosen - flipped
    verdict = _verdict(gap >= CLEAR_GAP, gap <= -CLEAR_GAP)
    return ListedCounts(chosen, flipped, verdict)


def _correlation(listed: list[int], counted: Counts) -> float | None:
    if len(set(listed)) < 2 or len(set(counted.tolist())) < 2:
        return None
    return round(float(np.corrcoef(listed, counted)[0, 1]), 6)


def _verdict(is_right: bool, is_wrong: bool) -> SignVerdict:
    if is_right:
        return SignVerdict.LOOKS_RIGHT
    return SignVerdict.LOOKS_WRONG if is_wrong else SignVerdict.CANNOT_TELL
