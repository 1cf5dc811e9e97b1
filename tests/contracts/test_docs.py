"""The documentation names every variable, command and refusal there is."""

import re
from pathlib import Path

import pytest

from deliberation import __version__

ROOT = Path(__file__).parents[2]
SETTINGS = "".join(
    (ROOT / "deliberation" / name).read_text()
    for name in ("environment.py", "settings.py")
)
VARIABLES = sorted(
    set(re.findall(r"(?:switch|number|redis_url)\(\s*\"([A-Z_]+)\"", SETTINGS))
    | set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", SETTINGS))
)
COMMANDS = sorted(
    path.stem
    for path in (ROOT / "deliberation/management/commands").glob("*.py")
    if path.stem != "__init__"
)


@pytest.mark.parametrize("variable", VARIABLES)
def test_operating_manual_explains_the_variable(variable: str) -> None:
    assert f"`{variable}`" in (ROOT / "docs/operating.md").read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_some_page_shows_the_command(command: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]

    assert any(f"manage.py {command}" in page.read_text() for page in pages)


def test_changelog_opens_with_this_version() -> None:
    versions = re.findall(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.M)

    assert versions[0] == __version__
