"""Erasing a participant. That nothing of her is left is told in contracts/test_privacy."""

from contextlib import suppress

import pytest

from deliberation.actions import privacy, voting
from deliberation.actions.privacy import Erased
from deliberation.models import Choice, Conversation, Participant, Statement, Vote
from tests import factories
from tests.deliberation.at_once import N_AT_ONCE, at_once
from tests.factories import THEN


def erase(person: Participant, *, with_statements: bool = False) -> Erased | None:
    return privacy.erase(
        conversation=person.conversation,
        code=person.code,
        with_statements=with_statements,
    )


def test_erase_tells_how_much_of_each_went(participant: Participant) -> None:
    mine = {"participant": participant, "conversation": participant.conversation}
    vote = factories.VoteFactory(**mine)
    factories.VoteFactory(**mine)
    factories.VoteRevisionFactory(vote=vote)
    factories.VoteReasonFactory(vote=vote)
    factories.WithdrawnVoteFactory(participant=participant)
    factories.StatementFactory(
        author=participant, conversation=participant.conversation
    )

    erased = erase(participant)

    assert erased == Erased(
        n_votes=2,
        n_earlier=1,
        n_reasons=1,
        n_withdrawn=1,
        n_kept=1,
        n_deleted=0,
        n_emptied=0,
    )


def test_erase_twice_finds_nothing_the_second_time(participant: Participant) -> None:
    erase(participant)
    revision = Conversation.objects.get().moderation_revision

    assert erase(participant) is None
    assert Conversation.objects.get().moderation_revision == revision == 1


def test_erase_leaves_the_same_code_elsewhere(participant: Participant) -> None:
    elsewhere = factories.ParticipantFactory(code=participant.code)

    erase(participant)

    assert Participant.objects.get() == elsewhere


@pytest.mark.parametrize("state", ["open", "closed", "archived", "draft"])
def test_erase_works_in_every_state(participant: Participant, state: str) -> None:
    Conversation.objects.update(state=state)

    erase(participant)

    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("state", "moderation", "n_others", "left"),
    [
        ("pending", "before", 0, []),
        ("pending", "before", 1, [("[…]", "rejected")]),
        ("pending", "after", 0, [("[…]", "rejected")]),
        ("accepted", "before", 0, [("[…]", "rejected")]),
        ("accepted", "before", 1, [("[…]", "rejected")]),
    ],
)
def test_statements_that_go_leave_no_words(
    participant: Participant,
    state: str,
    moderation: str,
    n_others: int,
    left: list[tuple[str, str]],
) -> None:
    Conversation.objects.update(moderation=moderation)
    conversation = participant.conversation
    statement = factories.StatementFactory(
        conversation=conversation, author=participant, state=state
    )
    mine = {"conversation": conversation, "statement": statement}
    factories.VoteFactory(participant=participant, **mine)
    factories.VoteFactory.create_batch(n_others, **mine)

    participant.conversation.refresh_from_db()
    erase(participant, with_statements=True)

    assert list(Statement.objects.values_list("text", "state")) == left
    assert Vote.objects.count() == n_others


def test_a_statement_that_a_moderator_rejected_loses_its_words(
    participant: Participant,
) -> None:
    factories.StatementFactory(
        conversation=participant.conversation,
        author=participant,
        state="rejected",
        reason="spam",
        decided_at=THEN,
        decided_by=factories.UserFactory(),
    )

    erase(participant, with_statements=True)

    assert list(Statement.objects.values_list("text", "reason", "decided_by")) == [
        ("[…]", "personal", None)
    ]


def test_who_comes_back_with_the_same_code_has_no_past(
    participant: Participant,
) -> None:
    conversation = participant.conversation
    first, second = factories.StatementFactory.create_batch(
        2, conversation=conversation
    )
    factories.VoteFactory(
        conversation=conversation, participant=participant, statement=first
    )
    erase(participant)

    vote = voting.cast_vote(
        conversation=conversation,
        code=participant.code,
        statement_id=second.pk,
        choice=Choice.AGREE,
        now=THEN,
    )

    assert vote is not None
    assert vote.participant_id != participant.pk
    assert Vote.objects.get() == vote


@pytest.mark.django_db(transaction=True)
def test_while_others_vote_on_her_statement_nothing_breaks() -> None:
    author = factories.ParticipantFactory()
    conversation = author.conversation
    statement = factories.StatementFactory(conversation=conversation, author=author)
    factories.ParticipantFactory.create_batch(N_AT_ONCE, conversation=conversation)
    others = conversation.participants.exclude(pk=author.pk)
    codes = list(others.values_list("code", flat=True))

    def vote(code: str) -> None:
        with suppress(voting.StatementNotOpen):
            voting.cast_vote(
                conversation=conversation,
                code=code,
                statement_id=statement.pk,
                choice=Choice.AGREE,
                now=THEN,
            )

    at_once(
        lambda n: vote(codes[n]) if n else erase(author, with_statements=True),
    )

    assert not Participant.objects.filter(pk=author.pk).exists()
    statement.refresh_from_db()
    assert (statement.text, statement.state) == ("[…]", "rejected")
