"""Votes that are refused: the right status, a clear sentence, and nothing stored."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from deliberation import identity
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories

HTMX = {"HX-Request": "true"}
Form = dict[str, str]


@pytest.fixture
def form(conversation: Conversation) -> Form:
    """What a newcomer's browser sends, and what would be stored."""
    statement = factories.StatementFactory(
        conversation=conversation, text="Rivers have rights."
    )
    return {
        "participant": identity.sign("a-newcomer", "rivers"),
        "statement": str(statement.pk),
        "choice": "1",
    }


def vote(client: Client, data: Form, **headers: str) -> HttpResponse:
    return client.post(reverse("cast-vote", args=["rivers"]), data, headers=headers)


def test_form_as_it_is_would_be_stored(client: Client, form: Form) -> None:
    vote(client, form)

    assert list(Vote.objects.values_list("choice", flat=True)) == [1]


def assert_refused(response: HttpResponse, status: int, sentence: str) -> None:
    assert (response.status_code, Vote.objects.count()) == (status, 0)
    assert sentence in response.content.decode()
    assert Participant.objects.count() == 0
    assert "participant_rivers" not in response.cookies


@pytest.mark.parametrize("choice", ["2", "-2", "", "agree", "1.5", "٣"])
def test_made_up_choice_is_refused_and_the_card_comes_again(
    client: Client, form: Form, choice: str
) -> None:
    response = vote(client, {**form, "choice": choice})

    assert_refused(response, 422, "neither agree, pass nor disagree")
    assert "Rivers have rights." in response.content.decode()


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 5000])
def test_statement_that_is_no_number_is_refused(
    client: Client, form: Form, number: str
) -> None:
    data = {**form, "statement": number}

    assert_refused(vote(client, data), 422, "nothing was stored")


def test_statement_far_beyond_all_numbers_is_not_found(
    client: Client, form: Form
) -> None:
    data = {**form, "statement": "9" * 30}

    assert_refused(vote(client, data), 404, "no such statement")


def test_foreign_statement_is_not_found(client: Client, form: Form) -> None:
    foreign = factories.StatementFactory()
    data = {**form, "statement": str(foreign.pk)}

    assert_refused(vote(client, data), 404, "no such statement in this conversation")


@pytest.mark.parametrize("state", ["pending", "rejected"])
def test_statement_that_is_not_shown_cannot_be_voted_on(
    client: Client, form: Form, state: str
) -> None:
    Statement.objects.update(state=state)

    assert_refused(vote(client, form), 409, "Go on to the next statement")


def test_vote_in_a_closed_conversation_is_refused(client: Client, form: Form) -> None:
    Conversation.objects.update(state="closed")

    assert_refused(vote(client, form), 409, "This conversation is closed")


def test_tampered_code_in_the_form_is_refused(client: Client, form: Form) -> None:
    data = {**form, "participant": "A" + form["participant"]}

    response = vote(client, data)

    assert_refused(response, 400, "Your participant code was changed on the way")


def test_tampered_cookie_is_refused_and_can_be_forgotten(
    client: Client, form: Form
) -> None:
    client.cookies["participant_rivers"] = "made:up"

    response = vote(client, form)
    again = client.post(reverse("forget-participant", args=["rivers"]))

    assert_refused(response, 400, 'action="/c/rivers/forget/"')
    assert (again.status_code, again["Location"]) == (303, "/c/rivers/vote/")
    assert client.cookies["participant_rivers"].value == ""


def test_code_of_another_conversation_is_refused(client: Client, form: Form) -> None:
    data = {**form, "participant": identity.sign("someone", "lakes")}

    assert_refused(vote(client, data), 400, "cannot be recognised")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_vote_from_another_site_is_refused(
    client: Client, form: Form, headers: dict[str, str]
) -> None:
    assert_refused(vote(client, form, **headers), 403, "from another site")


def test_refusal_to_htmx_is_a_fragment(client: Client, form: Form) -> None:
    Conversation.objects.update(state="closed")

    response = vote(client, form, **HTMX)

    assert_refused(response, 409, "See the results")
    assert "<html" not in response.content.decode()
