"""With and without, leaving people out and counting them again, and the rule for all."""

import pytest
from django.urls import reverse

from deliberation import thresholds
from deliberation.actions import comparisons
from deliberation.models import AuditEvent, Comparison, Participant
from tests.deliberation.participation import bots, with_bots
from tests.factories import (
    THEN,
    ComparisonFactory,
    ModeratorFactory,
    ParticipantFactory,
    ParticipationSignFactory,
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


def test_those_chosen_are_compared(moderator_client, person):
    response = moderator_client.post(address("compare"), {"person": [person.pk]})

    found = Comparison.objects.get()
    assert found.participants == [person.pk]
    assert response["Location"] == address("comparison", found.pk)


def test_all_who_show_a_sign_are_compared(moderator_client, conversation, person):
    other = ParticipantFactory(conversation=conversation)
    ParticipationSignFactory(participant=other, kind="speed")

    moderator_client.post(address("compare"), {"everybody": "on", "kind": "straight"})
    moderator_client.post(address("compare"), {"everybody": "on", "kind": ""})

    compared = Comparison.objects.order_by("id").values_list("participants", flat=True)
    assert list(compared) == [[person.pk], [person.pk, other.pk]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose at least one participant."),
        ({"kind": "speed", "everybody": "on"}, "Choose at least one participant."),
        ({"person": ["x"]}, "“x” is no number of a participant."),
    ],
)
def test_nobody_is_compared_without_a_choice(moderator_client, person, data, sentence):
    response = moderator_client.post(address("compare"), data)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Comparison.objects.exists()


def test_a_comparison_waits_and_then_shows_what_changes(client, settings):
    settings.ANALYSIS_RESAMPLES = 0
    conversation = with_bots(20, slug="rivers")
    client.force_login(ModeratorFactory(conversation=conversation, role="owner").user)
    client.post(address("compare"), {"person": bots(conversation)})
    asked = Comparison.objects.get()

    waiting = text_of(client.get(address("comparison", asked.pk)))
    comparisons.work_out(comparison_id=asked.pk, now=THEN)
    done = client.get(address("comparison", asked.pk))

    assert "This is being worked out" in waiting
    assert "<td>80</td> <td>60</td>" in text_of(done)
    assert "30 statements of 30 move by a point or more" in text_of(done)
    assert "Leave 20 people out of the count" in text_of(done)


def test_a_comparison_that_failed_says_so(moderator_client, conversation):
    asked = ComparisonFactory(
        conversation=conversation, finished_at=THEN, problem="MemoryError()"
    )

    page = text_of(moderator_client.get(address("comparison", asked.pk)))

    assert "This could not be worked out." in page


def test_somebody_elses_comparison_is_not_found(moderator_client):
    other = ComparisonFactory()

    response = moderator_client.get(address("comparison", other.pk))

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_comparison")


def test_those_of_a_comparison_are_left_out(moderator_client, conversation, person):
    asked = ComparisonFactory(conversation=conversation, participants=[person.pk])

    response = moderator_client.post(
        address("exclude"),
        {"comparison": asked.pk, "reason": "One script."},
        follow=True,
    )

    person.refresh_from_db()
    assert (person.is_excluded, person.exclusion_reason) == (True, "One script.")
    assert "1 person is left out." in text_of(response)
    assert "Left out: One script." in text_of(response)


def test_leaving_out_without_a_reason_is_refused_where_it_was_tried(
    moderator_client, conversation, person
):
    asked = ComparisonFactory(conversation=conversation, participants=[person.pk])

    for data in ({"comparison": asked.pk}, {"person": person.pk}):
        response = moderator_client.post(address("exclude"), data | {"reason": ""})

        assert response.status_code == 422
    assert "Say why: the reason is told to everybody, without names." in text_of(
        response
    )
    assert not Participant.objects.filter(is_excluded=True).exists()
    assert not AuditEvent.objects.exists()


def test_restoring_without_anybody_is_refused(moderator_client):
    response = moderator_client.post(
        address("restore-participants"), {"reason": "A class."}
    )

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (422, "nobody_chosen")


def test_a_person_is_counted_again(moderator_client, person):
    Participant.objects.filter(pk=person.pk).update(is_excluded=True)

    moderator_client.post(
        address("restore-participants"), {"person": person.pk, "reason": "A class."}
    )

    person.refresh_from_db()
    assert person.is_excluded is False


def test_a_changed_threshold_is_told_to_everybody(moderator_client, client):
    values = thresholds.of({"spam_hour": 30})
    moderator_client.post(address("change-quality-rule"), values)

    page = text_of(client.get(address("results-how")))

    words = "Spam: so many statements in an hour: <b>30</b>"
    assert f'{words} <span class="soft">(usually 20)</span>' in page


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("spam_hour", "2", "Ensure this value is greater than or equal to 3."),
        ("speed_share", "1.5", "Ensure this value is less than or equal to 1.0."),
        ("copy_odds", "many", "Enter a number."),
        ("spam_hour", "", "This field is required."),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(
    moderator_client, conversation, name, value, sentence
):
    data = thresholds.of({}) | {name: value}

    response = moderator_client.post(address("change-quality-rule"), data)

    assert response.status_code == 422
    assert sentence in text_of(response)
    conversation.refresh_from_db()
    assert conversation.quality_rule == {}


def test_results_tell_how_many_are_left_out_and_why(client, conversation):
    for reason in ("One script.", "One script."):
        ParticipantFactory(
            conversation=conversation, is_excluded=True, exclusion_reason=reason
        )

    page = text_of(client.get(address("results")))

    assert "The votes of 2 people are not counted" in page
    assert 'One script. <span class="soft">(2)</span>' in page
    assert address("moderation-log") in page


def test_results_are_silent_where_everybody_is_counted(client, conversation):
    ParticipantFactory(conversation=conversation)

    assert "not counted" not in text_of(client.get(address("results")))
