"""`make run` as a whole: it comes up, counts votes, survives and stops."""

import os
import re
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.plain import PlainBrowser
from tests.stack import Stack, eventually, is_free, running_on

COVER = "/c/demo/"
VOTING = "/c/demo/vote/"
RESULTS = "/c/demo/results/"
# Stands between us and the server as make does, and dies without a word.
LIKE_MAKE = (
    sys.executable,
    "-c",
    "import subprocess, sys; subprocess.run(sys.argv[1:])",
)

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc"
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def any_stack(request, tmp_path_factory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp(request.param)
    with running_on(request.param, folder) as stack:
        yield stack


@pytest.fixture(scope="module")
def the_stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture
def stack(the_stack: Stack) -> Stack:
    the_stack.ensure_running()
    return the_stack


def n_votes(stack: Stack, path: str) -> int:
    return PlainBrowser(stack.base).get(path).figure("votes")


def vote(stack: Stack, times: int = 1) -> list[int]:
    """A newcomer's vote by a plain form; the same form, sent `times` over."""
    page = PlainBrowser(stack.base).get(VOTING)
    form = page.form("/c/demo/votes/")
    return [
        PlainBrowser(stack.base).submit(page, form, "Agree").status
        for _ in range(times)
    ]


def test_first_start_answers_on_the_front_page_and_the_demo(any_stack: Stack) -> None:
    browser = PlainBrowser(any_stack.base)

    pages = [browser.get(path) for path in ("/", COVER, VOTING, RESULTS)]

    assert [page.status for page in pages] == [200, 200, 200, 200]
    assert list(pages[2].form("/c/demo/votes/").buttons) == [
        "Disagree",
        "Pass",
        "Agree",
    ]


def test_vote_sent_twice_is_stored_once_and_shown_in_five_seconds(
    any_stack: Stack,
) -> None:
    before = n_votes(any_stack, COVER), n_votes(any_stack, RESULTS)

    statuses = vote(any_stack, times=2)
    eventually(lambda: n_votes(any_stack, RESULTS) > before[1], within=5)

    assert statuses == [200, 200]
    assert n_votes(any_stack, RESULTS) == before[1] + 1
    assert n_votes(any_stack, COVER) == before[0] + 1


def test_killed_worker_comes_back_and_analyses(stack: Stack) -> None:
    (worker,) = stack.processes("celery --app=deliberation.celery --quiet worker")
    before = n_votes(stack, RESULTS)

    os.kill(worker, signal.SIGKILL)
    vote(stack)

    assert eventually(lambda: n_votes(stack, RESULTS) == before + 1, within=40)
    assert "worker | ended (-9); it is started again" in stack.log


@pytest.mark.parametrize("words", ["-m granian", "valkey-server", "--quiet beat"])
def test_killed_child_comes_back(stack: Stack, words: str) -> None:
    before = set(stack.processes(words))

    for pid in before:
        os.kill(pid, signal.SIGKILL)
    came_back = eventually(
        lambda: len(set(stack.processes(words)) - before) >= len(before), within=20
    )

    assert before
    assert came_back
    assert eventually(lambda: vote_is_answered(stack), within=20)


def vote_is_answered(stack: Stack) -> bool:
    try:
        return vote(stack) == [200]
    except OSError:
        return False


def test_second_serve_on_the_same_data_says_so(stack: Stack, tmp_path) -> None:
    second = Stack(tmp_path)
    second.environment["DATA_DIR"] = stack.environment["DATA_DIR"]

    exit_code = second.launch().wait(30)

    assert exit_code == 1
    assert second.log == (
        f"CommandError: Folkmoot runs already with the data in"
        f" {stack.environment['DATA_DIR']} (process {stack.process.pid})."
        " Stop it first, or set DATA_DIR to another folder.\n"
    )


def test_port_in_use_is_a_sentence(stack: Stack, tmp_path) -> None:
    second = Stack(tmp_path)

    exit_code = second.launch(PORT=str(stack.port)).wait(30)

    assert exit_code == 1
    assert second.log == (
        f"CommandError: Port {stack.port} of 127.0.0.1 cannot be used (Address already"
        " in use). Try another one: PORT=9000 make run\n"
    )


@pytest.mark.parametrize(
    ("variable", "address"),
    [
        ("CACHE_URL", "redis://127.0.0.1:1/0"),
        ("CELERY_BROKER_URL", "redis://127.0.0.1:1/0"),
        ("DATABASE_URL", "postgresql://nobody:a-secret@127.0.0.1:1/none"),
    ],
)
def test_service_that_is_away_is_a_sentence(tmp_path, variable, address) -> None:
    lost = Stack(tmp_path, SECRET_KEY="journeys-only-" * 4)

    exit_code = lost.launch(**{variable: address}).wait(60)

    assert exit_code == 1
    (sentence,) = re.findall(r"^CommandError: (\w+): ", lost.log, re.MULTILINE)
    assert sentence == variable
    assert "a-secret" not in lost.log
    assert "Traceback" not in lost.log
    assert lost.processes() == []


def test_kill_of_the_supervisor_leaves_nothing_and_loses_nothing(stack: Stack) -> None:
    vote(stack)
    before = n_votes(stack, COVER)

    stack.end(signal.SIGKILL)

    assert eventually(lambda: stack.processes() == [], within=20)
    assert is_free(stack.port)
    assert stack.start() < 10
    assert n_votes(stack, COVER) == before
    assert "The demo" not in stack.log
    assert "password" not in stack.log


def test_start_right_after_a_kill_waits_for_what_is_left(stack: Stack) -> None:
    before = n_votes(stack, COVER)

    stack.end(signal.SIGKILL)
    stack.start()

    assert n_votes(stack, COVER) == before
    assert len(stack.processes("valkey-server")) == 1


def test_kill_of_make_stops_everything(stack: Stack) -> None:
    stack.end(signal.SIGTERM)
    stack.start(*LIKE_MAKE, MAKELEVEL="1")

    stack.end(signal.SIGKILL)

    assert eventually(lambda: stack.processes() == [], within=30)
    assert is_free(stack.port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_everything_in_order(stack: Stack, number) -> None:
    exit_code = stack.end(number)

    assert exit_code == 0
    assert stack.processes() == []
    assert stack.log.endswith("Folkmoot is stopping ...\nFolkmoot has stopped.\n")
