"""What a constitution may be drafted from: statements with the votes of each group."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliberation.models import AnalysisRun, Conversation, Statement, StatementResult
from deliberation.queries.analysis import described_groups, latest_run
from deliberation.tallies import MIN_GROUP_SIZE, Tally, group_aware_consensus


@dataclass(frozen=True)
class Candidate:
    """A statement with its votes: of everyone, and of each group that is described.

    `consensus` is how surely every group agrees, by the engine's ranking, and `p_top`
    the share of repeats in which it was at the top of it; None where it is not ranked,
    or nothing was repeated.
    """

    statement: Statement
    overall: Tally
    groups: Mapping[str, Tally]
    consensus: float | None
    p_top: float | None

    @property
    def group_aware_consensus(self) -> float:
        """Over the judges: without groups, everyone is one."""
        return group_aware_consensus(self.judges) or 0.0

    @property
    def judges(self) -> list[Tally]:
        """Whose agreement is asked for: every group's, or without groups everyone's."""
        return list(self.groups.values()) or [self.overall]

    @property
    def is_enough(self) -> bool:
        return all(tally.is_enough for tally in self.judges)

    @property
    def p_least(self) -> float:
        """The agree share of the group that agrees least, passes in the denominator."""
        return min(tally.p_agree for tally in self.judges)

    @property
    def figures(self) -> dict[str, object]:
        """As a principle's provenance keeps them."""
        return {
            "consensus": self.consensus,
            "p_top": self.p_top,
            "group_aware_consensus": self.group_aware_consensus,
            **{f"n_{choice}": n for choice, n in _counts(self.overall).items()},
            "groups": {letter: _counts(votes) for letter, votes in self.groups.items()},
        }


@dataclass(frozen=True)
class Evidence:
    """What one run found, as a draft needs it."""

    run: AnalysisRun
    candidates: list[Candidate]
    # As a version keeps them.
    figures: dict[str, object]


def evidence(conversation: Conversation) -> Evidence | None:
    """Of the latest run; read again where a newer one replaced its rows meanwhile."""
    while (run := latest_run(conversation)) is not None:
        found = Evidence(run, candidates(run), analysis_figures(run))
        if latest_run(conversation) == run:
            return found
    return None


def candidates(run: AnalysisRun) -> list[Candidate]:
    """Shown statements about the matter itself: the surest consensus first, then what
    is not ranked, equals by number."""
    letters = described_letters(run)
    n_repeats = run.summary.get("stability", {}).get("n_draws", 0)
    results = (
        StatementResult.objects.filter(
            run=run,
            statement__in=Statement.objects.shown(run.conversation).filter(
                is_meta=False
            ),
        )
        .select_related("statement")
        .defer("around_dots")
    )
    found = [
        Candidate(
            statement=result.statement,
            overall=Tally(result.n_agree, result.n_disagree, result.n_pass),
            groups={letter: Tally.of(result.groups[letter]) for letter in letters},
            consensus=result.consensus_agree if result.is_ranked else None,
            p_top=result.p_agreed_top if n_repeats and result.is_ranked else None,
        )
        for result in results
    ]
    return sorted(
        found,
        key=lambda c: (c.consensus is None, -(c.consensus or 0.0), c.statement.number),
    )


def described_letters(run: AnalysisRun) -> list[str]:
    """Groups whose votes may be told; none while there are too few people."""
    return [
        group.letter
        for group in described_groups(run)
        if group.n_members >= MIN_GROUP_SIZE
    ]


def analysis_figures(run: AnalysisRun) -> dict[str, object]:
    groups = described_groups(run)
    return {
        "digest": run.digest,
        "n_participants": run.n_participants,
        "n_grouped": run.n_grouped,
        "n_votes": run.n_votes,
        "groups": [{"letter": g.letter, "size": g.n_members} for g in groups],
        "described": described_letters(run),
    }


def _counts(votes: Tally) -> dict[str, int]:
    return {"agree": votes.n_agree, "disagree": votes.n_disagree, "pass": votes.n_pass}
