"""What is personal goes when a person is erased.

The table of `ways` says how each model leads to a person; a new model with personal
fields fails until it has its place in it.
"""

from datetime import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from clustering import Analysis
from deliberation import actions, queries
from deliberation.actions.privacy import NO_WORDS
from deliberation.models import (
    AnalysisRun,
    Participant,
    Statement,
    Vote,
)
from tests import factories
from tests.contracts.test_privacy import OURS, PERSONAL
from tests.deliberation.worlds import small_world, store
from tests.factories import THEN

# From a model's row to the person whom its personal fields are about.
WAYS = {
    "Participant": "pk",
    "Statement": "author",
    "Vote": "participant",
    "VoteRevision": "vote__participant",
    "VoteReason": "vote__participant",
    "WithdrawnVote": "participant",
    "Wording": "statement__author",
    "Appeal": "statement__author",
    "ParticipationSign": "participant",
}
# Those that lead to nobody by a column: why, and what is tested of them instead.
OTHERWISE = {
    "Comparison": "its list of people loses her number",
    "AnalysisRun": "its arrays know people by a number",
    "Subscription": "nothing leads to a participant",
}

# What is found nowhere else, so that it can be looked for everywhere.
NUMBER = 770_077_007
CODE = "code-of-somebody-who-leaves"
MOMENT = datetime(2026, 3, 7, 7, 7, 7, 777_007, tzinfo=THEN.tzinfo)
MARKS = (
    *(str(NUMBER + n) for n in range(3)),
    CODE,
    MOMENT.isoformat(),
    "key-of-hers",
    "Words of hers",
)


def everything() -> list[str]:
    """Each value of each row of each model, as text; binary ones aside."""
    return [
        value.isoformat() if isinstance(value, datetime) else str(value)
        for model in OURS
        for row in model._default_manager.values_list()
        for value in row
        if not isinstance(value, (bytes, memoryview))
    ]


def marks_found() -> set[str]:
    values = everything()
    return {mark for mark in MARKS if any(mark in value for value in values)}


def numbers_in_arrays() -> set[int]:
    """Of all people whom a stored analysis knows."""
    runs = AnalysisRun.objects.exclude(arrays=None).values_list("arrays", flat=True)
    return {
        number
        for arrays in runs
        for number in Analysis.from_bytes(bytes(arrays)).participant_ids.tolist()
    }


@pytest.fixture
def somebody(db: None) -> Participant:
    """In a conversation of others, with a row of every kind, and analysed."""
    conversation = store(small_world())
    person = factories.ParticipantFactory(
        pk=NUMBER, conversation=conversation, code=CODE, imported_number=NUMBER + 1
    )
    seen, *others = Statement.objects.order_by("number")
    mine = {"conversation": conversation, "participant": person, "cast_at": MOMENT}
    for n, statement in enumerate(others):
        factories.VoteFactory(
            statement=statement, client_key=f"key-of-hers-{n}", **mine
        )
    vote = factories.VoteFactory(
        pk=NUMBER + 2, statement=seen, client_key="key-of-hers", matters=True, **mine
    )
    factories.VoteRevisionFactory(
        vote=vote, cast_at=MOMENT, client_key="key-of-hers-before"
    )
    factories.VoteReasonFactory(vote=vote, text="Words of hers", written_at=MOMENT)
    said = {
        "conversation": conversation,
        "author": person,
        "text": "Words of hers, too",
    }
    alone = factories.StatementFactory(number=90, state="pending", **said)
    answered = factories.StatementFactory(number=91, **said)
    factories.VoteFactory(
        conversation=conversation,
        participant=conversation.participants.first(),
        statement=answered,
    )
    factories.StatementFingerprintFactory(statement=answered)
    factories.StatementTranslationFactory(statement=answered, text="Words of hers: es")
    factories.WordingFactory(statement=answered, text="Words of hers, at first")
    rejection = factories.DecisionFactory(statement=answered, kind="reject")
    factories.AppealFactory(decision=rejection, text="Words of hers, objecting")
    factories.WithdrawnVoteFactory(
        participant=person,
        statement=alone,
        client_key="key-of-hers-2",
        withdrawn_at=MOMENT,
    )
    factories.SubscriptionFactory(conversation=conversation)
    be_noticed(person)
    actions.analysis.catch_up(conversation_id=conversation.pk)
    return person


def be_noticed(person: Participant) -> None:
    """For how she takes part; and another person for taking part like her."""
    conversation = person.conversation
    factories.ParticipationSignFactory(participant=person, evidence={"n_votes": 12})
    factories.ParticipationSignFactory(
        participant=conversation.participants.first(),
        kind="copy",
        evidence={"like": person.pk},
    )
    factories.ComparisonFactory(conversation=conversation, participants=[person.pk])


def erase(person: Participant, *, with_statements: bool = True) -> None:
    actions.privacy.erase(
        conversation=person.conversation,
        code=person.code,
        with_statements=with_statements,
    )


def test_every_model_with_personal_fields_has_a_way_to_the_person() -> None:
    assert {model.__name__ for model in PERSONAL} == WAYS.keys() | OTHERWISE.keys()


@pytest.mark.parametrize("name", WAYS)
def test_there_is_a_row_of_every_kind_to_erase(
    somebody: Participant, name: str
) -> None:
    model = apps.get_model("deliberation", name)

    assert model._default_manager.filter(**{WAYS[name]: somebody.pk}).exists()


@pytest.mark.parametrize("name", WAYS)
def test_after_erasure_no_row_leads_to_the_person(
    somebody: Participant, name: str
) -> None:
    model = apps.get_model("deliberation", name)

    erase(somebody)

    assert not model._default_manager.filter(**{WAYS[name]: NUMBER}).exists()


def test_after_erasure_no_value_of_the_person_is_anywhere(
    somebody: Participant,
) -> None:
    before = marks_found()
    erase(somebody)

    after = marks_found()

    assert before == set(MARKS)
    assert after == set()


def test_the_next_analysis_forgets_the_persons_number(somebody: Participant) -> None:
    before = numbers_in_arrays()
    erase(somebody)

    assert not queries.analysis.is_current(somebody.conversation)
    actions.analysis.catch_up(conversation_id=somebody.conversation_id)

    assert numbers_in_arrays() == before - {NUMBER}
    assert NUMBER in before


def test_words_that_stay_have_no_author(somebody: Participant) -> None:
    erase(somebody, with_statements=False)

    said = Statement.objects.filter(number__in=(90, 91)).order_by("number")
    assert list(said.values_list("text", "state", "author")) == [
        ("Words of hers, too", "pending", None),
        ("Words of hers, too", "accepted", None),
    ]


def test_words_that_go_leave_others_votes_on_an_empty_place(
    somebody: Participant,
) -> None:
    n_others = Vote.objects.exclude(participant=somebody).count()

    erase(somebody)

    (place,) = Statement.objects.filter(number__in=(90, 91))
    assert (place.number, place.text, place.state) == (91, NO_WORDS, "rejected")
    assert Vote.objects.count() == n_others


def test_the_last_person_of_a_conversation_is_forgotten_too(
    participant: Participant,
) -> None:
    factories.VoteFactory(
        conversation=participant.conversation,
        participant=participant,
        cast_at=timezone.now(),
    )
    actions.analysis.catch_up(conversation_id=participant.conversation_id)
    assert numbers_in_arrays() == {participant.pk}

    erase(participant)
    actions.analysis.catch_up(conversation_id=participant.conversation_id)

    assert numbers_in_arrays() == set()
