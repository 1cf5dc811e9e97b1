"""The moderators' page of what brings people here."""

import re
from html import unescape

import pytest

from deliberation.models import AuditEvent, Conversation

PAGE = "/moderate/rivers/taking-part/"


def shown(html: str, name: str) -> str:
    """The text to copy under this id."""
    found = re.search(rf'id="{name}"[^>]*>(.*?)</pre>', html, re.DOTALL)
    assert found
    return unescape(found[1])


@pytest.fixture
def page(moderator_client, conversation) -> str:
    return moderator_client.get(PAGE).content.decode()


def test_page_offers_what_to_copy(page, conversation):
    home = "http://testserver"

    assert shown(page, "short-address") == f"{home}/j/{conversation.short_code}/"
    assert shown(page, "embed-script") == (
        f'<script src="{home}/embed.js" data-conversation="rivers" async></script>'
    )
    assert f'src="{home}/c/rivers/embed/"' in shown(page, "embed-frame")
    assert shown(page, "link-secret") == conversation.link_secret


def test_example_link_opens_the_conversation(client, page):
    address = shown(page, "example-link")

    response = client.get(address.removeprefix("http://testserver"))

    assert response.status_code == 200


def test_python_of_the_instructions_signs_links_that_are_taken(
    client, page, conversation, monkeypatch
):
    monkeypatch.setenv("FOLKMOOT_LINK_SECRET", conversation.link_secret)
    world: dict = {}
    exec(shown(page, "sign-python"), world)

    link = world["signed_link"]("Zoë & Söhne/7")

    path = link.removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    assert client.get(path.replace("Zo", "Jo")).status_code == 403


def test_new_secret_ends_every_link_of_before(moderator_client, client, page):
    link = shown(page, "example-link").removeprefix("http://testserver")

    moderator_client.post(f"{PAGE}secret/")

    assert client.get(link).status_code == 403
    renewed = shown(moderator_client.get(PAGE).content.decode(), "example-link")
    assert client.get(renewed.removeprefix("http://testserver")).status_code == 200


def test_secret_is_on_nobody_elses_page_nor_on_record(
    moderator_client, client, conversation
):
    moderator_client.post(f"{PAGE}secret/")
    secret = Conversation.objects.get().link_secret

    for path in ("/c/rivers/", "/c/rivers/embed/", "/c/rivers/room/"):
        assert secret not in client.get(path).content.decode()
    assert secret not in str(AuditEvent.objects.get().details)
