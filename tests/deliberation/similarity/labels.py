"""Statements of the 2023 conversation that say the same, as a reader marked them.

`ccai.json` holds ids only, in two halves; what is set by looking at figures is set by
looking at the development half. Each half has

meanings : of each meaning, its wordings, and of each wording the statements that differ
    in case, marks, spaces, small words or one mistyped letter alone
links : a statement and others on which its author might vote instead, one way only
alone : statements that say what no other says
opposites : pairs that must not be offered as the same
"""

import csv
import json
import os
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from deliberation.similarity import Fingerprint, Index, Match, fingerprints

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
COMMENTS = (
    ROOT
    / os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data")
    / "ccai/comments.csv"
)
PARTS = ("development", "held_out")


class Query(NamedTuple):
    """A statement as if it were being written.

    left_out : statements taken away, as if they had not been written
    wanted : any of these is a hit
    """

    statement: int
    left_out: frozenset[int]
    wanted: frozenset[int]


class Labels(NamedTuple):
    trivial: list[Query]
    paraphrases: list[Query]
    alone: list[Query]
    opposites: list[tuple[int, int]]


def read(part: str) -> Labels:
    """Queries of one half."""
    held = json.loads((HERE / "ccai.json").read_text())[part]
    trivial, paraphrases = [], []
    for meaning in held["meanings"]:
        everyone = frozenset(one for wording in meaning for one in wording)
        for wording in map(frozenset, meaning):
            trivial += [
                Query(one, frozenset([one]), wording - {one}) for one in wording
            ]
            first = min(wording)
            paraphrases.append(Query(first, wording, everyone - wording))
    paraphrases += [
        Query(one, frozenset([one]), frozenset(to)) for one, to in held["links"]
    ]
    return Labels(
        [query for query in trivial if query.wanted],
        [query for query in paraphrases if query.wanted],
        [Query(one, frozenset([one]), frozenset()) for one in held["alone"]],
        [
            (one, other)
            for pair in held["opposites"]
            for one, other in (pair, pair[::-1])
        ],
    )


def pure_groups(groups: Iterable[list[int]], part: str) -> tuple[int, int]:
    """How many groups hold no two that are marked as different, of how many that hold
    two of which anything is marked; of one half.

    Different are two meanings, opposites, and what stands alone from anything at all.
    """
    held = json.loads((HERE / "ccai.json").read_text())[part]
    meaning = {
        one: at
        for at, wordings in enumerate(held["meanings"])
        for wording in wordings
        for one in wording
    }
    alone = set(held["alone"])
    against = {frozenset(pair) for pair in held["opposites"]}
    linked = {frozenset((one, to)) for one, tos in held["links"] for to in tos}

    def is_same(one: int, other: int) -> bool | None:
        pair = {one, other}
        if pair & alone or pair in against:
            return False
        if pair in linked or not meaning.keys() >= pair:
            return None
        return meaning[one] == meaning[other]

    judged = [{is_same(*pair) for pair in combinations(group, 2)} for group in groups]
    marked = [answers for answers in judged if answers - {None}]
    return sum(False not in answers for answers in marked), len(marked)


def printed() -> dict[int, Fingerprint]:
    """Fingerprints of all statements, by id."""
    rows = _rows()
    made = fingerprints((text, "en") for _, text in rows)
    return dict(sorted(zip((key for key, _ in rows), made, strict=True)))


def texts() -> list[str]:
    """All statements, as they were exported."""
    return [text for _, text in _rows()]


def _rows() -> list[tuple[int, str]]:
    with COMMENTS.open(newline="") as file:
        return [
            (int(row["comment-id"]), row["comment-body"])
            for row in csv.DictReader(file)
        ]


def offered(
    index: Index[int], prints: dict[int, Fingerprint], query: Query, most: int = 3
) -> list[Match[int]]:
    return index.similar_to(prints[query.statement], most, query.left_out)
