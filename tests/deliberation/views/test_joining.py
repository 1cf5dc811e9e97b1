"""From which network somebody joins: a name for a day, and nothing raw."""

import pytest
from django.test import Client, RequestFactory

from deliberation import ratelimits
from deliberation.models import Participant, Statement
from tests.deliberation.ballots import VOTES, post

HERE = "127.0.0.1"


def name_of_the_network() -> str:
    request = RequestFactory().get("/", REMOTE_ADDR=HERE)
    return ratelimits.network_here(request, "rivers")


def told_of(person: Participant) -> list[str]:
    """Everything her row holds that tells of the address."""
    values = (str(getattr(person, f.attname)) for f in person._meta.concrete_fields)
    return [value for value in values if "127.0" in value]


def test_who_joins_by_a_form_leaves_a_name_of_her_network(
    client: Client, statements: list[Statement]
) -> None:
    client.post(VOTES, {"statement": statements[0].pk, "choice": 1}, REMOTE_ADDR=HERE)

    person = Participant.objects.get()
    assert (person.network, len(person.network)) == (name_of_the_network(), 16)
    assert told_of(person) == []


@pytest.mark.usefixtures("learned")
def test_who_joins_by_a_script_leaves_the_same_name(
    client: Client, statements: list[Statement]
) -> None:
    post(client, statement=statements[0].pk)

    person = Participant.objects.get()
    assert person.network == name_of_the_network()
    assert told_of(person) == []


def test_who_is_known_keeps_the_network_she_joined_from(
    client: Client, statements: list[Statement]
) -> None:
    ballot = {"statement": statements[0].pk, "choice": 1}
    client.post(VOTES, ballot, REMOTE_ADDR=HERE)

    client.post(VOTES, ballot | {"choice": -1}, REMOTE_ADDR="203.0.113.7")

    assert Participant.objects.get().network == name_of_the_network()


def test_who_joins_by_writing_leaves_it_too(
    client: Client, statements: list[Statement]
) -> None:
    client.post("/c/rivers/statements/", {"text": "The AI should ask back."})

    assert Participant.objects.get().network == name_of_the_network()
