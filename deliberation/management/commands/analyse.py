"""Analyse a conversation now, and print what was found."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from deliberation import actions, queries
from deliberation.errors import DeliberationError
from deliberation.management import report


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
        found = report.of(run, groups, results)
        self.stdout.write(_as_json(found) if json else report.as_text(found))


def _as_json(found: report.Report) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
