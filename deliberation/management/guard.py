"""Run a command that must not outlive the process that started it.

    python guard.py PARENT_PID COMMAND [ARGUMENT ...]

On Linux the kernel is asked to send SIGTERM when the parent dies, however it dies,
and this process becomes the command. Elsewhere it stays beside the command and looks
once a second whether the parent is still there. Stands alone: imports nothing of
ours, so that it costs a hundredth of a second.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10


def die_with_parent() -> None:
    """Linux only: SIGTERM to this process when its parent's thread ends."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stay_beside(parent: int, command: list[str]) -> int:
    """Run the command, pass signals on to it, and stop it when the parent is gone."""
    child = subprocess.Popen(command)  # noqa: S603 - the command is ours
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: child.send_signal(number))
    while child.poll() is None:
        if os.getppid() != parent:
            child.terminate()
            try:
                return child.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        time.sleep(1)
    return child.returncode


def become(parent: int, command: list[str]) -> None:
    die_with_parent()
    if os.getppid() == parent:  # else it died before we could ask
        os.execvp(command[0], command)  # noqa: S606 - the command is ours


if __name__ == "__main__":
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform.startswith("linux"):
        become(parent, command)
    else:
        sys.exit(stay_beside(parent, command))
