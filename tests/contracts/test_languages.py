"""Every page in every language, and every statement with its own.

The pages are held against urls.py: a new address without an entry fails.
"""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import get_language_info, to_locale

from deliberation import queries
from deliberation.actions import constitutions
from deliberation.models import Conversation, Moderator
from tests.contracts import permission_table, permission_world
from tests.contracts.page_table import (
    ABOUT_ALL,
    FOR_STRANGERS,
    FRAGMENTS,
    NO_PAGES,
    PAGES,
)
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    ConversationFactory,
    ConversationTranslationFactory,
    InvitationFactory,
    StatementFactory,
    StatementTranslationFactory,
    SubscriptionFactory,
    VoteFactory,
)

NEVER = datetime(2999, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LANGUAGES = [code for code, _name in settings.LANGUAGES]

# --- Pages -----------------------------------------------------------------------------
# What a page of one language may say in another: names, and words that are the same.
SKIPPED = {"script", "style", "code", "pre", "samp"}


class Words(HTMLParser):
    """The texts of a page that are in the page's own language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_void = tag in {"meta", "link", "input", "br", "img", "base", "hr"}
        if not is_void:
            others = "lang" in dict(attrs) and tag not in {"html", "div"}
            self.open.append((tag, others or tag in SKIPPED))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(is_skipped for _tag, is_skipped in self.open):
            self.texts.add(" ".join(data.split()))


def untranslated(language: str) -> set[str]:
    """What no page in this language should say: messages that read otherwise in it."""
    if language == "en":
        return set()
    path = ROOT / "deliberation/locale" / to_locale(language) / "LC_MESSAGES/django.po"
    entries = polib.pofile(str(path))
    said = {text for e in entries for text in (e.msgstr, *e.msgstr_plural.values())}
    names = {name for _code, name in settings.LANGUAGES}
    return {e.msgid for e in entries if e.translated()} - said - names


@pytest.fixture
def rivers(participant, conversation: Conversation) -> Conversation:
    """A conversation in which everything has happened."""
    Conversation.objects.update(
        description="Why we ask.", takes_reasons=True, takes_importance=True
    )
    run = analysed(conversation, A=10, B=10)
    for number in (1, 2, 3):
        result = judged(
            run, number, A=(9, 0, 1), B=(0, 9, 1) if number == 3 else (9, 1, 0)
        )
        if number == 1:
            VoteFactory(
                conversation=conversation,
                participant=participant,
                statement=result.statement,
            )
            StatementTranslationFactory(statement=result.statement)
    for number, state in enumerate(("pending", "accepted", "rejected"), 10):
        StatementFactory(
            conversation=conversation, author=participant, number=number, state=state
        )
    drafted(conversation)
    ConversationTranslationFactory(conversation=conversation)
    ConversationFactory(slug="lakes", state="closed")
    return conversation


def confirm(client: Client, user: User) -> None:
    """Signed in by a password a moment ago, as pages of the account ask for."""
    user.set_password("a long enough password")
    user.save()
    data = {"login": user.username, "password": "a long enough password"}
    client.post("/sign-in/", data)
    client.post("/account/confirm/", data)


def addresses(conversation: Conversation) -> dict[str, str]:
    token = SubscriptionFactory(conversation=conversation).token
    digest = queries.team.digest("token")
    InvitationFactory(conversation=conversation, digest=digest, expires_at=NEVER)
    more = {
        "statement-results": {"number": 1},
        "confirm-news": {"token": token},
        "leave-news": {"token": token},
        "setup-step": {"step": "words"},
        "invitation": {"token": "token"},
    }
    found = {}
    for name, query in PAGES.items():
        kwargs = {} if name in ABOUT_ALL else {"slug": conversation.slug}
        found[name] = reverse(name, kwargs=kwargs | more.get(name, {})) + query
    closed = reverse("conversation", args=["lakes"])
    return found | {
        "closed": closed,
        "closed voting": f"{closed}vote/",
        "nothing": "/c/nothing/",
    }


def test_the_table_holds_every_address():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    names = {name for name in names if not name.startswith("api-")}

    assert names == PAGES.keys() | NO_PAGES | permission_table.TABLE.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_readers_language(
    language: str, rivers, moderator, moderator_client: Client, participant_client
) -> None:
    moderator_client.cookies.update(participant_client.cookies)
    confirm(moderator_client, moderator)
    left, frames = {}, {}
    names = addresses(rivers)
    constitutions.publish(conversation=rivers, by=moderator, now=THEN)
    drafted(rivers)
    for name, address in names.items():
        client = Client() if name in FOR_STRANGERS else moderator_client
        response = client.get(address, headers={"Accept-Language": language})
        html = response.content.decode()
        assert response.status_code == (404 if name == "nothing" else 200), name
        left[name] = sorted(Words(html).texts & untranslated(language))
        if name not in FRAGMENTS:
            frames[name] = re.findall(r"<html ([^>]*)>", html)

    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    expected = f'lang="{language}" dir="{direction}"'
    assert {name: words for name, words in left.items() if words} == {}
    assert {
        n for n, tags in frames.items() if not tags[0].startswith(expected)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_moderators_page_is_in_her_language(
    language: str, client: Client, db: None
) -> None:
    conversation = permission_world.rivers()
    owner = conversation.moderators.get(role=Moderator.Role.OWNER)
    client.force_login(owner.user)
    left = {}
    for name in permission_table.PAGES:
        where = permission_world.address(name, conversation)
        response = client.get(where, headers={"Accept-Language": language})
        assert response.status_code == 200, name
        texts = Words(response.content.decode()).texts
        left[name] = sorted(texts & untranslated(language))

    assert {name: words for name, words in left.items() if words} == {}


# --- Statements ------------------------------------------------------------------------

# A name that holds words which somebody wrote, in an element of a page.
WRITTEN = re.compile(
    r"<(?P<tag>\w+)(?P<attributes>[^<>]*)>\s*"
    r"{{ (?P<name>[\w.]*\b(?:text|shown_text|question|shown_question)) }}"
)
TEMPLATE_TAG = re.compile(r"{%.*?%}")
# A refusal's or a message's text is ours, a principle's reason is a moderator's own; words
# that are marked stand in a paragraph that says their language.
OURS = {
    "components/difference.html",
    "likeness/_words.html",
    "components/alert.html",
    "components/badge.html",
    "participation/_copy.html",
}


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates"))
)
def test_what_people_wrote_says_its_language_and_finds_its_direction(
    path: Path,
) -> None:
    if str(path.relative_to(ROOT / "templates")) in OURS:
        pytest.skip("words of ours")
    bare = [
        found["name"]
        for found in WRITTEN.finditer(TEMPLATE_TAG.sub("", path.read_text()))
        if found["tag"] != "title"
        and not (
            'lang="{{' in found["attributes"] and 'dir="auto"' in found["attributes"]
        )
    ]

    assert bare == []
