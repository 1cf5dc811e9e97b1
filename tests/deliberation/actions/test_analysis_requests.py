"""Asking for analyses: one message for a storm of votes, and no vote is missed."""

import base64
import json

import pytest
from celery import current_app
from django.db import transaction
from kombu import pools

from deliberation import queries
from deliberation.actions import analysis, messages
from deliberation.models import AnalysisRun, Choice, Conversation, Vote
from tests.deliberation.worlds import (
    cast,
    full_disk,
    just_before,
    newcomer_votes,
    running_run,
    small_world,
    states_of_runs,
    store,
    vote_again,
)
from tests.factories import ConversationFactory


@pytest.fixture
def queue():
    """The messages that wait in the broker, as (task, its keyword arguments)."""
    current_app.control.purge()

    def waiting():
        with current_app.connection_for_read() as broker:
            raw = broker.default_channel.client.lrange("celery", 0, -1)
        return [_task(json.loads(message)) for message in raw]

    yield waiting
    current_app.control.purge()


def _task(message):
    _args, kwargs, _embed = json.loads(base64.b64decode(message["body"]))
    return message["headers"]["task"], kwargs


def asked(conversation):
    return ("deliberation.tasks.run_analysis", {"conversation_id": conversation.pk})


@pytest.fixture
def conversation(db):
    return store(small_world())


@pytest.mark.django_db(transaction=True)
def test_request_analysis_sends_nothing_before_the_commit(queue):
    conversation = ConversationFactory()

    with transaction.atomic():
        analysis.request_analysis(conversation=conversation)
        before = queue()

    assert (before, queue()) == ([], [asked(conversation)])


@pytest.mark.django_db(transaction=True)
def test_request_analysis_sends_nothing_for_what_is_rolled_back(queue):
    conversation = ConversationFactory()

    with transaction.atomic():
        analysis.request_analysis(conversation=conversation)
        transaction.set_rollback(True)

    assert queue() == []


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_votes_sends_one_message(queue, settings):
    settings.ANALYSIS_QUIET_SECONDS = 60
    conversation = store(small_world())

    for vote in Vote.objects.select_related("conversation", "participant")[:20]:
        cast(vote, Choice.PASS)

    assert queue() == [asked(conversation)]


@pytest.mark.django_db(transaction=True)
def test_who_commits_when_the_worker_may_have_read_sends_another_message(
    queue, settings
):
    """No quiet period: the message before this one may have been acted on already."""
    conversation = store(small_world())
    settings.ANALYSIS_QUIET_SECONDS = 0

    vote_again(conversation)
    vote_again(conversation)

    assert queue() == [asked(conversation)] * 2


@pytest.mark.django_db(transaction=True)
def test_processes_know_of_each_others_messages(queue, settings):
    conversation = store(small_world())
    settings.ANALYSIS_QUIET_SECONDS = 60

    vote_again(conversation)
    messages.forget()
    vote_again(conversation)

    assert queue() == [asked(conversation)]


@pytest.mark.django_db(transaction=True)
def test_after_a_run_the_next_vote_sends_a_message_again(queue):
    conversation = store(small_world())
    vote_again(conversation)
    analysis.catch_up(conversation_id=conversation.pk)

    vote_again(conversation)

    assert queue() == [asked(conversation)] * 2


@pytest.fixture
def broker_away(monkeypatch):
    nowhere = current_app.connection_for_write("redis://127.0.0.1:1/0")
    away = pools.producers[nowhere]
    monkeypatch.setattr(current_app.amqp, "_producer_pool", away)


@pytest.fixture
def cache_away(settings):
    away = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere.sock"}
    settings.CACHES = {"default": away}


@pytest.mark.parametrize("what", ["broker_away", "cache_away"])
def test_a_vote_is_stored_when_nobody_takes_the_message(
    request, conversation, what, caplog, django_capture_on_commit_callbacks
):
    request.getfixturevalue(what)

    with django_capture_on_commit_callbacks(execute=True):
        vote = vote_again(conversation)

    vote.refresh_from_db()
    warned = [record for record in caplog.records if record.levelname == "WARNING"]
    assert (vote.revision, len(warned)) == (2, 1)
    assert (
        warned[0]
        .getMessage()
        .startswith(
            f"analysis of conversation {conversation.pk} waits for the sweeper: "
        )
    )


# --- When there is something to do ---


def test_catch_up_does_nothing_when_nothing_has_changed(conversation):
    analysis.catch_up(conversation_id=conversation.pk)

    analysis.catch_up(conversation_id=conversation.pk)

    assert states_of_runs() == ["succeeded"]


def decide(conversation):
    Conversation.objects.update(moderation_revision=1)


@pytest.mark.parametrize("change", [newcomer_votes, vote_again, decide])
def test_catch_up_runs_after_every_change(conversation, change):
    analysis.catch_up(conversation_id=conversation.pk)
    change(conversation)

    analysis.catch_up(conversation_id=conversation.pk)

    assert states_of_runs() == ["succeeded", "succeeded"]
    assert queries.analysis.is_current(conversation)


def test_sweep_asks_for_what_has_changed_and_nothing_else(db, queue):
    current, changed = store(small_world()), store(small_world())
    store(small_world(), conversation=ConversationFactory(state="archived"))
    analysis.run_analysis(conversation=current)

    analysis.sweep()

    assert queue() == [asked(changed)]


def test_results_of_an_older_layout_are_none_and_are_made_anew(conversation, queue):
    """As after an upgrade: the votes are the same, and still an analysis is due."""
    analysis.run_analysis(conversation=conversation)
    AnalysisRun.objects.update(layout=AnalysisRun.LAYOUT - 1)

    analysis.sweep()
    seen = queries.analysis.latest_run(conversation)
    analysis.catch_up(conversation_id=conversation.pk)

    assert (seen, queue()) == (None, [asked(conversation)])
    assert queries.analysis.latest_run(conversation).layout == AnalysisRun.LAYOUT


def test_failures_of_an_older_layout_do_not_count(conversation, queue):
    for _ in range(analysis.MAX_ATTEMPTS):
        with full_disk():
            analysis.run_analysis(conversation=conversation)
    AnalysisRun.objects.update(layout=AnalysisRun.LAYOUT - 1)

    analysis.sweep()

    assert queue() == [asked(conversation)]


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_vote_that_comes_while_the_votes_are_read_is_found(conversation, order):
    sql = {
        "before": "FROM deliberation_vote",
        "after": 'FROM "deliberation_participant"',
    }[order]

    with just_before(sql, lambda: newcomer_votes(conversation)):
        run = analysis.run_analysis(conversation=conversation)

    assert not queries.analysis.is_current(conversation)
    analysis.catch_up(conversation_id=conversation.pk)
    assert queries.analysis.is_current(conversation)
    assert run.n_participants == (35 if order == "before" else 34)
    assert queries.analysis.latest_run(conversation).n_participants == 35


def test_catch_up_comes_back_when_another_runs(conversation, queue):
    running_run(conversation, seconds_left=30)

    analysis.catch_up(conversation_id=conversation.pk)

    assert (states_of_runs(), queue()) == (["running"], [asked(conversation)])


def test_sweep_gives_up_on_the_same_votes_and_tries_again_with_others(
    conversation, queue
):
    analysis.run_analysis(conversation=conversation)
    vote_again(conversation)
    swept = []
    for _ in range(analysis.MAX_ATTEMPTS):
        analysis.sweep()
        swept.append(len(queue()))
        with full_disk():
            analysis.catch_up(conversation_id=conversation.pk)

    analysis.sweep()
    assert (swept, len(queue())) == ([1, 2, 3], 3)

    vote_again(conversation)
    analysis.sweep()
    assert len(queue()) == 4
