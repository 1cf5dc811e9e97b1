"""The draw of the next statement: weights, probabilities, promises and the alarm."""

import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from deliberation import routing
from deliberation.routing import NEWCOMER, Stored, audience, deck, divergence, draw


def weights(stored, n_votes, whose=None):
    return deck(stored, n_votes, whose).weights


def plain(n, **about):
    """So many statements, numbered from one, of which the analysis knows little."""
    return {pk: Stored(priority=0.0, **about) for pk in range(1, n + 1)}


def by_numpy(stored, n_votes, whose):
    """The formulas of docs/routing.md once more, on arrays."""
    n = np.array([n_votes.get(pk, 0) for pk in stored], dtype=float)
    priority = np.array([each.priority for each in stored.values()])
    factor = np.array([each.routing.get(whose, 1.0) for each in stored.values()])
    m, middle = len(n), 1 + np.sort(n)[len(n) // 2]
    few = np.minimum(2, middle / (1 + n)) ** 6
    undecided = priority * np.clip(6 - n / middle, 0, 1)
    ends = np.sort(n)[[m // 10, m - 1 - m // 10]]
    share = 0.5 * np.clip((1.9 - (1 + ends[1]) / (1 + ends[0])) / 0.3, 0, 1)
    mixed = (1 - share) * few / few.sum() + share * undecided / undecided.sum()
    weighted = np.maximum(0.2 / m, mixed) * factor
    return weighted / weighted.sum()


@pytest.mark.parametrize("whose", [None, NEWCOMER, "A", "unknown"])
@pytest.mark.parametrize("spread", [1, 20, 60])
def test_weights_are_those_of_the_formulas(whose, spread):
    dice = random.Random(spread)
    stored = {
        pk: Stored(dice.random() ** 9, {"": 8 * dice.random() + 0.1, "A": 1.5})
        for pk in range(200)
    }
    n_votes = {pk: 60 + dice.randrange(spread) for pk in range(199)}

    found = weights(stored, n_votes, whose)

    assert list(found) == list(stored)
    assert list(found.values()) == pytest.approx(by_numpy(stored, n_votes, whose))


def test_statements_with_few_votes_come_first():
    found = weights(plain(20), {pk: 50 + pk for pk in range(1, 21)})

    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_new_statement_is_drawn_64_times_as_often_as_the_middle_one_and_not_more():
    found = weights(plain(100), dict.fromkeys(range(2, 101), 10_000))

    assert found[1] == pytest.approx(64 / (64 + 99))


def test_undecided_statements_get_half_of_the_draws():
    stored = plain(50) | {7: Stored(priority=0.3)}
    found = weights(stored, dict.fromkeys(stored, 40))

    assert found[7] == pytest.approx(0.5 + 0.5 / 50)


def test_undecided_statements_get_no_more_than_others_once_votes_are_too_uneven():
    stored = plain(50) | {7: Stored(priority=1.0)}
    uneven = {pk: 40 if pk <= 25 else 80 for pk in stored}

    found = weights(stored, uneven)

    assert found[7] == found[8]


def test_an_undecided_statement_with_many_votes_is_left_alone():
    stored = plain(50) | {7: Stored(priority=0.3)}
    found = weights(stored, dict.fromkeys(stored, 40) | {7: 246})

    assert found[7] == pytest.approx(0.2 / 50, rel=0.01)


def test_no_statement_falls_below_its_least_part():
    stored = {pk: Stored(priority=1.0 if pk < 5 else 0.0) for pk in range(100)}
    n_votes = dict.fromkeys(stored, 30) | {99: 100_000}

    assert weights(stored, n_votes)[99] >= 0.2 / 100 / 1.2


def test_audience_is_newcomers_until_they_are_placed():
    assert [audience("A", n) for n in (0, 7, 8)] == [NEWCOMER, NEWCOMER, "A"]
    assert [audience(None, n) for n in (7, 8)] == [NEWCOMER, None]


def test_before_any_vote_every_statement_is_as_likely():
    found = deck({pk: Stored() for pk in range(4)}, {}, audience(None, 0))

    assert draw(found, set())[1:] == (0.25, 4)


def test_draw_of_no_statements_is_none():
    assert draw(deck({}, {}, None), set()) is None
    assert draw(deck(plain(2), {}, None), {1, 2, 99}) is None


@pytest.mark.parametrize("voted", [set(), {3}, {1, 2, 3}])
def test_draws_come_as_often_as_their_probability_says(voted):
    """Among few candidates and among many, which are two ways of drawing."""
    n_votes = {1: 5, 2: 5, 3: 9, 4: 9, 5: 10, 6: 12}
    stack, dice = deck(plain(6), n_votes, None), random.Random(1)

    drawn = [draw(stack, voted, dice.random) for _ in range(4000)]

    left = sum(stack.weights[pk] for pk in stack.ids if pk not in voted)
    expected = {pk: stack.weights[pk] / left for pk in stack.ids if pk not in voted}
    often = Counter(each.statement_id for each in drawn)
    said = {each.statement_id: each.probability for each in drawn}
    assert said == pytest.approx(expected)
    assert {each.n_candidates for each in drawn} == {6 - len(voted)}
    assert {pk: often[pk] / 4000 for pk in said} == pytest.approx(expected, abs=0.03)


def test_divergence_of_equal_parts_is_zero_and_an_alarm():
    found = divergence([1 / n for n in range(5, 205)], range(5, 205))

    assert found == (pytest.approx(0.0), 200, 1.0, True)


def test_divergence_is_that_of_kullback_and_leibler():
    stack, dice = (
        deck(plain(30), {pk: 20 + pk for pk in range(1, 31)}, None),
        random.Random(1),
    )
    drawn = [draw(stack, set(), dice.random) for _ in range(5000)]

    found = divergence([d.probability for d in drawn], [d.n_candidates for d in drawn])

    truth = sum(p * np.log(p * 30) for p in stack.weights.values())
    assert found.mean == pytest.approx(truth, abs=0.02)
    assert found.is_flat is False


@pytest.mark.parametrize("n_draws", [0, 1, 99])
def test_few_draws_raise_no_alarm(n_draws):
    assert not divergence([0.1] * n_draws, [10] * n_draws).is_flat


def test_draws_among_few_candidates_say_nothing():
    assert divergence([0.25] * 500, [4] * 500) == (0.0, 0, 0.0, False)


@pytest.mark.parametrize(
    ("n_even", "is_flat"), [(100, False), (130, False), (131, True)]
)
def test_alarm_needs_more_than_half_of_the_draws_beyond_chance(n_even, is_flat):
    """Of 200 draws: a half, and sqrt(log(10,000) / 400) = 0.152."""
    probabilities = [0.1] * n_even + [0.2] * (200 - n_even)

    found = divergence(probabilities, [10] * 200)

    assert (found.p_even, found.is_flat) == (n_even / 200, is_flat)


def held(n_people, n_statements, seed, weigh):
    """The log of a small conversation in which everybody votes on everything."""
    dice, n_votes, log = random.Random(seed), Counter(), []
    votes = [(person, n) for n in range(n_statements) for person in range(n_people)]
    seen = [set() for _ in range(n_people)]
    for person, n in sorted(votes, key=lambda vote: vote[0] // 5 * 1000 + vote[1]):
        stack = weigh(n_votes, audience(None, n))
        found = draw(stack, seen[person], dice.random)
        seen[person].add(found.statement_id)
        n_votes[found.statement_id] += 1
        log.append(found[1:])
    return log


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("n_people", "n_statements"), [(60, 6), (20, 12), (30, 30)])
def test_an_honest_small_conversation_raises_no_alarm(n_people, n_statements, seed):
    stored = {
        pk: Stored(1 / (1 + pk), {NEWCOMER: 0.5 + pk / n_statements})
        for pk in range(n_statements)
    }
    log = held(n_people, n_statements, seed, lambda n, whose: deck(stored, n, whose))

    assert not divergence(*zip(*log, strict=True)).is_flat


@pytest.mark.parametrize(("n_people", "n_statements"), [(60, 6), (20, 12), (30, 30)])
def test_equal_weights_raise_the_alarm_even_there(n_people, n_statements):
    flat = deck(plain(n_statements), {}, None)
    log = held(n_people, n_statements, 1, lambda n, whose: flat)

    assert divergence(*zip(*log, strict=True)).is_flat


def test_the_draw_carries_neither_numpy_nor_django():
    code = (
        "import sys, importlib.util as u; spec = u.spec_from_file_location('r', sys.argv[1]);"
        "m = u.module_from_spec(spec); sys.modules['r'] = m; spec.loader.exec_module(m);"
        "print(sorted({'numpy', 'django'} & {name.split('.')[0] for name in sys.modules}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, routing.__file__],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "[]\n"
