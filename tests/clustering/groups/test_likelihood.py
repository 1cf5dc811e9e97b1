"""The model behind the groups: against integrals by brute force, and figures by hand."""

from math import comb

import numpy as np
import pytest
from scipy import integrate, sparse
from scipy.special import digamma, gammaln

from clustering.groups import likelihood

# Two groups on two statements: rows are agree 0, agree 1, disagree 0, disagree 1.
TABLES = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, 4.0], [0.0, 2.0]])
SIZES = np.array([4.0, 5.0])
BEFORE = np.array([[1.5, 0.8], [1.0, 1.7]])


def test_imagined_votes_are_spread_as_everybodys():
    before = likelihood.prior(np.array([7, 0]), np.array([1, 0]), prior_votes=2.5)

    # 7.5 and 1.5 of 9 votes, and a half each where there are none
    np.testing.assert_allclose(before, [[2.5 * 7.5 / 9, 1.25], [2.5 * 1.5 / 9, 1.25]])


def marginal(agree, disagree, a, b) -> float:
    """Probability of these votes of one cell, its share p averaged over its prior."""
    norm = integrate.quad(lambda p: p ** (a - 1) * (1 - p) ** (b - 1), 0, 1)[0]
    ours = integrate.quad(
        lambda p: p ** (agree + a - 1) * (1 - p) ** (disagree + b - 1), 0, 1
    )[0]
    return ours / norm


def test_evidence_is_the_integral_over_all_shares():
    votes = 0.0
    for group in range(2):
        for t in range(2):
            agree, disagree = TABLES[t, group], TABLES[2 + t, group]
            votes += np.log(marginal(agree, disagree, *BEFORE[:, t]))
    sizes = integrate.quad(
        lambda p: p ** (4 - 0.5) * (1 - p) ** (5 - 0.5) / np.pi, 0, 1
    )[0]

    evidence = likelihood.evidence(TABLES, SIZES, BEFORE)

    assert evidence == pytest.approx(votes + np.log(sizes), abs=1e-8)


def test_evidence_of_one_group_is_that_of_its_votes():
    together, everybody = TABLES.sum(axis=1)[:, None], np.array([9.0])

    evidence = likelihood.evidence(together, everybody, BEFORE)

    alone = likelihood.evidence_of_votes(likelihood.sides(together), BEFORE)
    assert evidence == pytest.approx(float(alone[0]))


def test_probabilities_of_all_ways_to_vote_add_up_to_one():
    # Three people on one statement, two groups, every table and every grouping.
    before = np.array([[1.2], [0.7]])
    total = 0.0
    for n_first in range(4):
        for agree, other in np.ndindex(n_first + 1, 4 - n_first):
            table = np.array(
                [[agree, other], [n_first - agree, 3 - n_first - other]], dtype=float
            )
            ways = comb(3, n_first) * comb(n_first, agree) * comb(3 - n_first, other)
            sizes = np.array([n_first, 3.0 - n_first])
            total += ways * np.exp(likelihood.evidence(table, sizes, before))

    assert total == pytest.approx(1.0)


def test_weights_follow_their_formula():
    weights = likelihood.weights(TABLES, SIZES, BEFORE)

    # Group 1 has 1 agreement and 2 disagreements on statement 1.
    assert weights[1, 1] == pytest.approx(digamma(1 + 0.8) - digamma(3 + 2.5))
    assert weights[3, 1] == pytest.approx(digamma(2 + 1.7) - digamma(3 + 2.5))
    np.testing.assert_allclose(weights[4], digamma([4.5, 5.5]))


def test_memberships_are_probabilities_by_hand():
    weights = np.log([[0.9, 0.2], [0.5, 0.5], [0.1, 0.8], [0.5, 0.5], [0.7, 0.3]])
    ballots = sparse.csr_array([[1.0, 0, 0, 0], [0, 1.0, 1.0, 0], [0, 0, 0, 0]])

    belongs = likelihood.memberships(ballots, weights)

    first = 0.7 * 0.9 / (0.7 * 0.9 + 0.3 * 0.2)
    second = 0.7 * 0.1 / (0.7 * 0.1 + 0.3 * 0.8)
    expected = [[first, 1 - first], [second, 1 - second], [0.7, 0.3]]
    np.testing.assert_allclose(belongs, expected)


def test_memberships_of_many_votes_stay_probabilities():
    random = np.random.default_rng(1)
    ballots = sparse.csr_array((random.random((50, 600)) < 0.5).astype(float))
    weights = 40.0 * random.standard_normal((601, 7))

    belongs = likelihood.memberships(ballots, weights)

    np.testing.assert_allclose(belongs.sum(axis=1), 1.0)
    assert (belongs >= 0.0).all()


def test_likeliest_is_the_first_of_equals():
    belongs = np.array([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [0.3, 0.3, 0.4]])

    assert likelihood.likeliest(belongs).tolist() == [1, 0, 2]


def test_a_further_group_pays_where_people_are_alike():
    one = np.array([[60.0], [40.0]])
    before = likelihood.prior(np.array([60]), np.array([40]), 2.5)

    alike = likelihood.evidence(one @ [[0.5, 0.5]], np.array([50.0, 50.0]), before)
    apart = likelihood.evidence(
        np.array([[50.0, 10.0], [0.0, 40.0]]), np.array([50.0, 50.0]), before
    )

    alone = likelihood.evidence(one, np.array([100.0]), before)
    assert alike < alone
    # 100 people on one statement cannot pay for who is where: log(100 choose 50)
    assert apart - alike > 30.0
    assert apart < alone + gammaln(101) - 2 * gammaln(51)
