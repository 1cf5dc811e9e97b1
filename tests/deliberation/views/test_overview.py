"""The overview of a conversation in words: what stands on it, and for whom."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.deliberation.judgements import analysed, judged
from tests.factories import (
    AlertFactory,
    ModeratorFactory,
    ParticipantFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HERE = "/moderate/rivers/"
DAY = timedelta(days=1)


def said(response):
    """The words of the page, without marks and with single spaces."""
    page = response.content.decode().partition("<h1>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def set_up(conversation, **changes):
    for name, value in changes.items():
        setattr(conversation, name, value)
    conversation.save()


def test_an_empty_conversation_says_so_calmly(moderator_client):
    words = said(moderator_client.get(HERE))

    assert "People 0 0 new today, 0 yesterday" in words
    assert "Votes 0 nothing is analysed yet" in words
    assert "Waiting for a decision 0 everything is decided" in words
    assert "Nothing yet: it takes some votes on each statement" in words
    assert "No vote in the last four weeks." in words
    assert "Nobody has written a statement in the last four weeks." in words


def test_what_all_agree_on_stands_with_its_share_and_interval(
    moderator_client, conversation
):
    run = analysed(conversation, A=10, B=10)
    judged(run, 7, A=(9, 0, 1), B=(9, 1, 0))

    words = said(moderator_client.get(HERE))

    assert "Statement 7. 90% between 70–97%" in words
    assert "Group A 10 people" in words
    assert "People fall into two groups" in words


def test_days_have_a_table_beside_the_drawing(moderator_client, conversation):
    today = timezone.now()
    run = analysed(conversation, A=10, B=10)
    on = today.date().isoformat()
    run.summary |= {"turnout": {"median_votes": 4.5, "days": [[on, 31, 6]]}}
    run.save()
    StatementFactory(conversation=conversation, state="pending", created_at=today)

    response = moderator_client.get(HERE)

    words = said(response)
    assert "People 0 6 new today, 0 yesterday" in words
    assert "half of the people cast 4.5 or more" in words
    assert re.search(r"Day \(UTC\) Votes Newcomers \S+ 31 6 ", words)
    assert re.search(r"Day \(UTC\) Written Decided \S+ 1 0 ", words)
    assert response.content.decode().count('class="chart__votes"') == 1


def test_the_schedule_marks_the_present_phase_and_what_is_left(
    moderator_client, conversation
):
    now = timezone.now()
    set_up(
        conversation,
        collects_until=now + 3 * DAY + timedelta(minutes=5),
        votes_until=now + 9 * DAY,
    )

    words = said(moderator_client.get(HERE))

    assert "3 days left in this phase." in words
    assert re.search(r"Statements and votes until .* Votes only until .* Closed", words)


@pytest.mark.parametrize(("n", "is_told"), [(12, True), (1, False)])
def test_the_forecast_is_told_where_it_matters(
    moderator_client, conversation, n, is_told
):
    now = timezone.now()
    set_up(
        conversation,
        opened_at=now - 4 * DAY,
        collects_until=now + 3 * DAY,
        votes_until=now + 5 * DAY,
    )
    StatementFactory.create_batch(
        n,
        conversation=conversation,
        state="pending",
        created_at=now - timedelta(hours=2),
    )

    words = said(moderator_client.get(HERE))

    # Three a day come for three days more, and nobody decides: 12 and 9.
    assert ("At this pace 21 statements will be undecided" in words) == is_told
    assert ("To leave none, decide 5 a day" in words) == is_told


def test_the_forecast_says_until_when_collecting_would_do(
    moderator_client, conversation
):
    now = timezone.now()
    set_up(conversation, opened_at=now - 4 * DAY, votes_until=now + 10 * DAY)
    for n in range(48):
        at = now - timedelta(hours=2 * n)
        decided = {"state": "accepted", "decided_at": at, "decided_by": UserFactory()}
        StatementFactory(
            conversation=conversation,
            created_at=at,
            **(decided if n % 2 else {"state": "pending"}),
        )

    words = said(moderator_client.get(HERE))

    # 24 wait, 12 a day come, 6 a day are decided: 60 in ten days, so 36 more may come.
    weekday = f"{now + 3 * DAY:%A}"
    assert "At this pace 84 statements will be undecided at the close" in words
    assert f"Stop collecting by {weekday}, " in words
    assert ", or decide 15 a day." in words


ALERTS = {
    "backlog": (
        {"n_waiting": 9, "n_long": 4, "n_undecided": 7},
        "9 statements wait for a decision; 4 of them for more than a day. At this pace"
        " 7 will be undecided at the close.",
    ),
    "suspicious_voting": (
        {"n_noticed": 6, "n_newly": 2, "n_people": 40, "share": 0.15},
        "6 people, 15% of all, take part in a way that stands out; 2 came within one"
        " day.",
    ),
    "worker_behind": (
        {"minutes": 25},
        "There are votes that wait for their analysis since 25 minutes",
    ),
}


@pytest.mark.parametrize("kind", ALERTS)
def test_an_alert_stands_with_its_figures(moderator_client, conversation, kind):
    details, sentence = ALERTS[kind]
    AlertFactory(conversation=conversation, kind=kind, details=details)

    words = said(moderator_client.get(HERE))

    assert sentence in words
    assert "Noticed on March 1, 2026." in words


def test_analyses_that_fail_are_told_as_such(moderator_client, conversation):
    AlertFactory(
        conversation=conversation, kind="worker_behind", details={"n_failed": 3}
    )

    assert "The last 3 analyses failed" in said(moderator_client.get(HERE))


def test_agreement_of_moderators_is_told_once_there_is_enough(
    moderator_client, conversation
):
    taken = {"decided_at": timezone.now(), "decided_by": UserFactory()}
    for n in range(20):
        SecondLookFactory(
            decision__statement__conversation=conversation,
            decision__kind="accept" if n % 2 else "reject",
            verdict="accepted" if n % 2 or n > 15 else "rejected",
            **taken,
        )
        if n == 18:
            before = said(moderator_client.get(HERE))

    words = said(moderator_client.get(HERE))

    assert "Not enough second looks yet: after 1 more" in before
    assert "Decided the same way 90%" in words
    assert "Beyond chance (Cohen's kappa) 0.80" in words


def test_an_observer_sees_the_overview_without_what_she_cannot_do(client, conversation):
    user = ModeratorFactory(conversation=conversation, role="observer").user
    client.force_login(user)
    ParticipantFactory(conversation=conversation)

    page = client.get(HERE).content.decode()

    assert "People" in page
    assert "Close the conversation" not in page
