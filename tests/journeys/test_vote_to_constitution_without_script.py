"""From the first vote to the downloaded constitution, by plain forms alone."""

import html
import re
from collections.abc import Iterator

import pytest

from tests import downloads
from tests.plain import Page, PlainBrowser
from tests.stack import Stack, eventually, running_on

VOTES = "/c/demo/votes/"
SAID = "La IA debe decir qué no puede hacer."
REWORDED = "An AI says of itself what it cannot do, before it is asked."


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stack(request, tmp_path_factory) -> Iterator[Stack]:
    with running_on(request.param, tmp_path_factory.mktemp(request.param)) as stack:
        yield stack


def test_vote_to_constitution_without_script(stack: Stack) -> None:
    newcomer, moderator = PlainBrowser(stack.base), PlainBrowser(stack.base)

    three_votes(newcomer)
    say(newcomer)
    sign_in(moderator, stack.password)
    accept(moderator)
    assert eventually(lambda: is_voted_on(stack), within=10)
    texts = draft(moderator)
    publish(moderator)

    document = downloads.constitution(stack.base)
    downloads.assert_every_principle_has_evidence(document)
    found = [principle["text"] for principle in document["principles"]]
    assert found == [texts[1], REWORDED, *texts[2:]]
    (source,) = document["principles"][1]["sources"]
    assert source["text"] == texts[0]


def three_votes(newcomer: PlainBrowser) -> None:
    page = newcomer.get("/c/demo/vote/")
    before = progress(page)
    for button in ("Agree", "Pass", "Disagree"):
        page = newcomer.submit(page, page.form(VOTES), button)

    assert page.path == "/c/demo/vote/"
    assert progress(page) - before == 3


def progress(page: Page) -> int:
    found = re.search(r">\s*(\d+) of \d+\s*<", page.text)
    assert found
    return int(found[1])


def say(newcomer: PlainBrowser) -> None:
    page = newcomer.get("/c/demo/vote/")
    thanks = newcomer.submit(page, page.form("/c/demo/statements/"), "Send", text=SAID)

    assert "Thank you, your statement is stored." in thanks.text


def sign_in(moderator: PlainBrowser, password: str) -> None:
    page = moderator.get("/moderate/")
    assert page.path == "/sign-in/"
    wrong = moderator.submit(
        page, page.form(""), "Sign in", login="moderator", password="guessed-it-not"
    )
    assert "do not belong together" in wrong.text
    inside = moderator.submit(
        wrong, wrong.form(""), "Sign in", login="moderator", password=password
    )

    assert inside.path == "/moderate/"
    assert "What rules should an AI assistant follow?" in inside.text


def accept(moderator: PlainBrowser) -> None:
    """The last of those that wait is the newcomer's."""
    queue = moderator.get("/moderate/demo/statements/")
    waiting = re.findall(r'queue-item__text"[^>]*>([^<]*)<', queue.text)
    assert html.unescape(waiting[-1]) == SAID
    forms = [
        form
        for form in queue.forms("/moderate/demo/statements/")
        if "/reject/" in form.action
    ]
    moderator.submit(queue, forms[-1], "Accept")

    accepted = moderator.get("/moderate/demo/statements/?state=accepted")
    assert SAID in html.unescape(accepted.text)


def is_voted_on(stack: Stack) -> bool:
    """The author's own agreement is counted as soon as it is accepted."""
    results = PlainBrowser(stack.base).get("/c/demo/results/?page=2")
    return SAID in html.unescape(results.text)


def draft(moderator: PlainBrowser) -> list[str]:
    """Fill, reword the first, put the second above it; the texts as drafted."""
    empty = moderator.get("/moderate/demo/constitution/")
    page = moderator.submit(
        empty, empty.form("/moderate/demo/constitution/fill/"), "Fill the draft"
    )
    rewording = principle_forms(page, "reword")
    texts = [form.fields["text"] for form in rewording]
    page = moderator.submit(page, rewording[0], "Store the wording", text=REWORDED)
    moving = principle_forms(page, "move")
    moderator.submit(page, moving[1], "↑Move principle 2 up")
    assert len(texts) >= 5
    return texts


def principle_forms(page: Page, verb: str) -> list:
    forms = page.forms("/moderate/demo/constitution/")
    return [form for form in forms if form.action.endswith(f"/{verb}/")]


def publish(moderator: PlainBrowser) -> None:
    page = moderator.get("/moderate/demo/constitution/")
    form = page.form("/moderate/demo/constitution/publish/")
    moderator.submit(page, form, "Publish version 1 now", confirmed="yes")

    public = moderator.get("/c/demo/constitution/")
    assert REWORDED in html.unescape(public.text)
