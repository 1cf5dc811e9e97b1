"""Colours of conversations: readable, or the nearest that is."""

import pytest

from deliberation import colours


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#74224a", "#74224a", 1.0),
    ],
)
def test_contrast_is_that_of_the_standard(one, other, expected):
    found = colours.contrast(one, other)

    assert round(found, 2) == expected
    assert found == colours.contrast(other, one)


@pytest.mark.parametrize(
    "colour", ["#ffff00", "#ff6600", "#7fb2ff", "#ffffff", "#808080"]
)
def test_the_nearest_readable_colour_is_readable_and_hardly_darker(colour):
    nearest = colours.nearest_readable(colour)

    assert not colours.is_readable(colour)
    assert colours.is_readable(nearest)
    assert colours.contrast(nearest, colours.LIGHT_GROUND) < 4.8


@pytest.mark.parametrize(
    "colour", ["#74224a", "#0033aa", "#111111", "#006400", "#a00000"]
)
def test_shades_are_readable_in_both_schemes(colour):
    light, dark = colours.light(colour), colours.dark(colour)

    assert light.accent == colour
    for shades, ground in ((light, colours.LIGHT_GROUND), (dark, colours.DARK_GROUND)):
        assert colours.contrast(shades.accent, ground) >= 4.5
        assert colours.contrast(shades.strong, ground) >= 4.5
        assert colours.contrast(shades.on_accent, shades.accent) >= 4.5
