"""Arrays and small tables to bytes and back, the same bytes every time, no pickle."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
Record = TypeVar("Record")

COLUMN_TYPES: dict[Any, str] = {int: "<i8", float: "<f8", bool: "?"}
DIGEST_DECIMALS = 9


def table(kind: type, lists: Sequence[Iterable[Any]]) -> npt.NDArray[Any]:
    """Lay lists of flat dataclasses out as one structured array.

    The first column, ``part``, says which of the lists a row came from; one of text is
    as wide as its longest entry.
    """
    rows = [(part, *astuple(row)) for part, rows in enumerate(lists) for row in rows]
    columns: list[tuple[str, str]] = [("part", "<i8")]
    for place, field in enumerate(fields(kind), start=1):
        entries = [row[place] for row in rows]
        columns.append((field.name, _type_of(field.type, entries)))
    return np.array(rows, dtype=columns)


def _type_of(column_type: Any, entries: Iterable[Any]) -> str:
    if column_type is str:
        return f"<U{max(map(len, entries), default=1)}"
    return COLUMN_TYPES[column_type]


def lists(
    kind: type[Record], rows: npt.NDArray[Any], n_parts: int
) -> tuple[tuple[Record, ...], ...]:
    """Undo `table`."""
    parts: list[list[Record]] = [[] for _ in range(n_parts)]
    for part, *values in rows.tolist():
        parts[part].append(kind(*values))
    return tuple(tuple(part) for part in parts)


def pack(arrays: Arrays) -> bytes:
    """Write arrays as a compressed ``.npz`` in memory."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **dict(arrays))
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, npt.NDArray[Any]]:
    """Undo `pack`.

    Raises
    ------
    ValueError
        When the bytes were not written by `pack`.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (zipfile.BadZipFile, ValueError, EOFError, TypeError) as error:
        raise ValueError("These bytes are not a stored analysis.") from error


def digest(arrays: Arrays) -> str:
    """SHA-256 (hex) over names, shapes and little-endian values, floats rounded."""
    sha = hashlib.sha256()
    for name in sorted(arrays):
        values = _rounded(arrays[name])
        sha.update(f"{name}{values.shape}{values.dtype.descr}".encode())
        sha.update(values.tobytes())
    return sha.hexdigest()


def _rounded(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if values.dtype.names:
        copy = values.copy()
        for name in values.dtype.names:
            copy[name] = _rounded(values[name])
        return copy
    if values.dtype.kind == "f":
        values = np.round(values, DIGEST_DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0
    return np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
