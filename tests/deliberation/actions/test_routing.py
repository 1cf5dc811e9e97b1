"""The nightly look: routing that is flat raises an alert, honest routing does not."""

import json
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from deliberation import identity, tasks
from deliberation.actions import conversations, routing
from deliberation.models import (
    Alert,
    AnalysisRun,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.queries import decks
from tests.deliberation.worlds import small_world, store
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    StatementResultFactory,
    VoteFactory,
)

# After eight votes twelve statements leave too few to choose among to tell anything.
N_STATEMENTS, N_PEOPLE, N_VOTES = 12, 13, 8
N_DRAWS = N_PEOPLE * N_VOTES


@pytest.fixture
def flat(conversation):
    """Every statement weighs the same: the analysis and the counts have come to a halt.

    So many votes are not counted one by one; the analysis's counts hold.
    """
    run = AnalysisRunFactory(
        conversation=conversation, state="succeeded", n_votes=300_000
    )
    for statement in StatementFactory.create_batch(
        N_STATEMENTS, conversation=conversation
    ):
        StatementResultFactory(
            run=run, statement=statement, n_agree=25_000, priority=0.5
        )
    return conversation


def mend(conversation):
    """What is stored tells statements apart again."""
    for n, result in enumerate(StatementResult.objects.order_by("id")):
        result.priority = 0.6**n
        result.save()
    decks.forget()


def people_vote(conversation, name, settings):
    """Everybody, on the cards that she is dealt, as a browser does it."""
    settings.RATE_LIMIT_FACTOR = 0
    slug = conversation.slug
    for person in range(N_PEOPLE):
        client, signed = Client(), identity.sign(f"{name}-{person}", slug)
        cards = client.get(f"/c/{slug}/cards/").json()["cards"]
        for n in range(N_VOTES):
            card, *cards = cards
            vote = {
                "participant": signed,
                "key": f"{name}-{person}-{n}",
                "choice": 1,
                "statement": card["statement"],
                "draw": card["draw"],
                "held": [other["statement"] for other in cards],
            }
            answer = client.post(
                f"/c/{slug}/votes/", json.dumps(vote), content_type="application/json"
            )
            cards += answer.json()["cards"]


@pytest.fixture
def drawn_evenly(flat):
    """As `people_vote` leaves it there."""
    people = ParticipantFactory.create_batch(N_PEOPLE, conversation=flat)
    statements = Statement.objects.order_by("id")[:N_VOTES]
    Vote.objects.bulk_create(
        VoteFactory.build(
            conversation=flat,
            participant=person,
            statement=statement,
            cast_at=timezone.now(),
            probability=1 / N_STATEMENTS,
            n_candidates=N_STATEMENTS,
        )
        for person in people
        for statement in statements
    )
    return flat


def a_night(conversation):
    return routing.check_routing(conversation=conversation, now=timezone.now())


def two_days_pass():
    Vote.objects.update(cast_at=F("cast_at") - timedelta(days=2))


# --- The draws ---------------------------------------------------------------------


def test_routing_set_flat_on_purpose_raises_the_alert(flat, settings):
    people_vote(flat, "flat", settings)

    tasks.check_routing()

    alert = Alert.objects.get()
    assert (alert.conversation, alert.kind) == (flat, "flat_routing")
    assert alert.details == {
        "signs": ["draws"],
        "n_draws": N_DRAWS,
        "p_even": 1.0,
        "divergence": 0.0,
    }


def test_honest_draws_raise_no_alert(flat, settings):
    mend(flat)
    people_vote(flat, "honest", settings)

    assert a_night(flat) is None
    assert Alert.objects.count() == 0


def test_looking_twice_raises_one_alert(drawn_evenly):
    first = a_night(drawn_evenly)

    second = a_night(drawn_evenly)

    assert (second, second.raised_at) == (first, first.raised_at)
    assert Alert.objects.count() == 1


def test_alert_ends_by_itself_once_routing_chooses_again(drawn_evenly, settings):
    a_night(drawn_evenly)
    two_days_pass()
    mend(drawn_evenly)
    people_vote(drawn_evenly, "honest", settings)

    assert a_night(drawn_evenly) is None
    assert Alert.objects.get().ended_at is not None


def test_alert_stands_while_nobody_comes_to_tell(drawn_evenly):
    raised = a_night(drawn_evenly)
    two_days_pass()

    assert a_night(drawn_evenly) == raised
    assert Alert.objects.get().details["n_draws"] == N_DRAWS


def test_alert_ends_with_the_conversation(drawn_evenly):
    a_night(drawn_evenly)
    conversations.close_conversation(
        conversation=drawn_evenly, by=None, now=timezone.now()
    )

    tasks.check_routing()

    assert Alert.objects.get().ended_at is not None


def test_a_second_fault_raises_a_second_alert(drawn_evenly):
    Alert.objects.filter(pk=a_night(drawn_evenly).pk).update(ended_at=timezone.now())

    a_night(drawn_evenly)

    assert Alert.objects.count() == 2
    assert Alert.objects.standing().count() == 1


def test_draws_say_nothing_while_most_statements_have_no_vote(drawn_evenly):
    StatementFactory.create_batch(N_DRAWS, conversation=drawn_evenly)

    assert a_night(drawn_evenly) is None


def test_votes_of_the_day_before_do_not_count(drawn_evenly):
    two_days_pass()

    assert a_night(drawn_evenly) is None


# --- What is stored ----------------------------------------------------------------


@pytest.fixture
def analysed(db):
    """By the engine: its priorities are not the same."""
    conversation = store(small_world())
    tasks.run_analysis(conversation_id=conversation.pk)
    return conversation


def test_an_honest_analysis_raises_no_alert(analysed):
    assert a_night(analysed) is None


@pytest.mark.parametrize("priority", [0.0, 0.3, 1.0])
def test_priorities_that_are_all_the_same_raise_the_alert(analysed, priority):
    StatementResult.objects.update(priority=priority)

    alert = a_night(analysed)

    assert alert.details == {"signs": ["stored"], "n_statements": 12}


def test_it_ends_with_the_next_honest_analysis(analysed):
    StatementResult.objects.update(priority=1.0)
    a_night(analysed)
    Vote.objects.first().delete()
    tasks.run_analysis(conversation_id=analysed.pk)

    assert a_night(analysed) is None
    assert Alert.objects.get().ended_at is not None


def too_few_people():
    AnalysisRun.objects.update(n_placed=9)


def too_few_statements():
    kept = Statement.objects.order_by("id")[:4]
    StatementResult.objects.exclude(statement__in=list(kept)).delete()


def all_agreed_with_as_much():
    StatementResult.objects.update(n_agree=9, n_disagree=3, n_pass=1)


@pytest.mark.parametrize(
    "given", [too_few_people, too_few_statements, all_agreed_with_as_much]
)
def test_priorities_may_rightly_be_the_same(analysed, given):
    StatementResult.objects.update(priority=1.0)
    given()

    assert a_night(analysed) is None


def test_a_conversation_without_votes_is_left_alone(db):
    ConversationFactory(state="open")

    tasks.check_routing()

    assert Alert.objects.count() == 0


def test_the_log_tells_the_operator(analysed, caplog):
    StatementResult.objects.update(priority=1.0)

    a_night(analysed)

    (record,) = caplog.records
    assert record.getMessage() == (
        f"routing of conversation {analysed.pk} is flat:"
        " {'n_statements': 12, 'signs': ['stored']}"
    )
