"""Child processes that never outlive us, started again when they die."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from deliberation.management import guard

GUARD = str(Path(guard.__file__).resolve())
# A child that lives this long has started well; its earlier deaths are forgotten.
SETTLED_SECONDS = 20
BACK_OFF_SECONDS = (0.2, 0.5, 1, 2, 4)
LAST_LINES = 20


class KeepsDying(Exception):
    """A child died at once, again and again."""

    def __init__(self, child: "Child") -> None:
        super().__init__(
            f"{child.name} keeps dying (exit code {child.exit_code})."
            " Its last lines:\n" + "\n".join(f"  {line}" for line in child.last_lines)
        )


class Child:
    """One child in a process group of its own; its lines go to `say`, with its name.

    Start it from the main thread: the kernel ties its life to the thread's.
    `keep` is an open file that the child holds as long as it lives. Lines with one
    of the phrases `unsaid`, empty ones, and its farewell are kept but not said.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        say: Callable[[str], None],
        grace_seconds: float = 5,
        keep: int | None = None,
        unsaid: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.command = command
        self.say = say
        self.grace_seconds = grace_seconds
        self.keep = () if keep is None else (keep,)
        self.unsaid = unsaid
        self.is_stopping = False
        self.process: subprocess.Popen[str] | None = None
        self.last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self.n_early_deaths = 0
        self.started_at = 0.0
        self.start_again_at: float | None = None

    @property
    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        self.start_again_at = None
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-I", "-S", GUARD, str(os.getpid()), *self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            pass_fds=self.keep,
        )
        threading.Thread(target=self._relay, args=[self.process], daemon=True).start()

    def _relay(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for line in map(str.rstrip, process.stdout):
            self.last_lines.append(line)
            if line and not self.is_stopping and not self._is_unsaid(line):
                self.say(f"{self.name:<6} | {line}")

    def _is_unsaid(self, line: str) -> bool:
        return any(phrase in line for phrase in self.unsaid)

    def look_after(self) -> None:
        """Start it again, after a pause, if it has died. Raises KeepsDying."""
        if self.is_alive:
            return
        now = time.monotonic()
        if self.start_again_at is None:
            self._note_death(now)
        elif now >= self.start_again_at:
            self.start()

    def _note_death(self, now: float) -> None:
        self.kill_group()
        if now - self.started_at > SETTLED_SECONDS:
            self.n_early_deaths = 0
        if self.n_early_deaths == len(BACK_OFF_SECONDS):
            raise KeepsDying(self)
        self.start_again_at = now + BACK_OFF_SECONDS[self.n_early_deaths]
        self.n_early_deaths += 1
        self.say(f"{self.name:<6} | ended ({self.exit_code}); it is started again")

    def stop(self) -> None:
        """SIGTERM, then after the grace SIGKILL; nothing of its group is left."""
        if self.process is None:
            return
        self.is_stopping = True
        if self.is_alive:
            self.process.terminate()
            try:
                self.process.wait(self.grace_seconds)
            except subprocess.TimeoutExpired:
                self.say(f"{self.name:<6} | does not stop; it is killed")
        self.kill_group()
        self.process.wait()

    def kill_group(self) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
