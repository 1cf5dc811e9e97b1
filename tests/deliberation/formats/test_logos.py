"""Logos: made small, without what a camera wrote into them, and nothing else taken."""

import io

import pytest
from PIL import Image

from deliberation.formats import logos


def picture(kind="PNG", size=(1200, 300), **more):
    data = io.BytesIO()
    Image.new("RGB", size, "#0033aa").save(data, format=kind, **more)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_fitted_and_written_as_png(kind):
    logo = logos.read(picture(kind))

    written = Image.open(io.BytesIO(logo.png))
    assert (written.format, written.size) == ("PNG", (480, 120))
    assert (logo.width, logo.height) == (480, 120)


def test_a_small_picture_keeps_its_size():
    assert logos.read(picture(size=(40, 20))).width == 40


def test_what_a_camera_wrote_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "A private address"

    logo = logos.read(picture("JPEG", exif=exif))

    assert b"A private address" not in logo.png
    assert dict(Image.open(io.BytesIO(logo.png)).getexif()) == {}


def test_the_digest_names_the_picture():
    one, same, other = (
        logos.read(picture(size=size)) for size in ((9, 9), (9, 9), (9, 8))
    )

    assert one.digest == same.digest
    assert one.digest != other.digest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7",
        picture()[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
    ids=["empty", "svg", "gif", "pdf", "cut off", "broken"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(logos.NoPicture):
        logos.read(data)


def test_too_many_bytes_are_refused():
    with pytest.raises(logos.TooLarge):
        logos.read(picture() + b"\0" * logos.MOST_BYTES)


def test_too_many_pixels_are_refused_before_they_are_unpacked():
    data = io.BytesIO()
    Image.new("1", (5000, 5000)).save(data, format="PNG")

    with pytest.raises(logos.TooLarge):
        logos.read(data.getvalue())
