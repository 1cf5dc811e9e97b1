"""One running stack and one browser for all journeys of those who take part."""

from collections.abc import Iterator

import pytest

from tests.plain import PlainBrowser
from tests.stack import Stack, running_on

N_STATEMENTS = 210


@pytest.fixture(scope="package")
def stack(tmp_path_factory) -> Iterator[Stack]:
    """Two hundred votes in a minute are more than a person's limit."""
    folder = tmp_path_factory.mktemp("taking-part")
    with running_on("sqlite", folder, RATE_LIMIT_FACTOR="100") as stack:
        yield stack


@pytest.fixture(scope="package")
def moderator(stack: Stack) -> PlainBrowser:
    """Signed in, without a script."""
    moderator = PlainBrowser(stack.base)
    page = moderator.get("/moderate/")
    moderator.submit(
        page, page.form(""), "Sign in", login="moderator", password=stack.password
    )
    return moderator


@pytest.fixture(scope="package")
def village(moderator: PlainBrowser) -> str:
    """The slug of an open conversation with many statements, which takes remarks."""
    page = moderator.get("/moderate/new/")
    question = "What shall become of our village?"
    moderator.submit(
        page, page.form(""), "Make the draft", question=question, slug="village"
    )
    page = moderator.get("/moderate/village/seeds/")
    seeds = "\n".join(
        f"The village needs a bench of kind {n}." for n in range(N_STATEMENTS)
    )
    form = page.form("/moderate/village/seeds/")
    page = moderator.submit(page, form, "Look at them first", seeds=seeds)
    form = page.form("/moderate/village/seeds/")
    all_of_them = [str(n) for n in range(N_STATEMENTS)]
    moderator.submit(page, form, "Add what is marked", add=all_of_them)
    rules(moderator, takes_importance="on", takes_reasons="on")
    page = moderator.get("/moderate/village/")
    form = page.form("/moderate/village/open/")
    moderator.submit(page, form, "Open the conversation")
    return "village"


def rules(moderator: PlainBrowser, **values: str) -> None:
    """Change what people see in the village."""
    page = moderator.get("/moderate/village/setup/sight/")
    form = page.form("/moderate/village/setup/sight/save/")
    moderator.submit(page, form, "Keep and stay", **values)
