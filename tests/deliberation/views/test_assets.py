"""Stylesheets in one piece, scripts in one folder: kept by browsers for ever."""

import gzip
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client

from deliberation import assets


def address(names: str) -> str:
    return f"/style/{assets.stylesheet(names).digest}/{names}.css"


def get(client: Client, path: str, **headers: str) -> HttpResponse:
    return client.get(path, headers=headers)


def test_tag_names_one_stylesheet_for_all_its_files() -> None:
    tag = Template('{% stylesheet "tokens" "base" %}').render(Context())

    assert tag == f'<link rel="stylesheet" href="{address("tokens+base")}">'


def test_stylesheet_holds_its_files_in_order_and_paper_last(client: Client) -> None:
    text = get(client, address("tokens+base")).content.decode()

    places = [text.index(part) for part in ("--paper", ".page-main", "@media print")]
    assert places == sorted(places)
    assert "/*" not in text


def test_stylesheet_finds_its_pictures_where_they_lie(client: Client) -> None:
    text = get(client, address("pages")).content.decode()

    assert 'url("/static/img/moot.svg")' in text
    assert "../" not in text


def test_stylesheet_is_kept_for_ever_and_known_again(client: Client) -> None:
    first = get(client, address("tokens"))

    again = get(client, address("tokens"), if_none_match=first["ETag"])

    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first["Content-Type"] == "text/css; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
    ],
)
def test_stylesheet_comes_packed(
    client: Client, accepted: str, encoding: str, unpack
) -> None:
    plain = get(client, address("tokens+base"))

    packed = get(client, address("tokens+base"), accept_encoding=accepted)

    assert packed["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["Content-Length"] == str(len(packed.content))
    assert unpack(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


def test_page_from_before_an_update_gets_what_is_now(client: Client) -> None:
    old = get(client, "/style/0123456789ab/tokens.css", accept_encoding="br")

    assert old.content == get(client, address("tokens")).content
    assert old["Cache-Control"] == "public, max-age=60"


def test_a_mixture_that_no_page_names_is_not_packed_for_anybody(client: Client) -> None:
    response = get(client, "/style/0/base+tokens.css", accept_encoding="br")

    assert "Content-Encoding" not in response


def test_small_drawing_is_held_by_its_own_address() -> None:
    address = Template('{% inlined "img/favicon.svg" %}').render(Context())

    kind, drawing = unescape(address).split(",", 1)
    assert kind == "data:image/svg+xml"
    source = Path(settings.BASE_DIR) / "static/img/favicon.svg"
    assert unquote(drawing) == source.read_text().strip()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/style/x/nothing.css",
        "/style/x/tokens+nothing.css",
        "/style/x/..+..+settings.css",
        "/style/x/tokens+.css",
        "/script/x/nothing.js",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert get(client, path).status_code == 404


def test_scripts_share_one_folder(client: Client) -> None:
    folder = f"/script/{assets.script_digest()}"

    tag = Template('{% modules "live" "voting" %}').render(Context())
    response = get(client, f"{folder}/live.js")

    assert tag == (
        f'<link rel="modulepreload" href="{folder}/voting.js" fetchpriority="low">'
        f'<script type="module" src="{folder}/live.js" fetchpriority="low"></script>'
    )
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
