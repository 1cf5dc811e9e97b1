"""A lively demo conversation, made by the same actions that people use."""

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from deliberation import actions, queries
from deliberation.actions.seeds import Seed
from deliberation.management import demo
from deliberation.models import Choice, Conversation, Statement

SEED = 20260704
DAYS = 9


class Command(BaseCommand):
    help = "Make the demo conversation, once; its people and votes are invented."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            queries.access.any_conversation(demo.SLUG)
        except queries.access.ConversationNotFound:
            conversation = self.make()
        else:
            self.stdout.write("The demo conversation is there already.")
            return
        figures = queries.conversations.figures(conversation)
        self.stdout.write(
            f"The demo conversation is at /c/{demo.SLUG}/:"
            f" {figures.n_participants} participants,"
            f" {figures.n_statements} statements, {figures.n_votes} votes."
        )

    def make(self) -> Conversation:
        """All of it or nothing, with its first analysis."""
        with without_broker_warnings(), transaction.atomic():
            conversation = Demo(timezone.now()).make()
        with suppress(actions.analysis.AnalysisInProgress):
            actions.analysis.run_analysis(conversation=conversation)
        return conversation


class Demo:
    """The same people, statements and choices each time; only the dates move."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.random = random.Random(SEED)  # noqa: S311 - it shall be the same
        # Who has an account here already decides on statements; else nobody does.
        self.moderator = User.objects.filter(is_active=True).order_by("id").first()
        self.tendencies: dict[int, demo.Tendency] = {}

    def make(self) -> Conversation:
        self.conversation = self.open()
        self.add_seeds()
        people = [self.newcomer() for _ in range(demo.N_PARTICIPANTS)]
        early, late = people[: len(people) // 3], people[len(people) // 3 :]
        for person in early:
            self.vote(person)
        for submitted, person in zip(demo.SUBMITTED, early, strict=False):
            self.submit(submitted, person)
        for person in late:
            self.vote(person)
        for submitted, person in zip(demo.LATER, late, strict=False):
            self.submit(submitted, person)
        return self.conversation

    def open(self) -> Conversation:
        conversation = actions.conversations.create(
            slug=demo.SLUG,
            question=demo.QUESTION,
            description=demo.DESCRIPTION,
            by=self.moderator,
        )
        return actions.conversations.open_conversation(
            conversation=conversation,
            by=self.moderator,
            now=self.now - timedelta(days=DAYS),
        )

    def add_seeds(self) -> None:
        for language, tendencies in demo.SEEDS.items():
            seeds = actions.seeds.add_seeds(
                conversation=self.conversation,
                seeds=[Seed(text, language) for text, _tendency in tendencies],
                by=self.moderator,
                now=self.now - timedelta(days=DAYS),
            )
            for seed, (_text, tendency) in zip(seeds, tendencies, strict=True):
                self.tendencies[seed.pk] = tendency

    def newcomer(self) -> demo.Person:
        return demo.Person(
            code=f"{self.random.getrandbits(96):024x}",
            camp=self.random.choices(range(3), weights=demo.CAMP_SIZES)[0],
            n_votes=self.random.randint(8, 30),
            doubt=self.random.uniform(0.04, 0.2),
        )

    def vote(self, person: demo.Person) -> None:
        n_votes = min(person.n_votes, len(self.tendencies))
        at: datetime | None = None
        for pk in self.random.sample(sorted(self.tendencies), n_votes):
            choice = self.choice(person, self.tendencies[pk])
            at = self.a_little_before(at) if at else self.some_time_ago()
            actions.voting.cast_vote(
                conversation=self.conversation,
                code=person.code,
                statement_id=pk,
                choice=choice,
                now=at,
            )

    def choice(self, person: demo.Person, tendency: demo.Tendency) -> Choice:
        if self.random.random() < person.doubt:
            return Choice.PASS
        agrees = self.random.random() < tendency[person.camp] / 10
        return Choice.AGREE if agrees else Choice.DISAGREE

    def submit(self, submitted: demo.Submitted, person: demo.Person) -> None:
        statement = actions.statements.submit_statement(
            conversation=self.conversation,
            code=person.code,
            text=submitted.text,
            language=submitted.language,
            now=self.some_time_ago(),
        )
        if self.moderator is not None:
            self.decide(submitted, statement, self.moderator)

    def decide(self, submitted: demo.Submitted, statement: Statement, by: User) -> None:
        waited = timedelta(hours=submitted.hours)
        now = min(self.now, statement.created_at + waited)
        if submitted.tendency:
            actions.moderation.accept(
                conversation=self.conversation,
                statements=[statement],
                by=by,
                now=now,
            )
            self.tendencies[statement.pk] = submitted.tendency
        elif submitted.reason:
            actions.moderation.reject(
                conversation=self.conversation,
                statements=[statement],
                reason=submitted.reason,
                note=submitted.note,
                by=by,
                now=now,
            )

    def a_little_before(self, at: datetime) -> datetime:
        """People come once, and take less than a minute for each vote."""
        return at - timedelta(seconds=self.random.uniform(9, 50))

    def some_time_ago(self) -> datetime:
        return self.now - timedelta(seconds=self.random.uniform(60, DAYS * 86_000))


@contextmanager
def without_broker_warnings() -> Iterator[None]:
    """Each vote asks for an analysis; with no broker about, once told is enough.

    The analysis follows at once anyway, without the broker's help.
    """
    logger = logging.getLogger("deliberation.actions.messages")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
