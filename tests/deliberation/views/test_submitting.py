"""Writing a statement of one's own, and the limits on both forms."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from deliberation import ratelimits
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories

HTMX = {"HX-Request": "true"}
TEXT = "Rivers have rights."


def signed_code(page: HttpResponse) -> str:
    """As the form of the page carries it; a closed conversation has none."""
    found = re.search(r'name="participant" value="([^"]+)"', page.content.decode())
    return found[1] if found else ""


def submit(client: Client, text: str, **headers: str) -> HttpResponse:
    page = client.get(reverse("voting", args=["rivers"]))
    data = {"participant": signed_code(page), "text": text}
    url = reverse("submit-statement", args=["rivers"])
    return client.post(url, data, headers=headers)


def stored() -> list[tuple[str, str, str]]:
    rows = Statement.objects.order_by("pk").values_list("text", "state", "language")
    return list(rows)


def test_statement_waits_for_a_moderator(
    client: Client, conversation: Conversation
) -> None:
    response = submit(client, TEXT)
    shown = client.get(response["Location"])

    assert response.status_code == 303
    assert stored() == [(TEXT, "pending", "en")]
    assert "It is shown once a moderator has accepted it" in shown.content.decode()


def test_statement_is_shown_at_once_where_moderators_come_after(
    client: Client, conversation: Conversation
) -> None:
    Conversation.objects.update(moderation="after")

    response = submit(client, TEXT, **HTMX)

    assert "others can vote on it now" in response.content.decode()
    assert Statement.objects.shown(Conversation.objects.get()).count() == 1


def test_statement_carries_the_language_of_the_interface(
    client: Client, conversation: Conversation
) -> None:
    client.cookies["django_language"] = "es"

    submit(client, "Los ríos tienen derechos.")

    assert stored() == [("Los ríos tienen derechos.", "pending", "es")]


def test_author_agrees_and_keeps_her_code(
    client: Client, conversation: Conversation
) -> None:
    response = submit(client, TEXT)

    assert list(response.cookies) == ["participant_rivers"]
    assert list(Vote.objects.values_list("choice", flat=True)) == [1]


def test_statement_sent_twice_is_stored_once(
    client: Client, conversation: Conversation
) -> None:
    submit(client, TEXT)

    submit(client, TEXT)

    assert stored() == [(TEXT, "pending", "en")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a sentence in words."),
        ("!!! 123", "Write a sentence in words."),
        (
            "Gold at gold.example.com",
            "Links, e-mail addresses and phone numbers are not taken; say it in words.",
        ),
        ("xy" * 140 + "x", "This is 1 character too long; the limit is 280."),
    ],
)
def test_bad_text_comes_back_with_a_sentence(
    client: Client, conversation: Conversation, text: str, sentence: str
) -> None:
    response = submit(client, text)

    html = response.content.decode()
    assert (response.status_code, stored()) == (422, [])
    assert sentence in html
    assert f"{text}</textarea>" in html
    assert "<details data-own open>" in html


def test_bad_text_by_htmx_comes_back_as_a_fragment(
    client: Client, conversation: Conversation
) -> None:
    response = submit(client, "?", **HTMX)

    html = response.content.decode()
    assert response.status_code == 422
    assert html.strip().startswith('<section class="writing"')
    assert "?</textarea>" in html


def test_words_of_another_come_back_with_the_form(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=TEXT)

    response = submit(client, TEXT)

    assert response.status_code == 409
    assert "These very words are in this conversation" in response.content.decode()
    assert (Statement.objects.count(), Participant.objects.count()) == (1, 0)


def test_statement_in_a_closed_conversation_is_refused(
    client: Client, conversation: Conversation
) -> None:
    Conversation.objects.update(state="closed")

    response = submit(client, TEXT)

    assert (response.status_code, stored()) == (409, [])
    assert "This conversation is closed" in response.content.decode()


def test_statement_from_another_site_is_refused(
    client: Client, conversation: Conversation
) -> None:
    response = submit(client, TEXT, Origin="https://elsewhere.example")

    assert (response.status_code, stored()) == (403, [])


# --- Limits --------------------------------------------------------------------------------


def use_up(limit: ratelimits.Limit, source: str) -> None:
    for _n in range(limit.most):
        ratelimits.check(limit, source)


def vote(client: Client, statement: Statement) -> HttpResponse:
    page = client.get(reverse("voting", args=["rivers"]))
    data = {"participant": signed_code(page), "choice": "1"}
    data["statement"] = str(statement.pk)
    return client.post(reverse("cast-vote", args=["rivers"]), data)


def test_too_many_votes_of_one_participant_are_refused(
    participant_client: Client, participant: Participant
) -> None:
    statement = factories.StatementFactory(conversation=participant.conversation)
    use_up(ratelimits.VOTE, participant.code)

    response = vote(participant_client, statement)

    assert (response.status_code, Vote.objects.count()) == (429, 0)
    assert 0 < int(response["Retry-After"]) <= 60
    assert "Please try again in" in response.content.decode()


def test_too_many_newcomers_of_one_network_are_refused(
    client: Client, conversation: Conversation, rf: RequestFactory
) -> None:
    statement = factories.StatementFactory(conversation=conversation)
    use_up(ratelimits.JOIN, ratelimits.network(rf.get("/")))

    response = vote(client, statement)

    assert (response.status_code, Participant.objects.count()) == (429, 0)


def test_too_many_statements_of_one_participant_are_refused(
    participant_client: Client, participant: Participant
) -> None:
    use_up(ratelimits.SUBMIT, participant.code)

    response = submit(participant_client, TEXT)

    assert (response.status_code, stored()) == (429, [])
