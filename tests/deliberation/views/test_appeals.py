"""Objecting on the page of one's statements, and answering."""

import pytest
from django.urls import reverse

from deliberation import identity
from deliberation.actions import moderation
from deliberation.models import Appeal
from tests.factories import (
    THEN,
    AppealFactory,
    DecisionFactory,
    ModeratorFactory,
    StatementFactory,
)

WHY = "It holds one idea, and it is about the question."


@pytest.fixture
def rejected(participant):
    """By somebody who moderates beside the owner."""
    by = ModeratorFactory(
        conversation=participant.conversation, user__username="ada"
    ).user
    statement = StatementFactory(
        conversation=participant.conversation,
        author=participant,
        number=5,
        state="pending",
    )
    moderation.reject(
        conversation=participant.conversation,
        statements=[statement],
        reason="several_ideas",
        note="Two ideas.",
        by=by,
        now=THEN,
    )
    return statement


def mine(client):
    response = client.get(reverse("my-statements", args=["rivers"]))
    return response.content.decode()


def objecting(client, text=WHY, **more):
    return client.post(reverse("object", args=["rivers", 5]), {"text": text} | more)


def test_an_author_objects_and_reads_the_answer(
    participant_client, moderator_client, rejected
):
    assert "Object to this decision" in mine(participant_client)

    response = objecting(participant_client)

    assert (response.status_code, response["Location"]) == (
        303,
        "/c/rivers/statements/?objected=1&page=1#statement-5",
    )
    html = participant_client.get(response["Location"]).content.decode()
    assert "Your objection is with the moderators." in html
    assert f'<q lang="en" dir="auto">{WHY}</q>' in html
    assert "Object to this decision" not in html

    moderator_client.post(
        reverse("answer-appeal", args=["rivers", 5]),
        {"outcome": "granted", "answer": "You are right."},
    )
    html = mine(participant_client)
    assert "Granted: the moderators show it again." in html
    assert '<q dir="auto">You are right.</q>' in html


def test_a_browser_without_cookies_is_known_by_its_form(client, participant, rejected):
    signed = identity.sign(participant.code, "rivers")

    response = objecting(client, participant=signed)

    assert response.status_code == 303
    assert Appeal.objects.get().text == WHY


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say in a sentence why you object."),
        ("No!", "Say a little more: at least 10 characters."),
        ("A letter " * 60, "This is 39 characters too long; the limit is 500."),
        (
            "Read it on example.org please",
            "Links, e-mail addresses and phone numbers are not taken; say it in words.",
        ),
    ],
)
def test_words_that_are_refused_come_back(participant_client, rejected, text, sentence):
    response = objecting(participant_client, text)

    html = response.content.decode()
    assert (response.status_code, Appeal.objects.count()) == (422, 0)
    assert sentence in html
    assert " ".join(text.split()) in html


def test_a_second_objection_is_refused_and_its_words_come_back(
    participant_client, rejected
):
    objecting(participant_client)

    response = objecting(participant_client, "Another thing that I forgot.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "You have objected once already" in html
    assert "Another thing that I forgot." in html


def test_a_stranger_cannot_object(client, rejected):
    response = objecting(client)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "statement_not_found")


def test_another_site_cannot_object(participant_client, rejected):
    response = participant_client.post(
        reverse("object", args=["rivers", 5]),
        {"text": WHY},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "cross_site")
    assert Appeal.objects.count() == 0


def test_objections_are_limited(participant_client, rejected):
    answers = [objecting(participant_client, "Why?!").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_after_the_close_nothing_is_offered(participant_client, rejected):
    rejected.conversation.state = "closed"
    rejected.conversation.save()

    assert "Object to this decision" not in mine(participant_client)
    refusal = objecting(participant_client).context["error"]
    assert refusal.code == "conversation_closed"


# --- For moderators ------------------------------------------------------------------


def appeals(client):
    return client.get(reverse("appeals", args=["rivers"])).content.decode()


def test_the_page_tells_the_whole_story(participant_client, moderator_client, rejected):
    objecting(participant_client)

    html = appeals(moderator_client)

    assert "Holds more than one idea" in html
    assert "by ada" in html
    assert "Two ideas." in html
    assert WHY in html
    assert "Waits for an answer" in html


def test_the_nav_counts_those_that_wait(participant_client, moderator_client, rejected):
    before = moderator_client.get(reverse("queue", args=["rivers"]))
    objecting(participant_client)
    after = moderator_client.get(reverse("queue", args=["rivers"]))

    counted = [r.context["conversation"].n_appeals for r in (before, after)]
    assert counted == [0, 1]


def test_who_decided_reads_that_somebody_else_answers(
    participant_client, moderator_client, client, rejected
):
    objecting(participant_client)
    client.force_login(rejected.decisions.get().decided_by)

    assert "so another moderator answers." in appeals(client)
    response = client.post(
        reverse("answer-appeal", args=["rivers", 5]),
        {"outcome": "upheld", "answer": "No."},
    )
    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "decided_by_you")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answer": "Yes."}, "Choose one of the two."),
        ({"outcome": "granted"}, "Give the author a reason in a sentence."),
    ],
)
def test_an_answer_that_is_not_whole_comes_back(
    participant_client, moderator_client, rejected, data, sentence
):
    objecting(participant_client)

    response = moderator_client.post(reverse("answer-appeal", args=["rivers", 5]), data)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Appeal.objects.get().outcome == ""


def test_an_answer_to_no_objection_is_refused(moderator_client, rejected):
    response = moderator_client.post(
        reverse("answer-appeal", args=["rivers", 5]),
        {"outcome": "upheld", "answer": "No."},
    )

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_appeal")


def test_those_that_wait_come_first(moderator_client, conversation):
    for number, outcome in ((1, "upheld"), (2, ""), (3, "granted"), (4, "")):
        made = StatementFactory(conversation=conversation, number=number)
        answered = {"answered_at": THEN, "answered_by": ModeratorFactory().user}
        AppealFactory(
            decision=DecisionFactory(statement=made, kind="reject"),
            outcome=outcome,
            **(answered if outcome else {}),
        )

    rows = moderator_client.get(reverse("appeals", args=["rivers"])).context["rows"]

    numbers = [row["view"].appeal.statement.number for row in rows]
    assert numbers == [2, 4, 1, 3]
