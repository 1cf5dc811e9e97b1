"""What signs of participation are made of: votes as rows, thresholds, and a sign"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from clustering.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Thresholds:
    """What a sign must be beyond; docs/quality.md says why each is what it is.

    straight_votes : of fewer votes nothing is said
    straight_odds : so many times likelier from somebody who always gives one answer
    straight_rarity : at most this part of honest people may look like that
    speed_votes, speed_share : so many votes, and this part of hers, came too fast
    speed_characters : read in a second by nobody; people read 20 to 30
    copy_shared : of fewer statements that both voted on nothing is said
    copy_odds : so many times likelier as a copy, on average over all others
    burst_people, burst_minutes : newcomers of one network in so many minutes
    spam_refused, spam_share : so many statements, and this part of hers, were spam
    spam_hour : statements in one hour
    spam_repeats : statements that say nearly the same as others of hers
    """

    straight_votes: int = 10
    straight_odds: float = 20.0
    straight_rarity: float = 0.003
    speed_votes: int = 10
    speed_share: float = 0.5
    speed_characters: float = 100.0
    copy_shared: int = 10
    copy_odds: float = 1.25
    burst_people: int = 20
    burst_minutes: float = 10.0
    spam_refused: int = 3
    spam_share: float = 0.5
    spam_hour: int = 20
    spam_repeats: int = 5


@dataclass(frozen=True)
class Ballots:
    """Votes in rows: who (0 to n_people), on what (0 to n_statements), what, when.

    seconds : when it was stored, NaN where nobody knows; n_characters : of each
    statement, 0 where unknown
    """

    people: IntArray
    statements: IntArray
    row: IntArray
    column: IntArray
    choice: IntArray
    seconds: FloatArray
    n_characters: FloatArray

    @property
    def n_people(self) -> int:
        return len(self.people)

    @property
    def n_statements(self) -> int:
        return len(self.statements)

    @property
    def n_votes(self) -> IntArray:
        """Of each person."""
        return np.bincount(self.row, minlength=self.n_people)

    def of(self, kept: BoolArray) -> "Ballots":
        """The votes of some of the people, who keep their numbers."""
        rows = kept[self.row]
        return Ballots(
            self.people,
            self.statements,
            self.row[rows],
            self.column[rows],
            self.choice[rows],
            self.seconds[rows],
            self.n_characters,
        )


@dataclass(frozen=True)
class Joined:
    """When people joined, and from which network: a number, -1 where nobody knows."""

    people: IntArray
    seconds: FloatArray
    network: IntArray


@dataclass(frozen=True)
class Written:
    """Statements by their authors: when, whether refused as spam, and which group of
    nearly the same (-1 for none)."""

    authors: IntArray
    seconds: FloatArray
    is_spam: BoolArray
    group: IntArray


@dataclass(frozen=True)
class Sign:
    """One thing that was noticed of one person.

    strength : 0.5 at the threshold, towards 1 far beyond it
    figures : plain numbers, those that were found and the thresholds they are beyond
    """

    kind: str
    person: int
    strength: float
    figures: dict[str, float | int | str] = field(default_factory=dict)


def strength(value: float, threshold: float) -> float:
    return round(float(value / (value + threshold)), 4) if value > 0 else 0.0


def ballots(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    choices: npt.ArrayLike,
    seconds: npt.ArrayLike | None = None,
    n_characters: dict[int, int] | None = None,
) -> Ballots:
    """Of equally long columns; one vote of a person on a statement.

    n_characters : of statements by id
    """
    people, row = np.unique(np.asarray(participants, np.int64), return_inverse=True)
    things, column = np.unique(np.asarray(statements, np.int64), return_inverse=True)
    choice = np.asarray(choices, np.int64)
    if not np.isin(choice, (-1, 0, 1)).all():
        raise ValueError("A choice is -1, 0 or 1.")
    when = np.full(len(row), np.nan) if seconds is None else np.asarray(seconds, float)
    known = n_characters or {}
    lengths = np.array([known.get(int(t), 0) for t in things], dtype=float)
    # By person and statement, so that no figure hangs on the order of the rows.
    order = np.lexsort((column, row))
    return Ballots(
        people,
        things,
        row[order].astype(np.int64),
        column[order].astype(np.int64),
        choice[order],
        when[order],
        lengths,
    )
