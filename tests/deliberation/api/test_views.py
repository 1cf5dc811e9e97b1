"""The public API: what anyone may read, as JSON."""

import pytest
from django.test import Client

from deliberation import actions
from tests import factories
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import small_world, store

pytestmark = pytest.mark.django_db
NONE = ("agree", "disagree", "pass")


def test_conversations_are_listed_without_drafts(client: Client) -> None:
    factories.ConversationFactory(slug="rivers", question="Clean?", state="open")
    factories.ConversationFactory(slug="secret", state="draft")

    answer = client.get("/api/v1/conversations/").json()

    assert [(c["slug"], c["question"], c["state"]) for c in answer] == [
        ("rivers", "Clean?", "open")
    ]


def test_results_count_votes_by_statement(client: Client) -> None:
    conversation = factories.ConversationFactory(slug="rivers", state="open")
    statement = factories.StatementFactory(conversation=conversation, state="accepted")
    for choice in (1, 1, -1, 0):
        participant = factories.ParticipantFactory(conversation=conversation)
        factories.VoteFactory(
            conversation=conversation,
            participant=participant,
            statement=statement,
            choice=choice,
        )
    actions.analysis.run_analysis(conversation=conversation)

    answer = client.get("/api/v1/conversations/rivers/results/").json()

    assert answer["n_votes"] == 4
    assert answer["statements"][0]["votes"] == {"agree": 2, "disagree": 1, "pass": 1}
    assert answer["groups"] == []
    assert len(answer["digest"]) == 64


def test_results_tell_the_finding_and_how_firm_it_is(client: Client) -> None:
    conversation = factories.ConversationFactory(slug="rivers", state="open")
    store(small_world(), conversation=conversation)
    actions.analysis.run_analysis(conversation=conversation)

    answer = client.get("/api/v1/conversations/rivers/results/").json()

    finding = answer["finding"]
    assert {name: finding[name] for name in ("code", "headline", "is_sound")} == {
        "code": "groups",
        "headline": "People fall into two groups",
        "is_sound": True,
    }
    assert (finding["n_repeats"], finding["failed_checks"]) == (10, [])
    assert [sorted(c) for c in finding["candidates"]][:1] == [
        ["evidence", "found_again", "n_groups"]
    ]
    assert [
        (g["letter"], g["n_members"], g["found_again"]) for g in answer["groups"]
    ] == [
        ("A", 20, 1.0),
        ("B", 14, 1.0),
    ]
    assert sorted(answer["groups"][0]["representative"][0]) == [
        "choice",
        "difference",
        "high",
        "low",
        "statement",
    ]


def test_results_rank_statements_on_both_sides(client: Client) -> None:
    run = analysed(factories.ConversationFactory(slug="rivers"), A=10, B=10)
    judged(run, 3, A=(9, 1, 0), B=(8, 1, 1), score=0.7)

    (statement,) = client.get("/api/v1/conversations/rivers/results/").json()[
        "statements"
    ]

    assert statement["consensus"] == {
        "agree": 0.7,
        "disagree": 0.0,
        "is_ranked": True,
        "p_agreed_top": 0.9,
        "p_rejected_top": 0.0,
    }
    assert statement["group_aware_consensus"] == pytest.approx(10 / 12 * 9 / 12)


@pytest.mark.parametrize("page", ["", "results/"])
def test_draft_is_not_found_in_the_one_error_shape(client: Client, page: str) -> None:
    factories.ConversationFactory(slug="secret", state="draft")

    answer = client.get(f"/api/v1/conversations/secret/{page}")

    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "code": "conversation_not_found",
            "message": "There is no conversation at this address.",
        }
    }


def test_writing_is_refused_in_the_one_error_shape(client: Client) -> None:
    answer = client.post("/api/v1/conversations/")

    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("address", ["nope/", "conversations/x/y/z"])
def test_unknown_address_answers_in_the_one_error_shape(
    client: Client, address: str
) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert answer.json() == {"error": {"code": "not_found", "message": "Not found."}}


def test_a_format_asked_for_in_the_query_changes_nothing(client: Client) -> None:
    answer = client.get("/api/v1/conversations/?format=xml")

    assert answer.json() == []


def test_statements_tell_what_was_done_with_them(client: Client) -> None:
    conversation = factories.ConversationFactory(slug="rivers", state="open")
    whole = factories.StatementFactory(
        conversation=conversation, number=5, text="Two ideas.", language="en"
    )
    factories.VoteFactory(conversation=conversation, statement=whole)
    actions.successors.split(
        statement=whole,
        texts=["One idea.", "Another idea."],
        language="en",
        by=factories.UserFactory(),
        now=factories.THEN,
    )

    answer = client.get("/api/v1/conversations/rivers/statements/").json()

    assert [
        (s["number"], s["text"], s["state"], s["lineage"], s["predecessor"], s["votes"])
        for s in answer
    ] == [
        (5, "Two ideas.", "replaced", "", None, {"agree": 1, "disagree": 0, "pass": 0}),
        (6, "One idea.", "accepted", "split", 5, dict.fromkeys(NONE, 0)),
        (7, "Another idea.", "accepted", "split", 5, dict.fromkeys(NONE, 0)),
    ]
    assert (answer[0]["reason"], answer[0]["duplicate_of"]) == ("", None)


def test_statements_have_no_votes_while_results_are_hidden(client: Client) -> None:
    conversation = factories.ConversationFactory(slug="rivers", results="close")
    factories.StatementFactory(conversation=conversation)

    (answer,) = client.get("/api/v1/conversations/rivers/statements/").json()

    assert answer["votes"] is None
