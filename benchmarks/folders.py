"""Votes in a folder, as blocks of small integers: written once, read block by block.

A block is three ``.npy`` files: participants (int32), statements (uint16) and
choices (int8), 7 bytes a vote. Beside them, where the truth is known, are the
participants' ``camps`` (uint8), and the camps that someone who knows what each camp
thinks has ``guessed`` from their votes; and ``excluded`` statements, if any.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data")
COLUMNS = {"participants": np.int32, "statements": np.uint16, "choices": np.int8}

Votes = tuple[np.ndarray, np.ndarray, np.ndarray]


def write(folder: Path, name: str, votes: Votes) -> None:
    """Store one block; blocks are read in the order of their names."""
    for (column, dtype), values in zip(COLUMNS.items(), votes, strict=True):
        np.save(folder / f"{name}-{column}.npy", values.astype(dtype))


class Blocks:
    """The votes of a folder: each walk over it reads one block after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = sorted(folder.glob("*-participants.npy"))
        self.names = [file.name.removesuffix("-participants.npy") for file in files]

    def __iter__(self) -> Iterator[Votes]:
        for name in self.names:
            participants, statements, choices = (
                np.load(self.folder / f"{name}-{column}.npy") for column in COLUMNS
            )
            yield participants, statements, choices

    def together(self) -> Votes:
        """All votes as three long arrays."""
        participants, statements, choices = (
            np.concatenate(column) for column in zip(*self, strict=True)
        )
        return participants, statements, choices

    def excluded(self) -> list[int]:
        """Statements that moderators did not accept."""
        file = self.folder / "excluded.npy"
        return np.load(file).tolist() if file.exists() else []

    def by_person(self, what: str) -> np.ndarray | None:
        """ "camps" or "guessed" camps, by participant id; None where there are none."""
        parts = sorted(self.folder.glob(f"*-{what}.npy"))
        return np.concatenate([np.load(part) for part in parts]) if parts else None


def write_ccai(folder: Path, *, is_moderated: bool) -> bool:
    """Store the votes of the 2023 public constitution; False where they are not.

    ``is_moderated``: all statements but the 275 accepted ones are excluded. Else
    nothing is, as if nobody had moderated.
    """
    source = SHARED / "ccai"
    if not source.is_dir():
        return False
    with (source / "participants-votes.csv").open() as file:
        rows = csv.reader(file)
        header = next(rows)
        columns = [(i, int(name)) for i, name in enumerate(header) if name.isdigit()]
        votes = [
            (int(row[0]), statement, int(row[i]))
            for row in rows
            for i, statement in columns
            if row[i]
        ]
    participants, statements, choices = np.array(votes).T
    write(folder, "0", (participants, statements, choices))
    if is_moderated:
        with (source / "comments.csv").open() as file:
            rejected = [
                int(row["comment-id"])
                for row in csv.DictReader(file)
                if int(row["moderated"]) <= 0
            ]
        np.save(folder / "excluded.npy", np.array(rejected))
    return True
