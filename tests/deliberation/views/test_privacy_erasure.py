"""Being forgotten: asked first, done whole, and said."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from deliberation import identity
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories

CONFIRMED = {"confirmed": "yes"}


@pytest.fixture
def vote(participant: Participant) -> Vote:
    """Hers, with all that can be kept beside it."""
    conversation = participant.conversation
    statement = factories.StatementFactory(
        conversation=conversation, number=7, text="Rivers have rights."
    )
    vote = factories.VoteFactory(
        conversation=conversation,
        participant=participant,
        statement=statement,
        choice=-1,
        revision=2,
        client_key="key-two",
        probability=0.25,
        n_candidates=9,
        matters=True,
    )
    factories.VoteRevisionFactory(vote=vote, choice=1, client_key="key-one")
    factories.VoteReasonFactory(vote=vote, text="Because of the fish.")
    factories.WithdrawnVoteFactory(
        participant=participant, statement=statement, client_key="key-zero"
    )
    return vote


def address(name: str) -> str:
    return reverse(name, args=["rivers"])


def signed(participant: Participant) -> dict[str, str]:
    """As a page in a frame carries it, whose cookies are blocked."""
    return {"participant": identity.sign(participant.code, "rivers")}


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("method", ["get", "post"])
def test_erasure_asks_first(
    participant_client: Client, vote: Vote, method: str
) -> None:
    response = getattr(participant_client, method)(address("erase-my-data"))

    assert response.templates[0].name == "privacy/erase.html"
    assert Vote.objects.count() == 1


def test_erasure_says_what_went_and_takes_the_cookie(
    participant_client: Client, vote: Vote
) -> None:
    response = participant_client.post(address("erase-my-data"), CONFIRMED)

    erased = response.context["erased"]
    assert (erased.n_votes, erased.n_earlier, erased.n_reasons) == (1, 1, 1)
    assert response.cookies["participant_rivers"]["max-age"] == 0
    assert response.cookies["participant_rivers"]["path"] == "/c/rivers/"
    assert 'data-forget="rivers"' in text(response)
    assert not Participant.objects.exists()


def test_erasure_sent_twice_says_that_nothing_is_left(
    client: Client, participant: Participant, vote: Vote
) -> None:
    form = signed(participant) | CONFIRMED
    client.post(address("erase-my-data"), form)

    response = client.post(address("erase-my-data"), form)

    assert (response.status_code, response.context["erased"]) == (200, None)


@pytest.mark.parametrize(
    ("answer", "left"), [("keep", ["Fish, too."]), ("remove", ["[…]"])]
)
def test_erasure_does_with_statements_as_asked(
    participant_client: Client, participant: Participant, answer: str, left: list[str]
) -> None:
    factories.StatementFactory(
        conversation=participant.conversation, author=participant, text="Fish, too."
    )

    participant_client.post(
        address("erase-my-data"), CONFIRMED | {"statements": answer}
    )

    assert list(Statement.objects.values_list("text", flat=True)) == left


def test_erasure_with_an_answer_of_no_kind_asks_again(
    participant_client: Client, vote: Vote
) -> None:
    response = participant_client.post(
        address("erase-my-data"), CONFIRMED | {"statements": "burn"}
    )

    assert response.status_code == 422
    assert Vote.objects.count() == 1


def test_pages_of_a_conversation_link_to_what_is_held(
    client: Client, conversation: Conversation
) -> None:
    response = client.get(reverse("conversation", args=["rivers"]))

    assert f'href="{address("my-data")}"' in text(response)
