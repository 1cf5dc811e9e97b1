"""Import a folder with a Polis export as a new conversation."""

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from deliberation import actions, queries
from deliberation.actions.conversations import SlugTaken
from deliberation.actions.exclusions import ParticipantsUnknown
from deliberation.errors import DeliberationError
from deliberation.formats import polis
from deliberation.models import Conversation
from deliberation.queries.access import ConversationNotFound
from deliberation.validators import clean_text, validate_slug

VERDICTS = {
    polis.SignVerdict.LOOKS_RIGHT: "looks right",
    polis.SignVerdict.LOOKS_WRONG: "LOOKS WRONG",
    polis.SignVerdict.CANNOT_TELL: "cannot tell",
}


class Command(BaseCommand):
    help = (
        "Import a Polis export. First the vote sign is put to the test, so that you see"
        " whether it is right; --preview stops there. Nothing is half-imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--slug", default="", help="the end of the address: /c/S/")
        parser.add_argument(
            "--vote-sign",
            default="",
            metavar="agree=+1",
            help="which number means agree in these files: agree=+1 or agree=-1",
        )
        parser.add_argument("--title", default="", help="the question; else the file's")
        parser.add_argument(
            "--language",
            default="en",
            choices=[code for code, _name in settings.LANGUAGES],
            help="of the statements",
        )
        parser.add_argument("--owner", help="the account that will run it on the web")
        parser.add_argument(
            "--exclude-participants",
            type=Path,
            metavar="FILE",
            help="numbers of people to leave out of the analysis, one a line",
        )
        parser.add_argument("--preview", action="store_true", help="import nothing")

    def handle(self, **options: object) -> None:
        try:
            self._run(options)
        except ValidationError as error:
            raise CommandError(f"--slug: {error.messages[0]}") from error
        except (DeliberationError, polis.PolisError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error

    def _run(self, options: dict[str, Any]) -> None:
        sign = polis.VoteSign.parse(options["vote_sign"])
        owner = (
            queries.moderation.account(options["owner"]) if options["owner"] else None
        )
        _refuse_slug(options["slug"])
        export = polis.read_export(options["folder"], sign=sign)
        excluded = _excluded(options["exclude_participants"], export)
        self._show_sign(polis.sign_check(export))
        if options["preview"]:
            return
        conversation = actions.interchange.import_polis(
            export=export,
            slug=options["slug"],
            title=options["title"],
            excluded=excluded,
            by=owner,
            now=timezone.now(),
            progress=self._show_progress,
            language=options["language"],
        )
        self._show_result(export, conversation)

    def _show_sign(self, check: polis.SignCheck) -> None:
        self.stdout.write(f"With {check.sign.value} people voted so:")
        for title, tallies in (
            ("Most agreed with", check.most_agreed),
            ("Most disagreed with", check.most_disagreed),
        ):
            self.stdout.write(f"  {title}:")
            for tally in tallies:
                self.stdout.write(f"    {_votes(tally)}: {clean_text(tally.text)}")
        authors, listed = check.authors, check.listed
        self.stdout.write(
            f"  Authors on their own statements: {authors.n_agree} agree,"
            f" {authors.n_pass} pass, {authors.n_disagree} disagree"
            f" ({VERDICTS[authors.verdict]})"
        )
        self.stdout.write(
            "  Against the counts in comments.csv: correlation"
            f" {_shown(listed.correlation)},"
            f" with the other sign {_shown(listed.correlation_if_flipped)}"
            f" ({VERDICTS[listed.verdict]})"
        )
        self.stdout.write(f"The sign {VERDICTS[check.verdict]}.")

    def _show_progress(self, what: str, done: int, total: int) -> None:
        ending = "\r" if self.stderr.isatty() and done < total else "\n"
        self.stderr.write(f"{what}: {done} of {total}", str, ending)

    def _show_result(
        self, export: polis.PolisExport, conversation: Conversation
    ) -> None:
        counts = queries.moderation.counts(conversation)
        self.stdout.write(
            f"{len(export.participants)} participants,"
            f" {counts.n_all} statements ({counts.n_accepted} accepted,"
            f" {counts.n_rejected} rejected, {counts.n_pending} pending),"
            f" {len(export.votes)} votes"
        )


def _refuse_slug(slug: str) -> None:
    """Before anything is read. Raises ValidationError, SlugTaken."""
    validate_slug(slug)
    with suppress(ConversationNotFound):
        queries.access.any_conversation(slug)
        raise SlugTaken(slug=slug)


def _excluded(path: Path | None, export: polis.PolisExport) -> frozenset[int]:
    """Numbers of people who are in the export. Raises CommandError with the line."""
    if path is None:
        return frozenset()
    numbers = polis.read_participant_numbers(path)
    unknown = numbers - set(export.participants.tolist())
    if not unknown:
        return numbers
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for line, text in enumerate(lines, 1):
        if text.isdecimal() and int(text) in unknown:
            raise CommandError(
                f"{path.name}, line {line}, column 1: expected a participant of the"
                f" export, found {text}."
            )
    raise ParticipantsUnknown(unknown)


def _votes(tally: polis.StatementTally) -> str:
    n = tally.n_agree + tally.n_pass + tally.n_disagree
    return (
        f"{tally.n_agree / n:.0%} agree, {tally.n_disagree / n:.0%} disagree"
        f" of {n} votes on statement {tally.number}"
    )


def _shown(correlation: float | None) -> str:
    return "unknown" if correlation is None else f"{correlation:.2f}"
