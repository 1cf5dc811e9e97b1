"""The conversation in frames of other sites: whose, and what goes along."""

import pytest
from django.test import Client

from deliberation import identity, links
from deliberation.models import Conversation, Participant
from tests import factories

OURS = "https://www.example.org"
PAGES = ["embed/", "embed/results/"]


@pytest.fixture
def embedded(conversation: Conversation) -> Conversation:
    factories.StatementFactory.create_batch(3, conversation=conversation)
    conversation.embed_origins = [OURS, "http://localhost:8000"]
    conversation.save()
    return conversation


def ancestors(response) -> str:
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in response["Content-Security-Policy"].split(";")
    )
    return policy["frame-ancestors"]


@pytest.mark.parametrize("path", PAGES)
def test_named_sites_and_no_others_may_hold_the_frame(client, embedded, path):
    response = client.get(f"/c/rivers/{path}")

    assert response.status_code == 200
    assert ancestors(response) == f"{OURS} http://localhost:8000"
    assert "X-Frame-Options" not in response
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_where_no_site_is_named_nobody_may_hold_it(client, conversation, path):
    response = client.get(f"/c/rivers/{path}")

    assert response.status_code == 200
    assert (ancestors(response), response["X-Frame-Options"]) == ("'none'", "DENY")


@pytest.mark.parametrize("path", ["", "vote/", "votes/", "results/", "room/"])
def test_other_pages_stay_out_of_frames(client, embedded, path):
    response = client.get(f"/c/rivers/{path}")

    assert response.status_code == 200
    assert (ancestors(response), response["X-Frame-Options"]) == ("'none'", "DENY")


def test_frame_of_a_conversation_that_is_not_there_is_a_plain_refusal(client, db):
    response = client.get("/c/nothing/embed/")

    error = response.context["error"]
    assert (response.status_code, error.code) == (404, "conversation_not_found")
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PAGES)
def test_page_in_a_frame_has_neither_header_nor_footer(client, embedded, path):
    page = client.get(f"/c/rivers/{path}").content.decode()

    assert '<base target="_blank">' in page
    assert 'class="page-header"' not in page
    assert 'class="page-footer"' not in page
    assert "<h1" in page


def test_refusal_is_told_inside_the_frame(client, embedded):
    response = client.get("/c/rivers/embed/?x=1&until=9999999999&sig=00")

    error = response.context["error"]
    assert (response.status_code, error.code) == (403, "link_not_recognised")
    assert ancestors(response).startswith(OURS)
    assert "X-Frame-Options" not in response
    assert 'class="page-header"' not in response.content.decode()


def test_signed_link_says_who_votes_in_a_frame(client, embedded):
    secret, until = embedded.link_secret, "9999999999"
    sig = links.signature("7", until, slug="rivers", secret=secret)

    page = client.get(f"/c/rivers/embed/?x=7&until={until}&sig={sig}")

    code = page.context["participant"].partition(":")[0]
    assert identity.is_invited(code)
    assert dict(client.cookies) == {}


def test_results_in_a_frame_know_who_asks_by_a_header(client, embedded):
    participant = factories.ParticipantFactory(conversation=embedded)
    signed = identity.sign(participant.code, "rivers")

    page = client.get("/c/rivers/embed/results/", headers={"X-Participant": signed})

    assert page.context["is_participant"] is True


# --- Out of the frame ---------------------------------------------------------------


def leave(to: str, participant: Participant | None = None, **headers: str):
    signed = participant and identity.sign(participant.code, "rivers")
    data = {"to": to, "participant": signed or identity.sign("a-newcomer", "rivers")}
    client = Client()
    return client, client.post("/c/rivers/embed/leave/", data, headers=headers)


def test_who_has_voted_leaves_the_frame_as_the_same_person(embedded, participant):
    client, response = leave("/c/rivers/votes/?q=a", participant)

    assert (response.status_code, response["Location"]) == (303, "/c/rivers/votes/?q=a")
    cookie = client.cookies["participant_rivers"].value
    assert cookie == identity.sign(participant.code, "rivers")


def test_newcomer_leaves_the_frame_without_a_cookie(embedded):
    client, response = leave("/c/rivers/results/")

    assert response["Location"] == "/c/rivers/results/"
    assert dict(client.cookies) == {}


@pytest.mark.parametrize(
    "to", ["", "https://evil.example/c/rivers/", "//evil.example", "/moderate/"]
)
def test_frame_leads_to_its_own_conversation_alone(embedded, to):
    _client, response = leave(to)

    assert response["Location"] == "/c/rivers/"


def test_other_sites_lead_nobody_out(embedded, participant):
    headers = {"Sec-Fetch-Site": "cross-site"}
    client, response = leave("/c/rivers/votes/", participant, **headers)

    assert (response.status_code, response.context["error"].code) == (403, "cross_site")
    assert dict(client.cookies) == {}


# --- The script ---------------------------------------------------------------------


def test_script_for_other_sites_is_one_small_file(client):
    plain = client.get("/embed.js")
    packed = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})

    assert plain["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"import " not in plain.content
    assert len(packed.content) < 3_000
    again = client.get("/embed.js", headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
