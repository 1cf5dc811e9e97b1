"""A database of its own with conversations that many people have voted in."""

import os
import random
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import service  # noqa: F401 - sets the platform up
from deliberation.models import Conversation, Participant, Statement, Vote

N_PEOPLE, N_VOTES, N_STATEMENTS = 5000, 100_000, 300


@dataclass(frozen=True)
class Crowd:
    """Ids of rows; codes and what each has not voted on are in the order of people."""

    conversation: int
    statements: list[int]
    people: list[int]
    codes: list[str]
    unseen: list[list[int]]


def make_database() -> None:
    """A new one with all tables; what was there under its name is gone."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = url.path.lstrip("/")
    with psycopg.connect(
        urlunsplit(url._replace(path="/postgres")), autocommit=True
    ) as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        postgres.execute(f'CREATE DATABASE "{name}"')
    call_command("migrate", verbosity=0)


def gather(slug: str, seed: int) -> Crowd:
    """A conversation of 300 statements, 5,000 people and 100,000 votes."""
    draw = random.Random(seed)
    now = timezone.now()
    conversation = Conversation.objects.create(
        slug=slug, question="What should the AI do?", state="open"
    )
    statements = Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            number=n,
            text=f"The AI should tell people what it does not know, number {n}.",
            language="en",
            state="accepted",
            created_at=now,
        )
        for n in range(N_STATEMENTS)
    )
    people = Participant.objects.bulk_create(
        (
            Participant(conversation=conversation, code=f"{slug}-{n:018d}")
            for n in range(N_PEOPLE)
        ),
        batch_size=1000,
    )
    ids = [statement.pk for statement in statements]
    unseen = [draw.sample(ids, N_STATEMENTS) for _ in people]
    each = N_VOTES // N_PEOPLE
    Vote.objects.bulk_create(
        (
            Vote(
                conversation=conversation,
                participant=person,
                statement_id=unseen[n].pop(),
                choice=draw.choice((-1, 0, 1)),
                cast_at=now,
            )
            for n, person in enumerate(people)
            for _ in range(each)
        ),
        batch_size=5000,
    )
    # As autovacuum does within a minute of so many new rows.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Crowd(
        conversation=conversation.pk,
        statements=ids,
        people=[person.pk for person in people],
        codes=[person.code for person in people],
        unseen=unseen,
    )
