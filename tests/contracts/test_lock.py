"""The lock holds what is required, whole, and nothing of where it was made."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()


def pinned(text: str) -> set[str]:
    """Names with versions, as in "django==5.2": extras and comments left out."""
    lines = re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==(\S+)", text, re.M | re.I)
    return {f"{name.lower()}=={version}" for name, version in lines}


def test_lock_pins_every_requirement() -> None:
    required = pinned((ROOT / "requirements.txt").read_text())
    required |= pinned((ROOT / "requirements-dev.txt").read_text())
    required |= pinned((ROOT / "requirements-scale.txt").read_text())

    assert required - pinned(LOCK) == set()


def test_lock_has_a_hash_for_every_package() -> None:
    packages = re.split(r"^(?=[a-z])", LOCK, flags=re.M)[1:]

    assert [p.splitlines()[0] for p in packages if "--hash=sha256:" not in p] == []


def test_lock_names_no_registry_and_no_folder() -> None:
    assert re.findall(r"\S*(?:https?:|file:|--index|--find-links)\S*", LOCK) == []


def test_every_requirement_says_why_it_is_here() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-scale.txt"):
        lines = (ROOT / name).read_text().splitlines()
        assert [line for line in lines if "==" in line and "#" not in line] == []
