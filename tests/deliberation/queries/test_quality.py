"""What moderators read of participation, and what everybody does."""

from datetime import timedelta

import pytest

from deliberation import queries
from deliberation.models import Participant
from deliberation.tallies import Tally
from tests.factories import (
    THEN,
    ConversationFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    StatementFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


def test_overview_counts_people_by_sign():
    person = ParticipantFactory()
    conversation = person.conversation
    ParticipationSignFactory(participant=person, kind="straight")
    ParticipationSignFactory(participant=person, kind="speed")
    gone = ParticipantFactory(conversation=conversation, is_excluded=True)
    ParticipationSignFactory(participant=gone, kind="speed")

    found = queries.quality.overview(conversation)

    counts = {one.kind: one.n for one in found.kinds}
    assert counts == {"straight": 1, "speed": 1, "burst": 0, "copy": 0, "spam": 0}
    assert (found.n_flagged, found.n_excluded, found.looked_at) == (1, 1, None)


def test_people_are_listed_by_their_strongest_sign():
    conversation = ConversationFactory()
    weak, strong, quiet = (
        ParticipantFactory(conversation=conversation) for _ in range(3)
    )
    ParticipationSignFactory(participant=weak, kind="speed", strength=0.6)
    ParticipationSignFactory(participant=strong, kind="copy", strength=0.9)
    ParticipationSignFactory(participant=strong, kind="speed", strength=0.5)

    def listed(kind):
        return [row.pk for row in queries.quality.people(conversation, kind, 1)]

    assert listed("") == [strong.pk, weak.pk]
    assert listed("speed") == [weak.pk, strong.pk]
    assert listed("burst") == []
    assert quiet.pk not in listed("")
    rows = queries.quality.people(conversation, "", 1).object_list
    assert [sign.kind for sign in rows[0].signs] == ["copy", "speed"]


@pytest.mark.parametrize("n", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(n, django_assert_num_queries):
    conversation = ConversationFactory()
    for _ in range(n):
        person = ParticipantFactory(conversation=conversation)
        ParticipationSignFactory(participant=person)
        VoteFactory(participant=person, conversation=conversation)

    with django_assert_num_queries(4):
        page = queries.quality.people(conversation, "", 1)
        assert len(page.object_list) == n


def test_a_person_is_told_by_her_votes_and_times():
    person = ParticipantFactory()
    conversation = person.conversation
    for n, (choice, seconds) in enumerate([(1, 0), (1, 0.2), (-1, 3.2), (0, 100)]):
        VoteFactory(
            participant=person,
            conversation=conversation,
            choice=choice,
            cast_at=THEN + timedelta(seconds=seconds, microseconds=n),
        )
    StatementFactory(conversation=conversation, author=person, state="rejected")

    found = queries.quality.person(conversation, person.pk)

    assert found.tally == Tally(n_agree=2, n_disagree=1, n_pass=1)
    assert [(bar.low, bar.n) for bar in found.gaps if bar.n] == [
        (0.0, 1),
        (2.0, 1),
        (60.0, 1),
    ]
    assert found.statements == {"Rejected": 1}


def test_times_of_imported_votes_are_not_told():
    person = ParticipantFactory(imported_number=4)
    for _ in range(2):
        VoteFactory(participant=person, conversation=person.conversation)

    found = queries.quality.person(person.conversation, person.pk)

    assert (found.is_imported, found.gaps) == (True, [])


def test_somebody_of_another_conversation_is_nobody_here():
    with pytest.raises(queries.quality.NoSuchParticipant):
        queries.quality.person(ConversationFactory(), ParticipantFactory().pk)


def test_everybody_is_told_how_many_are_left_out_and_why():
    conversation = ConversationFactory()
    for reason in ("One script.", "One script.", "A test.", ""):
        ParticipantFactory(
            conversation=conversation, is_excluded=True, exclusion_reason=reason
        )
    ParticipantFactory(conversation=conversation)

    found = queries.quality.left_out(conversation)

    assert (found.n, found.reasons) == (4, [("One script.", 2), ("A test.", 1)])


def test_imported_and_excluded_people_are_read_as_such():
    conversation = ConversationFactory()
    imported = ParticipantFactory(conversation=conversation, imported_number=1)
    here = ParticipantFactory(conversation=conversation, network="n" * 16)
    out = ParticipantFactory(conversation=conversation, is_excluded=True)
    for person in (imported, here, out):
        VoteFactory(participant=person, conversation=conversation)

    votes = queries.participation.timed_votes(conversation)

    times = dict(zip(votes.participants.tolist(), votes.seconds.tolist(), strict=True))
    assert sorted(times) == [imported.pk, here.pk]
    assert times[here.pk] == pytest.approx(THEN.timestamp(), abs=0.001)
    assert times[imported.pk] != times[imported.pk]
    newcomers = queries.participation.newcomers(conversation)
    assert newcomers.participants.tolist() == [here.pk]


def test_spam_is_told_by_the_reason_of_a_rejection():
    author = ParticipantFactory()
    for state, reason in (
        ("rejected", "spam"),
        ("rejected", "unclear"),
        ("pending", ""),
    ):
        StatementFactory(
            conversation=author.conversation, author=author, state=state, reason=reason
        )

    found = queries.participation.authors(author.conversation)

    assert found.is_spam.tolist() == [True, False, False]
    assert Participant.objects.count() == 1
