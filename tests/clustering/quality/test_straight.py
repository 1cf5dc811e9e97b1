"""Always the same answer: held against what the statements ask for."""

import numpy as np
import pytest

from clustering.quality import ballots, look
from tests.clustering.quality.crowds import N_EACH, N_STATEMENTS, Crowd

MORNING = 2e6 + np.arange(N_EACH) * 8.0


@pytest.mark.parametrize(
    ("choice", "answer"), [(1, "agree"), (0, "pass"), (-1, "disagree")]
)
def test_who_always_gives_one_answer_is_noticed(choice, answer):
    crowd = Crowd()
    line = crowd.add(np.arange(N_EACH), np.full(N_EACH, choice), MORNING)

    sign = crowd.signs("straight")[line]

    told = {key: sign.figures[key] for key in ("answer", "n_same", "n_votes")}
    assert told == {"answer": answer, "n_same": N_EACH, "n_votes": N_EACH}
    assert sign.figures["odds"] > sign.figures["threshold"]
    assert 0.5 <= sign.strength < 1


def test_few_honest_people_are_noticed():
    crowd = Crowd()

    assert len(crowd.signs("straight")) <= 2


def test_agreeing_with_what_nearly_everybody_agrees_with_is_no_sign():
    """Thirty times in a row, where all others agree nine times of ten."""
    random = np.random.default_rng(3)
    people, statements = (axis.ravel() for axis in np.indices((300, 30)))
    choices = np.where(random.random(len(people)) < 0.9, 1, -1)
    choices[people == 7] = 1

    signs = look(ballots(people, statements, choices))

    assert [sign for sign in signs if sign.person == 7] == []


def test_a_slip_in_twenty_does_not_hide_a_line():
    crowd = Crowd()
    given = np.full(N_EACH, -1)
    given[[3, 20]] = 1
    line = crowd.add(np.arange(N_EACH), given, MORNING)

    assert line in crowd.signs("straight")


def test_of_few_votes_nothing_is_said():
    crowd = Crowd()
    line = crowd.add(np.arange(9), np.full(9, -1), MORNING[:9])

    assert line not in crowd.signs("straight")


def test_the_order_of_the_rows_does_not_matter():
    crowd = Crowd()
    crowd.add(np.arange(N_EACH), np.full(N_EACH, -1), MORNING)
    votes = crowd.ballots()
    order = np.random.default_rng(5).permutation(len(votes.row))
    lengths = dict.fromkeys(range(N_STATEMENTS), 100)

    columns = (votes.people[votes.row], votes.statements[votes.column], votes.choice)
    mixed = ballots(*(c[order] for c in columns), votes.seconds[order], lengths)

    assert look(mixed) == look(votes)


def test_a_choice_that_is_none_is_refused():
    with pytest.raises(ValueError, match="A choice is -1, 0 or 1"):
        ballots([1], [1], [2])


def test_no_votes_give_no_signs():
    assert look(ballots([], [], [])) == []
