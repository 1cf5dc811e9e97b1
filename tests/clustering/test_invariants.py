"""What must hold for any votes at all."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import Analysis, AnalysisSettings, InvalidVotes, analyse
from clustering.votes import assembly, reading
from clustering.votes.executors import Inline, threads
from tests import synthetic
from tests.clustering.examining import is_finite

EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)
# Everything is done, and groups are told from few people and few votes on.
SMALL = AnalysisSettings(n_resamples=3, n_null=2, min_votes=3, min_group_size=2)


@st.composite
def votes(draw) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A few people on a few statements, in camps or not, sparse, often degenerate."""
    n_people, n_statements = draw(st.integers(1, 30)), draw(st.integers(1, 12))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    p_seen, variety = draw(st.sampled_from([0.2, 0.6, 1.0])), draw(st.integers(0, 2))
    views = random.integers(-1, 2, (draw(st.integers(1, 3)), n_statements))
    choices = views[random.integers(len(views), size=n_people)]
    choices = np.clip(
        choices + random.integers(-variety, variety + 1, choices.shape), -1, 1
    )
    people, statements = np.nonzero(random.random(choices.shape) < p_seen)
    return people + 10, statements * 7, choices[people, statements]


def analysed(*cast, **more) -> Analysis:
    return analyse(*cast, settings=SMALL, executor=Inline(), **more)


@EXAMPLES
@given(votes(), st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(cast, random):
    order = np.arange(len(cast[0]))
    random.shuffle(order)

    shuffled = analysed(*(column[order] for column in cast))

    assert shuffled.to_bytes() == analysed(*cast).to_bytes()


@EXAMPLES
@given(votes(), st.integers(1, 9))
def test_cut_into_blocks_is_irrelevant(cast, size):
    starts = range(0, len(cast[0]), size)
    blocks = (
        tuple(column[start : start + size] for column in cast) for start in starts
    )

    in_blocks = analysed(blocks)

    assert in_blocks.to_bytes() == analysed(*cast).to_bytes()


@EXAMPLES
@given(votes())
def test_results_are_finite_and_sound(cast):
    analysis = analysed(*cast)

    assert is_finite(analysis)
    assert analysis.checks[0].is_passed


@EXAMPLES
@given(votes())
def test_people_are_in_groups_or_nowhere(cast):
    analysis = analysed(*cast)

    placed = analysis.group_of[analysis.is_placed]
    sizes = np.bincount(placed[placed >= 0], minlength=len(analysis.groups))
    assert (analysis.group_of[~analysis.is_placed] == -1).all()
    assert sizes.tolist() == [group.size for group in analysis.groups]
    assert (placed >= 0).tolist() == [bool(analysis.groups)] * len(placed)
    assert ((analysis.certainty > 0) == (analysis.group_of >= 0)).all()


@EXAMPLES
@given(votes())
def test_a_statement_nobody_has_seen_changes_nothing(cast):
    unseen = analysed(*cast, excluded_statements=[1], meta_statements=[2])

    assert unseen.digest == analysed(*cast).digest


@EXAMPLES
@given(votes())
def test_unknown_people_can_be_excluded(cast):
    excluded = analysed(*cast, excluded_participants=[-3, 2**63 - 1])

    assert excluded.digest == analysed(*cast).digest


@EXAMPLES
@given(votes())
def test_what_is_excluded_leaves_no_trace(cast):
    people, statements, _ = cast
    is_kept = ~np.isin(people, [11, 14]) & ~np.isin(statements, [0, 21])

    excluded = analysed(
        *cast, excluded_participants=[11, 14], excluded_statements=[0, 21]
    )

    assert excluded == analysed(*(column[is_kept] for column in cast))


@EXAMPLES
@given(votes())
def test_meta_statements_are_counted_and_listed_nowhere(cast):
    analysis = analysed(*cast, meta_statements=[0, 7])

    is_meta = np.isin(analysis.statement_ids, [0, 7])
    listed = [*analysis.majority.agree, *analysis.majority.disagree]
    listed += [entry for entries in analysis.representative for entry in entries]
    np.testing.assert_array_equal(analysis.is_mapped, ~is_meta)
    assert not analysis.loadings[is_meta].any()
    assert not analysis.consensus.is_ranked[is_meta].any()
    assert {entry.statement_id for entry in listed}.isdisjoint({0, 7})
    assert analysis.overall_n_seen.sum() == len(cast[0])


@EXAMPLES
@given(votes())
def test_meta_statements_do_not_move_anybody(cast):
    is_kept = ~np.isin(cast[1], [0, 7])

    with_meta = analysed(*cast, meta_statements=[0, 7])
    without = analysed(*(column[is_kept] for column in cast))

    _, here, there = np.intersect1d(
        with_meta.participant_ids, without.participant_ids, return_indices=True
    )
    np.testing.assert_array_equal(with_meta.group_of[here], without.group_of[there])
    np.testing.assert_allclose(
        with_meta.positions[here], without.positions[there], atol=1e-9
    )


@EXAMPLES
@given(votes())
def test_everybody_is_where_her_own_votes_put_her(cast):
    people, statements, choices = cast
    analysis = analysed(*cast, excluded_statements=[0, 7], meta_statements=[14])

    for row, person in enumerate(analysis.participant_ids):
        own = people == person
        point = analysis.project(statements[own], choices[own])
        np.testing.assert_allclose(point, analysis.positions[row], atol=1e-9)


@EXAMPLES
@given(votes())
def test_bytes_carry_the_whole_analysis(cast):
    analysis = analysed(*cast)

    restored = Analysis.from_bytes(analysis.to_bytes())

    assert restored == analysis
    assert hash(restored) == hash(analysis)
    assert restored.to_bytes() == analysis.to_bytes()
    for name in ("groups", "candidates", "checks", "majority", "representative"):
        assert getattr(restored, name) == getattr(analysis, name)
    assert (restored.finding, restored.settings) == (analysis.finding, SMALL)


@EXAMPLES
@given(votes(), votes())
def test_previous_never_changes_who_is_with_whom(cast, earlier):
    alone, after = analysed(*cast), analysed(*cast, previous=analysed(*earlier))

    together = alone.group_of[:, None] == alone.group_of
    np.testing.assert_array_equal(after.group_of[:, None] == after.group_of, together)
    np.testing.assert_allclose(abs(after.positions), abs(alone.positions), atol=1e-12)


# --- On one larger world, where groups are found ----------------------------------------

QUICK = AnalysisSettings(n_resamples=5)


@pytest.fixture(scope="module")
def world() -> synthetic.World:
    return synthetic.three_camps()


@pytest.fixture(scope="module")
def found(world) -> Analysis:
    return analyse(*world.votes, settings=QUICK, executor=Inline())


@pytest.mark.parametrize("n_rows", [7, 64])
def test_blocks_and_threads_change_nothing_but_rounding(
    world, found, n_rows, monkeypatch
):
    monkeypatch.setattr(assembly, "ROWS", n_rows)
    monkeypatch.setattr(reading, "CHUNK", 500)

    with threads() as pool:
        on_threads = analyse(*world.votes, settings=QUICK, executor=pool)
    inline = analyse(*world.votes, settings=QUICK, executor=Inline())

    assert on_threads.to_bytes() == inline.to_bytes()
    np.testing.assert_array_equal(inline.group_of, found.group_of)
    np.testing.assert_array_equal(inline.n_agree, found.n_agree)
    np.testing.assert_allclose(inline.positions, found.positions, atol=1e-5)


def test_statements_may_have_any_numbers(world, found):
    people, statements, choices = world.votes
    number = np.random.default_rng(0).permutation(60)

    renamed = analyse(people, number[statements], choices, settings=QUICK)

    here = number[found.statement_ids]
    turn = np.sign((renamed.positions * found.positions).sum(axis=0))
    np.testing.assert_array_equal(renamed.group_of, found.group_of)
    np.testing.assert_array_equal(renamed.n_agree[:, here], found.n_agree)
    np.testing.assert_allclose(renamed.positions * turn, found.positions, atol=1e-5)


def test_flipping_every_vote_swaps_agree_and_disagree(world, found):
    people, statements, choices = world.votes

    flipped = analyse(people, statements, -choices, settings=QUICK, previous=found)

    np.testing.assert_array_equal(flipped.group_of, found.group_of)
    np.testing.assert_array_equal(flipped.n_agree, found.n_disagree)
    np.testing.assert_allclose(flipped.positions, -found.positions, atol=1e-5)
    np.testing.assert_allclose(flipped.consensus.agree, found.consensus.disagree)
    assert flipped.majority.agree == found.majority.disagree
    assert flipped.finding == found.finding


def test_a_vote_given_twice_is_refused(world):
    people, statements, choices = (np.append(each, each[-1]) for each in world.votes)

    with pytest.raises(
        InvalidVotes, match="^Participant 149 has more than one vote on"
    ):
        analyse(people, statements, choices)


def test_new_people_do_not_change_where_old_votes_put_somebody(world, found):
    own = world.participants == 5

    point = found.project(world.statements[own], world.choices[own])

    np.testing.assert_allclose(point, found.positions[5], atol=1e-9)
    assert found.project([999], [1]) == (0.0, 0.0)


def test_another_setting_is_another_digest(found):
    assert replace(found, settings=replace(QUICK, n_top=49)).digest != found.digest
