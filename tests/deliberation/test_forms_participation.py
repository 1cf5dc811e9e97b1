"""Which sites may be named, and how they are written down."""

import pytest
from django.core.exceptions import ValidationError

from deliberation.forms.participation import MAX_ORIGINS, OriginsField, origin


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("https://example.org", "https://example.org"),
        ("https://www.example.org/", "https://www.example.org"),
        ("HTTPS://Example.ORG", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("https://bürger.example", "https://xn--brger-kva.example"),
    ],
)
def test_site_is_named_as_browsers_do(line, named):
    assert origin(line) == named


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("example.org", "no address of a site"),
        ("http://example.org", "has to begin with https"),
        ("https://*.example.org", "holds a star"),
        ("https://example.org/page", "https://example.org."),
        ("https://example.org/?a=1", "https://example.org."),
        ("https://example.org#top", "https://example.org."),
        ("https://me@example.org", "https://example.org."),
        ("https://", "no address of a site"),
        ("https://example.org:port", "no address of a site"),
        ("https://exa mple.org", "no address of a site"),
        ("https://example.org;script-src", "no address of a site"),
        ("https://example.org'none'", "no address of a site"),
        ("javascript:alert(1)", "no address of a site"),
        ("https://[::1", "no address of a site"),
        ("null", "no address of a site"),
    ],
)
def test_what_is_no_site_is_refused_by_name(line, said):
    with pytest.raises(ValidationError) as refused:
        origin(line)

    assert said in refused.value.messages[0]


def test_every_bad_line_is_named_by_its_number():
    with pytest.raises(ValidationError) as refused:
        OriginsField().clean("https://a.example\nb\n\nc")

    lines = [message[:7] for message in refused.value.messages]
    assert lines == ["Line 2:", "Line 4:"]


def test_sites_are_kept_in_order_and_once():
    text = "https://b.example\r\n  https://a.example \nhttps://b.example/"

    assert OriginsField(required=False).clean(text) == [
        "https://b.example",
        "https://a.example",
    ]


def test_more_sites_than_a_header_should_hold_are_refused():
    lines = [f"https://site-{n}.example" for n in range(MAX_ORIGINS + 1)]

    with pytest.raises(ValidationError, match="at most 50"):
        OriginsField().clean("\n".join(lines))
