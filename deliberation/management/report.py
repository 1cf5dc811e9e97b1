"""What an analysis found, for operators: plain values for JSON, and lines of text.

Operators may see all of it, groups that pages do not describe as well.
"""

from typing import Any

from deliberation.models import AnalysisRun, OpinionGroup, StatementResult
from deliberation.queries import findings
from deliberation.tallies import Tally
from deliberation.validators import clean_text

N_SHOWN = 10
Report = dict[str, Any]


# --- Values --------------------------------------------------------------------------


def of(
    run: AnalysisRun, groups: list[OpinionGroup], results: list[StatementResult]
) -> Report:
    """All of it; statements stay in the order of `results`."""
    summary = run.summary
    return {
        "participants": run.n_participants,
        "placed": run.n_placed,
        "grouped": run.n_grouped,
        "finding": run.finding,
        "finding_in_words": findings.headline(run.finding, len(groups)),
        "is_sound": run.is_sound,
        "checks": summary["checks"],
        "stability": summary["stability"],
        "candidates": summary["candidates"],
        "groups": [_group(group) for group in groups],
        "consensus": {
            "agree": _ranked(results, "agree"),
            "disagree": _ranked(results, "disagree"),
        },
        "statements": [_statement(result) for result in results],
    }


def _group(group: OpinionGroup) -> Report:
    return {
        "letter": group.letter,
        "size": group.n_members,
        "found_again": group.found_again,
        "representative": group.representative,
    }


def _ranked(results: list[StatementResult], side: str) -> list[int]:
    """Numbers of the statements that more than half of every group chose so, the
    surest first."""
    chosen = [
        result
        for result in results
        if result.is_ranked
        and all(getattr(tally, f"p_{side}") > 0.5 for tally in _judges(result))
    ]
    chosen.sort(key=lambda r: (-getattr(r, f"consensus_{side}"), r.statement.number))
    return [result.statement.number for result in chosen]


def _judges(result: StatementResult) -> list[Tally]:
    groups = [Tally.of(counts) for counts in result.groups.values()]
    return groups or [_tally(result)]


def _tally(result: StatementResult) -> Tally:
    return Tally(result.n_agree, result.n_disagree, result.n_pass)


def _statement(result: StatementResult) -> Report:
    tally = _tally(result)
    return {
        "id": result.statement.number,
        "text": result.statement.text,
        "n_votes": result.n_votes,
        "agree": _share(tally.p_agree, tally.agree_interval),
        "disagree": _share(tally.p_disagree, tally.disagree_interval),
        "consensus": {
            "agree": result.consensus_agree,
            "disagree": result.consensus_disagree,
            "is_ranked": result.is_ranked,
            "p_agreed_top": result.p_agreed_top,
            "p_rejected_top": result.p_rejected_top,
        },
        "group_aware_consensus": result.group_aware_consensus,
        "groups": result.groups,
    }


def _share(share: float, interval: tuple[float, float]) -> dict[str, float]:
    return {"share": share, "low": interval[0], "high": interval[1]}


# --- Text ----------------------------------------------------------------------------


def as_text(found: Report) -> str:
    by_id = {statement["id"]: statement for statement in found["statements"]}
    lines = [
        f"{found['participants']} participants, {found['placed']} voted enough to be"
        f" placed, {found['grouped']} in opinion groups",
        found["finding_in_words"],
        *(_candidate_line(tried) for tried in found["candidates"]),
        *(_group_line(group) for group in found["groups"]),
        *(_check_line(check) for check in found["checks"]),
    ]
    for side in ("agree", "disagree"):
        ids = found["consensus"][side]
        lines.append(
            f"Statements that more than half of every group {side} with: {len(ids)}"
        )
        lines += [
            _statement_line(by_id[number], side, found) for number in ids[:N_SHOWN]
        ]
    return "\n".join(lines)


def _candidate_line(tried: Report) -> str:
    found_again = tried["found_again"]
    again = "not asked" if found_again is None else f"{found_again:.0%}"
    return (
        f"  tried {tried['n_groups']}: evidence {tried['evidence']:.1f}, smallest"
        f" {tried['smallest']}, found again {again}"
    )


def _group_line(group: Report) -> str:
    if group["found_again"] is None:
        return f"Group {group['letter']}: {group['size']}"
    firmness = findings.firmness(group["found_again"])
    return (
        f"Group {group['letter']}: {group['size']}, found again"
        f" {group['found_again']:.0%} ({firmness})"
    )


def _check_line(check: Report) -> str:
    verdict = "passed" if check["is_passed"] else "FAILED"
    return (
        f"Check {verdict}: {check['name']} ({check['value']:.3g} against"
        f" {check['bound']:.3g})"
    )


def _statement_line(statement: Report, side: str, found: Report) -> str:
    share, ranking = statement[side], statement["consensus"]
    again = ranking["p_agreed_top" if side == "agree" else "p_rejected_top"]
    n_top, n_draws = found["stability"]["n_top"], found["stability"]["n_draws"]
    repeats = f" in the top {n_top} in {again:.0%} of repeats;" if n_draws else ""
    counts = ", ".join(
        f"{letter} {votes['agree']} agree, {votes['disagree']} disagree,"
        f" {votes['pass']} pass"
        for letter, votes in sorted(statement["groups"].items())
    )
    return (
        f"  {ranking[side]:.3f}  statement {statement['id']}:"
        f" {clean_text(statement['text'])} ({share['share']:.0%} {side},"
        f" {share['low']:.0%} to {share['high']:.0%};"
        f"{repeats} {counts or 'no groups'})"
    )
