"""Tasks: ids in, one action called, and safe to run twice."""

import pytest
from celery import current_app
from django.core import mail
from django.utils import timezone

from deliberation import queries, tasks
from deliberation.actions import leases
from deliberation.models import AnalysisRun, Subscription
from tests.deliberation.worlds import small_world, states_of_runs, store
from tests.factories import THEN, SubscriptionFactory


@pytest.fixture
def conversation(db):
    return store(small_world())


def n_waiting():
    with current_app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")


def test_run_analysis_analyses_what_has_changed(conversation):
    tasks.run_analysis(conversation_id=conversation.pk)

    assert queries.analysis.is_current(conversation)
    assert states_of_runs() == ["succeeded"]


def test_run_analysis_twice_is_one_run(conversation):
    for _ in range(2):
        tasks.run_analysis(conversation_id=conversation.pk)

    assert AnalysisRun.objects.count() == 1


def test_sweep_analyses_asks_for_what_no_message_asked_for(conversation):
    current_app.control.purge()

    tasks.sweep_analyses()
    asked = n_waiting()
    current_app.control.purge()

    assert asked == 1


def test_beat_names_tasks_that_exist():
    named = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert named - set(current_app.tasks) == set()


def test_news_are_sent_and_swept_by_their_tasks(conversation):
    SubscriptionFactory(conversation=conversation, asked_at=timezone.now())
    current_app.control.purge()

    tasks.sweep_news()
    asked = n_waiting()
    current_app.control.purge()
    tasks.send_news(conversation_id=conversation.pk)
    tasks.sweep_news()

    assert (asked, len(mail.outbox), n_waiting()) == (1, 1, 0)


def test_unconfirmed_addresses_are_dropped_by_their_task(conversation):
    SubscriptionFactory(conversation=conversation, asked_at=THEN)

    tasks.drop_unconfirmed_news()

    assert not Subscription.objects.exists()


def test_the_worker_gives_back_what_it_has_not_finished():
    wanted = {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
    }

    assert {name: current_app.conf[name] for name in wanted} == wanted
    given_out_again = current_app.conf.broker_transport_options["visibility_timeout"]
    assert given_out_again > leases.LONGEST_RUN.total_seconds()
