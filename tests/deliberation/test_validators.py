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


def refusal(validate, value, **more):
    with pytest.raises(ValidationError) as refused:
        validate(value, **more)
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
        ("in\u200bvi\ufeffsi\u2060ble\u00ad", "invisible"),
        ("half a pair \ud800", "half a pair"),
        (" \n\t ", ""),
    ],
)
def test_clean_text_is_one_visible_line(given, cleaned):
    assert clean_text(given) == cleaned


@pytest.mark.parametrize("value", ["a", "é", "水", "xy" * (MAX_STATEMENT_LENGTH // 2)])
def test_validate_statement_lets_words_of_any_script_through(value):
    assert validate_statement(value) is None


@pytest.mark.parametrize("value", ["", " ", "…!?", "👍👍🏽", "2026", "\u200d"])
def test_validate_statement_refuses_what_holds_no_letters(value):
    assert refusal(validate_statement, value) == NO_WORDS


def test_validate_statement_says_by_how_much_it_is_too_long():
    assert refusal(validate_statement, "xy" * 140 + "x") == [
        "This is 1 character too long; the limit is 280."
    ]
    assert refusal(validate_statement, "xy" * 146) == [
        "This is 12 characters too long; the limit is 280."
    ]


@pytest.mark.parametrize(
    "one",
    [
        "é",
        "e\u0301\u0323",
        "각",
        "水",
        "नि",
        "क्षि",
        "กำ",
        "ள்",
        "👨‍👩‍👧‍👦",
        "🇺🇦",
        "👍🏽",
    ],
)
def test_every_script_has_room_for_as_many_characters(one):
    assert validate_statement("a" + one * 12, limit=13) is None
    assert refusal(validate_statement, "a" + one * 12, limit=12) == [
        "This is 1 character too long; the limit is 12."
    ]


NO_LINKS = ["Links, e-mail addresses and phone numbers are not taken; say it in words."]


@pytest.mark.parametrize(
    "value",
    [
        "See https://example.org",
        "HTTP://EXAMPLE.ORG is best",
        "Buy it at cheap-pills.shop now",
        "All on www.nowhere",
        "Join t.me/gold today",
        "Mail me@example.org",
        "Смотри пример.рф",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "example [dot] org",
        "mailto:me",
        "Open 192.0.2.1:8080",
        "Ring +49 30 901820 99",
        "Ring (030) 9018-2000, 0800 123 4567",
    ],
)
def test_validate_statement_takes_no_links(value):
    assert refusal(validate_statement, value) == NO_LINKS


@pytest.mark.parametrize(
    "value",
    [
        "The AI should listen.It should help.",
        "Use node.js and/or nothing, e.g. paper, i.e. words.",
        "By 2030 it costs 10.000.000.000 or 10 000 000 000 or 3.50",
        "From 1939 - 1945, on 2024-11-05 and 01/02/1999, 09:30-10:45",
        "The U.S. and the E.U. agree",
        "@everyone should see version 2.0.1, 24/7",
        "<b>Bold</b> & <script>alert(1)</script> are words",
    ],
)
def test_validate_statement_takes_what_only_looks_like_a_link(value):
    assert validate_statement(value) is None


@pytest.mark.parametrize(
    "value", ["z" + "\u0301\u0302\u0303\u0304\u0305\u0306", "a" + "\u200d👩" * 20]
)
def test_validate_statement_refuses_letters_under_heaps_of_marks(value):
    assert refusal(validate_statement, value) == [
        "Too many marks stand on one letter; write it plainly."
    ]


@pytest.mark.parametrize("value", ["בְּרֵאשִׁ֖ית", "བསྒྲུབས", "ཧཱུྃ", "Việt Nam", "क्ष्म्य"])
def test_validate_statement_takes_the_marks_that_languages_have(value):
    assert validate_statement(value) is None


@pytest.mark.parametrize("value", ["aaaa", "AaAaAa", "ааааа!", "Noooooooooooooo way"])
def test_validate_statement_refuses_one_letter_over_and_over(value):
    assert refusal(validate_statement, value) == [
        "One letter over and over says nothing; write a sentence in words."
    ]


@pytest.mark.parametrize("value", ["人人", "Aaah", "Nooooo way", "ja ja ja"])
def test_validate_statement_takes_words_that_repeat_a_letter(value):
    assert validate_statement(value) is None


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
