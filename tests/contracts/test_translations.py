"""Everything people read can be translated, and every language is complete."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "deliberation/locale"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES/django.po"))


def bare_text(template: str) -> list[str]:
    """Words that stand outside every tag and every translation."""
    for pattern in (
        r"{%\s*comment.*?endcomment\s*%}",
        r"{#.*?#}",
        r"{%\s*blocktranslate.*?endblocktranslate\s*%}",
        r"{%\s*block main_class.*?endblock\s*%}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"<!--.*?-->",
        r"<[^>]*>",
        r"&\w+;",
    ):
        template = re.sub(pattern, " ", template, flags=re.S)
    return [word for word in template.split() if re.search(r"[^\W\d_]{2,}", word)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_bare_text(path: Path) -> None:
    proper_names = {"Folkmoot", "JSON", "Markdown"}

    assert [w for w in bare_text(path.read_text()) if w not in proper_names] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    entries = [entry for entry in catalogue(language) if not entry.obsolete]

    assert [e.msgid for e in entries if not e.translated() or e.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [
            entry.msgid for t in texts if not set(PLACEHOLDER.findall(t)) <= expected
        ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_named(language: str) -> None:
    several = [e.msgid for e in catalogue(language) if e.msgid.count("%s") > 0]

    assert several == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES/django.mo"))
    written = {e.msgid: e.msgstr_plural or e.msgstr for e in catalogue(language)}

    assert {e.msgid: e.msgstr_plural or e.msgstr for e in compiled} == written


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_every_message_of_the_code(
    language: str, tmp_path: Path
) -> None:
    for name in ("deliberation", "templates", "manage.py"):
        source, copy = ROOT / name, tmp_path / name
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
    command = f"makemessages --locale {language} --no-obsolete --no-location"
    # The tests' own settings are not in the copy.
    settings_of_copy = ["--settings", "deliberation.settings"]
    subprocess.run(
        [sys.executable, "manage.py", *command.split(), *settings_of_copy],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    found = tmp_path / f"deliberation/locale/{language}/LC_MESSAGES/django.po"

    fresh = {entry.msgid for entry in polib.pofile(str(found))}

    assert fresh == {e.msgid for e in catalogue(language) if not e.obsolete}
