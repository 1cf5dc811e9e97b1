"""Everything people read can be translated, and every language is complete."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import override, to_locale

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "deliberation/locale"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Programs, to copy as they are.
PROGRAMS = {"_javascript.html", "_php.html", "_python.html"}
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
DATES = ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(catalogue_path(language).with_suffix(".po")))


def catalogue_path(language: str) -> Path:
    return LOCALE / to_locale(language) / "LC_MESSAGES/django"


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
        # Formulas and code, which read the same in every language.
        r"<(p|pre|code)\b[^>]*dir=\"ltr\".*?</\1>",
        r"<[^>]*>",
        r"&\w+;",
    ):
        template = re.sub(pattern, " ", template, flags=re.S)
    return [word for word in template.split() if re.search(r"[^\W\d_]{2,}", word)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_bare_text(path: Path) -> None:
    if path.name in PROGRAMS:
        pytest.skip("a program")
    proper_names = {
        "Folkmoot",
        "JSON",
        "Markdown",
        "PHP",
        "Python",
        "JavaScript",
        "(Node.js)",
    }

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
    compiled = polib.mofile(str(catalogue_path(language).with_suffix(".mo")))
    written = {e.msgid: e.msgstr_plural or e.msgstr for e in catalogue(language)}

    assert {e.msgid: e.msgstr_plural or e.msgstr for e in compiled} == written


@pytest.fixture(scope="module")
def messages_of_the_code(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What `makemessages` finds; the same whatever the language."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("deliberation", "templates", "manage.py"):
        source, copy = ROOT / name, folder / name
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
    locale = to_locale(LANGUAGES[0])
    command = f"makemessages --locale {locale} --no-obsolete --no-location"
    # The tests' own settings are not in the copy.
    settings_of_copy = ["--settings", "deliberation.settings"]
    subprocess.run(
        [sys.executable, "manage.py", *command.split(), *settings_of_copy],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    found = folder / f"deliberation/locale/{locale}/LC_MESSAGES/django.po"
    return {entry.msgid for entry in polib.pofile(str(found))}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_every_message_of_the_code(
    language: str, messages_of_the_code: set[str]
) -> None:
    known = {e.msgid for e in catalogue(language) if not e.obsolete}

    assert messages_of_the_code == known


def test_every_language_has_a_catalogue_and_every_catalogue_a_language() -> None:
    folders = {path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/django.mo")}

    assert folders == {to_locale(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_morning_and_afternoon_are_told_apart(language: str) -> None:
    with override(language):
        morning, afternoon = (
            {
                date_format(datetime(2026, 3, 1, hour, 5, tzinfo=UTC), name)
                for name in DATES
            }
            for hour in (3, 15)
        )

    assert morning & afternoon == set()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_large_numbers_are_grouped(language: str) -> None:
    with override(language):
        shown = number_format(1234567, use_l10n=True)

    assert not shown.isdecimal()
