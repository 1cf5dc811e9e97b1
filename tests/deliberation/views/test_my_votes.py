"""One's own votes: found, changed and remarked on with plain forms."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation.models import Conversation, Participant, Vote
from tests import factories

ADDRESS = "/c/rivers/votes/"


@pytest.fixture
def votes(participant: Participant) -> list[Vote]:
    """An agreement, a pass and a disagreement, the newest last."""
    cast = [("Rivers have rights.", 1), ("Lakes, too.", 0), ("And puddles.", -1)]
    return [
        factories.VoteFactory(
            conversation=participant.conversation,
            participant=participant,
            statement__text=text,
            choice=choice,
            cast_at=factories.THEN + timedelta(minutes=minute),
        )
        for minute, (text, choice) in enumerate(cast)
    ]


def shown(response: HttpResponse) -> list[str]:
    return [vote.text for vote in response.context["votes"]]


def press(client: Client, vote: Vote, address: str, **sent: str) -> HttpResponse:
    data = {"statement": str(vote.statement_id), "back": "votes", **sent}
    return client.post(address, data)


def test_votes_are_listed_newest_first_with_their_choice(
    participant_client: Client, votes: list[Vote]
) -> None:
    response = participant_client.get(ADDRESS)

    assert shown(response) == ["And puddles.", "Lakes, too.", "Rivers have rights."]
    pressed = response.content.decode().count('aria-pressed="true"')
    assert pressed == 3
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=LAKES", ["Lakes, too."]),
        ("?choice=1", ["Rivers have rights."]),
        ("?choice=-1&q=puddles", ["And puddles."]),
        ("?choice=1&q=puddles", []),
        ("?choice=7", ["And puddles.", "Lakes, too.", "Rivers have rights."]),
        ("?page=99", ["And puddles.", "Lakes, too.", "Rivers have rights."]),
    ],
)
def test_votes_are_found_by_words_and_by_choice(
    participant_client: Client, votes: list[Vote], query: str, found: list[str]
) -> None:
    assert shown(participant_client.get(ADDRESS + query)) == found


def test_nothing_found_leads_back_to_all(
    participant_client: Client, votes: list[Vote]
) -> None:
    html = participant_client.get(f"{ADDRESS}?q=oceans").content.decode()

    assert "None of your votes is like that." in html
    assert f'<a href="{ADDRESS}">Show all of them</a>' in html


def test_somebody_new_is_told_that_there_is_nothing_yet(
    client: Client, conversation: Conversation
) -> None:
    response = client.get(ADDRESS)

    html = response.content.decode()
    assert "You have not voted yet in this conversation" in html
    assert 'href="/c/rivers/vote/"' in html
    assert dict(response.cookies) == {}


def test_votes_of_others_are_not_shown(client: Client, votes: list[Vote]) -> None:
    assert "Rivers have rights." not in client.get(ADDRESS).content.decode()


def test_choice_is_changed_and_the_list_stays_where_it_was(
    participant_client: Client, votes: list[Vote]
) -> None:
    vote = votes[0]

    response = press(participant_client, vote, f"{ADDRESS}?choice=1&q=x", choice="-1")

    place = f"{ADDRESS}?choice=1&q=x#v{vote.statement_id}"
    assert (response.status_code, response["Location"]) == (303, place)
    vote.refresh_from_db()
    assert (vote.choice, vote.revision) == (-1, 2)


def test_remarks_are_offered_only_where_they_are_taken(
    participant_client: Client, votes: list[Vote]
) -> None:
    without = participant_client.get(ADDRESS).content.decode()
    Conversation.objects.update(takes_importance=True, takes_reasons=True)

    html = participant_client.get(ADDRESS).content.decode()

    counts = [text.count("This matters to me") for text in (without, html)]
    assert counts == [0, 3]
    assert [text.count('name="reason"') for text in (without, html)] == [0, 3]


def test_vote_is_marked_and_given_a_reason(
    participant_client: Client, votes: list[Vote]
) -> None:
    Conversation.objects.update(takes_importance=True, takes_reasons=True)
    vote = votes[1]

    remark = f"{ADDRESS}remark/"
    press(participant_client, vote, remark, has_matters="1", matters="true")
    press(participant_client, vote, remark, reason="I live at one.")

    html = participant_client.get(ADDRESS).content.decode()
    assert 'value="I live at one."' in html
    assert html.count('name="matters" value="false" aria-pressed="true"') == 1


def test_votes_of_a_closed_conversation_are_only_to_read(
    participant_client: Client, votes: list[Vote]
) -> None:
    Conversation.objects.update(state="closed")

    html = participant_client.get(ADDRESS).content.decode()

    assert html.count("the conversation is closed") == 3
    assert 'name="choice" value=' not in html.split('class="my-votes"')[1]


def test_vote_on_a_statement_taken_out_is_only_to_read(
    participant_client: Client, votes: list[Vote]
) -> None:
    statement = votes[2].statement
    statement.state = "rejected"
    statement.save()

    html = participant_client.get(ADDRESS).content.decode()

    assert html.count("no longer open to votes") == 1
    assert html.count('class="small-choices"') == 2
