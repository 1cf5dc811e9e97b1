"""Pages of participation: the evidence of every sign, and who sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    THEN,
    ConversationFactory,
    ModeratorFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db
STRAIGHT = {
    "answer": "agree",
    "n_same": 40,
    "n_votes": 40,
    "p_others": 0.52,
    "odds": 12_345_678.0,
    "threshold": 20.0,
}


@pytest.fixture
def person(conversation):
    found = ParticipantFactory(conversation=conversation)
    ParticipationSignFactory(participant=found, evidence=STRAIGHT)
    return found


def address(name, *args):
    return reverse(name, args=["rivers", *args])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_page_shows_the_evidence_and_the_threshold(moderator_client, person):
    page = text_of(moderator_client.get(address("quality")))

    assert f"Participant {person.pk}" in page
    assert (
        "Agreed 40 times of 40. Others agreed with these statements 52 times of 100."
        in page
    )
    assert "over 1,000,000 times likelier" in page
    assert person.code not in page


@pytest.mark.parametrize(
    ("kind", "figures", "sentence"),
    [
        (
            "speed",
            {
                "n_fast": 30,
                "n_votes": 31,
                "median": 0.2,
                "needed": 1.1,
                "threshold": 100.0,
            },
            "30 of 31 votes came faster than their statements can be read:"
            " half of all within 0.2 seconds of the one before.",
        ),
        (
            "burst",
            {"n_people": 25, "n_that_day": 30, "minutes": 10.0, "threshold": 20},
            "25 people joined from one network within 10 minutes, 30 in all that day.",
        ),
        (
            "copy",
            {
                "like": 12,
                "n_same": 38,
                "n_shared": 40,
                "n_expected": 24.1,
                "n_like": 3,
                "odds": 5e9,
                "threshold": 1250.0,
            },
            "Gave the same answer as participant 12 to 38 of 40 statements, and mostly"
            " later; 24.1 would be expected of two people of their opinions.",
        ),
        (
            "spam",
            {"n_statements": 9, "n_refused": 8, "n_in_an_hour": 7, "n_repeats": 0},
            "Wrote 9 statements: 8 rejected as spam or off topic, at most 7 in an hour,",
        ),
    ],
)
def test_every_sign_tells_its_figures(
    moderator_client, conversation, kind, figures, sentence
):
    person = ParticipantFactory(conversation=conversation)
    ParticipationSignFactory(participant=person, kind=kind, evidence=figures)

    assert sentence in text_of(moderator_client.get(address("quality"), {"sign": kind}))


def test_a_persons_page_draws_her_votes_and_times(moderator_client, person):
    for n in range(3):
        VoteFactory(
            participant=person,
            conversation=person.conversation,
            cast_at=THEN + timedelta(seconds=n * 0.2),
        )

    page = text_of(moderator_client.get(address("participant-quality", person.pk)))

    assert "3 agree" in page
    assert '<th scope="row"> 0 to 0.5 </th> <td>2</td>' in page
    assert person.code not in page


def test_a_person_of_another_conversation_is_not_found(moderator_client):
    stranger = ParticipantFactory()

    response = moderator_client.get(address("participant-quality", stranger.pk))

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_participant")


def test_an_observer_sees_the_evidence_and_no_buttons(client, person):
    seat = ModeratorFactory(conversation=person.conversation, role="observer")
    client.force_login(seat.user)

    page = text_of(client.get(address("quality")))

    assert ("Agreed 40 times" in page, "Compare without" in page) == (True, False)


def test_another_conversations_people_are_not_listed(moderator_client):
    other = ConversationFactory(slug="lakes")
    stranger = ParticipantFactory(conversation=other)
    ParticipationSignFactory(participant=stranger, evidence=STRAIGHT)

    page = text_of(moderator_client.get(address("quality")))

    assert "Nobody shows this sign." in page
