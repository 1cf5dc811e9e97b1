"""Events that come late, twice, out of order and at once; who may take part."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from deliberation import identity
from deliberation.actions import voting
from deliberation.models import (
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteRevision,
    WithdrawnVote,
)
from tests.deliberation.at_once import at_once
from tests.deliberation.casting import AGREE, DISAGREE, NOON, PASS, choices, undo
from tests.factories import StatementFactory


def test_a_vote_keeps_its_key_and_its_draw(cast):
    vote = cast("first-key")

    assert (vote.client_key, vote.probability, vote.n_candidates) == (
        "first-key",
        0.5,
        2,
    )


def test_a_repeated_key_stores_nothing_and_tells_what_holds(cast):
    first = cast("first-key", AGREE)

    again = cast("first-key", DISAGREE, now=NOON + timedelta(seconds=9))

    assert (again, again.choice, again.cast_at) == (first, AGREE, NOON)
    assert choices() == ([AGREE], [])


def test_another_key_is_a_change_of_mind(cast):
    cast("first-key", AGREE)

    changed = cast("second-key", PASS)

    assert (changed.client_key, changed.revision) == ("second-key", 2)
    assert choices() == ([PASS], [AGREE])
    assert VoteRevision.objects.get().client_key == "first-key"


def test_the_key_of_a_vote_that_was_changed_stores_nothing(cast):
    cast("first-key", AGREE)
    cast("second-key", DISAGREE)

    late = cast("first-key", AGREE)

    assert (late.choice, late.client_key) == (DISAGREE, "second-key")
    assert choices() == ([DISAGREE], [AGREE])


def test_the_same_choice_by_another_key_is_an_event_of_its_own(cast):
    cast("first-key", AGREE)
    cast("second-key", AGREE)
    cast("third-key", DISAGREE)

    late = cast("second-key", AGREE)

    assert late.choice == DISAGREE
    assert choices() == ([DISAGREE], [AGREE, AGREE])


def test_a_repeated_key_is_answered_after_the_close(cast, conversation):
    first = cast("first-key")
    Conversation.objects.update(state="closed")

    assert cast("first-key") == first
    with pytest.raises(voting.ConversationClosed):
        cast("second-key")


def test_a_repeated_key_is_answered_after_the_statement_was_rejected(cast):
    first = cast("first-key")
    Statement.objects.update(state="rejected")

    assert cast("first-key") == first
    with pytest.raises(voting.StatementNotOpen):
        cast("second-key", PASS)


def test_a_newcomer_whose_vote_is_refused_does_not_join(cast):
    Statement.objects.update(state="rejected")
    joined = Participant.objects.count()

    with pytest.raises(voting.StatementNotOpen):
        cast("first-key")

    assert (Participant.objects.count(), Vote.objects.count()) == (joined, 0)


# --- Invitations ---


def test_a_conversation_by_link_takes_invited_people_alone(cast, statement):
    Conversation.objects.update(entry="link")
    statement.conversation.refresh_from_db()

    with pytest.raises(voting.InvitationNeeded) as refused:
        cast("first-key")

    assert (refused.value.http_status, Vote.objects.count()) == (403, 0)
    cast("first-key", code=identity.invited_code("x" * 24))
    assert Vote.objects.count() == 1


# --- At once ---


@pytest.fixture
def for_threads(transactional_db):
    """Rows that other connections see."""


@pytest.mark.django_db(transaction=True)
def test_retries_of_one_key_at_once_are_stored_once(for_threads, cast):
    votes = at_once(lambda _n: cast("first-key").pk)

    assert len(set(votes)) == 1
    assert choices() == ([AGREE], [])


@pytest.mark.django_db(transaction=True)
def test_a_vote_and_its_undo_at_once_end_undone(for_threads, cast, statement):
    for turn in range(5):
        key = f"event-{turn}"
        at_once(lambda n, key=key: cast(key) if n % 2 else undo(statement, key))

        assert choices() == ([], [])
        assert WithdrawnVote.objects.filter(client_key=key).count() == 1


@pytest.mark.django_db(transaction=True)
def test_changes_and_undoings_at_once_lose_nothing(for_threads, cast, statement):
    cast("first-key", PASS)

    def change_or_undo(n):
        key = f"event-{n // 2}"
        return undo(statement, key) if n % 2 else cast(key, AGREE)

    at_once(change_or_undo)

    vote = Vote.objects.get()
    assert vote.revision == VoteRevision.objects.count() + 1
    withdrawn = WithdrawnVote.objects.values_list("client_key", flat=True)
    assert not {vote.client_key} & set(withdrawn)


@pytest.mark.django_db(transaction=True)
def test_many_newcomers_at_once_all_join(for_threads, cast, statement):
    at_once(lambda n: cast("first-key", code=f"newcomer-{n}", now=timezone.now()), 32)

    assert Vote.objects.filter(participant__code__startswith="newcomer").count() == 32


# --- A connection that was lost ---


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a file is not lost")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["closed", "forgotten"])
@pytest.mark.parametrize("cast", ["plain, known"], indirect=True)
def test_a_vote_on_a_lost_connection_goes_the_careful_way(
    for_threads, cast, statement, how
):
    other = StatementFactory(conversation=statement.conversation)
    cast("first-key")
    if how == "closed":
        connection.connection.close()
    else:
        connection.connection.execute("DEALLOCATE ALL")

    cast("other-key", statement=other)

    assert choices() == ([AGREE, AGREE], [])
