"""What a downloaded constitution must be, whoever published it and how."""

import hashlib
import json
from typing import Any

from tests.plain import PlainBrowser

PATH = "/c/demo/constitution/v/1"


def constitution(base: str) -> dict[str, Any]:
    """Version 1 as JSON, once its digest and its other formats agree with it."""
    anyone = PlainBrowser(base)
    written = anyone.get(f"{PATH}.json").text
    document = json.loads(written)

    assert sha256_without_digest(document) == document["digest"]
    texts = [principle["text"] for principle in document["principles"]]
    assert anyone.get(f"{PATH}.txt").text.splitlines() == texts
    assert headings(anyone.get(f"{PATH}.md").text) == [
        f"Principle {number}" for number in range(1, len(texts) + 1)
    ]
    assert anyone.get(f"{PATH}.json").text == written
    return document


def assert_every_principle_has_evidence(document: dict[str, Any]) -> None:
    """A source statement, and votes of every opinion group on it."""
    letters = {group["letter"] for group in document["analysis"]["groups"]}
    for principle in document["principles"]:
        assert len(principle["sources"]) == 1
        (source,) = principle["sources"]
        assert set(source["groups"]) == letters
        assert all(sum(votes.values()) > 0 for votes in source["groups"].values())


def sha256_without_digest(document: dict[str, Any]) -> str:
    """As the documentation tells anyone to compute it."""
    content = {name: value for name, value in document.items() if name != "digest"}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2)
    return hashlib.sha256(f"{canonical}\n".encode()).hexdigest()


def headings(markdown: str) -> list[str]:
    lines = markdown.splitlines()
    return [line[4:] for line in lines if line.startswith("### ")]
