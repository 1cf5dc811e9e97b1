"""Synthetic worlds as rows of the database, and what happens in them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from deliberation.actions import constitutions, voting
from deliberation.models import (
    AnalysisRun,
    Choice,
    ConstitutionVersion,
    Conversation,
    Participant,
    Statement,
    Vote,
)
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    VoteFactory,
)
from tests.synthetic import World, camps


def small_world() -> World:
    """Two camps, twenty and fourteen people, on twelve statements."""
    return camps([20, 14], seed=5, n_statements=12, n_shared=3, p_seen=0.9)


def many_camps() -> World:
    """Ten camps of eight people: whoever is asked, other groups come out."""
    return camps([8] * 10, seed=1, n_statements=36, n_shared=3, p_seen=0.8, p_loyal=0.8)


def ready_or_not() -> World:
    """Eighty people who differ only in how readily they agree (Rasch's model)."""
    random = np.random.default_rng(1)
    readiness, easiness = random.normal(0, 2, 80), random.normal(0, 1, 30)
    p_agree = 1 / (1 + np.exp(-(readiness[:, None] + easiness)))
    participants, statements = np.nonzero(random.random((80, 30)) < 0.7)
    agrees = random.random(len(participants)) < p_agree[participants, statements]
    choices = np.where(agrees, 1, -1)
    return World(participants, statements, choices, np.zeros(80, dtype=np.int64))


def store(world: World, *, conversation: Conversation | None = None) -> Conversation:
    """The world's people, accepted statements and votes, in an open conversation."""
    conversation = conversation or ConversationFactory(state="open")
    n_people, n_statements = len(world.camp_of), world.statements.max() + 1
    people = Participant.objects.bulk_create(
        ParticipantFactory.build_batch(n_people, conversation=conversation)
    )
    statements = Statement.objects.bulk_create(
        StatementFactory.build(conversation=conversation, number=n, state="accepted")
        for n in range(n_statements)
    )
    Vote.objects.bulk_create(
        VoteFactory.build(
            conversation=conversation,
            participant=people[p],
            statement=statements[s],
            choice=choice,
            cast_at=THEN,
        )
        for p, s, choice in zip(*(part.tolist() for part in world.votes), strict=True)
    )
    return conversation


def drafted(conversation: Conversation) -> ConstitutionVersion:
    """A draft from its analysis, by an operator."""
    return constitutions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=None
    )


def cast(vote: Vote, choice: Choice) -> Vote:
    """The same person votes on the same statement again."""
    return voting.cast_vote(
        conversation=vote.conversation,
        code=vote.participant.code,
        statement_id=vote.statement_id,
        choice=choice,
        now=THEN,
    )


def vote_again(conversation: Conversation) -> Vote:
    """One person changes her mind."""
    vote = Vote.objects.filter(conversation=conversation).earliest("id")
    return cast(vote, Choice.PASS if vote.choice else Choice.AGREE)


def newcomer_votes(conversation: Conversation) -> None:
    """Somebody comes and votes, in the database alone."""
    statement = Statement.objects.filter(conversation=conversation).earliest("id")
    person = ParticipantFactory(conversation=conversation)
    VoteFactory(conversation=conversation, participant=person, statement=statement)


def running_run(conversation: Conversation, *, seconds_left: float) -> AnalysisRun:
    """As a worker leaves it that is at work, or has died."""
    return AnalysisRunFactory(
        conversation=conversation,
        lease_until=timezone.now() + timedelta(seconds=seconds_left),
    )


def states_of_runs() -> list[str]:
    """Of all runs, oldest first."""
    return list(AnalysisRun.objects.order_by("id").values_list("state", flat=True))


@contextmanager
def just_before(sql_part: str, do: Callable[[], object]) -> Iterator[None]:
    """Call `do` once, just before the database is given a statement with this part."""
    calls = [do]

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        if calls and sql_part in sql:
            calls.pop()()
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield
    assert not calls


@contextmanager
def full_disk() -> Iterator[None]:
    """A real failure: the database cannot store what the engine found."""

    def refuse() -> None:
        raise OSError("no space left")

    with (
        just_before('INSERT INTO "deliberation_statementresult"', refuse),
        pytest.raises(OSError, match="no space left"),
    ):
        yield
