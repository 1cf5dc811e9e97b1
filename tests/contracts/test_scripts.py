"""Scripts find each other, and a page asks at once for all that its script needs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = {path.stem: path.read_text() for path in (ROOT / "static/js").glob("*.js")}
IMPORTED_FIRST = re.compile(r'^(?:import|export)\b[^;(]*?"\./([a-z-]+)\.js";', re.M)
IMPORTED_LATER = re.compile(r'import\("\./([a-z-]+)\.js"\)')
TAG = re.compile(r"{% modules ([^%]*) %}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TAGS = sorted(
    {
        tag
        for path in (ROOT / "templates").rglob("*.html")
        for tag in TAG.findall(path.read_text())
    }
)


def needed(name: str) -> set[str]:
    """What a script imports before it begins, and what that imports."""
    direct = set(IMPORTED_FIRST.findall(SCRIPTS[name]))
    return direct.union(*(needed(other) for other in direct))


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_a_script_imports_is_there(name: str) -> None:
    text = SCRIPTS[name]

    imported = {*IMPORTED_FIRST.findall(text), *IMPORTED_LATER.findall(text)}

    assert imported - set(SCRIPTS) == set()


@pytest.mark.parametrize("tag", TAGS)
def test_page_asks_for_no_script_that_nobody_needs(tag: str) -> None:
    name, *asked = re.findall(r'"([^"]+)"', tag)

    assert set(asked) - needed(name) == set()


def test_voting_page_asks_at_once_for_all_its_script_needs() -> None:
    page = (ROOT / "templates/voting/page.html").read_text()
    (tag,) = TAG.findall(page)

    assert needed("voting") == {"participant", "queue"}
    assert re.findall(r'"([^"]+)"', tag) == ["voting", "queue", "participant"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_asks_no_other_host(name: str) -> None:
    code = COMMENT.sub("", SCRIPTS[name])

    assert re.findall(r"""["'`](?:https?:)?//[^"'`]+""", code) == []
