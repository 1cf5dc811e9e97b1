"""Polis's own results, read from the shared data; skipped where there are none."""

import csv
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data")

COLD = SHARED / "golden" / "biodiversity-coldstart"
WARM_CASES = [
    "reddwarf-2dhnep37ie-27ptpt-meta",
    "reddwarf-3ntrtcehas-267ptpt-meta",
    "reddwarf-4cvkai2ctw-35ptpt",
]


class Golden(NamedTuple):
    """A conversation and what Polis made of it (there, agree is -1)."""

    votes: np.ndarray
    excluded: list[int]
    meta: list[int]
    blob: dict[str, Any]

    @property
    def group_of(self) -> dict[int, int]:
        """Participant to group, the groups numbered in ascending order of id."""
        base = self.blob["base-clusters"]
        members = dict(zip(base["id"], base["members"], strict=True))
        groups = sorted(self.blob["group-clusters"], key=lambda group: group["id"])
        return {
            person: number
            for number, group in enumerate(groups)
            for base_id in group["members"]
            for person in members[base_id]
        }


def require() -> None:
    """Skip the test, or at its top the whole module, where there is no shared data."""
    if not (SHARED / "golden").is_dir():
        pytest.skip("no golden data: set FOLKMOOT_SHARED_DATA", allow_module_level=True)


def load_warm(name: str) -> Golden:
    """A conversation as Polis had it after months, with the state it was in."""
    folder = SHARED / "golden" / name
    blob = json.loads((folder / "math-pca2.json").read_text())
    rows = [
        (
            row.get("participant_id", row.get("pid")),
            row.get("statement_id", row.get("tid")),
            row["vote"],
        )
        for row in json.loads((folder / "votes.json").read_text())
    ]
    return Golden(np.array(rows).T, blob["mod-out"], blob["meta-tids"], blob)


def load_cold() -> Golden:
    """A conversation as Polis computes it from nothing, without moderation."""
    text = (COLD / "clojure_cold_start_reference.json").read_text()
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    with (COLD / "votes.csv").open() as rows:
        for row in csv.DictReader(rows):
            key = int(row["voter-id"]), int(row["comment-id"])
            event = int(row["timestamp"]), int(row["vote"])
            latest[key] = max(latest.get(key, event), event, key=lambda e: e[0])
    votes = np.array([(*key, vote) for key, (_, vote) in latest.items()]).T
    return Golden(votes, [], [], json.loads(text))


def recomputed_consensus() -> dict[str, float]:
    """Group-aware consensus of the cold conversation, from its votes and groups.

    Not read from Polis's blob, but recomputed and held to 14 values of it.
    """
    path = COLD / "group_aware_consensus_recomputed.json"
    return json.loads(path.read_text())["group-aware-consensus"]
