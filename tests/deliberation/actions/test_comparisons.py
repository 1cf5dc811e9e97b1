"""With and without some people: worked out once, and never seen by anybody else."""

from datetime import timedelta

import pytest

from deliberation.actions import comparisons, exclusions, privacy
from deliberation.models import AnalysisRun, AuditEvent, Comparison, Participant
from tests.deliberation.participation import N_PEOPLE, N_STATEMENTS, bots, with_bots
from tests.factories import (
    THEN,
    ComparisonFactory,
    ConversationFactory,
    ParticipantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def compare(conversation, participants):
    return comparisons.compare(
        conversation=conversation,
        participants=participants,
        by=UserFactory(),
        now=THEN,
    )


def test_a_comparison_tells_what_changes_without_bots(settings):
    settings.ANALYSIS_RESAMPLES = 10
    conversation = with_bots(20)
    asked = compare(conversation, bots(conversation))

    comparisons.work_out(comparison_id=asked.pk, now=THEN)

    asked.refresh_from_db()
    figures = asked.figures
    people = (figures["with"]["n_people"], figures["without"]["n_people"])
    votes = (figures["with"]["n_votes"], figures["without"]["n_votes"])
    assert people == (N_PEOPLE + 20, N_PEOPLE)
    assert votes == ((N_PEOPLE + 20) * N_STATEMENTS, N_PEOPLE * N_STATEMENTS)
    assert (asked.finished_at, asked.problem) == (THEN, "")
    assert figures["n_changed"] == N_STATEMENTS == len(figures["statements"])
    first = figures["statements"][0]
    lost = first["with"]["all"]["disagree"] - first["without"]["all"]["disagree"]
    assert (lost, first["with"]["all"]["agree"]) == (
        20,
        first["without"]["all"]["agree"],
    )


def test_nothing_is_published_by_comparing(settings):
    settings.ANALYSIS_RESAMPLES = 0
    conversation = with_bots()
    asked = compare(conversation, bots(conversation))

    comparisons.work_out(comparison_id=asked.pk, now=THEN)

    conversation.refresh_from_db()
    assert conversation.moderation_revision == 0
    assert not AnalysisRun.objects.exists()
    assert not Participant.objects.filter(is_excluded=True).exists()


def test_what_is_worked_out_is_left_as_it_is():
    done = ComparisonFactory(finished_at=THEN, figures={"n_changed": 1})

    comparisons.work_out(comparison_id=done.pk, now=THEN + timedelta(hours=1))

    done.refresh_from_db()
    assert (done.finished_at, done.figures) == (THEN, {"n_changed": 1})


def test_asking_is_on_record():
    person = ParticipantFactory()

    asked = compare(person.conversation, [person.pk])

    event = AuditEvent.objects.get()
    assert (event.action, event.target) == ("comparisons.compare", "1 participants")
    assert event.details == {"comparison": asked.pk, "participants": [person.pk]}


def test_comparing_without_anybody_is_refused():
    with pytest.raises(exclusions.NobodyChosen):
        compare(ConversationFactory(), [])


def test_comparing_without_somebody_elses_people_is_refused():
    stranger = ParticipantFactory()

    with pytest.raises(exclusions.ParticipantsUnknown):
        compare(ConversationFactory(), [stranger.pk])

    assert not Comparison.objects.exists()


def test_old_comparisons_are_dropped():
    ComparisonFactory(finished_at=THEN)

    comparisons.sweep(now=THEN + timedelta(days=91))

    assert not Comparison.objects.exists()


def test_an_erased_person_leaves_every_comparison():
    erased = ParticipantFactory()
    other = ParticipantFactory(conversation=erased.conversation)
    asked = ComparisonFactory(
        conversation=erased.conversation, participants=[erased.pk, other.pk]
    )

    privacy.erase(
        conversation=erased.conversation, code=erased.code, with_statements=False
    )

    asked.refresh_from_db()
    assert asked.participants == [other.pk]
