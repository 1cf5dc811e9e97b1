"""Keys, taking votes back, and remarks: late, twice, out of order and at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from deliberation import identity, queries
from deliberation.actions import analysis, plain_votes, voting
from deliberation.models import (
    Choice,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteReason,
    VoteRevision,
    WithdrawnVote,
)
from tests.deliberation.at_once import at_once
from tests.deliberation.worlds import small_world, store
from tests.factories import ParticipantFactory, StatementFactory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODE = "a-code"
AGREE, PASS, DISAGREE = Choice.AGREE, Choice.PASS, Choice.DISAGREE


@pytest.fixture
def statement(conversation):
    return StatementFactory(conversation=conversation)


@pytest.fixture(params=["with care", "plain", "plain, known"])
def cast(request, conversation, statement):
    """Cast by a key: by the careful way, or by the plain one first, as views do."""
    if request.param == "plain, known":
        ParticipantFactory(conversation=conversation, code=CODE)

    def cast_one(key, choice=AGREE, *, statement=statement, code=CODE, **more):
        ballot = {
            "code": code,
            "statement_id": statement.pk,
            "choice": choice,
            "now": NOON,
            "key": key,
            "probability": 0.5,
            "n_candidates": 2,
        } | more
        slug = statement.conversation.slug
        if request.param == "plain" and plain_votes.store_first(slug=slug, **ballot):
            return Vote.objects.get(participant__code=code, statement=statement)
        if request.param != "with care" and plain_votes.store(slug=slug, **ballot):
            return Vote.objects.get(participant__code=code, statement=statement)
        return voting.cast_vote(conversation=statement.conversation, **ballot)

    return cast_one


def undo(statement, vote_key="", *, code=CODE, **more):
    return voting.undo_vote(
        conversation=statement.conversation,
        code=code,
        statement_id=statement.pk,
        vote_key=vote_key,
        **{"now": NOON} | more,
    )


def choices():
    """What holds, and what held before."""
    held = Vote.objects.order_by("pk").values_list("choice", flat=True)
    before = VoteRevision.objects.order_by("pk").values_list("choice", flat=True)
    return list(held), list(before)


# --- Keys ---


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


# --- Undoing ---


def test_undo_takes_a_first_choice_back(cast, statement):
    vote = cast("first-key")
    VoteReason.objects.create(vote=vote, text="So.", written_at=NOON)

    assert undo(statement, "first-key") is None

    assert choices() == ([], [])
    withdrawn = WithdrawnVote.objects.values_list("client_key", "withdrawn_at")
    assert list(withdrawn) == [("first-key", NOON)]


def test_undo_goes_back_to_the_choice_before(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS, now=NOON + timedelta(hours=1))
    cast("third-key", DISAGREE, now=NOON + timedelta(hours=2))

    vote = undo(statement, "third-key")

    vote.refresh_from_db()
    assert (vote.choice, vote.client_key, vote.revision) == (PASS, "second-key", 2)
    assert vote.cast_at == NOON + timedelta(hours=1)
    assert choices() == ([PASS], [AGREE])


def test_undo_without_a_key_takes_back_what_holds(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)

    assert undo(statement).choice == AGREE
    assert undo(statement) is None
    assert undo(statement) is None


def test_undo_twice_is_undo_once(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)
    undo(statement, "second-key")

    again = undo(statement, "second-key")

    assert (again.choice, choices()) == (AGREE, ([AGREE], []))


def test_undo_of_a_choice_that_was_changed_since_changes_nothing(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)

    assert undo(statement, "first-key").choice == PASS
    assert choices() == ([PASS], [AGREE])


def test_a_vote_that_was_undone_stays_undone_when_it_comes_again(cast, statement):
    cast("first-key")
    undo(statement, "first-key")

    assert cast("first-key") is None
    assert choices() == ([], [])


def test_an_undone_change_stays_undone_when_it_comes_again(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)
    undo(statement, "second-key")

    assert cast("second-key", PASS).choice == AGREE
    assert choices() == ([AGREE], [])


def test_an_undo_that_comes_before_its_vote_keeps_it_from_being_stored(cast, statement):
    assert undo(statement, "first-key") is None

    assert cast("first-key") is None
    assert choices() == ([], [])


def test_after_an_undo_she_may_vote_anew(cast, statement):
    cast("first-key", AGREE)
    undo(statement, "first-key")

    assert cast("second-key", DISAGREE).choice == DISAGREE


def test_undo_is_refused_after_the_close_unless_it_was_done_before(cast, statement):
    cast("first-key")
    other = StatementFactory(conversation=statement.conversation)
    cast("other-key", statement=other)
    undo(statement, "first-key")
    Conversation.objects.update(state="closed")

    assert undo(statement, "first-key") is None
    with pytest.raises(voting.ConversationClosed):
        undo(other, "other-key")


def test_undo_of_a_rejected_statements_vote_is_done(cast, statement):
    cast("first-key")
    Statement.objects.update(state="rejected")

    assert undo(statement, "first-key") is None
    assert choices() == ([], [])


def test_undo_on_another_conversations_statement_is_refused(conversation):
    foreign = StatementFactory()

    with pytest.raises(voting.StatementNotFound):
        voting.undo_vote(
            conversation=conversation,
            code=CODE,
            statement_id=foreign.pk,
            now=NOON,
            vote_key="first-key",
        )

    assert Participant.objects.count() == 0


@pytest.mark.parametrize("n_choices", [1, 2])
def test_an_analysis_is_due_after_an_undo(db, n_choices):
    """Also where the number of votes and of revisions is what it was before."""
    conversation = store(small_world())
    statement = conversation.statements.first()
    analysis.run_analysis(conversation=conversation)
    more = {"conversation": conversation, "code": "new-here", "now": NOON}
    for n in range(n_choices):
        key = f"event-{n}"
        voting.cast_vote(statement_id=statement.pk, choice=n, key=key, **more)
    analysis.run_analysis(conversation=conversation)

    voting.undo_vote(statement_id=statement.pk, **more)

    assert not queries.analysis.is_current(conversation)


# --- Remarks ---


def remark(statement, **more):
    return voting.remark_on_vote(
        conversation=statement.conversation,
        code=CODE,
        statement_id=statement.pk,
        **{"now": NOON} | more,
    )


@pytest.fixture
def asking(statement):
    """A statement of a conversation that asks for reasons and for what matters."""
    statement.conversation.takes_reasons = True
    statement.conversation.takes_importance = True
    return statement


def reasons():
    return list(VoteReason.objects.values_list("text", "written_at"))


def test_the_last_remark_counts(cast, asking):
    cast("first-key")

    remark(asking, matters=True, reason="At first.")
    assert remark(asking, reason="In the end.").matters is True

    assert (Vote.objects.get().matters, reasons()) == (True, [("In the end.", NOON)])


def test_a_remark_is_taken_away(cast, asking):
    cast("first-key")
    remark(asking, matters=True, reason="So.")

    remark(asking, matters=False, reason="")

    assert (Vote.objects.get().matters, reasons()) == (False, [])


def test_a_reason_goes_with_the_choice_it_was_for(cast, asking):
    cast("first-key", AGREE)
    remark(asking, reason="So.", matters=True)

    cast("second-key", DISAGREE)

    assert (Vote.objects.get().matters, reasons()) == (True, [])


@pytest.mark.parametrize("what", [{"matters": True}, {"reason": "So."}])
def test_a_remark_is_refused_where_it_is_not_asked_for(cast, statement, what):
    cast("first-key")

    with pytest.raises(voting.RemarkNotTaken):
        remark(statement, **what)

    assert (Vote.objects.get().matters, reasons()) == (False, [])


def test_a_remark_is_refused_without_a_vote(asking):
    with pytest.raises(voting.VoteNotFound) as refused:
        remark(asking, reason="So.")

    assert (refused.value.http_status, Participant.objects.count()) == (404, 0)


def test_a_remark_is_refused_after_the_close(cast, asking):
    cast("first-key")
    Conversation.objects.update(state="closed")

    with pytest.raises(voting.ConversationClosed):
        remark(asking, reason="So.")


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
