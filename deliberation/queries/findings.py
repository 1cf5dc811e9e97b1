"""What the search for opinion groups came to, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.models import AnalysisRun, OpinionGroup

Finding = AnalysisRun.Finding

NOT_ANALYSED = "not analysed"
HEADLINES = {
    NOT_ANALYSED: gettext_lazy("The votes are not analysed yet"),
    Finding.ONE_GROUP: gettext_lazy("People form one group"),
    Finding.READINESS: gettext_lazy(
        "One group: people differ only in how readily they agree"
    ),
    Finding.NO_STABLE_GROUPS: gettext_lazy("No stable groups"),
    Finding.TOO_FEW: gettext_lazy("Not enough votes to tell groups"),
}
IN_GROUPS = {
    2: gettext_lazy("People fall into two groups"),
    3: gettext_lazy("People fall into three groups"),
    4: gettext_lazy("People fall into four groups"),
    5: gettext_lazy("People fall into five groups"),
}
EXPLANATIONS: Mapping[str, object] = {
    Finding.GROUPS: gettext_lazy(
        "People in a group vote alike, and otherwise than those in the other groups."
    ),
    Finding.ONE_GROUP: gettext_lazy(
        "No division into groups that are large enough to be told explains the votes"
        " better than one public does."
    ),
    Finding.READINESS: gettext_lazy(
        "Some people agree with more statements than others do, but not with different"
        " ones. That alone would look like groups, so none are told."
    ),
    Finding.NO_STABLE_GROUPS: gettext_lazy(
        "There is structure in the votes, but other people would have given other"
        " groups, so none are told."
    ),
}
# By what the engine calls them; said where a result does not pass.
CHECKS = {
    "recounted votes of the groups equal the stored ones": gettext_lazy(
        "Counted again, the votes of the groups are others than those shown here."
    ),
    "groups lie further apart than groups drawn by lot": gettext_lazy(
        "The groups lie no further apart than groups drawn by lot."
    ),
}
# Overlap with the group most like it; below the second Hennig (2007) calls it unstable.
VERY_FIRM, FIRM = 0.9, 0.75


@dataclass(frozen=True)
class CandidateView:
    """A number of groups that was tried; `found_again` is None where nobody asked."""

    n_groups: int
    evidence: float
    found_again: float | None
    is_chosen: bool


@dataclass(frozen=True)
class FindingView:
    """`code` is the engine's word, or ours before the first run; `n_repeats` is 0
    where nothing was repeated."""

    code: str
    headline: str
    explanation: str
    candidates: list[CandidateView]
    n_repeats: int
    n_top: int
    min_found_again: float
    is_sound: bool
    failed_checks: list[str]


def told(run: AnalysisRun | None, groups: list[OpinionGroup]) -> FindingView:
    """Of the latest run, if there is one, with the groups that are told."""
    finding = _finding(run)
    summary = run.summary if run else {}
    stability = summary.get("stability", {})
    return FindingView(
        code=finding,
        headline=headline(finding, len(groups)),
        explanation=str(EXPLANATIONS.get(finding, "")),
        candidates=_candidates(summary, finding, len(groups)),
        n_repeats=stability.get("n_draws", 0),
        n_top=stability.get("n_top", 0),
        min_found_again=stability.get("min_found_again", FIRM),
        is_sound=run.is_sound if run else True,
        failed_checks=[
            str(CHECKS.get(check["name"], check["name"]))
            for check in summary.get("checks", [])
            if not check["is_passed"]
        ],
    )


def _finding(run: AnalysisRun | None) -> str:
    if run is None:
        return NOT_ANALYSED
    return run.finding if run.has_enough_people else Finding.TOO_FEW.value


def firmness(found_again: float | None) -> str:
    """In a word; nothing where nobody has asked."""
    if found_again is None:
        return ""
    if found_again >= VERY_FIRM:
        return _("very firm")
    return _("firm") if found_again >= FIRM else _("loose")


def headline(finding: str, n_groups: int) -> str:
    """One of the engine's findings as a sentence."""
    if finding != Finding.GROUPS:
        return str(HEADLINES[finding])
    if n_groups in IN_GROUPS:
        return str(IN_GROUPS[n_groups])
    return _("People fall into %(n)d groups") % {"n": n_groups}


def _candidates(
    summary: dict[str, list[dict[str, float]]],
    finding: str,
    n_groups: int,
) -> list[CandidateView]:
    """None while there are too few people: they say how many stand where."""
    if finding == Finding.TOO_FEW:
        return []
    chosen = {
        Finding.GROUPS.value: n_groups,
        Finding.ONE_GROUP.value: 1,
        Finding.READINESS.value: 1,
    }.get(finding)
    return [
        CandidateView(
            n_groups=int(tried["n_groups"]),
            evidence=tried["evidence"],
            found_again=tried["found_again"],
            is_chosen=tried["n_groups"] == chosen,
        )
        for tried in summary.get("candidates", [])
    ]
