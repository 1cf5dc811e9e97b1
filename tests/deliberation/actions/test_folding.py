"""Folding: who leads, who follows, what is refused, and what goes back."""

import pytest

from deliberation.actions import decisions, folding
from deliberation.models import AuditEvent, Decision, Likeness, Statement, Vote
from deliberation.queries.moderation import NoSuchStatement
from tests.factories import (
    THEN,
    ConversationFactory,
    LikenessFactory,
    StatementFactory,
    VoteFactory,
)

REJECTED, PENDING = Statement.State.REJECTED, Statement.State.PENDING


@pytest.fixture
def write(conversation):
    def written(number, **fields):
        return StatementFactory(conversation=conversation, number=number, **fields)

    return written


@pytest.fixture
def fold(conversation, moderator):
    def folded(statements, into, **more):
        return folding.fold(
            conversation=conversation,
            statements=statements,
            into=into,
            by=moderator,
            now=THEN,
            **more,
        )

    return folded


def state_of(*statements):
    rows = Statement.objects.in_bulk([statement.pk for statement in statements])
    found = [rows[statement.pk] for statement in statements]
    return [(row.state, row.reason, row.duplicate_of_id) for row in found]


def test_what_is_folded_is_a_rejected_duplicate_that_points_to_its_leader(write, fold):
    leader, one, other = write(1), write(2, state=PENDING), write(3)

    outcome = fold([one, other], leader)

    assert state_of(one, other) == [("rejected", "duplicate", leader.pk)] * 2
    assert state_of(leader) == [("accepted", "", None)]
    assert [
        (made.statement_id, made.kind, made.other_number, made.reason)
        for made in outcome.decisions
    ] == [(row.pk, "fold", 1, "duplicate") for row in (one, other)]


def test_folding_is_one_audit_event_that_names_the_leader(write, fold, moderator):
    fold([write(2), write(3)], write(1))

    event = AuditEvent.objects.get()
    assert (event.action, event.by_name, event.target) == (
        "folding.fold",
        moderator.username,
        "2 statements",
    )
    assert event.details["into"] == 1


def test_votes_stay_on_the_statement_they_were_cast_on(write, fold, conversation):
    leader, one = write(1), write(2)
    VoteFactory(conversation=conversation, statement=one)

    fold([one], leader)

    assert list(Vote.objects.values_list("statement", flat=True)) == [one.pk]


def test_folding_twice_changes_nothing(write, fold):
    leader, one = write(1), write(2)
    fold([one], leader)

    outcome = fold([one], leader)

    assert (list(outcome.decisions), outcome.unchanged) == ([], [one])
    assert Decision.objects.count() == 1


def test_what_was_decided_since_it_was_seen_is_a_clash_and_the_others_are_folded(
    write, fold
):
    leader, one, other = write(1), write(2, revision=4), write(3)

    outcome = fold([one, other], leader, seen={one.pk: 3, other.pk: 0})

    assert outcome.clashes == [one]
    assert state_of(one, other) == [
        ("accepted", "", None),
        ("rejected", "duplicate", leader.pk),
    ]


def test_followers_come_along_when_their_leader_is_folded(write, fold):
    leader, middle, follower = write(1), write(2), write(3)
    fold([follower], middle)

    fold([middle], leader)

    assert state_of(middle, follower) == [("rejected", "duplicate", leader.pk)] * 2


def test_taken_back_the_followers_go_back_to_their_leader(
    write, fold, conversation, moderator
):
    leader, middle, follower = write(1), write(2), write(3)
    fold([follower], middle)
    outcome = fold([middle], leader)

    decisions.take_back(
        conversation=conversation, batch=outcome.batch, by=moderator, now=THEN
    )

    assert state_of(middle, follower) == [
        ("accepted", "", None),
        ("rejected", "duplicate", middle.pk),
    ]


def test_a_rejected_statement_can_be_folded(write, fold):
    leader, one = write(1), write(2, state=REJECTED, reason="spam")

    fold([one], leader)

    assert state_of(one) == [("rejected", "duplicate", leader.pk)]


def test_one_folded_elsewhere_moves(write, fold):
    first, second, one = write(1), write(2), write(3)
    fold([one], first)

    fold([one], second)

    assert state_of(one) == [("rejected", "duplicate", second.pk)]


def test_a_statement_is_not_folded_into_itself(write, fold):
    leader, one = write(1), write(2)

    with pytest.raises(folding.FoldedIntoItself) as refused:
        fold([one, leader], leader)

    assert "Statement 1 leads here" in str(refused.value)
    assert state_of(one) == [("accepted", "", None)]


@pytest.mark.parametrize("state", ["rejected", "replaced"])
def test_what_is_not_shown_cannot_lead(write, fold, state):
    leader, one = write(1, state=state), write(2)

    with pytest.raises(folding.CannotLead):
        fold([one], leader)

    assert state_of(one) == [("accepted", "", None)]


def test_one_that_follows_cannot_lead(write, fold):
    leader, middle, one = write(1), write(2), write(3)
    fold([middle], leader)

    with pytest.raises(folding.CannotLead):
        fold([one], middle)

    assert state_of(one) == [("accepted", "", None)]


def test_a_replaced_statement_is_not_folded(write, fold):
    leader, one, other = write(1), write(2), write(3, state="replaced")

    with pytest.raises(folding.CannotBeFolded):
        fold([one, other], leader)

    assert state_of(one) == [("accepted", "", None)]


def test_statements_of_another_conversation_do_not_exist_here(write, fold):
    elsewhere = StatementFactory(conversation=ConversationFactory(), number=9)
    one = write(1)

    with pytest.raises(NoSuchStatement):
        fold([elsewhere], one)
    with pytest.raises(NoSuchStatement):
        fold([one], elsewhere)

    assert not Decision.objects.exists()


@pytest.fixture
def opposites(conversation, write):
    leader, one, other = write(1), write(2), write(3)
    LikenessFactory(
        conversation=conversation,
        one=leader,
        other=other,
        kind=Likeness.Kind.OPPOSITE,
    )
    return leader, one, other


def test_perhaps_opposite_ones_are_not_folded_unasked(opposites, fold):
    leader, one, other = opposites

    with pytest.raises(folding.PerhapsOpposite) as refused:
        fold([one, other], leader)

    assert refused.value.numbers == (3,)
    assert state_of(one, other) == [("accepted", "", None)] * 2


def test_perhaps_opposite_ones_are_folded_by_who_has_read_both(opposites, fold):
    leader, _one, other = opposites

    fold([other], leader, although_opposite=True)

    assert state_of(other) == [("rejected", "duplicate", leader.pk)]


@pytest.fixture
def lead(conversation, moderator):
    def led(statements, into, **more):
        return folding.lead(
            conversation=conversation,
            statements=statements,
            into=into,
            by=moderator,
            now=THEN,
            **more,
        )

    return led


def test_leading_accepts_one_and_folds_the_others_in_one_batch(
    write, lead, conversation, moderator
):
    leader, one = write(1, state=PENDING), write(2, state=PENDING)

    outcome = lead([one], leader)

    assert state_of(leader, one) == [
        ("accepted", "", None),
        ("rejected", "duplicate", leader.pk),
    ]
    decisions.take_back(
        conversation=conversation, batch=outcome.batch, by=moderator, now=THEN
    )
    assert state_of(leader, one) == [("pending", "", None)] * 2


def test_leading_folds_nothing_where_the_leader_was_decided_on_meanwhile(write, lead):
    leader, one = write(1, state=PENDING, revision=2), write(2, state=PENDING)

    outcome = lead([one], leader, seen={leader.pk: 1})

    assert (outcome.clashes, outcome.decisions) == ([leader], [])
    assert state_of(one) == [("pending", "", None)]
