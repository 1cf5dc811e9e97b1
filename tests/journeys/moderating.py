"""A queue in a running stack, and a moderator whose key presses and clicks count."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from tests.chromium import DESK, Watched
from tests.stack import ROOT, Stack, eventually

QUEUE = "/moderate/many/statements/"
PASSWORD = "a long password for tests"

FILL = """
import json, sys
from django.contrib.auth.models import User
from django.utils import timezone
from deliberation import actions
from deliberation.models import Conversation, Moderator, Participant, Statement
rows = json.load(open({path!r}))
many = Conversation.objects.create(
    slug="many", question="What should the AI do?", state="open"
)
for name in ("mira", "noor"):
    user = User.objects.create_user(name, password={password!r})
    Moderator.objects.create(conversation=many, user=user, role="moderator")
people = {{
    author: Participant.objects.create(conversation=many, code=f"author-{{author}}")
    for author in sorted({{row["author"] for row in rows}})
}}
Statement.objects.bulk_create(
    Statement(
        conversation=many, number=row["number"], text=row["text"], language="en",
        state="pending", author=people[row["author"]], created_at=timezone.now(),
    )
    for row in rows
)
actions.fingerprints.request_fingerprints(conversation=many)
"""
# The worker has compared all.
COMPARED = """
SELECT count(*) FROM deliberation_statementfingerprint f
JOIN deliberation_statement s ON s.id = f.statement_id
JOIN deliberation_conversation c ON c.id = s.conversation_id
WHERE c.slug = 'many' AND f.compared <> ''
"""
STATEMENTS = """
SELECT s.number, s.state, s.reason, leader.number, s.likeness_group
FROM deliberation_statement s
JOIN deliberation_conversation c ON c.id = s.conversation_id
LEFT JOIN deliberation_statement leader ON leader.id = s.duplicate_of_id
WHERE c.slug = 'many' ORDER BY s.number
"""


def fill(stack: Stack, path: Path, n: int) -> None:
    """The conversation `many` with the `n` pending statements of a JSON file, compared
    by the worker; mira and noor moderate it."""
    code = FILL.format(path=str(path), password=PASSWORD)
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env=stack.environment,
        check=True,
        capture_output=True,
    )
    eventually(lambda: stack.rows(COMPARED)[0][0] == n, within=90)
    assert stack.rows(COMPARED) == [(n,)]


class Desk(Watched):
    """A moderator at her desk; `n_done` counts her key presses and clicks."""

    def __init__(self, browser: Browser, stack: Stack, name: str) -> None:
        super().__init__(browser, stack.base, DESK)
        self.n_done = 0
        self.page.goto(f"{stack.base}sign-in/?next={QUEUE}")
        self.page.locator("main input[type=text]").first.fill(name)
        self.page.locator("main input[type=password]").fill(PASSWORD)
        self.page.locator("main form button[type=submit]").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Statements")

    def press(self, *keys: str) -> None:
        """A capital is two keys: it and shift."""
        for key in keys:
            self.page.keyboard.press(key)
            self.n_done += 2 if len(key) == 1 and key.isupper() else 1

    def click(self, place: Locator) -> None:
        place.click()
        self.n_done += 1

    def choose(self, label: str, option: str) -> None:
        """From a list that opens: two clicks."""
        self.page.get_by_label(label, exact=True).select_option(label=option)
        self.n_done += 2

    def card(self, number: int) -> Locator:
        return self.page.locator(f'[data-card="{number}"]')

    def shown(self) -> list[int]:
        """Numbers of the statements on the page that are not decided yet."""
        return self.page.eval_on_selector_all(
            ".queue__item:not(.is-going) [data-card]",
            "cards => cards.map(card => Number(card.dataset.card))",
        )

    def settled(self) -> None:
        """What was decided has arrived, and the next page is there, if one was due."""
        expect(self.page.locator(".is-going")).to_have_count(0)
