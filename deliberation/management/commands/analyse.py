"""Analyse a conversation now, and print what was found."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from deliberation import actions, queries
from deliberation.errors import DeliberationError
from deliberation.models import AnalysisRun, OpinionGroup, StatementResult
from deliberation.validators import clean_text

N_SHOWN = 10


class Command(BaseCommand):
    help = "Analyse a conversation now; print opinion groups and statements they share."
    # They would load every page and the API: half a second that finds nothing here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="S")
        parser.add_argument("--json", action="store_true", help="all of it, as JSON")

    def handle(self, *, slug: str, json: bool, **options: object) -> None:
        try:
            conversation = queries.access.any_conversation(slug)
            run = actions.analysis.run_analysis(conversation=conversation)
        except DeliberationError as error:
            raise CommandError(f"{slug}: {error}") from error
        groups = list(run.groups.order_by("letter"))
        results = list(
            run.results.select_related("statement").order_by(
                "-group_aware_consensus", "statement__number"
            )
        )
        show = _as_json if json else _as_text
        self.stdout.write(show(run, groups, results))


def _as_json(
    run: AnalysisRun, groups: list[OpinionGroup], results: list[StatementResult]
) -> str:
    found = {
        "participants": run.n_participants,
        "grouped": run.n_grouped,
        "groups": [{"letter": g.letter, "size": g.n_members} for g in groups],
        "statements": [
            {
                "id": result.statement.number,
                "text": result.statement.text,
                "n_votes": result.n_votes,
                "group_aware_consensus": result.group_aware_consensus,
                "groups": result.groups,
            }
            for result in results
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_text(
    run: AnalysisRun, groups: list[OpinionGroup], results: list[StatementResult]
) -> str:
    lines = [f"{run.n_participants} participants, {run.n_grouped} in opinion groups"]
    lines += [f"Group {group.letter}: {group.n_members}" for group in groups]
    lines += [f"Highest group-aware consensus, of {len(results)} statements:"]
    for result in results[:N_SHOWN]:
        counts = ", ".join(
            f"{letter} {votes['agree']} agree, {votes['disagree']} disagree,"
            f" {votes['pass']} pass"
            for letter, votes in sorted(result.groups.items())
        )
        text = clean_text(result.statement.text)
        lines.append(
            f"  {result.group_aware_consensus:.3f}"
            f"  statement {result.statement.number}: {text} ({counts or 'no groups'})"
        )
    return "\n".join(lines)
