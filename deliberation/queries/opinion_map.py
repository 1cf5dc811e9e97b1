"""The opinion map in units of its drawing, how a statement colours it, and where a
participant stands on it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from deliberation.models import (
    AnalysisRun,
    Choice,
    OpinionGroup,
    Participant,
    StatementResult,
    Vote,
)
from deliberation.queries import outlines

# The drawing: a viewBox of so many units, with room for the edges.
WIDTH, HEIGHT, MARGIN = 1000.0, 700.0, 70.0
# Of a dot: for each person, and where there are very many of them.
RADIUS, LARGEST_RADIUS = 9.0, 45.0
# Between a group's marks and the line around it.
ROOM = 14.0
# By the balance of those who voted, agree minus disagree: from here on it is so called.
SHADES = (
    (0.6, "agree-2", pgettext_lazy("people around a dot", "most agree")),
    (0.2, "agree-1", pgettext_lazy("people around a dot", "more agree")),
    (-0.2, "even", pgettext_lazy("people around a dot", "divided or unsure")),
    (-0.6, "disagree-1", pgettext_lazy("people around a dot", "more disagree")),
    (-2.0, "disagree-2", pgettext_lazy("people around a dot", "most disagree")),
)
UNKNOWN = ("unknown", pgettext_lazy("people around a dot", "too few votes"))


@dataclass(frozen=True)
class MapDot:
    """People who stand close together, of one group if there are groups; in units of
    the drawing. Without groups the letter is empty, without a chosen statement the
    shade."""

    x: float
    y: float
    r: float
    letter: str
    shade: str = ""


@dataclass(frozen=True)
class GroupLabel:
    """A group's middle, and the line around its marks (the `d` of an SVG path)."""

    letter: str
    x: float
    y: float
    outline: str


@dataclass(frozen=True)
class OpinionMap:
    dots: list[MapDot]
    groups: list[GroupLabel]
    you: tuple[float, float] | None


def drawn(
    run: AnalysisRun,
    groups: list[OpinionGroup],
    participant: Participant | None,
    chosen: StatementResult | None = None,
) -> OpinionMap | None:
    """Positions in units of the drawing: one scale for both axes, nothing cut off.

    None while there are too few people. Without groups the dots are of none. The votes
    around them on the `chosen` statement give them their shade.
    """
    dots = run.summary.get("dots", [])
    if not (run.has_enough_people and dots):
        return None
    you = position(run, participant) if participant else None
    points = [(dot["x"], dot["y"]) for dot in dots] + ([you] if you else [])
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    scale = min(
        (WIDTH - 2 * MARGIN) / ((max(xs) - min(xs)) or 1),
        (HEIGHT - 2 * MARGIN) / ((max(ys) - min(ys)) or 1),
    )
    unit = min(RADIUS, LARGEST_RADIUS / math.sqrt(max(dot["size"] for dot in dots)))
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (x - middle_x) * scale, 1),
            round(HEIGHT / 2 - (y - middle_y) * scale, 1),
        )

    shades = shades_of_dots(chosen, len(dots)) if chosen else [""] * len(dots)
    marks = [
        MapDot(
            *place(dot["x"], dot["y"]),
            # The area of a dot grows with the people in it.
            r=round(unit * math.sqrt(dot["size"]), 1),
            letter=dot["group"] if groups else "",
            shade=shade,
        )
        for dot, shade in zip(dots, shades, strict=True)
    ]
    return OpinionMap(
        dots=marks,
        groups=[
            GroupLabel(g.letter, *place(g.x, g.y), _outline(marks, g.letter))
            for g in groups
        ],
        you=place(*you) if you else None,
    )


def _outline(marks: list[MapDot], letter: str) -> str:
    mine = [(dot.x, dot.y, dot.r) for dot in marks if dot.letter == letter]
    return outlines.around(mine, ROOM)


def shades_of_dots(result: StatementResult, n_dots: int) -> list[str]:
    """By the votes of the region each dot belongs to (clustering/dot_votes.py)."""
    stored = result.around_dots or {}
    regions = stored.get("region_of", [])
    if len(regions) != n_dots:
        return [UNKNOWN[0]] * n_dots
    shades = [_shade(*votes) for votes in stored["votes"]]
    return [shades[region] if region >= 0 else UNKNOWN[0] for region in regions]


def _shade(n_agree: int, n_disagree: int, n_pass: int) -> str:
    balance = (n_agree - n_disagree) / (n_agree + n_disagree + n_pass)
    return next(code for least, code, _words in SHADES if balance >= least)


def legend() -> list[tuple[str, str]]:
    """Every shade with its words, from agreeing to disagreeing."""
    known = [(code, str(words)) for _least, code, words in SHADES]
    return [*known, (UNKNOWN[0], str(UNKNOWN[1]))]


@dataclass(frozen=True)
class Place:
    """Where a statement pulls people: its centre, and its loadings on both axes."""

    center: float
    x: float
    y: float


def position(run: AnalysisRun, participant: Participant) -> tuple[float, float] | None:
    """Where her votes of this moment place a participant."""
    sides = Vote.objects.filter(
        participant=participant,
        choice__in=(Choice.AGREE, Choice.DISAGREE),
        statement__is_meta=False,
        statement__results__run=run,
    )
    rows = sides.order_by("pk").values_list(
        "choice",
        *(
            f"statement__results__{name}"
            for name in ("center", "loading_x", "loading_y")
        ),
    )
    pulls = ((choice, Place(center, x, y)) for choice, center, x, y in rows)
    return placed(pulls, run.damping)


def placed(
    pulls: Iterable[tuple[int, Place]], damping: float
) -> tuple[float, float] | None:
    """Where these choices place a person; None before she took a side.

    The engine's ridge estimate (clustering/placing.py), from the stored centres and
    loadings: (L'L + damping)^-1 L'd over the votes that took a side, d being the
    choices minus their centres. It is solved by Cramer's rule.
    """
    n, dx, dy, xx, xy, yy = 0, 0.0, 0.0, damping, 0.0, damping
    for choice, place in pulls:
        if choice == Choice.PASS:
            continue
        n += 1
        away, x, y = choice - place.center, place.x, place.y
        dx, dy = dx + away * x, dy + away * y
        xx, xy, yy = xx + x * x, xy + x * y, yy + y * y
    if n == 0:
        return None
    whole = xx * yy - xy * xy
    return (yy * dx - xy * dy) / whole, (xx * dy - xy * dx) / whole
