"""How people voted around the dots: every vote once, and no region of fewer than five."""

import numpy as np
import pytest

from clustering import AnalysisSettings, analyse
from clustering.dot_votes import MIN_REGION_VOTES, around_dots
from tests.synthetic import camps

SETTINGS = AnalysisSettings(n_resamples=0)


@pytest.fixture(scope="module")
def world():
    return camps([120, 80], seed=3, n_statements=14, n_shared=4, p_seen=0.5)


@pytest.fixture(scope="module")
def found(world):
    return analyse(*world.votes, settings=SETTINGS)


def test_votes_around_dots_are_those_of_the_people_on_the_map(world, found):
    regions = around_dots(found, *world.votes)

    placed = found.participant_ids[found.is_placed]
    participants, statements, choices = world.votes
    for t, statement in enumerate(found.statement_ids.tolist()):
        mine = choices[(statements == statement) & np.isin(participants, placed)]
        expected = [(mine == choice).sum() for choice in (1, -1, 0)]
        assert np.sum(regions[t].votes, axis=0).tolist() == expected


def test_no_region_has_fewer_votes_than_five(world, found):
    regions = around_dots(found, *world.votes)

    fewest = min(sum(votes) for region in regions for votes in region.votes)
    assert fewest >= MIN_REGION_VOTES == 5
    assert max(len(region.votes) for region in regions) > 10


def test_regions_stay_within_their_group(world, found):
    group_of = found.base_clusters.group_of

    for regions in around_dots(found, *world.votes):
        pairs = {
            (region, group)
            for region, group in zip(regions.region_of, group_of, strict=True)
            if region >= 0
        }
        assert len(pairs) == len({region for region, _group in pairs})


def test_statement_with_few_votes_colours_no_dot(world, found):
    participants, statements, choices = world.votes
    few = found.statement_ids[0]
    kept = (statements != few) | (np.cumsum(statements == few) <= 4)

    regions = around_dots(found, participants[kept], statements[kept], choices[kept])

    assert set(regions[0].region_of) == {-1}
    assert regions[0].votes == []


def test_order_of_votes_and_strangers_change_nothing(world, found):
    order = np.random.default_rng(0).permutation(len(world.choices))
    votes = [part[order] for part in world.votes]
    strangers = [
        np.append(votes[0], [10_000, votes[0][0]]),
        np.append(votes[1], [0, 10_000]),
        np.append(votes[2], [1, 1]),
    ]

    assert around_dots(found, *strangers) == around_dots(found, *world.votes)


def test_without_a_map_there_are_no_regions():
    votes = np.array([1, 2]), np.array([1, 1]), np.array([1, -1])

    (regions,) = around_dots(analyse(*votes, settings=SETTINGS), *votes)

    assert (regions.region_of, regions.votes) == ([], [])
