"""Logos: pictures that people send, read with care and written anew as small PNG."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

# What a browser sends of a phone's picture is larger, what a logo needs far smaller.
MOST_BYTES = 1_000_000
MOST_PIXELS = 16_000_000
KINDS = ("PNG", "JPEG", "WEBP")
# Twice as wide and high as it is shown, for fine screens.
WIDTH, HEIGHT = 480, 144


class NoPicture(ValueError):
    """The bytes are none of the kinds of picture that are taken, or broken."""


class TooLarge(ValueError):
    """More bytes, or more pixels, than any logo has."""


@dataclass(frozen=True)
class Logo:
    """width, height : in pixels"""

    png: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.png).hexdigest()[:16]


def read(data: bytes) -> Logo:
    """The picture, fitted into WIDTH x HEIGHT. Raises NoPicture and TooLarge.

    Nothing of the bytes is kept but the pixels: no comment, no place where it was
    taken, no second picture.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            sent = Image.open(io.BytesIO(data), formats=KINDS)
            if sent.width * sent.height > MOST_PIXELS:
                raise TooLarge
            picture = sent.convert("RGBA")
    except TooLarge:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        raise NoPicture from error
    picture.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, format="PNG", optimize=True)
    return Logo(written.getvalue(), picture.width, picture.height)
