"""What was said already while somebody writes, and the limits on asking."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from deliberation import ratelimits
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories

SAID = "Rivers should be clean."
NEARLY = "The rivers should be clean!"


def post(client: Client, name: str, text: str, **more: str) -> HttpResponse:
    url = reverse(name, args=["rivers"])
    return client.post(url, {"text": text, **more})


def test_submit_of_what_was_nearly_said_comes_back_with_it(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "submit-statement", NEARLY)

    html = response.content.decode()
    assert response.status_code == 409
    assert f"{NEARLY}</textarea>" in html
    assert f'name="considered" form="write" value="{said.pk}"' in html
    assert "Send mine anyway" in html


def test_submit_of_what_was_considered_is_stored(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "submit-statement", NEARLY, considered=str(said.pk))

    assert (response.status_code, Statement.objects.count()) == (303, 2)


@pytest.mark.parametrize(("state", "n_offered"), [("accepted", 1), ("rejected", 0)])
def test_submit_of_the_very_words_offers_the_statement_for_a_vote(
    client: Client, conversation: Conversation, state: str, n_offered: int
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID, state=state)

    response = post(client, "submit-statement", SAID.upper())

    html = response.content.decode()
    assert response.status_code == 409
    assert html.count("data-instead") == n_offered
    assert "Send mine anyway" not in html


def test_vote_instead_is_stored_by_a_plain_form(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)
    context = post(client, "submit-statement", NEARLY).context
    data = {"participant": context["participant"], "statement": said.pk, "choice": 1}

    response = client.post(reverse("cast-vote", args=["rivers"]), data)

    assert response.status_code == 303
    assert list(Vote.objects.values_list("statement", "choice")) == [(said.pk, 1)]


def test_similar_answers_with_a_fragment_and_stores_nothing(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "similar-statements", NEARLY)

    html = response.content.decode()
    assert html.strip().startswith('<section class="similar"')
    assert html.count("data-instead") == 1
    assert (Participant.objects.count(), len(response.cookies)) == (0, 0)


@pytest.mark.parametrize("text", ["Tax the rich.", "Rivers should not be clean.", "?"])
def test_similar_is_empty_where_there_is_nothing_or_the_opposite(
    client: Client, conversation: Conversation, text: str
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "similar-statements", text)

    assert (response.status_code, response.content.strip()) == (200, b"")


def test_similar_leaves_out_the_statement_that_is_reworded(
    participant_client: Client, participant: Participant
) -> None:
    factories.StatementFactory(
        conversation=participant.conversation, number=4, text=SAID
    )

    response = post(participant_client, "similar-statements", NEARLY, number="4")

    assert response.content.strip() == b""


def test_similar_from_another_site_is_refused(
    client: Client, conversation: Conversation
) -> None:
    response = client.post(
        reverse("similar-statements", args=["rivers"]),
        {"text": NEARLY},
        headers={"Origin": "https://elsewhere.example"},
    )

    assert response.status_code == 403


def test_similar_is_empty_in_a_closed_conversation(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)
    Conversation.objects.update(state="closed")

    response = post(client, "similar-statements", NEARLY)

    assert (response.status_code, response.content.strip()) == (200, b"")


def test_submit_without_an_invitation_that_is_needed_is_refused(
    client: Client, conversation: Conversation
) -> None:
    Conversation.objects.update(entry="link")

    response = post(client, "submit-statement", SAID)

    assert (response.status_code, Statement.objects.count()) == (403, 0)
    assert "Only people with an invitation take part" in response.content.decode()


# --- A thousand requests in a minute -------------------------------------------------


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("similar-statements", ratelimits.SIMILAR_NETWORK),
        ("submit-statement", ratelimits.SUBMIT_NETWORK),
    ],
)
def test_a_thousand_requests_of_one_network_are_limited_and_others_undisturbed(
    client: Client,
    conversation: Conversation,
    rf: RequestFactory,
    name: str,
    limit: ratelimits.Limit,
) -> None:
    assert limit.most < 1000
    for _n in range(limit.most):
        ratelimits.check(limit, ratelimits.network(rf.get("/")))
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")

    assert post(client, name, "Lakes have rights.").status_code == 429
    assert post(elsewhere, name, "Rivers have rights.").status_code in {200, 303}


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("similar-statements", ratelimits.SIMILAR),
        ("submit-statement", ratelimits.SUBMIT),
    ],
)
def test_many_requests_of_one_code_leave_her_neighbours_undisturbed(
    participant_client: Client,
    participant: Participant,
    name: str,
    limit: ratelimits.Limit,
) -> None:
    for _n in range(limit.most):
        ratelimits.check(limit, participant.code)

    assert post(participant_client, name, "Lakes have rights.").status_code == 429
    assert post(Client(), name, "Rivers have rights.").status_code in {200, 303}
