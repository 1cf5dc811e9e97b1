"""The Celery app and the beat schedule."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.settings")

app = Celery("folkmoot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["deliberation"])

app.conf.beat_schedule = {
    # A message can be lost, a vote cannot: what the broker forgot, this finds.
    "analyse what has changed": {
        "task": "deliberation.tasks.sweep_analyses",
        "schedule": 20.0,
        # A sweep that waited behind a long analysis is no use any more.
        "options": {"expires": 20},
    },
    # Votes end on time without it; this makes the end known, and opens what is due.
    "open and close what is due": {
        "task": "deliberation.tasks.follow_schedules",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Statements that were stored while no worker was about, or by an older release.
    "make missing fingerprints": {
        "task": "deliberation.tasks.sweep_fingerprints",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    # Statements that came, or were replaced, while no worker was about.
    "compare statements that are not compared": {
        "task": "deliberation.tasks.sweep_likenesses",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    # Mails that a message forgot, or that no mail server took.
    "send the news that are due": {
        "task": "deliberation.tasks.sweep_news",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "drop addresses that nobody confirmed": {
        "task": "deliberation.tasks.drop_unconfirmed_news",
        "schedule": crontab(hour=3, minute=23),
    },
    # What moderators should know of before somebody has waited for days.
    "look for what moderators should know": {
        "task": "deliberation.tasks.check_alerts",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    # Ways of taking part that a person should look at, wherever something has changed.
    "look at participation": {
        "task": "deliberation.tasks.sweep_participation",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "drop the names of networks": {
        "task": "deliberation.tasks.drop_networks",
        "schedule": crontab(hour=3, minute=33),
    },
    # Nobody notices by looking at pages that statements come by mere chance.
    "look whether routing still chooses": {
        "task": "deliberation.tasks.check_routing",
        "schedule": crontab(hour=3, minute=43),
    },
}


@worker_init.connect
def load_the_engine(**_: object) -> None:
    """Import the engine once, before the first vote waits for it."""
    from deliberation.actions import engine  # noqa: PLC0415 - needs Django set up

    engine.load()
