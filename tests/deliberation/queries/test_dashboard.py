"""What the overview of a conversation is told, from planted rows."""

from datetime import timedelta

import pytest

from deliberation.queries import dashboard
from tests.deliberation.judgements import analysed, judged
from tests.factories import (
    THEN,
    AppealFactory,
    DecisionFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(conversation, now=THEN):
    return dashboard.of(conversation, now=now)


def test_an_empty_conversation_has_an_overview(conversation):
    found = told(conversation)

    assert (found.n_people, found.n_votes, found.n_grouped, found.groups) == (
        0,
        0,
        0,
        [],
    )
    assert (found.waiting.n, found.waiting.oldest_at, found.waited) == (
        0,
        None,
        timedelta(0),
    )
    assert (found.agreed, found.languages, found.signs, found.forecast) == (
        [],
        [],
        [],
        None,
    )


def test_before_the_first_analysis_votes_are_counted(conversation, participant):
    VoteFactory(conversation=conversation, participant=participant)

    found = told(conversation)

    assert (found.n_people, found.n_votes) == (1, 1)
    assert found.finding.headline == "The votes are not analysed yet"


def test_votes_and_groups_are_those_of_the_latest_analysis(conversation):
    analysed(conversation, A=12, B=8)

    found = told(conversation)

    assert (found.n_votes, found.n_grouped) == (200, 20)
    assert [(g.letter, g.n_members, g.p_members) for g in found.groups] == [
        ("A", 12, 0.6),
        ("B", 8, 0.4),
    ]


def test_agreed_are_the_three_surest_that_every_group_supports(conversation):
    run = analysed(conversation, A=10, B=10)
    for number, share in ((1, 7), (2, 9), (3, 8), (4, 6)):
        judged(run, number, A=(share, 0, 10 - share), B=(share, 0, 10 - share))
    judged(run, 5, A=(10, 0, 0), B=(4, 6, 0), score=0.99)
    judged(run, 6, A=(10, 0, 0), B=(10, 0, 0), state="rejected")

    found = told(conversation)

    assert [shared.statement.number for shared in found.agreed] == [2, 3, 1]
    assert [shared.statement.text for shared in found.agreed][0] == "Statement 2."
    assert found.agreed[0].share == 0.9


def test_waiting_counts_those_of_more_than_a_day_by_themselves(conversation):
    for hours in (30, 25, 3):
        StatementFactory(
            conversation=conversation,
            state="pending",
            created_at=THEN - hours * HOUR,
        )

    found = told(conversation)

    assert (found.waiting.n, found.waiting.n_long) == (3, 2)
    assert found.waited == 30 * HOUR


def test_work_is_told_day_by_day_without_seeds(conversation):
    by = UserFactory()
    for ago, decided in ((2, 1), (1, 1), (1, None), (0, 0)):
        changes = {"state": "pending"}
        if decided is not None:
            at = THEN - decided * DAY
            changes = {"state": "rejected", "decided_at": at, "decided_by": by}
        StatementFactory(
            conversation=conversation, created_at=THEN - ago * DAY, **changes
        )
    StatementFactory(conversation=conversation, is_seed=True)

    days = told(conversation).work[-3:]

    assert [(day.n_written, day.n_decided) for day in days] == [(1, 0), (2, 2), (1, 1)]


def test_languages_are_of_what_is_shown_or_waits(conversation):
    for language, state in (
        ("en", "accepted"),
        ("en", "pending"),
        ("es", "accepted"),
        ("tlh", "accepted"),
        ("de", "rejected"),
    ):
        StatementFactory(conversation=conversation, language=language, state=state)

    found = [(each.name, each.n, each.share) for each in told(conversation).languages]

    assert found == [("English", 2, 0.5), ("español", 1, 0.25), ("tlh", 1, 0.25)]


def test_signs_are_of_people_who_are_counted(conversation):
    one, other, gone = ParticipantFactory.create_batch(3, conversation=conversation)
    gone.is_excluded = True
    gone.save()
    for person, kind in ((one, "speed"), (one, "straight"), (other, "speed")):
        ParticipationSignFactory(participant=person, kind=kind)
    ParticipationSignFactory(participant=gone, kind="spam")

    found = told(conversation)

    assert (found.signs, found.n_noticed) == (
        [("Always the same answer", 1), ("Faster than one can read", 2)],
        2,
    )


def test_what_waits_beside_statements_is_counted(conversation):
    decision = DecisionFactory(statement__conversation=conversation, kind="reject")
    AppealFactory(decision=decision)
    SecondLookFactory(decision__statement__conversation=conversation)

    found = told(conversation)

    assert (found.n_appeals, found.n_second_looks, found.agreement.n) == (1, 1, 0)


def test_it_costs_the_same_however_large(conversation, django_assert_max_num_queries):
    run = analysed(conversation, A=10, B=10)
    for number in range(30):
        judged(run, number, A=(9, 0, 1), B=(9, 1, 0))
    StatementFactory.create_batch(20, conversation=conversation, state="pending")

    with django_assert_max_num_queries(24):
        told(conversation)
