"""Which statement is shown next: weights by hand, and what must raise or lower them."""

import numpy as np

from clustering import priority
from clustering.settings import AnalysisSettings

SETTINGS = AnalysisSettings()


def score(agree, disagree, seen, *, extremity=0.0, is_meta=False):
    counts = (
        np.atleast_1d(np.asarray(n, dtype=np.int64)) for n in (agree, disagree, seen)
    )
    shape = np.shape(np.atleast_1d(agree))
    return priority.score(
        *counts,
        np.broadcast_to(extremity, shape),
        np.broadcast_to(is_meta, shape),
        SETTINGS,
    )


def test_priority_of_a_statement_without_votes_follows_its_formula():
    # ((1 - 1/2) (1 + extremity) 1/2 (1 + 8))^2
    assert score([0, 0], [0, 0], [0, 0], extremity=[0.0, 1.0]).tolist() == [
        5.0625,
        20.25,
    ]


def test_meta_statements_have_a_weight_of_their_own():
    assert score([50], [0], [50], is_meta=True).tolist() == [49.0]


def test_statements_with_more_votes_are_shown_less():
    first, second, third = score([1, 10, 100], [0, 0, 0], [2, 20, 200])

    assert first > second > third > 0.0


def test_passes_make_a_statement_less_worth_showing():
    clear, unclear = score([10, 10], [10, 0], [20, 20])

    assert clear > unclear


def test_what_moves_people_on_the_map_is_shown_more():
    still, moving = score([10, 10], [10, 10], [20, 20], extremity=[0.1, 2.0])

    assert moving > still
