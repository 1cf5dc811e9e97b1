"""Fixtures by role, the cache that all tests share, and a clean house after each."""

import subprocess
import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from deliberation import identity, ratelimits
from deliberation.actions import messages
from deliberation.management import embedded, programs
from deliberation.models import Conversation, Moderator, Participant
from deliberation.queries import decks, fingerprints, overview
from tests import factories

# --- Roles -------------------------------------------------------------------------


@pytest.fixture
def conversation(db: None) -> Conversation:
    return factories.ConversationFactory(slug="rivers", state="open")


@pytest.fixture
def moderator(conversation: Conversation) -> User:
    """Who owns `conversation`."""
    role = Moderator.Role.OWNER
    return factories.ModeratorFactory(conversation=conversation, role=role).user


@pytest.fixture
def participant(conversation: Conversation) -> Participant:
    return factories.ParticipantFactory(conversation=conversation)


@pytest.fixture
def participant_client(participant: Participant) -> Client:
    """A browser that carries the code of `participant`."""
    client, slug = Client(), participant.conversation.slug
    client.cookies[f"participant_{slug}"] = identity.sign(participant.code, slug)
    return client


@pytest.fixture
def moderator_client(moderator: User) -> Client:
    """Signed in as the owner of `conversation`."""
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def outsider_client(db: None) -> Client:
    """Signed in, and with no conversation to run."""
    client = Client()
    client.force_login(factories.UserFactory())
    return client


@pytest.fixture
def short_way(settings: Settings) -> None:
    """As in production: votes and first views pass by most of the middleware."""
    settings.MIDDLEWARE = settings.SHORT_WAY


@pytest.fixture(params=["ordinary way", "short way"])
def either_way(request: pytest.FixtureRequest) -> None:
    """The test runs twice: what holds by one way holds by the other."""
    if request.param == "short way":
        request.getfixturevalue("short_way")


# --- The house ---------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def valkey() -> Iterator[None]:
    """The bundled Valkey as cache and broker, unless the settings name another."""
    if not embedded.is_needed():
        yield
        return
    server = subprocess.Popen(programs.valkey(), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not embedded.valkey_answers():
        assert time.monotonic() < deadline, "Valkey does not answer"
        time.sleep(0.01)
    yield
    server.terminate()
    server.wait()


@pytest.fixture(autouse=True)
def empty_cache(valkey: None) -> None:
    """Nothing that one test counted, read or spoke is known to another."""
    cache.clear()
    translation.deactivate()
    decks.forget()
    overview.forget()
    fingerprints.forget()
    messages.forget()
    ratelimits.forget()


@pytest.fixture(scope="session", autouse=True)
def flush_past_guards() -> Iterator[None]:
    """Transactional tests empty all tables; on SQLite, also those that refuse it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", _flush_without_triggers)
        yield


def _flush_without_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
    connection = self.connection
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        with transaction.atomic(using=connection.alias):
            drops = [f"DROP TRIGGER {name}" for name, _sql in triggers]
            for sql in [*drops, *sql_list, *(sql for _name, sql in triggers)]:
                cursor.execute(sql)
