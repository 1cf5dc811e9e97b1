"""Numbers for people and numbers for machines."""

import pytest
from django.utils import translation

from deliberation.templatetags import deliberation as tags


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.824, "82%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (0.999, "99%"),
        (0.001, "1%"),
    ],
)
def test_percent_is_all_or_nothing_only_when_it_is(share: float, text: str) -> None:
    assert tags.percent(share) == text


def test_points_are_a_share_without_its_sign() -> None:
    assert [tags.points(share) for share in (0.0, 0.744, 1.0)] == ["0", "74", "100"]


def test_numbers_for_machines_are_the_same_in_every_language() -> None:
    with translation.override("es"):
        assert tags.plain(1234567) == "1234567"
        assert tags.svg(1234.5) == "1234.50"
        assert tags.hundredths(0.1234) == "12.34"


@pytest.mark.parametrize(
    ("choice", "name"), [(1, "agree"), (0, "pass"), (-1, "disagree")]
)
def test_choices_have_a_name_for_machines(choice: int, name: str) -> None:
    assert tags.vote_name(choice) == name


@pytest.mark.parametrize(
    ("letter", "index"),
    [("A", "1"), ("B", "2"), ("E", "5"), ("F", "1"), ("AA", "1"), ("", "0")],
)
def test_group_letters_have_a_colour_and_a_shape(letter: str, index: str) -> None:
    assert tags.group_index(letter) == index


def test_values_for_scripts_are_short_json() -> None:
    assert tags.json([{"text": "Así", "n": None}]) == '[{"text":"Así","n":null}]'
