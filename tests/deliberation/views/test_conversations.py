"""The front page, a conversation's cover, and the language of the interface."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from deliberation.models import Conversation
from tests import factories


def test_front_lists_public_conversations_open_ones_first(
    client: Client, db: None
) -> None:
    for state in ("closed", "draft", "open", "archived"):
        factories.ConversationFactory(slug=f"the-{state}", state=state)

    html = client.get("/").content.decode()

    assert re.findall(r'href="/c/([\w-]+)/"', html) == ["the-open", "the-closed"]
    assert "Closed: see the results" in html


def test_front_counts_people_votes_and_statements(
    client: Client, conversation: Conversation
) -> None:
    factories.VoteFactory(conversation=conversation)

    html = client.get("/").content.decode()

    assert " ".join(html.split()).count("1 person · 1 vote · 1 statement") == 1


def test_front_without_conversations_says_so(client: Client, db: None) -> None:
    html = client.get("/").content.decode()

    assert "No conversation is open yet" in html
    assert 'href="/moderate/"' in html


def test_front_sets_no_cookie(client: Client, conversation: Conversation) -> None:
    response = client.get("/")

    assert dict(response.cookies) == {}


def test_front_costs_the_same_for_one_and_for_three(
    client: Client,
    conversation: Conversation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        client.get("/")
    factories.ConversationFactory.create_batch(2)

    with django_assert_num_queries(2):
        client.get("/")


def test_cover_asks_the_question_in_its_language(client: Client, db: None) -> None:
    factories.ConversationFactory(
        slug="rios", question="¿Y los ríos?", language="es", description="Uno\n\n<b>dos"
    )

    html = client.get("/c/rios/").content.decode()

    assert '<h1 lang="es" dir="auto">¿Y los ríos?</h1>' in html
    assert "<p>Uno</p>" in html
    assert "&lt;b&gt;dos" in html
    assert 'href="/c/rios/vote/"' in html
    assert "/constitution/" not in html


def test_cover_of_a_closed_conversation_leads_to_the_results(
    client: Client, conversation: Conversation
) -> None:
    Conversation.objects.update(state="closed")

    html = client.get("/c/rivers/").content.decode()

    assert "Voting is over, and the results stay." in html
    assert "/c/rivers/vote/" not in html
    assert 'href="/c/rivers/results/"' in html


def test_cover_says_where_the_conversation_stands(
    client: Client, conversation: Conversation
) -> None:
    def present() -> str:
        html = client.get("/c/rivers/").content.decode()
        (stage,) = re.findall(r'aria-current="step">\s*<h3>([^<]+?)\s*<', html)
        return stage

    stages = [present()]
    Conversation.objects.update(state="closed")
    stages.append(present())

    assert stages == ["People vote", "What holds is found"]


@pytest.mark.parametrize(
    ("results", "sentence", "n_links"),
    [
        ("always", "The results can be followed from the first vote.", 1),
        ("voting", "The results are open to you once you have voted.", 0),
        ("close", "The results are open to everybody once voting is over.", 0),
    ],
)
def test_cover_says_when_the_results_are_open(
    client: Client,
    conversation: Conversation,
    results: str,
    sentence: str,
    n_links: int,
) -> None:
    Conversation.objects.update(results=results)

    html = client.get("/c/rivers/").content.decode()

    assert html.count(sentence) == 1
    assert html.count("See the results so far") == n_links


def test_cover_of_no_conversation_is_a_page_that_says_so(
    client: Client, db: None
) -> None:
    response = client.get("/c/nothing/")

    assert response.status_code == 404
    assert "There is no conversation at this address." in response.content.decode()


def test_language_is_switched_by_a_form_without_a_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/language/", {"language": "es", "next": "/c/rivers/"})

    assert (response.status_code, response["Location"]) == (302, "/c/rivers/")
    assert client.cookies["django_language"].value == "es"
    assert '<html lang="es" dir="ltr">' in client.get("/").content.decode()


def test_language_switch_leads_to_no_other_site(client: Client, db: None) -> None:
    elsewhere = {"language": "es", "next": "https://elsewhere.example/"}

    response = client.post(reverse("set-language"), elsewhere)

    assert response["Location"] == "/"


def test_language_switch_from_another_site_is_refused(client: Client, db: None) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    response = client.post("/language/", {"language": "es"}, headers=headers)

    assert (response.status_code, dict(response.cookies)) == (403, {})
