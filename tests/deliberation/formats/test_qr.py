"""QR codes as SVG."""

from xml.etree import ElementTree

from deliberation.formats import qr

ADDRESS = "https://folkmoot.example/j/abc234/"


def test_qr_code_is_a_square_that_fills_its_place():
    root = ElementTree.fromstring(qr.to_svg(ADDRESS))

    _x, _y, width, height = root.attrib["viewBox"].split()
    assert width == height
    assert {"width", "height", "style", "class"} & root.attrib.keys() == set()


def test_qr_code_is_dark_on_light_and_the_same_each_time():
    picture = qr.to_svg(ADDRESS)

    assert picture == qr.to_svg(ADDRESS)
    assert picture != qr.to_svg(ADDRESS + "x")
    assert b'fill="#fff"' in picture
    assert b'stroke="#000"' in picture


def test_short_link_makes_large_modules():
    """Read from the last row: thirty-odd modules a side, the quiet zone included."""
    root = ElementTree.fromstring(qr.to_svg(ADDRESS))

    assert int(root.attrib["viewBox"].split()[2]) <= 37
