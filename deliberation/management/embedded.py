"""What `serve` keeps in the data folder: its lock, and the bundled Valkey."""

import fcntl
import os
import time
from pathlib import Path

import redis
from django.conf import settings
from django.core.management import CommandError

# What a killed run left behind has this long to stop.
LEFTOVERS_SECONDS = 20


def is_needed() -> bool:
    """Whether cache or broker are expected at the socket in the data folder."""
    addresses = settings.CELERY_BROKER_URL, settings.CACHES["default"]["LOCATION"]
    return any(str(settings.EMBEDDED_SOCKET) in address for address in addresses)


def valkey_answers() -> bool:
    """Whether it is there and has read its file."""
    with redis.Redis(unix_socket_path=str(settings.EMBEDDED_SOCKET)) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def refuse_absent_services() -> None:
    """Raise CommandError where an operator's own cache or broker does not answer."""
    addresses = {
        "CACHE_URL": settings.CACHES["default"]["LOCATION"],
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
    }
    for variable, url in addresses.items():
        url = url.replace("redis+socket://", "unix://", 1)
        with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
            try:
                client.ping()
            except redis.RedisError as error:
                raise CommandError(f"{variable}: {error}") from error


class Lock:
    """One `serve` for one data folder.

    Every child that writes in the folder holds the lock too, so that after a
    kill -9 the next run waits until the last of them is gone.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "serve.lock"

    def take(self) -> int:
        """The file descriptor that holds the lock. Raises CommandError."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + LEFTOVERS_SECONDS
        while not _locked(descriptor):
            holder = os.pread(descriptor, 20, 0).decode().strip()
            if _is_running(holder) or time.monotonic() > deadline:
                os.close(descriptor)
                raise CommandError(
                    f"Folkmoot runs already with the data in {self.path.parent}"
                    f" (process {holder or 'unknown'}). Stop it first, or set DATA_DIR"
                    " to another folder."
                )
            time.sleep(0.1)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        return descriptor


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running(pid: str) -> bool:
    if not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
