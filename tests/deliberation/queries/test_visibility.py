"""Who may see results, and when."""

import pytest

from deliberation.queries import visibility
from deliberation.queries.visibility import ResultsHidden, Sight
from tests import factories


@pytest.fixture
def statements(conversation):
    return factories.StatementFactory.create_batch(8, conversation=conversation)


def votes(participant, statements):
    for statement in statements:
        factories.VoteFactory(
            conversation=participant.conversation,
            participant=participant,
            statement=statement,
        )


def set_to(conversation, results, state="open"):
    conversation.results, conversation.state = results, state
    conversation.save()


def test_sight_is_open_to_everybody_unless_something_else_is_said(conversation):
    assert visibility.sight(conversation, None) == Sight(is_open=True)


@pytest.mark.parametrize(("n_votes", "n_missing"), [(0, 5), (4, 1), (5, 0), (8, 0)])
def test_sight_opens_with_the_fifth_vote(
    conversation, participant, statements, n_votes, n_missing
):
    set_to(conversation, "voting")
    votes(participant, statements[:n_votes])

    sight = visibility.sight(conversation, participant)

    assert sight == Sight(is_open=not n_missing, n_missing=n_missing)


def test_sight_asks_for_no_more_votes_than_there_are_statements(
    conversation, participant
):
    set_to(conversation, "voting")
    assert visibility.sight(conversation, None).n_missing == 1

    votes(
        participant,
        factories.StatementFactory.create_batch(2, conversation=conversation),
    )

    assert visibility.sight(conversation, None).n_missing == 2
    assert visibility.sight(conversation, participant).is_open


def test_sight_waits_for_the_close_whatever_one_has_voted(
    conversation, participant, statements
):
    set_to(conversation, "close")
    votes(participant, statements)

    assert visibility.sight(conversation, participant) == Sight(is_open=False)


@pytest.mark.parametrize("results", ["always", "voting", "close"])
def test_sight_is_open_to_everybody_after_the_close(conversation, statements, results):
    set_to(conversation, results, state="closed")

    assert visibility.sight(conversation, None) == Sight(is_open=True)


@pytest.mark.parametrize("results", ["voting", "close"])
def test_sight_lets_those_who_run_it_look_ahead(conversation, moderator, results):
    set_to(conversation, results)
    outsider = factories.UserFactory()

    assert visibility.sight(conversation, None, user=moderator).is_preview
    assert not visibility.sight(conversation, None, user=outsider).is_open


def test_require_refuses_by_name(conversation):
    set_to(conversation, "close")

    with pytest.raises(ResultsHidden) as refused:
        visibility.require(conversation, None)

    assert (refused.value.code, refused.value.http_status) == ("results_hidden", 403)
