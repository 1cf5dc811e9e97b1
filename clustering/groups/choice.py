"""How many groups there are, if any: evidence that survives resampling and chance."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from clustering.arrays import FloatArray
from clustering.findings import CandidateGrouping, Finding
from clustering.groups import chance, search, stability
from clustering.groups.crowd import Crowd
from clustering.groups.search import Grouping
from clustering.groups.stability import Draw, FoundAgain
from clustering.settings import AnalysisSettings


@dataclass(frozen=True, eq=False)
class Choice:
    """What was chosen, and what it was chosen from.

    grouping : the chosen one; one group where nobody can be told apart; None where
        groups can neither be told nor be denied
    candidates : by number of groups
    draws : of the search among some of the people
    again : how the chosen grouping fared in them
    """

    finding: Finding
    grouping: Grouping | None
    candidates: tuple[CandidateGrouping, ...]
    draws: Sequence[Draw] = ()
    again: FoundAgain | None = None

    @property
    def n_groups(self) -> int:
        return self.grouping.n_groups if self.grouping else 0

    @property
    def table(self) -> FloatArray:
        """(3m + 1, k) weights that place anybody in its groups; k is 0 without them."""
        return self.grouping.weights if self.grouping else np.zeros((1, 0))


def choose(crowd: Crowd, settings: AnalysisSettings, executor: Executor) -> Choice:
    """Choose the number of groups.

    1. The grouping whose evidence is highest; one group is an answer like any other.
    2. Of those with more evidence than one group, only such as leave no group too
       small and, under resampling, find every group again. If none does, there are
       no stable groups.
    3. People who differ only in how readily they agree also give evidence for groups.
       If no more is behind it, they are one group.

    Without resampling only the first and the sizes decide.
    """
    if len(crowd) < 2:
        return Choice(Finding.TOO_FEW, None, ())
    found = search.search(crowd, range(2, settings.max_groups + 2), settings)
    found.pop(settings.max_groups + 1, None)
    tried = {
        k: each
        for k, each in found.items()
        if each.evidence > found[1].evidence and is_large_enough(each, settings)
    }
    if not tried:
        return Choice(Finding.ONE_GROUP, found[1], _told(found, {}))
    if not settings.n_resamples:
        best = search.finished(crowd, _best(tried), settings)
        return Choice(Finding.GROUPS, best, _told(found, {}))
    tried = {k: search.finished(crowd, each, settings) for k, each in tried.items()}
    return _proved(crowd, found | tried, tried, settings, executor)


def is_large_enough(grouping: Grouping, settings: AnalysisSettings) -> bool:
    """Whether its smallest group may be told."""
    n = grouping.sizes.sum()
    least = max(settings.min_group_size, settings.min_group_share * n)
    return bool(grouping.sizes.min() >= least)


def _proved(
    crowd: Crowd,
    found: Mapping[int, Grouping],
    tried: Mapping[int, Grouping],
    settings: AnalysisSettings,
    executor: Executor,
) -> Choice:
    """The best of those that are found again, if chance does not give as much."""
    n_draws = settings.n_resamples
    if crowd.is_sample:
        n_draws = min(n_draws, settings.n_sample_resamples)
    numbers = range(2, max(tried) + 2)
    draws = stability.draws(crowd, numbers, settings, n_draws, executor)
    again = {k: stability.found_again(each, draws) for k, each in tried.items()}
    candidates = _told(found, again)
    stable = {
        k: each
        for k, each in tried.items()
        if again[k].overlaps.min() >= settings.min_found_again
    }
    if not stable:
        return Choice(Finding.NO_STABLE_GROUPS, None, candidates, draws)
    best = _best(stable)
    gained = best.evidence - found[1].evidence
    if not chance.is_beyond_readiness(crowd, best, gained, settings, executor):
        return Choice(Finding.READINESS, found[1], candidates, draws)
    return Choice(Finding.GROUPS, best, candidates, draws, again[best.n_groups])


def _best(among: Mapping[int, Grouping]) -> Grouping:
    return max(among.values(), key=lambda grouping: grouping.evidence)


def _told(
    found: Mapping[int, Grouping], again: Mapping[int, FoundAgain]
) -> tuple[CandidateGrouping, ...]:
    """Every number of groups that was tried; -1 where resampling was not asked."""
    return tuple(
        CandidateGrouping(
            n_groups=k,
            evidence=float(grouping.evidence - found[1].evidence),
            smallest=int(grouping.sizes.min()),
            found_again=float(again[k].overlaps.min()) if k in again else -1.0,
            rand_index=again[k].rand_index if k in again else -1.0,
        )
        for k, grouping in sorted(found.items())
    )
