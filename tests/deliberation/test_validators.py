"""Rules of input: what is tidied, what is refused, and with which sentence."""

import pytest
from django.core.exceptions import ValidationError

from deliberation.validators import (
    MAX_PRINCIPLE_LENGTH,
    MAX_STATEMENT_LENGTH,
    clean_text,
    validate_principle,
    validate_slug,
    validate_statement,
)

NO_WORDS = ["Write a sentence in words."]


def refusal(validate, value):
    with pytest.raises(ValidationError) as refused:
        validate(value)
    return refused.value.messages


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("  Rivers   should\tbe clean. ", "Rivers should be clean."),
        ("Two\r\nlines", "Two lines"),
        ("a\x00b\x07c\x7fd\x85e", "a b c d e"),
        ("one\u2028two\u2029three", "one two three"),
        ("cafe\u0301", "caf\u00e9"),
        ("no\u00a0break", "no break"),
        ("\u202eevil", "evil"),
        ("a\u2066b\u2069", "ab"),
        # Joiners are letters' glue in Persian and in emoji: they stay.
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        (" \n\t ", ""),
    ],
)
def test_clean_text_is_one_visible_line(given, cleaned):
    assert clean_text(given) == cleaned


@pytest.mark.parametrize("value", ["a", "é", "水", "x" * MAX_STATEMENT_LENGTH])
def test_validate_statement_lets_words_of_any_script_through(value):
    assert validate_statement(value) is None


@pytest.mark.parametrize("value", ["", " ", "…!?", "👍👍🏽", "2026", "\u200d"])
def test_validate_statement_refuses_what_holds_no_letters(value):
    assert refusal(validate_statement, value) == NO_WORDS


def test_validate_statement_says_by_how_much_it_is_too_long():
    assert refusal(validate_statement, "x" * (MAX_STATEMENT_LENGTH + 1)) == [
        "This is 1 character too long; the limit is 280."
    ]
    assert refusal(validate_statement, "x" * (MAX_STATEMENT_LENGTH + 12)) == [
        "This is 12 characters too long; the limit is 280."
    ]


def test_validate_principle_has_more_room():
    assert validate_principle("x" * MAX_PRINCIPLE_LENGTH) is None
    assert refusal(validate_principle, "x" * (MAX_PRINCIPLE_LENGTH + 1)) == [
        "This is 1 character too long; the limit is 600."
    ]


@pytest.mark.parametrize("slug", ["ab", "clean-rivers-2026", "77", "a" * 60])
def test_validate_slug_takes_words_and_hyphens(slug):
    assert validate_slug(slug) is None


@pytest.mark.parametrize(
    "slug",
    ["", "a", "A-b", "a--b", "-ab", "ab-", "a_b", "a b", "ä-b", "ab\n", "a" * 61],
)
def test_validate_slug_says_what_a_good_one_looks_like(slug):
    assert refusal(validate_slug, slug) == [
        "Use 2 to 60 small letters, digits and single hyphens for the address,"
        " like clean-rivers-2026."
    ]


@pytest.mark.parametrize("slug", ["new", "import"])
def test_validate_slug_refuses_an_address_of_ours(slug):
    assert refusal(validate_slug, slug) == [
        f"“{slug}” is an address of this site; choose another."
    ]
