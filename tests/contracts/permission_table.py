"""Every address for those who run a conversation, and the right it asks for."""

from datetime import UTC, datetime
from typing import NamedTuple

from deliberation import thresholds
from deliberation.models import Moderator
from deliberation.permissions import RIGHTS, Right

NEVER = datetime(2999, 1, 1, tzinfo=UTC)


class Page(NamedTuple):
    """Read by those whose role has the right."""

    right: Right = Right.SEE
    names: tuple[str, ...] = ()


class File(NamedTuple):
    """Downloaded by those whose role has the right."""

    right: Right = Right.SEE
    names: tuple[str, ...] = ()


class Act(NamedTuple):
    """Posted by those whose role has the right; leaves one audit event."""

    event: str
    data: dict[str, str] = {}
    # What the address names beside the conversation.
    names: tuple[str, ...] = ()
    # Of the conversation before.
    state: str = "open"
    right: Right = Right.MODERATE


REJECTION = {"reason": "spam", "note": ""}
NEW = {"question": "Why?", "slug": "lakes", "language": "en"}

WORDS = {"question": "What now?", "language": "en", "languages": ["ko"]}
PEOPLE = {"entry": "link", "moderation": "before", "embed_origins": ""}

TABLE = {
    "dashboard": Page(),
    "queue": Page(),
    "seeds": Page(),
    "taking-part": Page(Right.OWN),
    "languages": Page(Right.TRANSLATE),
    "branding": Page(Right.OWN),
    "policy": Page(Right.OWN),
    "audit": Page(),
    "audit-file": File(),
    "draft": Page(),
    "add-seeds": Act("seeds.add", {"lines": '[[1, "One idea.", "en"]]', "add": "0"}),
    "withdraw-seed": Act("moderation.reject", names=("number",)),
    "open-conversation": Act("conversations.open", state="draft", right=Right.OWN),
    "close-conversation": Act("conversations.closed", right=Right.OWN),
    "archive-conversation": Act(
        "conversations.archive", state="closed", right=Right.OWN
    ),
    "restore-conversation": Act(
        "conversations.restore", state="archived", right=Right.OWN
    ),
    "setup": Page(Right.OWN),
    "setup-step": Page(Right.OWN, ("step",)),
    "change-words": Act("setup.change_words", WORDS, right=Right.OWN),
    "change-schedule": Act(
        "setup.change_schedule", {"votes_until": "2999-12-05T18:00"}, right=Right.OWN
    ),
    "change-people": Act("setup.change_people", PEOPLE, right=Right.OWN),
    "change-sight": Act("setup.change_sight", {"results": "close"}, right=Right.OWN),
    "change-limits": Act(
        "setup.change_limits",
        {"vote_goal": "30", "max_statement_length": "280"},
        right=Right.OWN,
    ),
    "change-draft-rule": Act(
        "setup.change_draft_rule",
        {"threshold": "70", "max_principles": "9", "min_votes": "5"},
        right=Right.OWN,
    ),
    "preview": Page(),
    "copy": Page(Right.OWN),
    "copy-conversation": Act("copies.copy", {"slug": "lakes"}, right=Right.OWN),
    "change-branding": Act(
        "branding.change_branding", {"host_name": "The city"}, right=Right.OWN
    ),
    "change-policy": Act(
        "reasons.change_policy",
        {"policy": "Be brief.", "use_spam": "on", "use_other": "on"},
        right=Right.OWN,
    ),
    "change-link-secret": Act("participation.change_link_secret", right=Right.OWN),
    "translate-conversation": Act(
        "translations.translate_conversation",
        {"language": "ko", "question": "왜?"},
        right=Right.TRANSLATE,
    ),
    "translate-statement": Act(
        "translations.translate_statement",
        {"language": "ko", "original": "The AI asks.", "text": "AI는 묻는다."},
        names=("number",),
        right=Right.TRANSLATE,
    ),
    "accept": Act("moderation.accept", names=("number",)),
    "reject": Act("moderation.reject", REJECTION, names=("number",)),
    "mark-meta": Act("moderation.meta", {"is_meta": "yes"}, ("number",)),
    "flag": Act("flags.flag", {"flag_note": "What do you think?"}, ("number",)),
    "unflag": Act("flags.unflag", names=("number",)),
    "sweep": Act("moderation.accept", {"do": "accept:marked", "statement": "7"}),
    "take-back": Act("moderation.take_back", {"batch": "folded"}),
    "save-view": Act("saved_views.save", {"name": "Short ones"}),
    "remove-view": Act("saved_views.remove", {"name": "Mine"}),
    "second-looks": Page(),
    "look-again": Act(
        "second_looks.look_again", {"verdict": "accepted"}, names=("look",)
    ),
    "likeness-groups": Page(),
    "likeness-group": Page(names=("number",)),
    "fold": Act("folding.fold", {"into": "7", "fold": "8001"}, ("number",)),
    "take-back-fold": Act("moderation.take_back", {"batch": "folded"}, ("number",)),
    "words": Page(Right.MODERATE, ("number",)),
    "edit-words": Act(
        "wording.edit", {"text": "The AI asks back.", "seen": "0"}, ("number",)
    ),
    "reword-statement": Act(
        "successors.reword", {"text": "The AI asks back.", "seen": "0"}, ("number",)
    ),
    "split-statement": Act(
        "successors.split",
        {"part_1": "The AI asks us.", "part_2": "The AI is kind.", "seen": "0"},
        ("number",),
    ),
    "take-back-words": Act("successors.take_back", names=("number",)),
    "appeals": Page(),
    "answer-appeal": Act(
        "appeals.answer",
        {"outcome": "upheld", "answer": "It was spam."},
        names=("number",),
    ),
    "quality": Page(),
    "participant-quality": Page(names=("person",)),
    "comparison": Page(names=("comparison",)),
    "quality-rule": Page(),
    "compare": Act("comparisons.compare", {"person": "9001"}),
    "exclude": Act("exclusions.exclude", {"person": "9001", "reason": "A test."}),
    "restore-participants": Act(
        "exclusions.restore", {"person": "9002", "reason": "A mistake."}
    ),
    "change-quality-rule": Act(
        "quality.change_rule",
        {name: str(v) for name, v in thresholds.of({"spam_hour": 30}).items()},
        right=Right.OWN,
    ),
    "team": Page(),
    "invite": Act(
        "team.invite",
        {"role": "observer", "label": "Ada", "days": "7"},
        right=Right.OWN,
    ),
    "revoke-invitation": Act("team.revoke", names=("invitation",), right=Right.OWN),
    "change-role": Act(
        "team.change_role", {"role": "observer"}, names=("member",), right=Right.OWN
    ),
    "remove-member": Act("team.remove", names=("member",), right=Right.OWN),
    "leave-team": Act("team.leave", right=Right.SEE),
    "fill-draft": Act(
        "constitutions.draft_from_consensus",
        {"threshold": "60", "max_principles": "5", "min_votes": "5"},
    ),
    "publish": Act("constitutions.publish", {"confirmed": "yes"}, right=Right.OWN),
    "reword": Act("constitutions.reword", {"text": "Better said."}, names=("pk",)),
    "move": Act("constitutions.move", {"direction": "down"}, names=("pk",)),
    "withdraw": Act("constitutions.withdraw", names=("pk",)),
}
# About a statement that was reworded, to which its author objects.
OF_THE_REPLACED = {"take-back-words", "answer-appeal"}
NUMBERS = dict.fromkeys(OF_THE_REPLACED, 8_000) | {"withdraw-seed": 8_003}
# For everybody who is signed in: a list of her own, and a form for a new one.
FOR_ACCOUNTS = {
    "moderate": Page(),
    "create-conversation": Act("conversations.create", NEW),
}


def allowed(entries):
    """(role, name) for every role that has the right."""
    return [
        (role.value, name)
        for name, entry in entries.items()
        for role in Moderator.Role
        if entry.right in RIGHTS[role]
    ]


def refused(entries):
    every = {(role.value, name) for name in entries for role in Moderator.Role}
    return sorted(every - set(allowed(entries)))


ACTS = {name: entry for name, entry in TABLE.items() if isinstance(entry, Act)}
PAGES = {name: entry for name, entry in TABLE.items() if isinstance(entry, Page)}
FILES = {name: entry for name, entry in TABLE.items() if isinstance(entry, File)}
