"""Voting with plain forms."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from deliberation.models import Choice, Conversation, Participant, Statement, Vote
from tests import factories


@pytest.fixture
def statement(conversation: Conversation) -> Statement:
    return factories.StatementFactory(
        conversation=conversation, text="Rivers have rights.", language="en"
    )


def page(client: Client) -> HttpResponse:
    return client.get(reverse("voting", args=["rivers"]))


def fields(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the card, as a browser would send them."""
    context = response.context
    return {
        "participant": context["participant"],
        "statement": str(context["statement"].pk),
        "draw": context["draw"],
    }


def shown(response: HttpResponse, face: str) -> str:
    """What the page says on the face of the card that it shows, and it shows this."""
    faces = re.split(r"(?=<(?:form|section)[^>]*data-face)", response.content.decode())
    (found,) = (
        part for part in faces[1:] if f'data-face="{face}"' in part.split(">", 1)[0]
    )
    assert " hidden" not in found.split(">", 1)[0]
    return found


def vote(client: Client, data: dict[str, str], **headers: str) -> HttpResponse:
    return client.post(reverse("cast-vote", args=["rivers"]), data, headers=headers)


def stored() -> list[tuple[str, int]]:
    rows = Vote.objects.order_by("pk").values_list("statement__text", "choice")
    return list(rows)


# --- The page -------------------------------------------------------------------------


def test_page_shows_a_statement_in_its_own_language(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(
        conversation=conversation, text="Los ríos tienen derechos.", language="es"
    )

    response = page(client)

    html = shown(response, "ballot")
    assert 'lang="es" dir="auto">Los ríos tienen derechos.</h2>' in html
    assert html.count('type="submit" name="choice"') == 3


def test_page_sets_no_cookie_and_is_not_kept_by_caches(
    client: Client, statement: Statement
) -> None:
    response = page(client)

    assert dict(response.cookies) == {}
    assert "no-store" in response["Cache-Control"]


def test_page_works_under_the_content_security_policy(
    client: Client, statement: Statement
) -> None:
    response = page(client)

    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_page_without_statements_invites_to_write_one(
    client: Client, conversation: Conversation
) -> None:
    response = page(client)

    html = response.content.decode()
    assert "There is no statement to vote on yet" in shown(response, "done")
    assert 'action="/c/rivers/statements/#submit"' in html
    assert "<details data-own open>" in html


def test_page_of_a_closed_conversation_leads_to_the_results(
    client: Client, statement: Statement
) -> None:
    Conversation.objects.update(state="closed")

    response = page(client)

    html = response.content.decode()
    assert response.status_code == 200
    assert "This conversation is closed" in html
    assert 'href="/c/rivers/results/"' in html
    assert "<form" not in html.split("<main")[1].split("</main")[0]


def test_page_of_a_draft_does_not_exist(client: Client, statement: Statement) -> None:
    Conversation.objects.update(state="draft")

    response = page(client)

    assert response.status_code == 404
    assert b"There is no conversation at this address." in response.content


def test_page_costs_the_same_for_one_and_for_thirty_statements(
    participant_client: Client,
    statement: Statement,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page(participant_client)
    with django_assert_num_queries(5):
        page(participant_client)
    factories.StatementFactory.create_batch(29, conversation=statement.conversation)
    page(participant_client)

    with django_assert_num_queries(5):
        page(participant_client)


# --- A vote -----------------------------------------------------------------------------


def test_vote_by_plain_form_is_stored_and_redirected(
    client: Client, statement: Statement
) -> None:
    factories.StatementFactory(conversation=statement.conversation, state="pending")
    data = fields(page(client))

    response = vote(client, {**data, "choice": "1"})

    assert response.status_code == 303
    assert response["Location"] == "/c/rivers/vote/?goal=1"
    assert stored() == [("Rivers have rights.", 1)]
    assert Vote.objects.get().probability == 1.0


@pytest.mark.django_db
def test_vote_without_a_cookie_sent_twice_is_stored_once(statement: Statement) -> None:
    data = {**fields(page(Client())), "choice": "-1"}

    first, second = vote(Client(), data), vote(Client(), data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert stored() == [("Rivers have rights.", -1)]
    assert Participant.objects.count() == 1


def test_vote_of_a_newcomer_sets_one_strict_cookie(
    client: Client, statement: Statement
) -> None:
    response = vote(client, {**fields(page(client)), "choice": "1"})

    (cookie,) = response.cookies.values()
    flags = (cookie["httponly"], cookie["samesite"], cookie["path"])
    assert (cookie.key, *flags) == ("participant_rivers", True, "Lax", "/c/rivers/")


def test_changed_mind_replaces_the_choice(
    participant_client: Client, participant: Participant, statement: Statement
) -> None:
    data = {**fields(page(participant_client)), "choice": "1"}
    vote(participant_client, data)

    vote(participant_client, {**data, "choice": "0"})

    assert stored() == [("Rivers have rights.", Choice.PASS)]
    assert Vote.objects.get().participant == participant


def test_last_vote_ends_with_thanks(client: Client, statement: Statement) -> None:
    vote(client, {**fields(page(client)), "choice": "1"})

    html = shown(page(client), "done")

    assert "That was all. Thank you!" in html
    assert 'href="/c/rivers/results/"' in html


def test_undoing_is_no_link(client: Client, statement: Statement) -> None:
    response = client.get(reverse("undo-vote", args=["rivers"]))

    assert (response.status_code, response["Allow"]) == (405, "POST")
