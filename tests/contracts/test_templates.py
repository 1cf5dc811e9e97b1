"""Templates: no inline script or style, components closed, none unused."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline handler": re.compile(r"\son[a-z]+\s*=|hx-on|hx-vals=['\"]js:", re.I),
    "other host": re.compile(r"(?:src|href|action)\s*=\s*['\"](?:https?:)?//", re.I),
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_obeys_the_content_security_policy(path: Path) -> None:
    text = path.read_text()

    found = [rule for rule, pattern in FORBIDDEN.items() if pattern.search(text)]

    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_components_are_included_with_only(path: Path) -> None:
    includes = re.findall(r"{%\s*include \"components/[^%]*%}", path.read_text())

    assert [tag for tag in includes if " only" not in tag] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_is_used(path: Path) -> None:
    users = [*TEMPLATES, *(ROOT / "deliberation").rglob("*.py")]

    assert any(name(path) in other.read_text() for other in users if other != path)


COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_component_opens_with_its_inputs(path: Path) -> None:
    assert path.read_text().startswith(("{% comment %}", "{#"))
