"""A QR code as a picture: an SVG in black on white, with the quiet zone around it."""

import io

import segno

# So much of the picture may be dirty or torn, and it is still read: 15 %.
CORRECTION = "m"
QUIET_ZONE = 4


def to_svg(address: str) -> bytes:
    """A file of its own, without size: it fills the place it is given."""
    file = io.BytesIO()
    segno.make_qr(address, error=CORRECTION).save(
        file,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return file.getvalue()
