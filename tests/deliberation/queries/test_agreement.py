"""Cohen's kappa against another's, and its interval against samples of a known truth."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from deliberation.queries.agreement import (
    MIN_PAIRS,
    Agreement,
    cohens_kappa,
    kappa_interval,
)

TABLES = [(20, 5, 10, 15), (45, 15, 25, 15), (1, 0, 3, 9), (0, 7, 6, 0), (3, 1, 1, 95)]


def verdicts(both, one, other, neither):
    """The same pairs one by one, of the first and of the second."""
    first = [1] * (both + one) + [0] * (other + neither)
    second = [1] * both + [0] * one + [1] * other + [0] * neither
    return first, second


@pytest.mark.parametrize("table", TABLES)
def test_kappa_is_that_of_scikit_learn(table):
    assert cohens_kappa(*table) == pytest.approx(cohen_kappa_score(*verdicts(*table)))


def test_kappa_of_an_example_of_the_books():
    # The first table is the example of many text books: 0.7 observed, 0.5 by chance.
    assert cohens_kappa(20, 5, 10, 15) == pytest.approx(0.4)


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (9, 0, 0, 0), (0, 0, 0, 9)])
def test_kappa_is_not_told_where_everybody_said_the_same(table):
    assert cohens_kappa(*table) is None


def test_the_standard_error_is_that_of_the_authors():
    """Fleiss, Cohen and Everitt's large-sample formula, from the whole matrix."""
    cells = np.array([[20, 5], [10, 15]]) + 1.0
    n, p = cells.sum(), cells / cells.sum()
    rows, columns = p.sum(1), p.sum(0)
    expected = (rows * columns).sum()
    kappa = (np.trace(p) - expected) / (1 - expected)
    same = sum(
        p[i, i] * ((1 - expected) - (rows[i] + columns[i]) * (1 - np.trace(p))) ** 2
        for i in range(2)
    )
    different = (1 - np.trace(p)) ** 2 * sum(
        p[i, j] * (columns[i] + rows[j]) ** 2 for i, j in ((0, 1), (1, 0))
    )
    shared = (np.trace(p) * expected - 2 * expected + np.trace(p)) ** 2
    error = np.sqrt((same + different - shared) / (n * (1 - expected) ** 4))

    low, high = kappa_interval(20, 5, 10, 15)

    assert (low, high) == pytest.approx(
        (kappa - 1.96 * error, kappa + 1.96 * error), abs=1e-3
    )


@pytest.mark.parametrize("n", [MIN_PAIRS, 60, 200])
@pytest.mark.parametrize("truth", [0.0, 0.4, 0.7, 0.9])
@pytest.mark.parametrize("p_accepted", [0.5, 0.7, 0.85])
def test_the_interval_holds_the_truth_in_nearly_all_samples(n, truth, p_accepted):
    chance = p_accepted**2 + (1 - p_accepted) ** 2
    observed = truth * (1 - chance) + chance
    both = (observed - 1 + 2 * p_accepted) / 2
    cells = [both, p_accepted - both, p_accepted - both, 1 - 2 * p_accepted + both]
    samples = np.random.default_rng(5).multinomial(n, cells, size=1000).tolist()
    told = [sample for sample in samples if cohens_kappa(*sample) is not None]

    held = [low <= truth <= high for low, high in (kappa_interval(*s) for s in told)]

    assert np.mean(held) >= 0.92


def test_nothing_is_told_of_too_few_pairs():
    few, enough = Agreement(15, 1, 1, 2), Agreement(15, 1, 1, 3)

    assert (few.n, few.n_missing, few.kappa, few.kappa_interval) == (19, 1, None, None)
    assert (enough.n_missing, round(enough.kappa, 3)) == (0, 0.687)


def test_shares_are_told_from_the_first_pair_on():
    found = Agreement(3, 1, 0, 0)

    assert (found.n_same, found.n_different, found.share) == (3, 1, 0.75)
    assert found.interval == pytest.approx((0.301, 0.954), abs=0.001)
    assert Agreement(0, 0, 0, 0).share == 0.0
