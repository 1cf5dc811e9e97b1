"""Phases on the pages of participants: told, never stale, and what they refuse."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation import identity
from deliberation.models import Conversation, Statement, Vote
from tests.factories import THEN, ParticipantFactory, StatementFactory

pytestmark = pytest.mark.django_db

LATER = datetime(2999, 12, 5, 18, tzinfo=UTC)
LATEST = datetime(2999, 12, 24, 12, 30, tzinfo=UTC)
WRITE = "Is something missing? Add a statement"


def read(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/c/rivers/", "/c/rivers/vote/", "/c/rivers/results/"]
)
@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        (
            {"collects_until": LATER, "votes_until": LATEST},
            "Statements until Dec. 5, 2999, 18:00 UTC,"
            " votes until Dec. 24, 2999, 12:30 UTC.",
        ),
        ({"collects_until": LATER}, "Statements until Dec. 5, 2999, 18:00 UTC."),
        (
            {"votes_until": LATER},
            "Statements and votes until Dec. 5, 2999, 18:00 UTC.",
        ),
        (
            {"collects_until": THEN, "votes_until": LATER},
            "Only votes now, until Dec. 5, 2999, 18:00 UTC.",
        ),
        (
            {"collects_until": THEN},
            "Only votes now; statements are not taken any more.",
        ),
        (
            {"votes_until": THEN, "drafts_until": LATER},
            "The constitution is drafted until Dec. 5, 2999, 18:00 UTC.",
        ),
        (
            {"votes_until": THEN, "ratifies_until": LATER},
            "The constitution is ratified until Dec. 5, 2999, 18:00 UTC.",
        ),
    ],
)
def test_phase_and_its_end_are_told(client, conversation, path, schedule, sentence):
    Conversation.objects.update(**schedule)

    assert f'<p class="phase">{sentence}</p>' in read(client, path)


def test_without_a_schedule_nothing_is_said(client, conversation):
    assert 'class="phase"' not in read(client, "/c/rivers/vote/")


def test_rule_for_the_constitution_is_told_from_the_first_day(client, conversation):
    Conversation.objects.update(
        draft_rule={"threshold": 0.7, "max_principles": 12, "min_votes": 8}
    )

    for path in ("/c/rivers/", "/c/rivers/results/how/"):
        page = " ".join(read(client, path).split())
        assert "at least 70% of the votes of every opinion group agree" in page
        assert "each group with at least 8 votes" in page
        assert "at most 12." in page


def test_scripts_in_a_description_are_words(client, conversation):
    text = "<script>alert(1)</script> [x](javascript:alert(2))"
    Conversation.objects.update(description=text)

    page = read(client, "/c/rivers/")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


# --- Statements --------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/c/rivers/vote/", "/c/rivers/embed/"])
def test_where_statements_are_over_a_line_stands_for_the_form(
    either_way, client, conversation, path
):
    StatementFactory(conversation=conversation)
    before = read(client, path)

    Conversation.objects.update(collects_until=THEN)
    after = read(client, path)

    assert (WRITE in before, WRITE in after) == (True, False)
    assert "Statements were taken until March 1, 2026, 12:00 UTC." in after


def test_where_somebody_has_written_all_she_can_a_line_stands_for_the_form(
    participant_client, participant
):
    Conversation.objects.update(max_statements=1)
    before = read(participant_client, "/c/rivers/vote/")
    StatementFactory(conversation=participant.conversation, author=participant)

    after = read(participant_client, "/c/rivers/vote/")

    assert "You can write 1 more." in before
    assert (WRITE in before, WRITE in after) == (True, False)
    assert "You have written 1 statement, and here one person can write no more." in (
        " ".join(after.split())
    )


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"collects_until": THEN}, "Statements are not collected any more."),
        ({"max_statements": 1}, "You have written 1 statement, and here one person"),
    ],
)
def test_statement_that_is_not_taken_comes_back_with_a_sentence(
    participant_client, participant, headers, change, sentence
):
    StatementFactory(conversation=participant.conversation, author=participant)
    Conversation.objects.update(**change)

    response = participant_client.post(
        "/c/rivers/statements/", {"text": "Lakes should be clear."}, headers=headers
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert sentence in page
    assert '<blockquote dir="auto">Lakes should be clear.</blockquote>' in page
    assert Statement.objects.count() == 1


# --- Votes -------------------------------------------------------------------------------


def post_vote(client, participant, statement):

    slug = participant.conversation.slug
    body = {
        "participant": identity.sign(participant.code, slug),
        "key": "a-key-of-an-event",
        "statement": statement.pk,
        "choice": 1,
    }
    return client.post(
        f"/c/{slug}/votes/", json.dumps(body), content_type="application/json"
    )


def test_vote_after_the_end_is_refused_though_no_worker_has_closed_it(
    either_way, client, conversation
):
    participant = ParticipantFactory(conversation=conversation)
    statement = StatementFactory(conversation=conversation)
    Conversation.objects.update(votes_until=timezone.now() - timedelta(seconds=1))

    response = post_vote(client, participant, statement)

    assert response.status_code == 409
    assert response.json()["error"]["code"] == "conversation_closed"
    assert (Vote.objects.count(), Conversation.objects.get().state) == (0, "open")


def test_vote_before_the_end_is_stored(either_way, client, conversation):
    participant = ParticipantFactory(conversation=conversation)
    statement = StatementFactory(conversation=conversation)
    Conversation.objects.update(votes_until=timezone.now() + timedelta(hours=1))

    response = post_vote(client, participant, statement)

    assert (response.status_code, Vote.objects.count()) == (200, 1)


def test_a_schedule_makes_no_vote_dearer(short_way, client, conversation):
    post_vote(client, *voter_and_statement(conversation))
    n_queries = []

    for schedule in ({}, {"collects_until": LATER, "votes_until": LATEST}):
        Conversation.objects.update(**schedule)
        voter, statement = voter_and_statement(conversation)
        client.get(f"/c/{conversation.slug}/cards/")
        with CaptureQueriesContext(connection) as queries:
            assert post_vote(client, voter, statement).status_code == 200
        n_queries.append(len(queries))

    assert n_queries[0] == n_queries[1]


def voter_and_statement(conversation):
    return (
        ParticipantFactory(conversation=conversation),
        StatementFactory(conversation=conversation),
    )


def test_first_view_knows_the_end_at_once(either_way, client, conversation):
    StatementFactory(conversation=conversation, text="Be kind.")
    before = read(client, "/c/rivers/vote/")

    Conversation.objects.update(votes_until=THEN)
    after = read(client, "/c/rivers/vote/")

    assert ("Be kind." in before, "Be kind." in after) == (True, False)
    assert "This conversation is closed" in after
