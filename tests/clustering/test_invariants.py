"""What must hold for any votes at all."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import Analysis, AnalysisSettings, analyse
from tests import synthetic

QUICK = settings(max_examples=40, deadline=None, derandomize=True)


@st.composite
def votes(draw) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A few people on a few statements, sparse, seeded, often degenerate."""
    n_people, n_statements = draw(st.integers(1, 30)), draw(st.integers(1, 12))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    p_seen, variety = draw(st.sampled_from([0.2, 0.6, 1.0])), draw(st.integers(0, 2))
    is_cast = random.random((n_people, n_statements)) < p_seen
    choices = np.clip(random.integers(-variety, variety + 1, is_cast.shape), -1, 1)
    people, statements = np.nonzero(is_cast)
    return people + 10, statements * 7, choices[people, statements]


def floats(analysis: Analysis) -> list[np.ndarray]:
    arrays = [getattr(analysis, name) for name in Analysis.__annotations__]
    return [a for a in arrays if isinstance(a, np.ndarray) and a.dtype.kind == "f"]


@QUICK
@given(votes(), st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(cast, random):
    order = np.arange(len(cast[0]))
    random.shuffle(order)

    shuffled = analyse(*(column[order] for column in cast))

    assert shuffled.to_bytes() == analyse(*cast).to_bytes()


@QUICK
@given(votes())
def test_flipping_every_vote_swaps_agree_and_disagree(cast):
    people, statements, choices = cast

    plain, flipped = analyse(*cast), analyse(people, statements, -choices)

    np.testing.assert_array_equal(flipped.group_of, plain.group_of)
    np.testing.assert_array_equal(flipped.n_agree, plain.n_disagree)
    np.testing.assert_array_equal(flipped.group_n_agree, plain.group_n_disagree)
    np.testing.assert_allclose(flipped.positions, -plain.positions, atol=1e-9)
    assert flipped.majority.agree == plain.majority.disagree


@QUICK
@given(votes())
def test_a_statement_nobody_has_seen_changes_nothing(cast):
    unseen = analyse(*cast, excluded_statements=[1], meta_statements=[2])

    assert unseen.digest == analyse(*cast).digest


@QUICK
@given(votes())
def test_results_are_finite(cast):
    assert all(np.isfinite(values).all() for values in floats(analyse(*cast)))


@QUICK
@given(votes())
def test_everybody_is_where_her_own_votes_put_her(cast):
    people, statements, choices = cast
    analysis = analyse(*cast, excluded_statements=[0, 7])

    for row, person in enumerate(analysis.participant_ids):
        own = people == person
        point = analysis.project(statements[own], choices[own])
        np.testing.assert_allclose(point, analysis.positions[row], atol=1e-9)


@QUICK
@given(votes())
def test_bytes_carry_the_whole_analysis(cast):
    analysis = analyse(*cast)

    restored = Analysis.from_bytes(analysis.to_bytes())

    assert restored == analysis
    assert restored.to_bytes() == analysis.to_bytes()
    assert restored.representative == analysis.representative
    assert restored.groups == analysis.groups
    assert restored.settings == analysis.settings


@QUICK
@given(votes(), votes())
def test_previous_never_changes_who_is_with_whom(cast, earlier):
    alone, after = analyse(*cast), analyse(*cast, previous=analyse(*earlier))

    together = alone.group_of[:, None] == alone.group_of
    np.testing.assert_array_equal(after.group_of[:, None] == after.group_of, together)
    np.testing.assert_allclose(abs(after.positions), abs(alone.positions), atol=1e-12)


def test_excluded_participants_leave_no_trace():
    people, statements, choices = synthetic.two_camps().votes
    kept = people % 10 != 3

    without = analyse(
        people, statements, choices, excluded_participants=range(3, 100, 10)
    )

    assert without == analyse(people[kept], statements[kept], choices[kept])


def test_excluded_statements_are_counted_but_neutral():
    world = synthetic.two_camps()

    analysis = analyse(*world.votes, excluded_statements=[7], meta_statements=[8])

    assert analysis.is_neutral.nonzero()[0].tolist() == [7, 8]
    assert (analysis.n_columns, analysis.n_neutral) == (40, 2)
    assert analysis.center[[7, 8]].tolist() == [0.0, 0.0]
    assert analysis.loadings[[7, 8]].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert analysis.n_seen[7] == (world.statements == 7).sum()
    assert analysis.priority[8] == 49.0


def test_settings_are_part_of_the_digest():
    world = synthetic.two_camps()

    stricter = analyse(*world.votes, settings=AnalysisSettings(z_threshold=1.3))

    assert stricter.digest != analyse(*world.votes).digest


def test_iterative_axes_equal_exact_ones():
    world = synthetic.camps([90, 60], seed=5, n_statements=80)

    exact = analyse(*world.votes, settings=AnalysisSettings(exact_limit=1000))
    iterative = analyse(*world.votes, settings=AnalysisSettings(exact_limit=2))

    np.testing.assert_allclose(iterative.positions, exact.positions, atol=1e-9)
    np.testing.assert_allclose(iterative.p_explained, exact.p_explained, atol=1e-12)
