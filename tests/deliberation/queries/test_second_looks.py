"""Second looks: for whom they wait, who agreed with whom, and what is to be talked about."""

from datetime import timedelta

import pytest

from deliberation.queries import second_looks
from deliberation.queries.second_looks import NoSuchSecondLook
from tests.factories import (
    THEN,
    ConversationFactory,
    DecisionFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def look(conversation, kind="accept", verdict="", **more):
    taken = {"decided_at": THEN, "decided_by": UserFactory()} if verdict else {}
    return SecondLookFactory(
        decision__statement__conversation=conversation,
        decision__kind=kind,
        verdict=verdict,
        **taken,
        **more,
    )


def test_waiting_for_somebody_leaves_out_what_she_decided_on(conversation):
    first, second = look(conversation), look(conversation)
    look(ConversationFactory())
    DecisionFactory(
        statement=second.decision.statement, decided_by=(me := UserFactory())
    )

    assert list(second_looks.waiting(conversation)) == [first, second]
    assert list(second_looks.waiting(conversation, me)) == [first]
    assert list(second_looks.waiting(conversation, first.decision.decided_by)) == [
        second
    ]
    assert second_looks.next_for(conversation, me) == first


def test_what_was_taken_back_or_reworded_or_folded_waits_no_more(conversation):
    look(conversation, verdict="accepted")
    undone = look(conversation)
    DecisionFactory(
        statement=undone.decision.statement, kind="undo", undoes=undone.decision
    )
    for changes in (
        {"state": "replaced"},
        {"state": "pending"},
        {"state": "rejected", "duplicate_of": StatementFactory()},
    ):
        statement = look(conversation).decision.statement
        for name, value in changes.items():
            setattr(statement, name, value)
        statement.save()

    assert list(second_looks.waiting(conversation)) == []


def test_next_is_none_where_none_waits(conversation):
    assert second_looks.next_for(conversation, UserFactory()) is None


def test_look_is_one_of_the_conversation(conversation):
    mine, other = look(conversation), look(ConversationFactory())

    assert second_looks.look(conversation, mine.pk) == mine
    with pytest.raises(NoSuchSecondLook):
        second_looks.look(conversation, other.pk)


def test_agreement_counts_pairs_of_verdicts(conversation):
    for kind, verdict, n in (
        ("accept", "accepted", 4),
        ("accept", "rejected", 3),
        ("reject", "accepted", 2),
        ("reject", "rejected", 1),
        ("reject", "", 5),
    ):
        for _ in range(n):
            look(conversation, kind, verdict)

    found = second_looks.agreement(conversation)

    assert (
        found.n_both_accepted,
        found.n_accepted_rejected,
        found.n_rejected_accepted,
        found.n_both_rejected,
    ) == (4, 3, 2, 1)


def test_disagreements_come_with_those_that_are_not_settled_first(conversation):
    look(conversation, "accept", "accepted")
    open_one = look(conversation, "accept", "rejected")
    settled = look(conversation, "reject", "accepted")
    DecisionFactory(
        statement=settled.decision.statement, decided_at=THEN + timedelta(hours=1)
    )

    found = list(second_looks.disagreements(conversation))

    assert [(one, one.is_settled) for one in found] == [
        (open_one, False),
        (settled, True),
    ]
