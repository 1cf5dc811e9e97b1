"""Words are put better, their author sees it and objects, and everybody can follow it."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import ROOT, Stack, eventually, running_on
from tests.voter import Voter

PASSWORD = "a long password for tests"
VAGUE = "It should be honest, I think, you know."
CLEAR = "The AI should be honest with people."
DOUBLE = "The AI should count the fish and paint the boats."
PARTS = ["The AI should count the fish.", "The AI should paint the boats."]
WHY = "Fish and boats belong together, at least where I live."
TEAM = f"""
from django.contrib.auth.models import User
from deliberation.models import Conversation, Moderator
demo = Conversation.objects.get(slug="demo")
for name in ("mira", "noor"):
    user = User.objects.create_user(name, password={PASSWORD!r})
    Moderator.objects.create(conversation=demo, user=user, role="moderator")
"""
# Accepted, and voted on by everybody who was there before.
VOTED_ON = """
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from deliberation import actions
from deliberation.models import Participant, Statement, Vote
shown = list(Statement.objects.filter(text__in={texts!r}))
actions.moderation.accept(
    conversation=shown[0].conversation, statements=shown, by=User.objects.get(username="mira"),
    now=timezone.now(),
)
people = Participant.objects.filter(conversation__slug="demo").exclude(statements__in=shown)
Vote.objects.bulk_create(
    Vote(
        conversation=each.conversation, statement=each, participant=person, choice=1,
        cast_at=timezone.now(),
    )
    for each in shown for person in people
)
with transaction.atomic():
    actions.analysis.count_anew(shown[0].conversation)
"""
PUBLISHED = """
import time
from django.contrib.auth.models import User
from django.utils import timezone
from deliberation import actions, queries
from deliberation.models import Conversation
demo = Conversation.objects.get(slug="demo")
for _ in range(120):
    if queries.analysis.is_current(demo):
        break
    time.sleep(0.5)
by = User.objects.get(username="moderator")
actions.constitutions.draft_from_consensus(
    conversation=demo, threshold=0.9, max_principles=None, by=by
)
actions.constitutions.publish(conversation=demo, by=by, now=timezone.now())
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("words")) as stack:
        yield stack


def run(stack: Stack, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env=stack.environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def number_of(stack: Stack, text: str) -> int:
    known = "SELECT number FROM deliberation_statement WHERE text = ?"
    ((number,),) = eventually(lambda: stack.rows(known, text), within=10)
    return int(number)


def test_words_and_objections(stack: Stack, browser: Browser) -> None:
    run(stack, TEAM)
    author = Voter(browser, stack, "demo")
    mira, noor = (Watched(browser, stack.base, DESK) for _ in range(2))
    anyone = Watched(browser, stack.base, PHONE)
    say(author, VAGUE, DOUBLE)
    run(stack, VOTED_ON.format(texts=[VAGUE, DOUBLE]))
    vague, double = number_of(stack, VAGUE), number_of(stack, DOUBLE)
    for person, name in ((mira, "mira"), (noor, "noor")):
        sign_in(person, name)

    reword(mira, vague)
    split(mira, double)
    see_and_object(author, double)
    wait_for_somebody_else(mira)
    answer(noor)
    read_the_answer(author, double)
    run(stack, VOTED_ON.format(texts=[CLEAR, *PARTS]))
    run(stack, PUBLISHED)

    follow_on_pages(anyone, vague, number_of(stack, CLEAR))
    follow_in_files(anyone, vague, double)
    follow_in_the_log(mira, vague)
    for watched in (author, mira, noor, anyone):
        assert watched.other_hosts == set()
        assert watched.complaints == []


def say(author: Voter, *texts: str) -> None:
    page = author.begin()
    author.choose("Agree")
    author.all_through()
    for text in texts:
        page.goto(f"{author.base}c/demo/vote/")
        page.get_by_text("Is something missing? Add a statement").click()
        page.get_by_label("Your statement").fill(text)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#submit").get_by_role("status")).to_contain_text(
            "Thank you, your statement is stored."
        )


def sign_in(person: Watched, name: str) -> None:
    page = person.page
    page.goto(f"{person.base}sign-in/?next=/moderate/demo/appeals/")
    page.locator("main input[type=text]").first.fill(name)
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Objections")


def reword(mira: Watched, number: int) -> None:
    """What changes is shown while she writes."""
    page = mira.visit(f"/moderate/demo/statements/{number}/words/")
    page.get_by_label("The statement in better words").press_sequentially(" now")
    expect(page.locator("#reword-difference ins")).to_contain_text("now")
    page.get_by_label("The statement in better words").fill(CLEAR)
    expect(page.locator("#reword-difference")).to_contain_text("with people")
    mira.check()
    page.get_by_role("button", name="Put it in these words").click()
    expect(page.get_by_role("heading", name="What took its place")).to_be_visible()
    mira.check()


def split(mira: Watched, number: int) -> None:
    page = mira.visit(f"/moderate/demo/statements/{number}/words/")
    page.get_by_text("It holds more than one idea…").click()
    page.get_by_label("First part").fill(PARTS[0])
    page.get_by_label("Second part").fill(PARTS[1])
    page.get_by_role("button", name="Split it").click()
    expect(page.get_by_text("2 statements take its place")).to_be_visible()
    mira.check()


def mine(author: Voter, number: int) -> Page:
    page = author.visit("/c/demo/statements/")
    expect(page.locator(f"#statement-{number} .difference")).to_have_count(2)
    return page


def see_and_object(author: Voter, number: int) -> None:
    page = mine(author, number)
    item = page.locator(f"#statement-{number}")
    expect(item.locator("del").first).to_contain_text("and paint the boats")
    item.get_by_text("Object to this decision").click()
    author.check()
    item.get_by_label("What should another moderator know?").fill(WHY)
    item.get_by_role("button", name="Object", exact=True).click()
    expect(page.get_by_text("Your objection is with the moderators.")).to_be_visible()
    author.check()


def wait_for_somebody_else(mira: Watched) -> None:
    page = mira.visit("/moderate/demo/appeals/")
    expect(page.get_by_text("so another moderator answers.")).to_be_visible()
    expect(page.get_by_role("button", name="Answer")).to_have_count(0)


def answer(noor: Watched) -> None:
    page = noor.visit("/moderate/demo/appeals/")
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_label("The decision stands").check()
    page.get_by_label("To the author").fill("People can agree with one of them alone.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("by noor")).to_be_visible()
    noor.check()


def read_the_answer(author: Voter, number: int) -> None:
    page = mine(author, number)
    expect(page.get_by_text("The decision stands.")).to_be_visible()
    expect(page.get_by_text("People can agree with one of them alone.")).to_be_visible()


def follow_on_pages(anyone: Watched, old: int, new: int) -> None:
    page = anyone.visit(f"/c/demo/results/s/{new}/")
    expect(page.get_by_text("Reworded by moderators on")).to_be_visible()
    page.get_by_role("link", name=f"Statement {old}").click()
    expect(page.get_by_text("Other words took its place")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(VAGUE)
    anyone.check()
    page = anyone.visit("/c/demo/constitution/")
    page.get_by_text("Where this comes from").first.click()
    anyone.check()


def follow_in_files(anyone: Watched, vague: int, double: int) -> None:
    got = anyone.context.request.get
    table = got(f"{anyone.base}c/demo/moderation/statements.csv").text()
    rows = {row["text"]: row for row in csv.DictReader(io.StringIO(table))}
    assert (rows[VAGUE]["state"], rows[DOUBLE]["state"]) == ("replaced", "replaced")
    assert [(rows[t]["lineage"], rows[t]["predecessor"]) for t in (CLEAR, *PARTS)] == [
        ("reword", str(vague)),
        ("split", str(double)),
        ("split", str(double)),
    ]
    document = got(f"{anyone.base}c/demo/constitution/v/1.json").json()
    sources = [s for p in document["principles"] for s in p["sources"]]
    told = {
        source["text"]: source["lineage"] for source in sources if "lineage" in source
    }
    assert told == {
        CLEAR: [{"lineage": "reword", "statement_number": vague, "text": VAGUE}],
        **{
            part: [{"lineage": "split", "statement_number": double, "text": DOUBLE}]
            for part in PARTS
        },
    }


def follow_in_the_log(mira: Watched, number: int) -> None:
    page = mira.visit("/moderate/demo/log/")
    for said in ("Reworded a statement", "Split a statement", "Answered an objection"):
        expect(page.get_by_role("main").get_by_text(said).last).to_be_visible()
    log = page.get_by_role("main").inner_text()
    assert [text for text in (VAGUE, DOUBLE, WHY) if text in log] == []
