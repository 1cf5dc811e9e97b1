"""A participant's first page is light: 50 kB and five requests, with all it loads."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from deliberation.models import Conversation
from tests import factories
from tests.deliberation.judgements import analysed, judged

LIMIT = 50_000
MOST_REQUESTS = 5
LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/[^"]+)"')
STATIC = f"/{settings.STATIC_URL.strip('/')}/"


def loaded(html: bytes) -> set[str]:
    """The addresses of what a page needs, each once."""
    return {unescape(address) for address in LOADED.findall(html.decode())}


def packed(client: Client, address: str) -> bytes:
    """As it is sent to a browser that takes gzip."""
    if address.startswith(STATIC):
        found = finders.find(address.removeprefix(STATIC))
        return gzip.compress(Path(str(found)).read_bytes())
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    body = response.content
    return body if "Content-Encoding" in response else gzip.compress(body)


def weight(client: Client, address: str) -> int:
    """Bytes of the page and of what it names."""
    html = client.get(address).content
    parts = [html, *(packed(client, part) for part in loaded(html))]
    assert len(parts) <= MOST_REQUESTS
    return len(gzip.compress(html)) + sum(len(part) for part in parts[1:])


@pytest.mark.parametrize("page", ["", "vote/", "votes/", "results/"])
def test_participants_page_is_light(
    client: Client, conversation: Conversation, page: str
) -> None:
    for number in range(30):
        factories.StatementFactory(
            conversation=conversation, number=number, state="accepted"
        )

    assert weight(client, f"/c/{conversation.slug}/{page}") < LIMIT


def test_results_with_five_groups_and_many_statements_are_light(
    client: Client, conversation: Conversation
) -> None:
    letters = "ABCDE"
    run = analysed(conversation, **dict.fromkeys(letters, 60))
    dot = {"x": 0.123456, "y": -0.654321, "size": 6}
    run.summary["dots"] = [dot | {"group": x} for x in letters for _ in range(20)]
    run.save()
    for number in range(50):
        votes = (11, 40, 9) if number % 2 else (40, 11, 9)
        judged(run, number, **dict.fromkeys(letters, votes))
    apart = {"choice": 1, "difference": 0.5, "low": 0.3, "high": 0.7}
    representative = [apart | {"statement": number} for number in range(5)]
    run.groups.update(representative=representative, found_again=0.93)

    address = f"/c/{conversation.slug}/results/"
    assert client.get(address).content.count(b"consensus__figure") > 12
    assert weight(client, address) < LIMIT


def test_front_page_is_light(client: Client, conversation: Conversation) -> None:
    assert weight(client, "/") < LIMIT


@pytest.mark.parametrize("address", ["/", "/c/rivers/"])
def test_first_pages_are_sent_packed(
    client: Client, conversation: Conversation, address: str
) -> None:
    response = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(response.content)
