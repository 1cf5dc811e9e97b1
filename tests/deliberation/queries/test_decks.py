"""What a process keeps of a conversation's statements, and when it reads them anew."""

from time import monotonic
from types import SimpleNamespace

import pytest

from deliberation import routing
from deliberation.models import Conversation, OpinionGroup, Statement
from deliberation.queries import analysis, decks, opinion_map
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    ConversationFactory,
    OpinionGroupFactory,
    ParticipantFactory,
    StatementFactory,
    StatementResultFactory,
    UserFactory,
    VoteFactory,
)


@pytest.fixture
def conversation(db):
    return ConversationFactory(state="open")


@pytest.fixture
def statements(conversation):
    return StatementFactory.create_batch(4, conversation=conversation)


@pytest.fixture
def camps(conversation, statements):
    """Two groups, far apart on the first two statements."""
    run = AnalysisRunFactory(
        conversation=conversation, state="succeeded", n_placed=20, damping=0.5
    )
    for n, statement in enumerate(statements):
        StatementResultFactory(
            run=run,
            statement=statement,
            priority=0.5,
            routing={"A": 1.0, "B": 2.0, "": 3.0},
            center=0.1 * n,
            loading_x=1.0 if n < 2 else 0.2,
            loading_y=0.3 * n,
        )
    OpinionGroupFactory(run=run, letter="A", x=-1.0, y=0.0)
    OpinionGroupFactory(run=run, letter="B", x=1.0, y=0.0)
    return run


def test_the_same_deck_is_dealt_from_again(conversation, statements):
    deck = decks.of(conversation)

    assert decks.of(conversation) is deck
    assert list(deck.statements) == [statement.pk for statement in statements]


def accept_another(conversation):
    StatementFactory(conversation=conversation)


def reject_one(conversation):
    one = Statement.objects.first()
    Statement.objects.filter(pk=one.pk).update(
        state="rejected", decided_at=THEN, decided_by=UserFactory()
    )
    Conversation.objects.update(moderation_revision=1)


@pytest.mark.parametrize(("change", "n"), [(accept_another, 5), (reject_one, 3)])
def test_what_is_shown_holds_at_once(conversation, statements, change, n):
    decks.of(conversation)

    change(conversation)

    assert len(decks.of(conversation).statements) == n


def test_a_decision_that_changes_no_card_costs_no_new_deck(
    conversation, statements, django_assert_num_queries
):
    deck = decks.of(conversation)
    Conversation.objects.update(moderation_revision=7)

    with django_assert_num_queries(4):
        renewed = decks.of(conversation)

    assert renewed.statements is deck.statements
    assert renewed.revision.n_decisions == 7


def test_counts_are_read_anew_after_a_while(conversation, statements, monkeypatch):
    decks.of(conversation)
    VoteFactory(conversation=conversation, statement=statements[0])
    soon = decks.of(conversation).n_votes

    later = SimpleNamespace(monotonic=lambda: monotonic() + 10)
    monkeypatch.setattr(decks, "time", later)

    assert (soon, decks.of(conversation).n_votes) == ({}, {statements[0].pk: 1})


def test_counts_of_very_many_votes_are_the_last_analysis(
    conversation, statements, monkeypatch
):
    run = AnalysisRunFactory(conversation=conversation, state="succeeded", n_votes=11)
    StatementResultFactory(run=run, statement=statements[0], n_agree=9, n_pass=2)
    monkeypatch.setattr(decks, "COUNTED_VOTES", 10)

    assert decks.of(conversation).n_votes == {statements[0].pk: 11}


def test_a_deck_weighs_by_what_the_analysis_stored(conversation, statements, camps):
    deck = decks.of(conversation)

    stored = routing.Stored(0.5, {"A": 1.0, "B": 2.0, "": 3.0})
    assert deck.stored == {statement.pk: stored for statement in statements}
    assert deck.for_audience("A") is deck.for_audience("A")
    assert deck.for_audience("A") == routing.deck(deck.stored, deck.n_votes, "A")


@pytest.mark.parametrize(
    "choices", [(1, 1, 0, -1), (-1, 1), (1,), (-1, -1, -1, -1), (0, 1)]
)
def test_a_person_is_placed_where_the_map_places_her(
    conversation, statements, camps, choices
):
    person = ParticipantFactory(conversation=conversation)
    votes = {}
    for statement, choice in zip(statements, choices, strict=False):
        votes[statement.pk] = choice
        VoteFactory(
            conversation=conversation,
            participant=person,
            statement=statement,
            choice=choice,
        )

    x, y = opinion_map.position(camps, person)

    groups = OpinionGroup.objects.order_by("letter")
    nearest = min(groups, key=lambda g: (g.x - x) ** 2 + (g.y - y) ** 2)
    assert decks.of(conversation).group_of(votes) == nearest.letter
    assert decks.placed(decks.of(conversation), votes) == pytest.approx((x, y))


def test_nobody_is_of_a_group_before_she_takes_a_side(conversation, statements, camps):
    deck = decks.of(conversation)

    assert (deck.group_of({}), deck.group_of({statements[0].pk: 0})) == (None, None)


def test_nobody_is_of_a_group_where_there_are_none(conversation, statements):
    assert decks.of(conversation).group_of({statements[0].pk: 1}) is None
    assert analysis.latest_run(conversation) is None
