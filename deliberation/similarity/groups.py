"""From pairs that are near to groups in which every two are: no chains of ideas."""

from collections.abc import Callable, Mapping

# Every two of a group are at least this near; see docs/decisions/0009.
LINKED = 0.55
# More wordings of one idea than a person would read side by side.
MOST_WORDINGS = 60

Pair = tuple[int, int]


def grouped(
    near: Mapping[Pair, float],
    score: Callable[[int, int], float],
    may_agree: Callable[[int, int], bool],
) -> list[list[int]]:
    """Complete linkage: the nearest two groups become one, where every two are LINKED
    and none may deny another.

    near : pairs of places, the smaller first, with their scores
    score, may_agree : of any two places

    Each group sorted, the groups by their first; nothing that is alone.
    """
    groups: dict[int, list[int]] = {}
    pairs = sorted(near, key=lambda pair: (-near[pair], pair))
    for one, other in pairs:
        if near[one, other] < LINKED:
            break
        mine, yours = groups.get(one, [one]), groups.get(other, [other])
        if mine is yours or len(mine) + len(yours) > MOST_WORDINGS:
            continue
        if all(score(a, b) >= LINKED and may_agree(a, b) for a in mine for b in yours):
            joined = sorted(mine + yours)
            groups.update(dict.fromkeys(joined, joined))
    return sorted({group[0]: group for group in groups.values()}.values())
