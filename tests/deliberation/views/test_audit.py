"""The audit log: who, when, what, before and after; filtered, and as a file."""

import csv
import json

import pytest

from deliberation import actions
from deliberation.models import AuditEvent
from tests.factories import (
    THEN,
    AuditEventFactory,
    ConversationFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/moderate/rivers/log/"
FILE = "/moderate/rivers/log/log.csv"


def event(conversation, action="moderation.accept", **more):
    return AuditEventFactory(conversation_id=conversation.pk, action=action, **more)


def shown(client, query=""):
    return [row["event"].pk for row in client.get(PAGE + query).context["rows"]]


def test_an_event_tells_what_was_before_and_after(
    moderator_client, conversation, moderator
):
    statement = StatementFactory(conversation=conversation, number=7, state="pending")
    actions.moderation.reject(
        conversation=conversation,
        statements=[statement],
        reason="spam",
        note="",
        by=moderator,
        now=THEN,
    )

    (row,) = moderator_client.get(PAGE).context["rows"]

    assert (row["label"], row["event"].by_name) == ("Rejected", moderator.username)
    told = {(c.name, c.before, c.after) for c in row["changes"]}
    assert told == {
        ("7 · state", "pending", "rejected"),
        ("7 · reason", "–", "spam"),
    }


def test_the_newest_comes_first_and_other_conversations_are_left_out(
    moderator_client, conversation
):
    first, second = event(conversation), event(conversation)
    event(ConversationFactory())

    assert shown(moderator_client) == [second.pk, first.pk]


def test_filters_leave_out_what_was_not_asked_for(moderator_client, conversation):
    plain = event(conversation, by_name="mo", target="statement 12")
    other = event(conversation, "moderation.reject", by_name="jo", target="statement 3")

    found = {
        query: shown(moderator_client, query)
        for query in (
            "?action=moderation.reject",
            "?by=mo",
            "?target=statement+12",
            "?since=2000-01-01",
            "?until=2000-01-01",
        )
    }

    assert found == {
        "?action=moderation.reject": [other.pk],
        "?by=mo": [plain.pk],
        "?target=statement+12": [plain.pk],
        "?since=2000-01-01": [other.pk, plain.pk],
        "?until=2000-01-01": [],
    }


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?since=2026-02-30", "Enter a valid date."),
        (
            "?since=2026-03-02&until=2026-03-01",
            "The last day comes before the first.",
        ),
        (
            "?by=nobody",
            "Select a valid choice. nobody is not one of the available choices.",
        ),
    ],
)
def test_a_filter_that_cannot_be_says_so_and_hides_nothing(
    moderator_client, conversation, query, sentence
):
    kept = event(conversation)

    response = moderator_client.get(PAGE + query)

    errors = [e for errors in response.context["form"].errors.values() for e in errors]
    assert (response.status_code, errors) == (422, [sentence])
    assert [row["event"].pk for row in response.context["rows"]] == [kept.pk]


def test_the_file_holds_what_the_filter_shows(moderator_client, conversation):
    event(conversation, by_name="=mo", details={"reason": "spam", "after": "é"})
    event(conversation, "moderation.reject")

    response = moderator_client.get(f"{FILE}?action=moderation.accept")

    lines = b"".join(response.streaming_content).decode().splitlines()
    (row,) = csv.DictReader(lines)
    assert (row["action"], row["by"]) == ("moderation.accept", "'=mo")
    assert json.loads(row["details"]) == {"reason": "spam", "after": "é"}
    assert AuditEvent.objects.count() == 2


@pytest.mark.parametrize("n", [1, 3])
def test_the_log_costs_the_same_whatever_its_length(
    moderator_client, conversation, n, django_assert_num_queries
):
    for _ in range(n):
        event(conversation)
    moderator_client.get(PAGE)

    with django_assert_num_queries(8):
        moderator_client.get(PAGE)
