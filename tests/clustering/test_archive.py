"""Arrays and small tables to bytes and back."""

from dataclasses import dataclass

import numpy as np
import pytest

from clustering import archive


@dataclass(frozen=True)
class Row:
    """One of each kind of column."""

    name: str
    n: int
    share: float
    is_so: bool


ROWS = [(Row("a long name", 3, 0.5, True),), (), (Row("b", -1, 1e300, False),) * 2]


def test_lists_of_rows_come_back_as_they_were():
    table = archive.table(Row, ROWS)

    assert archive.lists(Row, table, 3) == (ROWS[0], (), ROWS[2])


def test_empty_lists_come_back_empty():
    assert archive.lists(Row, archive.table(Row, [[], []]), 2) == ((), ())


def test_bytes_carry_every_bit():
    arrays = {"x": np.array([0.1, -0.0, 1e-300]), "ids": np.array([2**63 - 1])}

    restored = archive.unpack(archive.pack(arrays))

    assert sorted(restored) == ["ids", "x"]
    assert all(restored[name].tobytes() == arrays[name].tobytes() for name in arrays)


def test_digest_overlooks_the_tenth_decimal_and_nothing_else():
    digest = archive.digest({"x": np.array([0.5, 0.0])})

    assert archive.digest({"x": np.array([0.5 + 1e-11, -0.0])}) == digest
    assert archive.digest({"x": np.array([0.5 + 1e-8, 0.0])}) != digest
    assert archive.digest({"y": np.array([0.5, 0.0])}) != digest
    assert archive.digest({"x": np.array([[0.5, 0.0]])}) != digest


@pytest.mark.parametrize(
    "other",
    [
        Row("a long nam!", 3, 0.5, True),
        Row("a long name", 4, 0.5, True),
        Row("a long name", 3, 0.6, True),
        Row("a long name", 3, 0.5, False),
    ],
)
def test_digest_looks_into_tables(other):
    digest = archive.digest({"rows": archive.table(Row, [ROWS[0]])})

    assert archive.digest({"rows": archive.table(Row, [[other]])}) != digest
