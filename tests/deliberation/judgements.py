"""Results of an analysis, written by hand: so many agreed, in this group and that."""

from deliberation.models import AnalysisRun, Conversation, StatementResult
from tests.factories import (
    AnalysisRunFactory,
    OpinionGroupFactory,
    StatementFactory,
    StatementResultFactory,
)

Counts = tuple[int, int, int]


def analysed(conversation: Conversation, **n_members: int) -> AnalysisRun:
    """A good run that found the groups named, such as A=10, B=6."""
    run = AnalysisRunFactory(
        conversation=conversation,
        state="succeeded",
        n_participants=20,
        n_grouped=sum(n_members.values()),
        n_placed=sum(n_members.values()),
        n_votes=200,
        finding="groups" if len(n_members) > 1 else "one group",
        digest="a" * 64,
        summary={"stability": {"n_draws": 50, "n_top": 5, "min_found_again": 0.75}},
    )
    for letter, n in n_members.items():
        OpinionGroupFactory(run=run, letter=letter, n_members=n)
    return run


def judged(
    run: AnalysisRun,
    number: int,
    *,
    overall: Counts | None = None,
    state: str = "accepted",
    is_meta: bool = False,
    score: float | None = None,
    is_ranked: bool = True,
    **groups: Counts,
) -> StatementResult:
    """A statement with its agree, disagree and pass, such as A=(9, 0, 1).

    Without a score it is ranked by the share that agrees.
    """
    groups = (
        dict.fromkeys(run.groups.values_list("letter", flat=True), (0, 0, 0)) | groups
    )
    agree, disagree, passed = overall or map(sum, zip(*groups.values(), strict=True))
    score = agree / max(agree + disagree + passed, 1) if score is None else score
    statement = StatementFactory(
        conversation=run.conversation,
        number=number,
        text=f"Statement {number}.",
        state=state,
        is_meta=is_meta,
    )
    return StatementResultFactory(
        run=run,
        statement=statement,
        n_agree=agree,
        n_disagree=disagree,
        n_pass=passed,
        consensus_agree=score,
        is_ranked=is_ranked and not is_meta,
        p_agreed_top=0.9,
        groups={
            letter: dict(zip(("agree", "disagree", "pass"), counts, strict=True))
            for letter, counts in groups.items()
        },
    )
