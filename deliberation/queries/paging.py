"""A page of rows, told as something else."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Told = TypeVar("Told")


def told(
    rows: QuerySet[Row], page: int | str, per_page: int, tell: Callable[[Row], Told]
) -> Page[Told]:
    """What `tell` makes of each row of the page; the rows of others are only counted."""
    found = Paginator(rows, per_page).get_page(page)
    paginator = cast("Paginator[Any]", found.paginator)
    return Page([tell(row) for row in found.object_list], found.number, paginator)


def told_together(
    rows: QuerySet[Row],
    page: int | str,
    per_page: int,
    tell: Callable[[Sequence[Row]], list[Told]],
) -> Page[Told]:
    """As `told`, by a function that takes all rows of the page at once."""
    found = Paginator(rows, per_page).get_page(page)
    paginator = cast("Paginator[Any]", found.paginator)
    return Page(tell(list(found.object_list)), found.number, paginator)
