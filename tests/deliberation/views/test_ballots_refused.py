"""Voting by JSON: what is refused, by either way, and that nothing is stored then."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation import ratelimits
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories
from tests.deliberation.ballots import SIGNED, VOTES, post

pytestmark = pytest.mark.usefixtures("learned")


def refused(answer: HttpResponse) -> tuple[int, str]:
    told = answer.json()["error"]
    assert str(told["message"]).endswith(".")
    assert (Vote.objects.count(), Participant.objects.count()) == (0, 0)
    assert dict(answer.cookies) == {}
    return answer.status_code, told["code"]


def test_malformed_json_is_refused(client: Client, statements: list[Statement]) -> None:
    answer = client.post(VOTES, "{", content_type="application/json")

    assert refused(answer) == (422, "malformed")


def test_a_huge_body_is_refused(client: Client, statements: list[Statement]) -> None:
    answer = post(client, statement=statements[0].pk, more="x" * 10_000)

    assert refused(answer) == (413, "too_large")


@pytest.mark.parametrize("participant", [SIGNED + "x", "a-code", "é:\x00"])
def test_a_code_that_is_not_ours_is_refused(
    client: Client, statements: list[Statement], participant: str
) -> None:
    answer = post(client, statement=statements[0].pk, participant=participant)

    assert refused(answer) == (400, "code_not_recognised")


def test_a_vote_of_nobody_is_refused(
    client: Client, statements: list[Statement]
) -> None:
    answer = post(client, statement=statements[0].pk, participant="")

    assert refused(answer) == (422, "malformed")


def test_a_closed_conversation_refuses(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(state="closed")

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (409, "conversation_closed")


def test_a_rejected_statement_is_refused_and_voting_goes_on(
    client: Client, statements: list[Statement]
) -> None:
    Statement.objects.filter(pk=statements[0].pk).update(state="rejected")

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (409, "statement_not_open")
    assert len(answer.json()["cards"]) == 5
    assert answer.json()["progress"] == {"n_voted": 0, "n_left": 8, "goal": 8}


def test_a_foreign_statement_is_not_found(
    client: Client, statements: list[Statement]
) -> None:
    answer = post(client, statement=factories.StatementFactory().pk)

    assert refused(answer) == (404, "statement_not_found")


def test_a_draft_does_not_exist(client: Client, statements: list[Statement]) -> None:
    Conversation.objects.update(state="draft")

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (404, "conversation_not_found")


def test_a_conversation_by_link_refuses_who_has_none(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(entry="link")

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (403, "invitation_needed")


def test_another_site_is_refused(client: Client, statements: list[Statement]) -> None:
    client.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (403, "cross_site")


def test_a_refusal_is_in_the_readers_language(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(state="closed")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"

    answer = post(client, statement=statements[0].pk)

    assert answer["Content-Language"] == "es"
    assert "Esta conversación está cerrada" in answer.json()["error"]["message"]


def test_json_under_another_name_is_no_vote(
    client: Client, statements: list[Statement]
) -> None:
    body = {"participant": SIGNED, "key": "first-key", "choice": 1}
    sent = json.dumps(body | {"statement": statements[0].pk})

    answer = client.post(VOTES, sent, content_type="text/plain")

    assert (answer.status_code, Vote.objects.count()) == (422, 0)


def test_a_thousand_votes_of_one_code_are_too_many(
    client: Client, statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = ratelimits.Limit("vote", most=2, seconds=10**9)
    monkeypatch.setattr(ratelimits, "VOTE", few)
    for n in range(2):
        post(client, statement=statements[n].pk, key=f"event-no-{n}")

    answer = post(client, statement=statements[5].pk, key="event-no-5")

    assert (answer.status_code, answer.json()["error"]["code"]) == (
        429,
        "too_many_requests",
    )
    assert int(answer["Retry-After"]) > 0
    assert Vote.objects.count() == 2


def test_too_many_newcomers_of_one_network_are_refused(
    client: Client, statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    none = ratelimits.Limit("join", most=0, seconds=10**9)
    monkeypatch.setattr(ratelimits, "JOIN", none)

    answer = post(client, statement=statements[0].pk)

    assert refused(answer) == (429, "too_many_requests")
