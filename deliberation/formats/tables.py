"""Tables as CSV files that spreadsheets open without running anything in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

Cell = str | int | float | bool | None
# What a spreadsheet takes for a formula when a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """RFC 4180, a line at a time: None is empty, yes is 1 and no is 0.

    Text that begins like a formula gets an apostrophe before it; numbers stay as they
    are.
    """
    for row in chain([header], rows):
        line = io.StringIO()
        csv.writer(line).writerow([_cell(cell) for cell in row])
        yield line.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
