"""One's own statements on a page of their own, and rewording one."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from deliberation.models import Conversation, Participant, Statement
from tests import factories

SAID = "Rivers should be clean."


def edit(client: Client, text: str, number: int) -> HttpResponse:
    url = reverse("edit-statement", args=["rivers", number])
    return client.post(url, {"text": text})


def page(client: Client) -> str:
    response = client.get(reverse("my-statements", args=["rivers"]))
    assert response.status_code == 200
    return response.content.decode()


def own(participant: Participant, **more: object) -> Statement:
    return factories.StatementFactory(
        conversation=participant.conversation, author=participant, text=SAID, **more
    )


# --- The page ------------------------------------------------------------------------


def test_page_of_a_stranger_is_empty_and_sets_no_cookie(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = client.get(reverse("my-statements", args=["rivers"]))

    assert SAID not in response.content.decode()
    assert "You have not written a statement here yet" in response.content.decode()
    assert len(response.cookies) == 0


def test_page_tells_that_a_statement_waits(
    participant_client: Client, participant: Participant
) -> None:
    own(participant, state="pending")

    html = page(participant_client)

    assert "A moderator has not read it yet." in html
    assert "Change the words" in html


def test_page_tells_why_a_statement_is_not_shown(
    participant_client: Client, participant: Participant
) -> None:
    note = "Rivers & <lakes>: two ideas."
    own(participant, state="rejected", reason="several_ideas", reason_note=note)

    html = page(participant_client)

    assert "Holds more than one idea." in html
    assert '<q dir="auto">Rivers &amp; &lt;lakes&gt;: two ideas.</q>' in html


def test_page_shows_votes_and_no_way_to_reword(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant)
    conversation = participant.conversation
    factories.VoteFactory(conversation=conversation, statement=statement)

    html = page(participant_client)

    assert "1 agrees" in html
    assert "Change the words" not in html


# --- Rewording -----------------------------------------------------------------------


def test_edit_stores_the_words_and_goes_back_to_the_page(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant, number=4)

    response = edit(participant_client, "Lakes too.", 4)

    assert response.status_code == 303
    assert response["Location"] == "/c/rivers/statements/?changed=1#statement-4"
    statement.refresh_from_db()
    assert statement.text == "Lakes too."
    assert (
        "Your words are changed."
        in participant_client.get(response["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("?!", 422, "Write a sentence in words."),
        ("Tax gold.", 409, "These very words are in this conversation already."),
        (
            "We should tax the gold!",
            409,
            "Someone may have said this already: see what is shown below.",
        ),
    ],
)
def test_edit_that_is_refused_keeps_the_words(
    participant_client: Client,
    participant: Participant,
    text: str,
    status: int,
    sentence: str,
) -> None:
    own(participant, number=4)
    conversation = participant.conversation
    for number, said in ((5, "Tax gold."), (6, "We should tax gold!")):
        factories.StatementFactory(conversation=conversation, number=number, text=said)

    response = edit(participant_client, text, 4)

    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert f"{text}</textarea>" in html
    assert Statement.objects.get(number=4).text == SAID


def test_edit_of_another_is_refused(client: Client, participant: Participant) -> None:
    own(participant, number=4)

    response = edit(client, "Lakes too.", 4)

    assert (response.status_code, Statement.objects.get().text) == (404, SAID)


def test_edit_of_what_others_voted_on_says_so(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant, number=4)
    factories.VoteFactory(conversation=participant.conversation, statement=statement)

    response = edit(participant_client, "Lakes too.", 4)

    assert response.status_code == 409
    html = response.content.decode()
    assert "Others have voted on this statement already" in html
    assert '<q dir="auto">Lakes too.</q>' in html


def test_edit_from_another_site_is_refused(
    participant_client: Client, participant: Participant
) -> None:
    own(participant, number=4)
    url = reverse("edit-statement", args=["rivers", 4])

    response = participant_client.post(
        url, {"text": "Lakes."}, headers={"Origin": "https://elsewhere.example"}
    )

    assert (response.status_code, Statement.objects.get().text) == (403, SAID)
