"""The opinion map in units of its drawing, and where a participant stands on it."""

import math
from dataclasses import dataclass

from django.db.models import Count, ExpressionWrapper, F, FloatField, Sum

from deliberation.models import (
    AnalysisRun,
    OpinionGroup,
    Participant,
    StatementResult,
)

# The drawing: a viewBox of so many units, with room for the edges.
WIDTH, HEIGHT, MARGIN = 1000.0, 700.0, 70.0


@dataclass(frozen=True)
class MapDot:
    """Some people of one group who are close together; in units of the drawing."""

    x: float
    y: float
    r: float
    letter: str


@dataclass(frozen=True)
class GroupLabel:
    letter: str
    x: float
    y: float


@dataclass(frozen=True)
class OpinionMap:
    dots: list[MapDot]
    groups: list[GroupLabel]
    you: tuple[float, float] | None


def drawn(
    run: AnalysisRun, groups: list[OpinionGroup], participant: Participant | None
) -> OpinionMap:
    """Positions in units of the drawing: one scale for both axes, nothing cut off."""
    dots = run.summary["dots"]
    you = position(run, participant) if participant else None
    points = [(dot["x"], dot["y"]) for dot in dots] + ([you] if you else [])
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    scale = min(
        (WIDTH - 2 * MARGIN) / ((max(xs) - min(xs)) or 1),
        (HEIGHT - 2 * MARGIN) / ((max(ys) - min(ys)) or 1),
    )
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (x - middle_x) * scale, 1),
            round(HEIGHT / 2 - (y - middle_y) * scale, 1),
        )

    return OpinionMap(
        dots=[
            MapDot(*place(d["x"], d["y"]), r=_radius(d["size"]), letter=d["group"])
            for d in dots
        ],
        groups=[GroupLabel(g.letter, *place(g.x, g.y)) for g in groups],
        you=place(*you) if you else None,
    )


def _radius(size: int) -> float:
    """The area of a dot grows with the people in it."""
    return round(min(9 * math.sqrt(size), MARGIN - 10), 1)


def position(run: AnalysisRun, participant: Participant) -> tuple[float, float] | None:
    """Where her votes of this moment place a participant; None without any.

    The engine's projection (clustering/projection.py), from the stored centre and
    loadings: x = sqrt(S / n) * sum over her votes of (choice - centre) * loading.
    """
    own = StatementResult.objects.filter(
        run=run, statement__votes__participant=participant, statement__is_meta=False
    ).aggregate(x=_pull("loading_x"), y=_pull("loading_y"), n=Count("statement__votes"))
    if not own["n"]:
        return None
    reach = math.sqrt(run.n_columns / (own["n"] + run.n_neutral))
    return reach * own["x"], reach * own["y"]


def _pull(loading: str) -> Sum:
    difference = F("statement__votes__choice") - F("center")
    return Sum(ExpressionWrapper(difference * F(loading), output_field=FloatField()))
