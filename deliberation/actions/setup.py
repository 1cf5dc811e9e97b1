"""How a conversation is set up: what its owners change, step by step.

Each change is on record with what was before. Where all is as it was, nothing is
written. What is in the archive stays as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.actions import analysis, audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation

# What was changed, as name: (before, after).
Changes = dict[str, tuple[object, object]]

# Whoever says "now" has the minute that has just passed in her form.
NOW = timedelta(minutes=1)


class QuestionFixed(DeliberationError):
    code = "question_fixed"
    field = "question"
    message = _(
        "People have voted on this question, so it stays as it is. Make a copy of the"
        " conversation to ask another one."
    )
    http_status = 409


class ScheduleOrder(DeliberationError):
    """`field` is the time that is not later than the one before it."""

    code = "schedule_order"
    message = _("This has to be later than “%(earlier)s”.")
    http_status = 422

    def __init__(self, field: str, earlier: str) -> None:
        super().__init__(earlier=NAMES[earlier])
        self.field = field


class TimePast(DeliberationError):
    code = "time_past"
    message = _("This time has passed already. Choose a later one.")
    http_status = 422

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


NAMES = {
    "opens_at": _("Opens"),
    "collects_until": _("Statements until"),
    "votes_until": _("Votes until"),
    "drafts_until": _("The constitution is drafted until"),
    "ratifies_until": _("The constitution is ratified until"),
}


def change_words(
    *,
    conversation: Conversation,
    by: User | None,
    question: str,
    description: str,
    language: str,
    languages: Sequence[str],
) -> Changes:
    """What people are asked, and into which languages that is to be translated.

    Raises QuestionFixed where somebody has voted and the question is another, WrongState.
    """
    wanted = {
        "question": question,
        "description": description,
        "language": language,
        "languages": sorted(set(languages) - {language}),
    }
    asked = (conversation.question, conversation.language)
    if asked != (question, language) and queries.setup.is_voted_on(conversation):
        raise QuestionFixed
    return _change(conversation, wanted, action="setup.change_words", by=by)


def change_schedule(
    *,
    conversation: Conversation,
    by: User | None,
    now: datetime,
    opens_at: datetime | None,
    collects_until: datetime | None,
    votes_until: datetime | None,
    drafts_until: datetime | None,
    ratifies_until: datetime | None,
) -> Changes:
    """When its phases begin and end; each time may be open.

    Raises ScheduleOrder, TimePast for one that is new and has passed, WrongState.
    """
    wanted = {
        "opens_at": opens_at,
        "collects_until": collects_until,
        "votes_until": votes_until,
        "drafts_until": drafts_until,
        "ratifies_until": ratifies_until,
    }
    given = [(name, at) for name, at in wanted.items() if at is not None]
    for name, at in given:
        if at != getattr(conversation, name) and at < now - NOW:
            raise TimePast(name)
    for (earlier, before), (name, at) in pairwise(given):
        if at <= before:
            raise ScheduleOrder(name, earlier)
    return _change(conversation, wanted, action="setup.change_schedule", by=by)


def change_people(
    *,
    conversation: Conversation,
    by: User | None,
    entry: str,
    moderation: str,
    embed_origins: Sequence[str],
) -> Changes:
    """Who takes part, and how new statements appear. Raises WrongState.

    Where they appear otherwise than before, everything is analysed anew.
    """
    wanted = {
        "entry": entry,
        "moderation": moderation,
        "embed_origins": list(embed_origins),
    }
    return _change(conversation, wanted, action="setup.change_people", by=by)


def change_sight(
    *,
    conversation: Conversation,
    by: User | None,
    results: str,
    takes_importance: bool,
    takes_reasons: bool,
) -> Changes:
    """What participants see, and what they can say with a vote. Raises WrongState."""
    wanted = {
        "results": results,
        "takes_importance": takes_importance,
        "takes_reasons": takes_reasons,
    }
    return _change(conversation, wanted, action="setup.change_sight", by=by)


def change_limits(
    *,
    conversation: Conversation,
    by: User | None,
    vote_goal: int,
    max_statement_length: int,
    max_statements: int | None,
) -> Changes:
    """What is there already stays, whatever is asked from now on. Raises WrongState."""
    wanted = {
        "vote_goal": vote_goal,
        "max_statement_length": max_statement_length,
        "max_statements": max_statements,
    }
    return _change(conversation, wanted, action="setup.change_limits", by=by)


def change_draft_rule(
    *,
    conversation: Conversation,
    by: User | None,
    threshold: float,
    max_principles: int,
    min_votes: int,
) -> Changes:
    """The rule that people are told from the first day. Raises WrongState."""
    rule = queries.draft_rules.DraftRule(threshold, max_principles, min_votes)
    if rule == queries.draft_rules.of(conversation):
        return {}
    wanted = {"draft_rule": rule.as_json()}
    return _change(conversation, wanted, action="setup.change_draft_rule", by=by)


@transaction.atomic
def _change(
    conversation: Conversation,
    wanted: Mapping[str, object],
    *,
    action: str,
    by: User | None,
) -> Changes:
    """Write what differs, and nothing that others have changed meanwhile."""
    locked = conversations.lock(conversation)
    if locked.state == Conversation.State.ARCHIVED:
        raise conversations.WrongState(state=locked.get_state_display())
    changes: Changes = {
        name: (getattr(locked, name), value)
        for name, value in wanted.items()
        if (getattr(locked, name) or None) != (value or None)
    }
    if not changes:
        return {}
    for name, (_before, value) in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    told = {name: [_plain(one) for one in pair] for name, pair in changes.items()}
    audit.record(conversation=locked, action=action, by=by, changes=told)
    if "moderation" in changes:
        analysis.count_anew(locked)
    return changes


def _plain(value: object) -> object:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value
