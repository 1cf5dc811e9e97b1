"""Write a constitution to a file: the latest published version, else the draft."""

import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from deliberation import queries
from deliberation.errors import DeliberationError
from deliberation.models import Conversation


class Command(BaseCommand):
    help = "Write the latest published version (else the draft) with its evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="S")
        parser.add_argument(
            "--format",
            dest="file_format",
            choices=sorted(queries.constitutions.WRITERS),
            required=True,
        )
        parser.add_argument(
            "--output", required=True, metavar="FILE", help="- for the standard output"
        )

    def handle(
        self, *, slug: str, file_format: str, output: str, **options: object
    ) -> None:
        try:
            text = _text(queries.access.any_conversation(slug), file_format)
        except DeliberationError as error:
            raise CommandError(f"{slug}: {error}") from error
        if output == "-":
            self.stdout.write(text, ending="")
            return
        try:
            _write_whole(Path(output), text)
        except OSError as error:
            raise CommandError(
                f"{output}: this file cannot be written ({error.strerror})."
            ) from error
        self.stdout.write(f"{output} written")


def _text(conversation: Conversation, file_format: str) -> str:
    version = queries.constitutions.latest_version(
        conversation
    ) or queries.constitutions.draft(conversation)
    if version is None:
        raise CommandError(
            f"{conversation.slug}: there is no constitution yet;"
            " draft one with draft_constitution."
        )
    return queries.constitutions.written(version, file_format)


def _write_whole(path: Path, text: str) -> None:
    """Written aside and renamed: whoever reads the file never sees half of it.

    A pipe or a device is written to as it is, and so is a folder, which refuses.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            aside.chmod(path.stat().st_mode)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
