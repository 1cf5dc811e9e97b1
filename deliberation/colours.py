"""Whether words in a colour can be read, and the nearest colour in which they can.

Contrast as WCAG 2.2 defines it (relative luminance, success criterion 1.4.3).
"""

import colorsys
import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}")
# What text needs against its ground.
ENOUGH = 4.5
# The grounds of static/css/tokens.css, each the worst of its kind.
LIGHT_GROUND = "#f2ecdf"
DARK_GROUND = "#2a2622"
WHITE, BLACK = "#ffffff", "#000000"
STEPS = 100

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Shades:
    """What a conversation's colour becomes: for links and buttons, stronger when they
    are pointed at, and for words on a button; in one of the two schemes."""

    accent: str
    strong: str
    on_accent: str


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white), for two colours like "#74224a"."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """On every light ground of ours, and with white words on it."""
    return min(contrast(colour, LIGHT_GROUND), contrast(colour, WHITE)) >= ENOUGH


def nearest_readable(colour: str) -> str:
    """The same hue, as little darker as will do."""
    return _first_that_does(colour, toward=0.0, ground=LIGHT_GROUND)


def light(colour: str) -> Shades:
    """For a colour that is readable."""
    return Shades(colour, _mixed(colour, BLACK, 0.25), WHITE)


def dark(colour: str) -> Shades:
    """The same hue, made light enough for a dark ground."""
    accent = _first_that_does(colour, toward=1.0, ground=DARK_GROUND)
    return Shades(accent, _mixed(accent, WHITE, 0.4), _mixed(colour, BLACK, 0.75))


def _first_that_does(colour: str, *, toward: float, ground: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    for step in range(STEPS + 1):
        part = step / STEPS
        lighter = lightness + (toward - lightness) * part
        found = _hex(colorsys.hls_to_rgb(hue, lighter, saturation))
        if contrast(found, ground) >= ENOUGH:
            return found
    return WHITE if toward else BLACK


def _mixed(one: str, other: str, part: float) -> str:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    red, green, blue = (a + (b - a) * part for a, b in pairs)
    return _hex((red, green, blue))


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)
