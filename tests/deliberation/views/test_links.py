"""Ways in: short links, QR codes, and whom a signed link brings."""

import time
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation import identity, links
from deliberation.models import Conversation, Participant, Vote
from tests import factories

HOUR = 3600


def query(conversation: Conversation, person: str = "person-17", lasts=HOUR) -> str:
    """Of a link that the conversation's host signs now."""
    until = str(int(time.time()) + lasts)
    sig = links.signature(
        person, until, slug=conversation.slug, secret=conversation.link_secret
    )
    return links.SignedLink(person, until, sig).query


def vote(client: Client, page: HttpResponse) -> HttpResponse:
    """Agree, with the form that the page holds."""
    context = page.context
    card, slug = context["cards"][0], context["conversation"].slug
    data = {"participant": context["participant"], "key": context["key"]}
    data |= {"statement": card["statement"], "draw": card["draw"], "choice": "1"}
    return client.post(f"/c/{slug}/votes/", data)


def opened(client: Client, conversation: Conversation, **kwargs) -> HttpResponse:
    return client.get(f"/c/{conversation.slug}/vote/?{query(conversation, **kwargs)}")


@pytest.fixture
def invited_only(conversation: Conversation) -> Conversation:
    factories.StatementFactory.create_batch(3, conversation=conversation)
    conversation.entry = Conversation.Entry.LINK
    conversation.save()
    return conversation


# --- Short links and pictures of them ----------------------------------------------


@pytest.mark.parametrize("change", [str, str.upper])
def test_short_link_leads_to_the_conversation(client, conversation, change):
    response = client.get(f"/j/{change(conversation.short_code)}/")

    assert (response.status_code, response["Location"]) == (302, "/c/rivers/")


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_short_link_to_what_nobody_may_see_leads_nowhere(client, conversation, state):
    conversation.state = state
    conversation.save()

    response = client.get(f"/j/{conversation.short_code}/")

    error = response.context["error"]
    assert (response.status_code, error.code) == (404, "conversation_not_found")


def test_qr_code_is_a_picture_to_look_at_or_to_keep(client, conversation):
    shown = client.get("/c/rivers/qr.svg")
    kept = client.get("/c/rivers/qr.svg?download")

    assert ElementTree.fromstring(shown.content).tag.endswith("}svg")
    assert shown["Content-Type"] == "image/svg+xml"
    assert "Content-Disposition" not in shown
    assert kept["Content-Disposition"] == 'attachment; filename="rivers-qr.svg"'


# --- Signed links ------------------------------------------------------------------


def test_link_opens_what_is_closed_to_others(client, invited_only):
    vote(client, opened(client, invited_only))

    assert Vote.objects.count() == 1
    assert Participant.objects.get().code.startswith(identity.INVITED)


def test_without_a_link_nobody_takes_part_by_invitation(client, invited_only):
    response = vote(client, client.get("/c/rivers/vote/"))

    error = response.context["error"]
    assert (response.status_code, error.code) == (403, "invitation_needed")
    assert Participant.objects.count() == 0


def test_same_person_is_one_participant_on_every_device(invited_only):
    for lasts in (HOUR, 2 * HOUR):
        client = Client()
        vote(client, opened(client, invited_only, lasts=lasts))

    assert (Participant.objects.count(), Vote.objects.count()) == (1, 2)


def test_there_is_no_cookie_before_the_first_vote(client, invited_only):
    page = opened(client, invited_only)
    before = dict(client.cookies)
    vote(client, page)

    assert (before, list(client.cookies)) == ({}, ["participant_rivers"])


def test_link_stays_in_the_way_from_the_cover_to_the_vote(client, invited_only):
    link = query(invited_only)

    cover = client.get(f"/c/rivers/?{link}").content.decode()

    assert f'href="/c/rivers/vote/?{link.replace("&", "&amp;")}"' in cover


def test_link_outranks_the_cookie_of_somebody_else(client, invited_only):
    vote(client, opened(client, invited_only, person="her"))
    vote(client, opened(client, invited_only, person="him"))

    assert [p.votes.count() for p in Participant.objects.all()] == [1, 1]


def test_id_is_nowhere_but_in_her_own_address(client, invited_only):
    page = client.get(f"/c/rivers/vote/?{query(invited_only, person='Maya-Lin-77')}")
    vote(client, page)

    assert "Maya" not in Participant.objects.get().code
    for path in ("", "vote/", "votes/", "results/"):
        assert b"Maya" not in client.get(f"/c/rivers/{path}").content


@pytest.mark.parametrize("path", ["", "vote/"])
def test_stolen_link_is_refused_and_nothing_is_stored(client, invited_only, path):
    other = factories.ConversationFactory(slug="lakes")

    response = client.get(f"/c/rivers/{path}?{query(other)}")

    error = response.context["error"]
    assert (response.status_code, error.code) == (403, "link_not_recognised")
    assert "ask for a new one" in response.content.decode()
    assert (Participant.objects.count(), dict(client.cookies)) == (0, {})


def test_expired_link_is_refused_with_a_friendly_word(client, invited_only):
    response = opened(client, invited_only, lasts=-1)

    assert (response.status_code, response.context["error"].code) == (
        410,
        "link_expired",
    )
    assert "Ask whoever sent it" in response.content.decode()


def test_link_to_what_nobody_may_see_tells_nothing(client, conversation):
    link = query(conversation)
    conversation.state = "draft"
    conversation.save()

    assert client.get(f"/c/rivers/?{link}").status_code == 404


def test_nobody_signs_an_invited_code_for_herself(client, invited_only):
    """A code of ours for another conversation, and one that nobody signed."""
    code = identity.invited_code("x" * 30)
    for participant in (identity.sign(code, "lakes"), f"{code}:made-up"):
        data = {"participant": participant, "statement": "1", "choice": "1"}
        assert client.post("/c/rivers/votes/", data).status_code == 400

    assert Participant.objects.count() == 0
