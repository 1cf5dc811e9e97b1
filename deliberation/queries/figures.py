"""Statements and groups with their figures, as the results page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from deliberation.models import AnalysisRun, OpinionGroup
from deliberation.queries import findings
from deliberation.tallies import MIN_GROUP_SIZE, Tally, group_aware_consensus

AGREE, DISAGREE = 1, -1


@dataclass(frozen=True)
class Ranking:
    """How surely every group agrees, and disagrees: the engine's scores, 0 to 1.

    `p_agreed_top` and `p_rejected_top` are shares of the repeats in which the statement
    was at the top of each list.
    """

    agree: float = 0.0
    disagree: float = 0.0
    is_ranked: bool = False
    p_agreed_top: float = 0.0
    p_rejected_top: float = 0.0


UNRANKED = Ranking()


@dataclass(frozen=True)
class StatementView:
    """Without words (`text`, `language`) until it is known to be shown.

    translation : in the reader's language, where moderators wrote one
    """

    pk: int
    number: int
    is_meta: bool
    tally: Tally
    by_group: list[tuple[str, Tally]]
    ranking: Ranking
    text: str = ""
    language: str = ""
    translation: str = ""
    translated_into: str = ""

    @property
    def shown_text(self) -> str:
        return self.translation or self.text

    @property
    def shown_language(self) -> str:
        return self.translated_into if self.translation else self.language

    @property
    def group_aware_consensus(self) -> float | None:
        """Polis's product over the groups that are described; None without any."""
        return group_aware_consensus(tally for _letter, tally in self.by_group)

    @property
    def apart(self) -> float | None:
        """Between the groups that agree most and least, of those that have been asked;
        None where they are fewer than two."""
        shares = [t.p_agree for _letter, t in self.by_group if t.is_enough]
        return max(shares) - min(shares) if len(shares) > 1 else None

    @property
    def judges(self) -> list[Tally]:
        """Whose votes count: every group's, or without groups everyone's."""
        return [tally for _letter, tally in self.by_group] or [self.tally]

    @property
    def is_supported_by_all(self) -> bool:
        """Ranked, and more than half of those who saw it agree, in every group."""
        return self._is_known and all(t.p_agree > 0.5 for t in self.judges)

    @property
    def is_rejected_by_all(self) -> bool:
        """Ranked, and more than half of those who saw it disagree, in every group."""
        return self._is_known and all(t.p_disagree > 0.5 for t in self.judges)

    @property
    def _is_known(self) -> bool:
        return self.ranking.is_ranked and all(t.is_enough for t in self.judges)


@dataclass(frozen=True)
class SharedView:
    """A statement that every group supports, or rejects: `choice` says which.

    In `n_in_top` of the repeats it was among the surest of its list.
    """

    statement: StatementView
    choice: int
    n_in_top: int

    @property
    def share(self) -> float:
        tally = self.statement.tally
        return tally.p_agree if self.choice == AGREE else tally.p_disagree

    @property
    def interval(self) -> tuple[float, float]:
        return self._interval(self.statement.tally)

    @property
    def is_sure(self) -> bool:
        """More than half of every group even at the low end of each interval."""
        return all(self._interval(tally)[0] > 0.5 for tally in self.statement.judges)

    def _interval(self, tally: Tally) -> tuple[float, float]:
        return tally.agree_interval if self.choice == AGREE else tally.disagree_interval


@dataclass(frozen=True)
class RepresentativeView:
    """A statement that sets a group apart: `inside` against all `outside`.

    `difference` of the shares that chose so, from `low` to `high` with 95 % confidence.
    """

    statement: StatementView
    choice: int
    inside: Tally
    outside: Tally
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class GroupView:
    """`found_again` is its overlap with itself in repeats; None without any."""

    letter: str
    n_members: int
    p_members: float
    is_small: bool
    found_again: float | None
    representative: list[RepresentativeView]

    @property
    def firmness(self) -> str:
        return findings.firmness(self.found_again)


def worded(
    view: StatementView,
    text: str,
    language: str,
    translation: str = "",
    translated_into: str = "",
) -> StatementView:
    return replace(
        view,
        text=text,
        language=language,
        translation=translation,
        translated_into=translated_into,
    )


# --- What all share --------------------------------------------------------------------


def supported(views: Iterable[StatementView], n_repeats: int) -> list[SharedView]:
    """What every group supports, the surest first."""
    chosen = [view for view in views if view.is_supported_by_all]
    chosen.sort(key=lambda view: (-view.ranking.agree, view.number))
    return [
        SharedView(view, AGREE, round(n_repeats * view.ranking.p_agreed_top))
        for view in chosen
    ]


def rejected(views: Iterable[StatementView], n_repeats: int) -> list[SharedView]:
    """What every group rejects, the surest first."""
    chosen = [view for view in views if view.is_rejected_by_all]
    chosen.sort(key=lambda view: (-view.ranking.disagree, view.number))
    return [
        SharedView(view, DISAGREE, round(n_repeats * view.ranking.p_rejected_top))
        for view in chosen
    ]


# --- Groups ----------------------------------------------------------------------------


def group_view(
    group: OpinionGroup, run: AnalysisRun, by_number: Mapping[int, StatementView]
) -> GroupView:
    """`by_number`: the statements that are shown and have figures of groups."""
    is_small = group.n_members < MIN_GROUP_SIZE
    representative = [
        _representative_view(by_number[entry["statement"]], group, entry)
        for entry in group.representative
        if entry["statement"] in by_number and not is_small
    ]
    return GroupView(
        letter=group.letter,
        n_members=group.n_members,
        p_members=group.n_members / run.n_grouped,
        is_small=is_small,
        found_again=group.found_again,
        representative=representative,
    )


def _representative_view(
    view: StatementView, group: OpinionGroup, entry: dict[str, float]
) -> RepresentativeView:
    """Outside are the members of the other described groups."""
    others = [tally for letter, tally in view.by_group if letter != group.letter]
    return RepresentativeView(
        statement=view,
        choice=int(entry["choice"]),
        inside=dict(view.by_group)[group.letter],
        outside=Tally(
            sum(tally.n_agree for tally in others),
            sum(tally.n_disagree for tally in others),
            sum(tally.n_pass for tally in others),
        ),
        difference=entry["difference"],
        low=entry["low"],
        high=entry["high"],
    )
