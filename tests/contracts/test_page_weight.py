"""A participant's first page weighs less than 50 kB, with everything it loads."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from deliberation.models import Conversation
from tests import factories

LIMIT = 50_000
LOADED = re.compile(rf'(?:href|src)="/{settings.STATIC_URL.strip("/")}/([^"]+)"')


def weight(client: Client, address: str) -> int:
    """Bytes of the page and of what it names, each packed by gzip."""
    html = client.get(address).content
    files = set(LOADED.findall(html.decode()))
    assert files
    packed = [html, *(Path(str(finders.find(name))).read_bytes() for name in files)]
    return sum(len(gzip.compress(part)) for part in packed)


@pytest.mark.parametrize("page", ["", "vote/", "results/"])
def test_participants_page_is_light(
    client: Client, conversation: Conversation, page: str
) -> None:
    for number in range(30):
        factories.StatementFactory(
            conversation=conversation, number=number, state="accepted"
        )

    assert weight(client, f"/c/{conversation.slug}/{page}") < LIMIT


def test_front_page_is_light(client: Client, conversation: Conversation) -> None:
    assert weight(client, "/") < LIMIT
