"""What `serve` is made of; as a whole it is walked in tests/journeys/test_serve.py."""

import os
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError

from deliberation.management import embedded, guard, listening, processes
from deliberation.management.processes import Child, KeepsDying
from tests.stack import eventually, free_port

GUARD = processes.GUARD
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Starts a guarded sleep in the portable way, says its id, and waits.
PARENT = """
import subprocess, sys, time
source = "import runpy, sys, os; g = runpy.run_path(sys.argv[1]);"
source += "sys.exit(g['stay_beside'](os.getppid(), sys.argv[2:]))"
command = [sys.executable, "-c", source, *sys.argv[1:]]
print(subprocess.Popen(command).pid, flush=True)
time.sleep(60)
"""


# --- Port and host ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "65536", "-1", "http", "", "8000.5"])
def test_port_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(CommandError) as refused:
        listening.clean_port(value)

    assert str(refused.value) == (
        f"PORT: expected a whole number from 1 to 65535, got {value!r}."
    )


def test_port_in_use_names_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(CommandError) as refused:
            listening.refuse_port_in_use("127.0.0.1", port)

    assert str(refused.value) == (
        f"Port {port} of 127.0.0.1 cannot be used (Address already in use)."
        " Try another one: PORT=9000 make run"
    )


def test_free_port_stays_free() -> None:
    port = free_port()

    listening.refuse_port_in_use("127.0.0.1", port)

    socket.create_server(("127.0.0.1", port)).close()


def test_host_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(CommandError) as refused:
        listening.refuse_port_in_use("256.0.0.1.invalid", 8000)

    assert str(refused.value) == (
        "HOST: '256.0.0.1.invalid' is no address of this machine."
    )


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_address_is_one_to_type_into_a_browser(host: str, address: str) -> None:
    assert listening.address(host, 8000) == address


# --- Lock ---------------------------------------------------------------------------


def test_lock_of_a_live_process_names_it(tmp_path) -> None:
    first = embedded.Lock(tmp_path).take()

    with pytest.raises(CommandError) as refused:
        embedded.Lock(tmp_path).take()

    os.close(first)
    assert str(refused.value) == (
        f"Folkmoot runs already with the data in {tmp_path} (process {os.getpid()})."
        " Stop it first, or set DATA_DIR to another folder."
    )


def test_lock_waits_for_what_a_dead_process_left(tmp_path) -> None:
    first = embedded.Lock(tmp_path).take()
    os.pwrite(first, b"999999999", 0)  # above every process there can be
    leftover = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(0.5)"], pass_fds=[first]
    )
    os.close(first)

    os.close(embedded.Lock(tmp_path).take())

    assert leftover.wait(5) == 0


# --- Children -----------------------------------------------------------------------


@pytest.fixture
def said() -> list[str]:
    return []


def test_child_lines_are_said_with_its_name(said: list[str]) -> None:
    program = "print('hello'); print(); print('hush now'); print('bye')"
    child = Child(
        "web", [sys.executable, "-c", program], say=said.append, unsaid=("hush",)
    )

    child.start()

    assert eventually(lambda: len(said) == 2, within=10)
    assert said == ["web    | hello", "web    | bye"]
    child.stop()


def test_child_that_keeps_dying_is_given_up_with_its_last_lines(
    said: list[str], monkeypatch
) -> None:
    monkeypatch.setattr(processes, "BACK_OFF_SECONDS", (0, 0))
    program = "import sys; print('no luck'); sys.exit(3)"
    child = Child("beat", [sys.executable, "-c", program], say=said.append)
    child.start()

    with pytest.raises(KeepsDying) as given_up:
        eventually(child.look_after, within=20)

    first, *lines = str(given_up.value).splitlines()
    assert first == "beat keeps dying (exit code 3). Its last lines:"
    assert set(lines) == {"  no luck"}


def test_child_that_does_not_stop_is_killed(said: list[str]) -> None:
    program = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        " print('deaf', flush=True); time.sleep(60)"
    )
    child = Child(
        "worker", [sys.executable, "-c", program], say=said.append, grace_seconds=0.2
    )
    child.start()
    eventually(lambda: said == ["worker | deaf"], within=10)

    child.stop()

    assert child.exit_code == -9
    assert said[1:] == ["worker | does not stop; it is killed"]


def test_portable_guard_ends_the_command_when_its_parent_is_gone() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, GUARD, *SLEEP],
        stdout=subprocess.PIPE,
        text=True,
    )
    guarding = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    assert eventually(lambda: not is_alive(guarding), within=guard.GRACE_SECONDS)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
