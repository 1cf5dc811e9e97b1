"""What the analysis stores for the next statement: by hand, and what it must favour."""

import numpy as np
import pytest

from clustering import Analysis, AnalysisSettings, analyse, routing
from tests import synthetic
from tests.clustering.examining import QUICK

SETTINGS = AnalysisSettings(n_contenders=2)


def priority(agree, seen, is_mapped=None):
    mapped = np.ones(len(seen), dtype=bool) if is_mapped is None else is_mapped
    return routing.priority(np.array(agree), np.array(seen), mapped, SETTINGS)


def personal(n_seen, agree, disagree, seen, extremity=None, is_mapped=None):
    m = len(seen)
    return routing.personal(
        np.array(n_seen, dtype=np.int64).reshape(-1, m),
        *(np.array(counts) for counts in (agree, disagree, seen)),
        np.ones(m) if extremity is None else np.array(extremity),
        np.ones(m, dtype=bool) if is_mapped is None else np.array(is_mapped),
    )


def test_priority_follows_its_formula():
    found = priority([8, 6, 4, 2, 1, 1, 1, 1], [8] * 8)

    # Shares 0.9, 0.7, 0.5, ...; two are the top, so the border lies at 0.6.
    z = [0.3 / (0.09 / 11) ** 0.5, 0.1 / (0.21 / 11) ** 0.5, 0.1 / (0.25 / 11) ** 0.5]
    assert found[:3] == pytest.approx(np.exp(-5 * np.square(z)))


def test_priority_is_highest_at_the_border_of_the_top():
    found = priority([98, 90, 80, 50, 20, 10, 5, 0], [100] * 8)

    assert sorted(np.argsort(-found)[:2].tolist()) == [1, 2]
    assert found.max() <= 1.0


def test_priority_falls_as_votes_settle_the_place():
    few, many = ([9 * n, 8 * n, 5 * n, 4 * n] + [n] * 4 for n in (1, 100))

    assert (priority(few, [10] * 8) > priority(many, [1000] * 8))[:4].all()


def test_priority_of_a_meta_statement_is_zero_and_it_has_no_place_in_the_top():
    is_mapped = np.array([False] + [True] * 8)
    among = priority([10, 8, 6, 4, 2, 1, 1, 1, 1], [10] * 9, is_mapped)

    assert among[0] == 0.0
    assert among[1:].tolist() == priority([8, 6, 4, 2, 1, 1, 1, 1], [10] * 8).tolist()


@pytest.mark.parametrize("n", [0, 1])
def test_priority_of_statements_that_are_all_the_top_is_one(n):
    assert priority([3] * n, [4] * n).tolist() == [1.0] * n


def test_newcomers_are_asked_what_tells_their_place():
    far, near, passed = personal(
        [], [20, 20, 2], [20, 20, 2], [40, 40, 40], extremity=[1.6, 1.0, 1.6]
    )[0]

    sides = 41 / 42
    assert far == pytest.approx((sides * 1.6**2 / 2) ** 2)
    assert near == pytest.approx((sides / 2) ** 2)
    assert passed == 1 / 8


def test_newcomers_are_asked_meta_statements_as_any_other():
    [[meta, _]] = personal(
        [], [9, 9], [9, 9], [18, 18], extremity=[0, 3], is_mapped=[False, True]
    )

    assert meta == 1.0


def test_a_group_is_asked_what_it_has_not_answered():
    n_seen = [[30, 10, 20], [10, 30, 20]]
    _, first, second = personal(n_seen, [20] * 3, [20] * 3, [40] * 3)

    # Half of all votes are its own: 22.5 of 45 are expected, with those imagined.
    assert first == pytest.approx([22.5 / 32.5, 22.5 / 12.5, 1.0])
    assert second == pytest.approx([22.5 / 12.5, 22.5 / 32.5, 1.0])


def test_factors_stay_within_their_bounds():
    n_seen = [[0, 1000, 0], [1000, 0, 1000]]
    found = personal(n_seen, [0] * 3, [0] * 3, [1000] * 3, extremity=[0, 0, 900])

    assert found[0].tolist() == [1 / 8, 1 / 8, 8.0]
    assert found[1:].min() == 0.5
    assert found[1:].max() == 2.0


def test_analysis_stores_a_row_for_newcomers_and_one_for_each_group():
    found = analyse(*synthetic.two_camps().votes, settings=QUICK)

    n_groups, m = len(found.groups), len(found.statement_ids)
    again = Analysis.from_bytes(found.to_bytes())
    assert n_groups == 2
    assert found.routing.shape == (1 + n_groups, m)
    assert again.routing.tolist() == found.routing.tolist()
    assert again.priority.tolist() == found.priority.tolist()
