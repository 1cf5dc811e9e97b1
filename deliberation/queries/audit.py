"""What those who run a conversation did in it, for their eyes: who, when, what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation.formats.tables import Cell
from deliberation.models import AuditEvent, Conversation

HEADER = ("event", "happened_at", "by", "action", "target", "details")

# What is shown in place of an action's name; the contract tests hold it complete.
LABELS = {
    "appeals.answer": _("Answered an objection"),
    "branding.change_branding": _("Changed who asks"),
    "comparisons.compare": _("Compared the results with and without people"),
    "constitutions.draft_from_consensus": _("Filled the draft"),
    "constitutions.move": _("Moved a principle"),
    "constitutions.publish": _("Published the constitution"),
    "constitutions.reword": _("Reworded a principle"),
    "constitutions.withdraw": _("Took a principle out of the draft"),
    "conversations.add_moderator": _("Let somebody run the conversation"),
    "conversations.archive": _("Put the conversation into the archive"),
    "conversations.closed": _("Closed the conversation"),
    "conversations.create": _("Made the conversation"),
    "conversations.open": _("Opened the conversation"),
    "conversations.restore": _("Brought the conversation back from the archive"),
    "copies.copy": _("Made it as a copy"),
    "exclusions.exclude": _("Left people out of the count"),
    "exclusions.restore": _("Counted people again"),
    "flags.flag": _("Flagged a statement"),
    "flags.unflag": _("Took a flag away"),
    "folding.fold": _("Folded into another statement"),
    "interchange.import_polis": _("Imported the conversation"),
    "moderation.accept": _("Accepted"),
    "moderation.add_seeds": _("Added seed statements"),
    "moderation.exclude_participants": _("Left people out of the count"),
    "moderation.meta": _("Marked as about the people"),
    "moderation.not_meta": _("No longer marked as about the people"),
    "moderation.reject": _("Rejected"),
    "moderation.take_back": _("Took a decision back"),
    "participation.change_link_secret": _("Made a new secret for links"),
    "participation.change_settings": _("Changed how people take part"),
    "quality.change_rule": _("Changed what is looked at in participation"),
    "reasons.change_policy": _("Changed the rules of moderation"),
    "saved_views.remove": _("Removed a view of the queue"),
    "saved_views.save": _("Kept a view of the queue"),
    "seeds.add": _("Added seed statements"),
    "second_looks.look_again": _("Took a second look"),
    "setup.change_draft_rule": _("Changed the rule for the constitution"),
    "setup.change_limits": _("Changed limits"),
    "setup.change_people": _("Changed who takes part"),
    "setup.change_schedule": _("Changed the schedule"),
    "setup.change_sight": _("Changed what people see"),
    "setup.change_words": _("Changed the question or its description"),
    "successors.reword": _("Reworded a statement"),
    "successors.split": _("Split a statement"),
    "successors.take_back": _("Took new words back"),
    "team.accept": _("Joined by an invitation"),
    "team.add_moderator": _("Let somebody run the conversation"),
    "team.change_role": _("Changed a role"),
    "team.invite": _("Made an invitation"),
    "team.leave": _("Left the team"),
    "team.remove": _("Took somebody out of the team"),
    "team.revoke": _("Took an invitation back"),
    "translations.translate_conversation": _("Translated the question"),
    "translations.translate_statement": _("Translated a statement"),
    "wording.edit": _("Changed the words of a statement"),
}


@dataclass(frozen=True)
class Filter:
    """What to show; what is empty shows all.

    by : account name
    since, until : first and last day
    """

    action: str = ""
    by: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Change:
    """One thing in the details of an event: before and after, or what is said of it."""

    name: str
    before: str = ""
    after: str = ""
    is_change: bool = False


def events(conversation: Conversation, wanted: Filter) -> QuerySet[AuditEvent]:
    """Newest first."""
    found = AuditEvent.objects.filter(conversation_id=conversation.pk)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.by:
        found = found.filter(by_name=wanted.by)
    if wanted.target:
        found = found.filter(target__icontains=wanted.target)
    if wanted.since:
        found = found.filter(happened_at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(happened_at__date__lte=wanted.until)
    return found.order_by("-id")


def people(conversation: Conversation) -> list[str]:
    """Account names in the log, in their order."""
    found = AuditEvent.objects.filter(conversation_id=conversation.pk)
    names = found.exclude(by_name="").order_by("by_name").values_list("by_name")
    return [name for (name,) in names.distinct()]


def actions(conversation: Conversation) -> list[tuple[str, str]]:
    """(action, its label) of those in the log, by label."""
    found = AuditEvent.objects.filter(conversation_id=conversation.pk)
    names = found.order_by("action").values_list("action", flat=True).distinct()
    return sorted(((name, label(name)) for name in names), key=lambda pair: pair[1])


def label(action: str) -> str:
    return str(LABELS.get(action, action))


def changes(event: AuditEvent) -> list[Change]:
    """The details, flat, for a table: what was before and after where there is both."""
    found: list[Change] = []
    for name, value in event.details.items():
        found += _changes(name, value)
    before = next((c for c in found if c.name == "before" and not c.is_change), None)
    after = next((c for c in found if c.name == "after" and not c.is_change), None)
    if before and after:
        rest = [change for change in found if change not in (before, after)]
        return [Change("", before.after, after.after, is_change=True), *rest]
    return found


def rows(conversation: Conversation, wanted: Filter) -> Iterator[tuple[Cell, ...]]:
    """For the file, oldest first, as HEADER says; details as JSON."""
    for event in events(conversation, wanted).order_by("id").iterator(chunk_size=2000):
        yield (
            event.pk,
            event.happened_at.isoformat(),
            event.by_name,
            event.action,
            event.target,
            json.dumps(event.details, ensure_ascii=False, sort_keys=True),
        )


def _changes(name: str, value: object) -> list[Change]:
    if name == "statements" and isinstance(value, list):
        return [change for row in value for change in _of_statement(row)]
    if name == "changes" and isinstance(value, Mapping):
        return [
            Change(field, _text(pair[0]), _text(pair[1]), is_change=True)
            for field, pair in value.items()
        ]
    return [Change(name, after=_text(value))]


def _of_statement(row: Mapping[str, object]) -> list[Change]:
    """Of one statement in an event of many: the fields that differ."""
    before, after = row.get("before"), row.get("after")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return [Change("statement", after=_text(row))]
    return [
        Change(
            f"{row['number']} · {field}",
            _text(before.get(field)),
            _text(value),
            is_change=True,
        )
        for field, value in after.items()
        if before.get(field) != value
    ]


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
