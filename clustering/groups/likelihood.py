"""How well a group's shares explain a person's votes: the model behind the groups.

Latent classes (Lazarsfeld and Henry 1968): everybody in a group agrees with statement
t with that group's share, vote by vote. Only votes that take a side say anything; who
saw what, and who passes often, does not. A group's share starts from everybody's, as
if the group had cast ``prior_votes`` imagined votes there.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import digamma, gammaln

from clustering.arrays import FloatArray, IntArray
from clustering.votes.ballots import times

Labels = npt.NDArray[np.intp]
# Jeffreys' half: of a group's share of the people, and of a statement's of agreement.
HALF = 0.5


def prior(n_agree: IntArray, n_disagree: IntArray, prior_votes: float) -> FloatArray:
    """(2, m) the imagined votes, agree and disagree, spread as everybody's are."""
    counts = np.stack([n_agree, n_disagree]) + HALF
    return np.asarray(prior_votes * counts / counts.sum(axis=0))


def sides(tables: FloatArray) -> FloatArray:
    """(k, 2, m) agree and disagree, from counts (2m, k)."""
    return tables.T.reshape(tables.shape[1], 2, -1)


def weights(tables: FloatArray, sizes: FloatArray, before: FloatArray) -> FloatArray:
    """(2m + 1, k) expected log shares, and in the last row log sizes.

    ``E log p = psi(n + a) - psi(sum)``: the variational form of the log share, which
    trusts a share from few votes less than its plain logarithm would (Bishop, Pattern
    Recognition and Machine Learning, 10.2).

    Parameters
    ----------
    tables : (2m, k) votes of each group; sizes : (k,) its people, both may be shares
    before : (2, m) `prior`
    """
    counts = sides(tables) + before
    logs = digamma(counts) - digamma(counts.sum(axis=1, keepdims=True))
    rows = logs.reshape(len(counts), -1).T
    return np.concatenate([rows, digamma(sizes + HALF)[None]])


def memberships(ballots: sparse.csr_array, table: FloatArray) -> FloatArray:
    """(r, k) how surely each person belongs to each group; rows sum to 1.

    Only differences between groups count, so the first one's weights are taken from
    all: a product less. Laid out by group, because numpy adds up long rows several
    times faster than many short ones.
    """
    scores = np.zeros((table.shape[1], ballots.shape[0]))
    apart = table[:, 1:] - table[:, :1]
    scores[1:] = times(ballots, apart[:-1]).T
    scores[1:] += apart[-1][:, None]
    scores -= scores.max(axis=0)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=0)
    return scores.T


def likeliest(belongs: FloatArray) -> Labels:
    """(r,) the group each most surely belongs to, the first of equals."""
    best = belongs[:, 0].copy()
    group_of = np.zeros(len(belongs), dtype=np.intp)
    for group in range(1, belongs.shape[1]):
        is_better = belongs[:, group] > best
        group_of[is_better] = group
        np.maximum(best, belongs[:, group], out=best)
    return group_of


def evidence(tables: FloatArray, sizes: FloatArray, before: FloatArray) -> float:
    """Log probability of all votes and of the grouping itself, shares averaged out.

    The exact integrated completed likelihood (Biernacki, Celeux and Govaert 2010):
    every further group makes votes likelier and has to pay for it, since each of its
    shares, and who is in it, must be learned. So it has a best number of groups, and
    that may be one.
    """
    votes = evidence_of_votes(sides(tables), before)
    return float(votes.sum()) + evidence_of_sizes(sizes)


def evidence_of_sizes(sizes: FloatArray) -> float:
    """Log probability of who is in which group, from the groups' sizes (k,)."""
    k, n = len(sizes), sizes.sum()
    each = gammaln(sizes + HALF) - gammaln(HALF)
    return float(each.sum() + gammaln(k * HALF) - gammaln(n + k * HALF))


def evidence_of_votes(counts: FloatArray, before: FloatArray) -> FloatArray:
    """(...,) log probability of the sides (..., 2, m) that one group took."""
    total = before.sum(axis=0)
    known = gammaln(counts + before).sum(axis=(-1, -2)) - gammaln(before).sum()
    paid = gammaln(counts.sum(axis=-2) + total).sum(axis=-1) - gammaln(total).sum()
    return np.asarray(known - paid)
