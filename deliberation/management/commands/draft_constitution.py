"""Fill the draft of a constitution with the statements that all groups support."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from deliberation import actions, queries
from deliberation.errors import DeliberationError
from deliberation.queries.draft_rules import DEFAULT_THRESHOLD


class Command(BaseCommand):
    help = "Draft a constitution from what holds across all opinion groups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="S")
        parser.add_argument("--max-principles", type=int, metavar="N")
        parser.add_argument(
            "--threshold",
            type=float,
            default=DEFAULT_THRESHOLD,
            metavar="P",
            help="the agree share that every group must reach, such as 0.6",
        )

    def handle(
        self,
        *,
        slug: str,
        max_principles: int | None,
        threshold: float,
        **options: object,
    ) -> None:
        try:
            conversation = queries.access.any_conversation(slug)
            version = actions.constitutions.draft_from_consensus(
                conversation=conversation,
                min_votes=queries.draft_rules.of(conversation).min_votes,
                threshold=threshold,
                max_principles=max_principles,
                by=None,
            )
        except DeliberationError as error:
            raise CommandError(f"{slug}: {error}") from error
        n_principles = len(queries.constitutions.principles(version))
        self.stdout.write(f"{n_principles} principles in the draft of {slug}")
