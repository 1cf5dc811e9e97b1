"""Questions that many tests ask of an analysis."""

from collections.abc import Iterator

import numpy as np
from sklearn.metrics import adjusted_rand_score

from clustering import Analysis, AnalysisSettings, archive
from tests.synthetic import World

# As careful as need be where stability is not what a test is about.
QUICK = AnalysisSettings(n_resamples=0)
FEW_DRAWS = AnalysisSettings(n_resamples=20)


def agreement_with_truth(analysis: Analysis, world: World) -> float:
    """1 when the groups are the camps, about 0 when they have nothing in common."""
    truth = world.camp_of[analysis.participant_ids]
    return adjusted_rand_score(truth, analysis.group_of)


def is_finite(analysis: Analysis) -> bool:
    """Whether there is a number in every place that is to have one."""
    return all(np.isfinite(values).all() for values in _floats(analysis))


def _floats(analysis: Analysis) -> Iterator[np.ndarray]:
    """Everything that is stored, and the intervals, which are not."""
    for values in archive.unpack(analysis.to_bytes()).values():
        names = values.dtype.names
        columns = [values[name] for name in names] if names else [values]
        yield from (column for column in columns if column.dtype.kind == "f")
    for intervals in (analysis.intervals, analysis.overall_intervals):
        for shares in (intervals.agree, intervals.passed, intervals.disagree):
            yield from (shares.p, shares.low, shares.high)
