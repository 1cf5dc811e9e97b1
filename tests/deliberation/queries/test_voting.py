"""What a participant is shown next, and how far she has come."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from deliberation.models import Conversation, Statement, VoteReason
from deliberation.queries import voting
from tests.factories import (
    THEN,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    StatementTranslationFactory,
    VoteFactory,
)


@pytest.fixture
def conversation(db):
    return ConversationFactory(state="open")


def accepted(conversation, n=1, **more):
    return StatementFactory.create_batch(
        n, conversation=conversation, state="accepted", **more
    )


def votes_on(participant, statements):
    for statement in statements:
        VoteFactory(
            conversation=participant.conversation,
            participant=participant,
            statement=statement,
        )


def hand(conversation, person, held=(), language=""):
    return voting.turn(conversation, person, held, language).cards


def first_cards(conversation, person=None, times=40):
    """The statements that begin a hand, with the probabilities they were drawn with."""
    hands = [hand(conversation, person) for _ in range(times)]
    return {first.pk: first.probability for first, *_others in hands}


# --- Cards ---------------------------------------------------------------------------


def test_hand_holds_what_is_shown(conversation):
    for state in ("pending", "rejected"):
        StatementFactory(conversation=conversation, state=state)
    StatementFactory(state="accepted")
    shown = accepted(conversation, 2)

    cards = hand(conversation, None)

    assert {card.pk for card in cards} == {statement.pk for statement in shown}


def test_hand_holds_pending_ones_where_moderation_comes_after(conversation):
    Conversation.objects.update(moderation="after")
    pending = StatementFactory(conversation=conversation, state="pending")
    StatementFactory(conversation=conversation, state="rejected")

    assert first_cards(conversation) == {pending.pk: 1.0}


def test_hand_holds_what_she_has_not_voted_on(conversation):
    person = ParticipantFactory(conversation=conversation)
    first, second, third = accepted(conversation, 3)
    votes_on(person, [first, third])
    votes_on(ParticipantFactory(conversation=conversation), [second])

    assert first_cards(conversation, person) == pytest.approx({second.pk: 1.0})


def test_hand_is_empty_when_she_has_voted_on_all(conversation):
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, 3))

    assert hand(conversation, person) == []


def test_hand_of_no_statements_and_of_a_closed_conversation_is_empty(conversation):
    empty = hand(conversation, None)
    accepted(conversation)
    conversation.state = "closed"

    assert (empty, hand(conversation, None)) == ([], [])


@pytest.mark.parametrize(
    ("n_shown", "n_held", "n_new"),
    [(9, 0, 5), (9, 2, 3), (9, 5, 0), (9, 7, 0), (4, 2, 2)],
)
def test_hand_is_topped_up_with_others_than_those_held(
    conversation, n_shown, n_held, n_new
):
    shown = [statement.pk for statement in accepted(conversation, n_shown)]
    held = shown[:n_held]

    cards = [card.pk for card in hand(conversation, None, held)]

    assert (len(cards), len({*cards, *held})) == (n_new, n_new + n_held)


def test_hand_does_not_count_a_card_she_has_voted_on_as_held(conversation):
    person = ParticipantFactory(conversation=conversation)
    shown = accepted(conversation, 9)
    votes_on(person, shown[:2])

    cards = hand(conversation, person, [s.pk for s in shown[:3]])

    assert len(cards) == 4


def test_cards_of_a_hand_are_drawn_one_after_the_other_without_putting_back(
    conversation,
):
    accepted(conversation, 6)

    cards = hand(conversation, None)

    assert [card.n_candidates for card in cards] == [6, 5, 4, 3, 2]
    assert [card.probability for card in cards] == pytest.approx(
        [1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2]
    )


def test_cards_come_as_often_as_their_probability_says(conversation):
    often, seldom = accepted(conversation, 2)
    for _ in range(3):
        votes_on(ParticipantFactory(conversation=conversation), [seldom])

    random.seed(1)
    drawn = [hand(conversation, None)[0] for _ in range(200)]

    probability = {card.pk: card.probability for card in drawn}[often.pk]
    times = Counter(card.pk for card in drawn)
    assert times[often.pk] / 200 == pytest.approx(probability, abs=0.08)
    assert 0.5 < probability < 1


def test_cards_tell_how_many_votes_and_the_readers_translation(conversation):
    (statement,) = accepted(conversation)
    StatementTranslationFactory(statement=statement, language="es", text="Ríos")
    VoteFactory(conversation=conversation, statement=statement)

    (spanish,) = hand(conversation, None, language="es")
    (original,) = hand(conversation, None, language="en")
    (french,) = hand(conversation, None, language="fr")

    assert (spanish.translation, spanish.translation_language) == ("Ríos", "es")
    assert (original.translation, french.translation) == (None, None)
    assert spanish.n_votes == 1


@pytest.mark.parametrize("n_statements", [3, 30])
def test_a_hand_costs_the_same_for_many(
    conversation, n_statements, django_assert_num_queries
):
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, n_statements)[:2])
    hand(conversation, person)

    with django_assert_num_queries(2):
        hand(conversation, person)
    with django_assert_num_queries(2):
        voting.progress(conversation, person)


# --- Progress ------------------------------------------------------------------------


def test_progress_counts_what_is_shown(conversation):
    person = ParticipantFactory(conversation=conversation)
    statements = accepted(conversation, 5)
    rejected = StatementFactory(conversation=conversation, state="rejected")
    votes_on(person, [*statements[:2], rejected])

    progress = voting.progress(conversation, person)

    assert (progress.n_voted, progress.n_left, progress.n_all) == (2, 3, 5)


@pytest.mark.parametrize(
    ("vote_goal", "n_voted", "goal", "is_reached"),
    [(3, 2, 3, False), (3, 3, 3, True), (25, 3, 4, False), (25, 4, 4, True)],
)
def test_goal_is_the_conversations_or_all_there_is(
    conversation, vote_goal, n_voted, goal, is_reached
):
    Conversation.objects.update(vote_goal=vote_goal)
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, 4)[:n_voted])

    progress = voting.progress(conversation, person)

    assert (progress.goal, progress.has_reached_goal) == (goal, is_reached)


def test_progress_of_a_newcomer_is_all_left(conversation):
    accepted(conversation, 4)

    progress = voting.progress(conversation, None)

    assert progress == voting.Progress(n_voted=0, n_left=4, goal=4)


# --- Herself -------------------------------------------------------------------------


def test_participant_is_known_by_code_in_her_conversation_only(conversation):
    person = ParticipantFactory(conversation=conversation, code="a-code")
    ParticipantFactory(code="another-code")

    assert voting.participant(conversation, "a-code") == person
    assert voting.participant(conversation, "another-code") is None
    assert voting.participant(conversation, None) is None


def test_my_votes_are_the_newest_first_with_what_she_said(conversation):
    person = ParticipantFactory(conversation=conversation)
    old, new = accepted(conversation, 2)
    VoteFactory(participant=person, conversation=conversation, statement=old)
    vote = VoteFactory(
        participant=person,
        conversation=conversation,
        statement=new,
        choice=-1,
        cast_at=THEN + timedelta(days=1),
        client_key="one-event",
        matters=True,
    )
    VoteReason.objects.create(vote=vote, text="So.", written_at=THEN)
    VoteFactory(conversation=conversation, statement=new)
    Statement.objects.filter(pk=old.pk).update(state="rejected")

    first, second = voting.my_votes(person)

    assert first == voting.MyVote(
        statement_id=new.pk,
        number=new.number,
        text=new.text,
        language="en",
        choice=-1,
        cast_at=THEN + timedelta(days=1),
        key="one-event",
        matters=True,
        reason="So.",
        can_change=True,
    )
    assert (second.statement_id, second.reason, second.can_change) == (
        old.pk,
        "",
        False,
    )


@pytest.mark.parametrize("sought", ["ЧИСТІ", "річки чи", " річки "])
def test_my_votes_are_searched_in_any_capitals(conversation, sought):
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, text="Річки чисті"))
    votes_on(person, accepted(conversation, text="Озера"))

    found = voting.my_votes(person, sought)

    assert [vote.text for vote in found] == ["Річки чисті"]


def test_my_votes_come_in_pages(conversation):
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, 5))

    page = voting.my_votes(person, page=2, per_page=3)

    assert (len(list(page)), page.has_next(), page.paginator.count) == (2, False, 5)
