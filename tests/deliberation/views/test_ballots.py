"""Voting by JSON: what is answered, what is stored, what is refused; by either way."""

import pytest
from django.test import Client

from deliberation import forms, identity
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories
from tests.deliberation.ballots import VOTES, post

pytestmark = pytest.mark.usefixtures("learned")


def test_vote_is_stored_and_answered_with_cards(
    client: Client, statements: list[Statement]
) -> None:
    first, *held = (statement.pk for statement in statements[:4])
    draw = forms.signed_draw(first, 0.25, 9)

    answer = post(client, statement=first, draw=draw, held=held)

    told = answer.json()
    cards = told.pop("cards")
    assert told == {
        "stored": True,
        "key": "first-key",
        "statement": first,
        "choice": 1,
        "progress": {"n_voted": 1, "n_left": 8, "goal": 9},
    }
    unseen = {statement.pk for statement in statements[4:]}
    assert (len(cards), {card["statement"] for card in cards} <= unseen) == (2, True)
    assert set(cards[0]) == {
        "statement",
        "text",
        "language",
        "draw",
        "translation",
        "n_votes",
    }
    vote = Vote.objects.get()
    assert (vote.participant.code, vote.statement_id) == ("a-code", first)
    assert (vote.choice, vote.probability, vote.n_candidates) == (1, 0.25, 9)


def test_a_card_that_was_dealt_is_voted_on_with_its_draw(
    client: Client, statements: list[Statement]
) -> None:
    card = post(client, statement=statements[0].pk).json()["cards"][0]

    post(client, key="second-key", **{k: card[k] for k in ("statement", "draw")})

    vote = Vote.objects.get(client_key="second-key")
    assert (vote.probability, vote.n_candidates) == (pytest.approx(1 / 8), 8)


def test_first_vote_sets_the_cookie_and_later_ones_do_not(
    client: Client, statements: list[Statement]
) -> None:
    first = post(client, statement=statements[0].pk)
    second = post(client, statement=statements[1].pk, key="second-key")

    cookie = first.cookies["participant_rivers"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert dict(second.cookies) == {}
    assert Participant.objects.count() == 1


def test_the_cookie_goes_before_the_code_that_is_sent(
    participant_client: Client, participant: Participant, statements: list[Statement]
) -> None:
    post(participant_client, statement=statements[0].pk)

    assert Vote.objects.get().participant == participant


def test_the_last_vote_is_answered_with_no_cards(
    client: Client, conversation: Conversation
) -> None:
    statement = factories.StatementFactory(conversation=conversation)

    told = post(client, statement=statement.pk).json()

    assert told["cards"] == []
    assert told["progress"] == {"n_voted": 1, "n_left": 0, "goal": 1}


def test_repeated_and_undone_votes_are_answered_with_what_holds(
    client: Client, statements: list[Statement]
) -> None:
    pk = statements[0].pk
    post(client, statement=pk)
    again = post(client, statement=pk, choice=-1).json()
    changed = post(client, statement=pk, choice=-1, key="second-key").json()
    undone = post(
        client, f"{VOTES}undo/", statement=pk, vote_key="second-key", key="third-key"
    ).json()
    undone_all = post(
        client, f"{VOTES}undo/", statement=pk, vote_key="first-key", key="fourth-key"
    ).json()
    late = post(client, statement=pk).json()

    told = [each["choice"] for each in (again, changed, undone, undone_all, late)]
    assert told == [1, -1, 1, None, None]
    assert undone_all["progress"] == {"n_voted": 0, "n_left": 9, "goal": 9}
    assert (undone["undone"], late["stored"], Vote.objects.count()) == (True, True, 0)


def test_remark_is_stored(client: Client, statements: list[Statement]) -> None:
    Conversation.objects.update(takes_reasons=True, takes_importance=True)
    pk = statements[0].pk
    post(client, statement=pk)

    answer = post(
        client,
        f"{VOTES}remark/",
        statement=pk,
        matters=True,
        reason="So.",
        key="a-remark",
    )

    assert answer.json()["stored"] is True
    vote = Vote.objects.get()
    assert (vote.matters, vote.reason.text) == (True, "So.")


# --- More cards ---


def test_cards_top_up_a_hand(client: Client, statements: list[Statement]) -> None:
    held = ",".join(str(statement.pk) for statement in statements[:3])

    told = client.get(f"/c/rivers/cards/?held={held}").json()

    assert len(told["cards"]) == 2
    assert told["progress"] == {"n_voted": 0, "n_left": 9, "goal": 9}
    assert post(client, participant=told["participant"], statement=statements[0].pk)


def test_cards_are_hers_whom_a_frame_names(
    client: Client, participant: Participant, statements: list[Statement]
) -> None:
    for statement in statements[:7]:
        factories.VoteFactory(
            conversation=statement.conversation,
            participant=participant,
            statement=statement,
        )
    signed = identity.sign(participant.code, "rivers")

    told = client.get("/c/rivers/cards/", headers={"X-Participant": signed}).json()

    assert {card["statement"] for card in told["cards"]} == {
        statement.pk for statement in statements[7:]
    }
    assert told["participant"] == signed


def test_cards_of_a_closed_conversation_are_none(
    client: Client, statements: list[Statement]
) -> None:
    Conversation.objects.update(state="closed")

    assert client.get("/c/rivers/cards/").json()["cards"] == []
