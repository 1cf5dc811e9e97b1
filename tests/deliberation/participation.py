"""A conversation with people who thought about their votes, and bots who did not."""

from datetime import timedelta

import numpy as np

from deliberation.models import Conversation, Participant, Statement, Vote
from tests.factories import (
    THEN,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    VoteFactory,
)

N_PEOPLE, N_STATEMENTS = 60, 30


def with_bots(n_bots: int = 5, **conversation: object) -> Conversation:
    """Honest people who vote on all statements in human time, and bots who disagree
    with everything, five votes a second."""
    where = ConversationFactory(state="open", **conversation)
    statements = Statement.objects.bulk_create(
        StatementFactory.build(
            conversation=where, number=n, text=f"Statement {n}: " + "word " * 20
        )
        for n in range(N_STATEMENTS)
    )
    random = np.random.default_rng(4)
    p_agree = 1 / (1 + np.exp(-random.normal(0.6, 1.2, N_STATEMENTS)))
    for number in range(N_PEOPLE):
        agrees = random.random(N_STATEMENTS) < p_agree
        pace = timedelta(seconds=6 + number % 5)
        choices = np.where(agrees, 1, -1).tolist()
        cast(where, statements, choices, begin=timedelta(hours=number), pace=pace)
    for number in range(n_bots):
        begin = timedelta(days=5, hours=number)
        against = [-1] * N_STATEMENTS
        cast(where, statements, against, begin=begin, pace=timedelta(seconds=0.2))
    return where


def cast(
    conversation: Conversation,
    statements: list[Statement],
    choices: list[int],
    *,
    begin: timedelta,
    pace: timedelta,
) -> Participant:
    """A newcomer with these votes, so long after each other."""
    person = ParticipantFactory(conversation=conversation)
    Vote.objects.bulk_create(
        VoteFactory.build(
            conversation=conversation,
            participant=person,
            statement=statement,
            choice=choice,
            cast_at=THEN + begin + n * pace,
        )
        for n, (statement, choice) in enumerate(zip(statements, choices, strict=True))
    )
    return person


def bots(conversation: Conversation) -> list[int]:
    """Ids of those who came after the honest ones."""
    people = Participant.objects.filter(conversation=conversation).order_by("pk")
    return list(people.values_list("pk", flat=True))[N_PEOPLE:]
