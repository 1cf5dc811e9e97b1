"""Everything at once for one machine: `make run`.

Migrates, fills an empty house with a moderator and a demo conversation, then keeps
web server, worker, beat and (where the settings expect it) the bundled Valkey going
until it is told to stop.
"""

import os
import secrets
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError

from deliberation import actions, queries
from deliberation.management import demo, embedded, guard, listening, programs
from deliberation.management.processes import Child, KeepsDying
from deliberation.models import Conversation, Moderator

MODERATOR = "moderator"
TICK_SECONDS = 0.2
# A busy machine may take its time to start; for ever it may not.
PATIENCE_SECONDS = 90
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Run the whole platform on this machine: web, worker, beat and broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host",
            default=os.environ.get("HOST") or "127.0.0.1",
            help="the address to listen on (or HOST in the environment)",
        )
        parser.add_argument(
            "--port",
            default=os.environ.get("PORT") or "8000",
            help="the port to listen on (or PORT in the environment)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.host, self.port = options["host"], listening.clean_port(options["port"])
        self.address = listening.address(self.host, self.port)
        self.children: list[Child] = []
        follow_signals()
        try:
            self.lock = embedded.Lock(settings.DATA_DIR).take()
            listening.refuse_port_in_use(self.host, self.port)
            self.run_all()
        except KeyboardInterrupt:
            self.say("Folkmoot is stopping ...")
        except KeepsDying as error:
            raise CommandError(str(error)) from error
        finally:
            self.stop_all()
        self.say("Folkmoot has stopped.")

    def run_all(self) -> None:
        """Broker, database, then the rest at once; said to be there when all is."""
        if embedded.is_needed():
            self.start("valkey", programs.valkey(), grace_seconds=10)
            self.wait_until(embedded.valkey_answers, "Valkey")
        embedded.refuse_absent_services()
        migrate()
        programs.forget_beat_schedule()
        self.start("worker", programs.worker(), grace_seconds=15)
        self.start("beat", programs.beat())
        self.fill_an_empty_house()
        self.start("web", programs.web(self.host, self.port))
        self.wait_until(programs.worker_answers, "the worker")
        page_answers = partial(listening.answers, self.host, self.port)
        self.wait_until(page_answers, "the web server")
        self.say(f"Folkmoot is at {self.address}")
        while True:
            self.tick()

    def start(self, name: str, command: list[str], grace_seconds: float = 6) -> None:
        child = Child(
            name,
            command,
            say=self.say,
            grace_seconds=grace_seconds,
            keep=self.lock,
            unsaid=programs.UNSAID,
        )
        self.children.append(child)
        child.start()

    def tick(self) -> None:
        time.sleep(TICK_SECONDS)
        for child in self.children:
            child.look_after()

    def wait_until(self, is_ready: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_ready():
            self.tick()
            if time.monotonic() > deadline:
                raise CommandError(f"Nothing is heard of {what}, so everything stops.")

    def stop_all(self) -> None:
        """Web, beat, worker, and the broker last; another Ctrl-C changes nothing."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self.children):
            child.stop()

    def say(self, line: str) -> None:
        """One line; where nobody reads any more, the show goes on."""
        with suppress(BrokenPipeError):
            self.stdout.write(line)
            self.stdout.flush()

    def fill_an_empty_house(self) -> None:
        """A first moderator, and the demo, which the first account owns."""
        is_new_house = not Conversation.objects.exists()
        if not User.objects.exists():
            moderator = self.make_moderator()
            if not is_new_house:
                own_the_demo(moderator)
        if is_new_house:
            self.say("The demo conversation is being made ...")
            call_command("create_demo", stdout=self.stdout)

    def make_moderator(self) -> User:
        password = secrets.token_urlsafe(12)
        moderator = User.objects.create_user(MODERATOR, password=password)
        python = Path(sys.executable)
        with suppress(ValueError):
            python = python.relative_to(settings.BASE_DIR)
        self.say(
            "A moderator's account was made. Sign in at"
            f" {self.address}sign-in/ with\n"
            f"    name      {MODERATOR}\n"
            f"    password  {password}\n"
            "The password is shown this once and kept nowhere. To set another:\n"
            f"    {python} manage.py changepassword {MODERATOR}"
        )
        return moderator


def migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise CommandError(f"DATABASE_URL: {error}") from error


def own_the_demo(moderator: User) -> None:
    """Where `create_demo` ran before there was any account."""
    with suppress(queries.access.ConversationNotFound):
        actions.team.add_moderator(
            conversation=queries.access.any_conversation(demo.SLUG),
            user=moderator,
            role=Moderator.Role.OWNER,
            by=None,
        )


def follow_signals() -> None:
    """All that may end us end us alike; started by make, so does the end of make.

    Only `nohup` is obeyed. That a script's background job ignores SIGINT is not meant
    for us: whoever sends it wants this to stop.
    """
    for number in STOP_SIGNALS:
        is_nohup = (
            number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN
        )
        if not is_nohup:
            signal.signal(number, signal.default_int_handler)
    if os.environ.get("MAKELEVEL") and sys.platform.startswith("linux"):
        guard.die_with_parent()
