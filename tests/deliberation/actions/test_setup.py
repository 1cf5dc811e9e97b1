"""What owners change, step by step: what is kept, what is on record, what is refused."""

from datetime import timedelta

import pytest

from deliberation.actions import setup
from deliberation.models import AuditEvent, Conversation
from tests.factories import THEN, VoteFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NO_TIMES = {
    "opens_at": None,
    "collects_until": None,
    "votes_until": None,
    "drafts_until": None,
    "ratifies_until": None,
}
LIMITS = {"vote_goal": 25, "max_statement_length": 280, "max_statements": None}
PEOPLE = {"entry": "anyone", "moderation": "before", "embed_origins": []}


def change_schedule(conversation, by, **times):
    return setup.change_schedule(
        conversation=conversation, by=by, now=THEN, **(NO_TIMES | times)
    )


def test_change_is_told_and_on_record_with_what_was_before(conversation, moderator):
    changes = setup.change_limits(
        conversation=conversation,
        by=moderator,
        **LIMITS | {"vote_goal": 40, "max_statements": 3},
    )

    assert changes == {"vote_goal": (25, 40), "max_statements": (None, 3)}
    event = AuditEvent.objects.get()
    assert (event.action, event.details) == (
        "setup.change_limits",
        {"changes": {"vote_goal": [25, 40], "max_statements": [None, 3]}},
    )
    assert Conversation.objects.get().vote_goal == 40


def test_what_is_as_it_was_writes_nothing(conversation, moderator):
    Conversation.objects.update(embed_origins=None)

    changed = [
        setup.change_limits(conversation=conversation, by=moderator, **LIMITS),
        setup.change_people(conversation=conversation, by=moderator, **PEOPLE),
        change_schedule(conversation, moderator),
        setup.change_draft_rule(
            conversation=conversation,
            by=moderator,
            threshold=0.6,
            max_principles=60,
            min_votes=5,
        ),
    ]

    assert (changed, AuditEvent.objects.count()) == ([{}] * 4, 0)


def test_change_leaves_alone_what_others_changed_meanwhile(conversation, moderator):
    Conversation.objects.update(question="Asked anew?", moderation_revision=9)

    setup.change_limits(
        conversation=conversation, by=moderator, **LIMITS | {"vote_goal": 40}
    )

    now = Conversation.objects.get()
    assert (now.question, now.moderation_revision) == ("Asked anew?", 9)


def test_schedule_of_an_open_conversation_changes_on_record(conversation, moderator):
    change_schedule(conversation, moderator, votes_until=THEN + HOUR)
    conversation.refresh_from_db()

    change_schedule(conversation, moderator, votes_until=THEN + 2 * HOUR)

    event = AuditEvent.objects.latest("id")
    assert event.details == {
        "changes": {
            "votes_until": ["2026-03-01T13:00:00+00:00", "2026-03-01T14:00:00+00:00"]
        }
    }


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"collects_until": 2, "votes_until": 1}, "votes_until"),
        ({"collects_until": 1, "votes_until": 1}, "votes_until"),
        ({"opens_at": 3, "ratifies_until": 2}, "ratifies_until"),
        ({"opens_at": 1, "collects_until": 3, "drafts_until": 2}, "drafts_until"),
    ],
)
def test_times_that_do_not_follow_one_another_are_refused(
    conversation, moderator, times, field
):
    with pytest.raises(setup.ScheduleOrder) as refused:
        change_schedule(
            conversation, moderator, **{n: THEN + h * HOUR for n, h in times.items()}
        )

    assert (refused.value.field, AuditEvent.objects.count()) == (field, 0)


def test_time_that_has_passed_is_refused_but_one_that_held_before_stays(
    conversation, moderator
):
    with pytest.raises(setup.TimePast) as refused:
        change_schedule(conversation, moderator, collects_until=THEN - HOUR)
    Conversation.objects.update(collects_until=THEN - HOUR)
    conversation.refresh_from_db()
    changes = change_schedule(
        conversation,
        moderator,
        collects_until=THEN - HOUR,
        votes_until=THEN + HOUR,
    )

    assert refused.value.field == "collects_until"
    assert list(changes) == ["votes_until"]


def test_this_very_minute_is_not_past(conversation, moderator):
    ended = THEN - timedelta(seconds=59)

    assert list(change_schedule(conversation, moderator, collects_until=ended)) == [
        "collects_until"
    ]


def test_question_that_was_voted_on_is_not_changed(conversation, moderator):
    VoteFactory(conversation=conversation)
    words = {"description": "Why.", "language": "en", "languages": []}

    with pytest.raises(setup.QuestionFixed):
        setup.change_words(
            conversation=conversation, by=moderator, question="Else?", **words
        )
    setup.change_words(
        conversation=conversation,
        by=moderator,
        question=conversation.question,
        **words,
    )

    assert Conversation.objects.get().description == "Why."


def test_its_own_language_is_none_to_translate_into(conversation, moderator):
    setup.change_words(
        conversation=conversation,
        by=moderator,
        question=conversation.question,
        description="",
        language="en",
        languages=["ko", "en", "es", "ko"],
    )

    assert Conversation.objects.get().languages == ["es", "ko"]


def test_statements_that_appear_otherwise_are_counted_anew(conversation, moderator):
    setup.change_people(
        conversation=conversation, by=moderator, **PEOPLE | {"moderation": "after"}
    )

    assert Conversation.objects.get().moderation_revision == 1


def test_rule_for_the_constitution_is_kept_whole(conversation, moderator):
    setup.change_draft_rule(
        conversation=conversation,
        by=moderator,
        threshold=0.7,
        max_principles=12,
        min_votes=8,
    )

    rule = {"threshold": 0.7, "max_principles": 12, "min_votes": 8}
    assert Conversation.objects.get().draft_rule == rule
    assert AuditEvent.objects.get().details == {"changes": {"draft_rule": [{}, rule]}}
