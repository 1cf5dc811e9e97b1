"""What is held about a participant: to read, to take along, to have erased."""

import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deliberation import identity
from deliberation.models import Conversation, Participant, Vote
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


# --- The page ------------------------------------------------------------------------


def test_page_shows_all_that_is_held(participant_client: Client, vote: Vote) -> None:
    response = participant_client.get(address("my-data"))

    held, page = response.context["held"], response.context["votes"]
    counts = (held.n_votes, held.n_changes, held.n_reasons, held.n_matters)
    assert (counts, len(held.withdrawn), held.statements) == ((1, 1, 1, 1), 1, [])
    assert [shown.text for shown in page] == ["Rivers have rights."]
    assert "Because of the fish." in text(response)


def test_page_costs_the_same_for_one_vote_and_for_many(
    participant_client: Client, vote: Vote
) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            participant_client.get(address("my-data"))
        return len(captured)

    for_one = n_queries()
    person, conversation = vote.participant, vote.conversation
    mine = {"participant": person, "conversation": conversation}
    for number in range(100, 105):
        said = factories.StatementFactory(conversation=conversation, number=number)
        one = factories.VoteFactory(statement=said, **mine)
        factories.VoteRevisionFactory(vote=one)
        factories.VoteReasonFactory(vote=one)
        factories.WithdrawnVoteFactory(participant=person, statement=said)

    assert n_queries() == for_one


def test_page_knows_nobody_without_a_code(client: Client, vote: Vote) -> None:
    response = client.get(address("my-data"))

    assert (response.status_code, response.context["held"]) == (200, None)
    assert response.cookies == {}


def test_page_in_a_frame_knows_who_posts_her_code(
    client: Client, participant: Participant, vote: Vote
) -> None:
    response = client.post(address("my-data"), signed(participant))

    assert response.context["held"].participant == participant


def test_page_tells_a_browsers_own_code_from_nothing(
    client: Client, participant: Participant
) -> None:
    forged = {"participant": f"{participant.code}:forged"}

    response = client.post(address("my-data"), forged)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (400, "code_not_recognised")


@pytest.mark.parametrize("name", ["my-data", "download-my-data", "erase-my-data"])
def test_another_site_is_refused(
    client: Client, participant: Participant, vote: Vote, name: str
) -> None:
    response = client.post(
        address(name),
        signed(participant) | CONFIRMED,
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "cross_site")
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("name", ["my-data", "download-my-data", "erase-my-data"])
def test_what_is_held_is_kept_by_no_cache(
    participant_client: Client, vote: Vote, name: str
) -> None:
    response = participant_client.get(address(name))

    assert "no-store" in response["Cache-Control"]


# --- The file ------------------------------------------------------------------------


def test_file_holds_everything(
    participant_client: Client, participant: Participant, vote: Vote
) -> None:
    written = factories.StatementFactory(
        conversation=participant.conversation,
        author=participant,
        number=8,
        text="Fish, too.",
        state="pending",
    )
    factories.AppealFactory(decision__statement=written)

    response = participant_client.get(address("download-my-data"))

    assert response["Content-Disposition"] == (
        'attachment; filename="folkmoot-rivers-my-data.json"'
    )
    whole = json.loads(response.content)
    del whole["made_at"], whole["participant"]["joined_at"]
    then = "2026-03-01T12:00:00Z"
    assert whole == {
        "format": "folkmoot.my-data",
        "version": 1,
        "conversation": {
            "address": "rivers",
            "question": "What should the AI do?",
        },
        "participant": {
            "number": participant.pk,
            "code": participant.code,
            "is_invited": False,
            "imported_number": None,
            "is_excluded": False,
            "is_analysed": False,
        },
        "votes": [
            {
                "statement": 7,
                "text": "Rivers have rights.",
                "language": "en",
                "choice": "disagree",
                "cast_at": then,
                "client_key": "key-two",
                "matters": True,
                "probability": 0.25,
                "n_candidates": 9,
                "reason": "Because of the fish.",
                "reason_written_at": then,
                "earlier": [
                    {"choice": "agree", "cast_at": then, "client_key": "key-one"}
                ],
            }
        ],
        "withdrawn_votes": [
            {
                "statement": 7,
                "text": "Rivers have rights.",
                "language": "en",
                "client_key": "key-zero",
                "withdrawn_at": then,
            }
        ],
        "statements": [
            {
                "number": 8,
                "text": "Fish, too.",
                "language": "en",
                "state": "pending",
                "created_at": then,
            }
        ],
        "objections": [
            {
                "statement": 8,
                "text": "I meant something else.",
                "language": "en",
                "made_at": then,
                "outcome": "",
                "answer": "",
                "answered_at": None,
            }
        ],
    }


def test_file_of_nobody_is_the_page_that_says_so(
    client: Client, conversation: Conversation
) -> None:
    response = client.get(address("download-my-data"))

    assert response.status_code == 404
    assert response.templates[0].name == "privacy/page.html"
