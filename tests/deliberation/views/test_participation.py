"""The moderators' page of how people take part."""

import re
from html import unescape

import pytest

from deliberation.models import AuditEvent, Conversation

PAGE = "/moderate/rivers/taking-part/"
SETTINGS = {
    "vote_goal": "30",
    "max_statement_length": "200",
    "takes_reasons": "on",
    "results": "voting",
    "entry": "link",
    "embed_origins": "https://www.example.org\n\nhttps://example.org:8443/",
}


def shown(html: str, name: str) -> str:
    """The text to copy under this id."""
    found = re.search(rf'id="{name}"[^>]*>(.*?)</pre>', html, re.DOTALL)
    assert found
    return unescape(found[1])


@pytest.fixture
def page(moderator_client, conversation) -> str:
    return moderator_client.get(PAGE).content.decode()


def test_settings_are_kept_and_on_record(moderator_client, conversation):
    response = moderator_client.post(f"{PAGE}settings/", SETTINGS)

    assert response["Location"] == PAGE
    now = Conversation.objects.get()
    assert (now.vote_goal, now.max_statement_length) == (30, 200)
    assert (now.takes_reasons, now.takes_importance) == (True, False)
    assert (now.results, now.entry) == ("voting", "link")
    assert now.embed_origins == ["https://www.example.org", "https://example.org:8443"]
    changes = AuditEvent.objects.get().details["changes"]
    assert changes["vote_goal"] == [25, 30]
    assert "takes_importance" not in changes


def test_what_is_wrong_is_marked_and_nothing_is_changed(moderator_client, conversation):
    wrong = SETTINGS | {"vote_goal": "0", "embed_origins": "example.org"}

    response = moderator_client.post(f"{PAGE}settings/", wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Nothing was changed yet" in page
    assert "Line 1: “example.org” is no address of a site" in page
    assert Conversation.objects.get().vote_goal == 25
    assert AuditEvent.objects.count() == 0


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
