"""What the voting page brings with it, and how far it goes without a script."""

import json
import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation.models import Conversation, Statement, Vote, VoteReason
from tests import factories

ADDRESS = "/c/rivers/vote/"


@pytest.fixture
def statements(conversation: Conversation) -> list[Statement]:
    return factories.StatementFactory.create_batch(8, conversation=conversation)


def html(client: Client, query: str = "") -> str:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


def said(text: str, name: str) -> str:
    """What an attribute of the page holds."""
    found = re.search(rf' data-{name}=(["\'])(.*?)\1', text, re.DOTALL)
    assert found, name
    return unescape(found[2])


def hidden(text: str, face: str) -> bool:
    found = re.search(rf'<[^>]*data-face="{face}"[^>]*>', text)
    assert found, face
    return " hidden" in found[0]


def vote(client: Client, choice: str = "1", **more: str) -> HttpResponse:
    """Press a button of the card that the page shows."""
    form = (
        html(client, "?practised=1").split('data-face="ballot"')[1].split("</form>")[0]
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return client.post("/c/rivers/votes/", {**fields, "choice": choice, **more})


def test_hand_comes_with_the_page_and_begins_with_what_it_shows(
    client: Client, statements: list[Statement]
) -> None:
    text = html(client)

    hand = json.loads(said(text, "hand"))
    assert len({card["statement"] for card in hand}) == 5
    assert f'dir="auto">{hand[0]["text"]}</h2>' in text
    progress = {"n_voted": 0, "n_left": 8, "goal": 8}
    assert json.loads(said(text, "progress")) == progress


def test_statement_cannot_break_out_of_the_hand(
    client: Client, conversation: Conversation
) -> None:
    bad = "\"'><script>alert(1)</script> & so"
    factories.StatementFactory(conversation=conversation, text=bad)

    text = html(client)

    assert json.loads(said(text, "hand"))[0]["text"] == bad
    assert "<script>alert" not in text


def test_newcomers_are_offered_a_card_to_try_once(
    client: Client, statements: list[Statement]
) -> None:
    first, practised = html(client), html(client, "?practised=1")
    vote(client)

    offered = ["To try it out" in text for text in (first, practised, html(client))]

    assert offered == [True, False, False]
    assert Vote.objects.count() == 1


def test_last_vote_can_be_taken_back(
    client: Client, statements: list[Statement]
) -> None:
    vote(client, "-1")
    text = html(client)
    strip = text.split('aria-label="Your last vote"')[1]

    fields = dict(
        re.findall(r'name="(\w+)" value="([^"]*)"', strip.split("</form>")[0])
    )
    response = client.post("/c/rivers/votes/undo/", fields)

    assert 'data-choice="-1"' in strip.split(">")[0]
    assert (response.status_code, response["Location"]) == (303, ADDRESS)
    assert Vote.objects.count() == 0
    assert '<section class="last-vote" aria-label="Your last vote"' in html(client)


def test_remarks_stand_beside_the_last_vote_where_they_are_taken(
    client: Client, statements: list[Statement]
) -> None:
    vote(client)
    without = html(client)
    Conversation.objects.update(takes_importance=True, takes_reasons=True)
    strip = html(client).split('data-does="reason"')[1].split("</form>")[0]

    fields = dict(re.findall(r'name="(\w+)" (?:.*?)value="([^"]*)"', strip))
    client.post("/c/rivers/votes/remark/", {**fields, "reason": "I live at one."})

    assert "This matters to me" not in without
    assert VoteReason.objects.get().text == "I live at one."
    assert 'value="I live at one."' in html(client)


def test_goal_is_a_rest_and_then_it_goes_on(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(vote_goal=2)
    vote(client)
    assert "1 of 2" in html(client)

    response = vote(client)
    resting, going_on = html(client, "?goal=1"), html(client)

    assert response["Location"] == f"{ADDRESS}?goal=1"
    faces = ("goal", "ballot")
    assert [hidden(resting, face) for face in faces] == [False, True]
    assert [hidden(going_on, face) for face in faces] == [True, False]
    assert "2 done" in going_on


@pytest.mark.parametrize(("results", "n_links"), [("always", 2), ("close", 0)])
def test_rest_leads_to_the_results_where_they_may_be_seen(
    client: Client, statements: list[Statement], results: str, n_links: int
) -> None:
    Conversation.objects.update(results=results)

    assert html(client).count("See where you stand") == n_links


def test_translation_is_shown_with_the_original_one_tap_away(
    client: Client, conversation: Conversation
) -> None:
    statement = factories.StatementFactory(conversation=conversation, language="en")
    factories.StatementTranslationFactory(
        statement=statement, language="es", text="Sí."
    )

    response = client.get(ADDRESS, headers={"Accept-Language": "es"})

    ballot = response.content.decode().split('data-face="ballot"')[1]
    assert 'lang="es" dir="auto">Sí.</h2>' in ballot
    assert f'lang="en" dir="auto">{statement.text}</p>' in ballot
    assert "data-original >" in ballot or "data-original>" in ballot


def test_closed_conversation_needs_no_script(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(state="closed")

    assert "<script" not in html(client)
