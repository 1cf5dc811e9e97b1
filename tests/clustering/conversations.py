"""Real conversations, read from the shared data; none where there are none."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.clustering.golden import SHARED

VOTES = "participants-votes.csv"


class Conversation(NamedTuple):
    """Votes as they were exported, agree +1, and what moderators decided."""

    name: str
    votes: tuple[np.ndarray, np.ndarray, np.ndarray]
    rejected: list[int]
    meta: list[int]

    @property
    def arguments(self) -> dict[str, list[int]]:
        """What `analyse` takes beside the votes."""
        return {"excluded_statements": self.rejected, "meta_statements": self.meta}


def names() -> list[str]:
    """All of them, those with the fewest bytes of votes first."""
    files = [
        file for kind in ("ccai", "polis/*") for file in SHARED.glob(f"{kind}/{VOTES}")
    ]
    by_size = sorted((file.stat().st_size, file.parent) for file in files)
    return [str(folder.relative_to(SHARED)) for _, folder in by_size]


def load(name: str) -> Conversation:
    """One of `names`.

    In the public constitution of 2023 only what was accepted took part, elsewhere
    everything that was not rejected.
    """
    folder, least = SHARED / name, 1 if name == "ccai" else 0
    rejected, meta = [], []
    with (folder / "comments.csv").open() as file:
        for row in csv.DictReader(file):
            if int(row["moderated"]) < least:
                rejected.append(int(row["comment-id"]))
            elif row.get("is-meta") == "true":
                meta.append(int(row["comment-id"]))
    return Conversation(name, _votes(folder), rejected, meta)


def _votes(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with (folder / VOTES).open() as file:
        rows = csv.reader(file)
        columns = [
            (i, int(name)) for i, name in enumerate(next(rows)) if name.isdigit()
        ]
        votes = [
            (int(row[0]), statement, int(row[i]))
            for row in rows
            for i, statement in columns
            if row[i]
        ]
    participants, statements, choices = np.array(votes).T
    return participants, statements, choices
