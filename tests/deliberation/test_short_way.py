"""The short way of votes and first views is told from the ordinary one by its speed."""

import gzip
import json
import re
from io import BytesIO
from time import time

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils.http import parse_http_date

from deliberation import first_views, identity, short_way
from deliberation.models import Conversation, Statement, Vote
from tests.factories import StatementFactory, StatementTranslationFactory

PAGE, VOTES = "/c/rivers/vote/", "/c/rivers/votes/"


@pytest.fixture
def ordinary(db) -> Client:
    client = Client()
    with override_settings(SECURE_HSTS_SECONDS=100):
        client.handler.load_middleware()
    return client


@pytest.fixture
def short(db) -> Client:
    """A browser whose requests go the short way where there is one."""
    client = Client()
    with override_settings(MIDDLEWARE=settings.SHORT_WAY, SECURE_HSTS_SECONDS=100):
        client.handler.load_middleware()
    return client


def vote(client: Client, statement: Statement, code: str, **more) -> HttpResponse:
    body = {
        "participant": identity.sign(code, "rivers"),
        "key": "first-key",
        "statement": statement.pk,
        "choice": 1,
    }
    sent = json.dumps(body | more)
    return client.post(VOTES, sent, content_type="application/json")


def headers(response: HttpResponse) -> dict[str, str]:
    own = {"Content-Length": str(len(response.content))}
    if "Expires" in response:
        # Of this second or the last.
        assert time() - parse_http_date(response["Expires"]) < 60
        own["Expires"] = response["Expires"]
    assert own.items() <= dict(response.items()).items()
    return {name: v for name, v in response.items() if name not in own}


def test_the_short_way_is_in_production():
    from deliberation import settings as production  # noqa: PLC0415, TID251

    assert "deliberation.short_way.ShortWay" in production.MIDDLEWARE


@pytest.mark.parametrize("language", ["en", "es", "ar", "xx"])
@pytest.mark.parametrize("is_secure", [False, True])
def test_answers_of_votes_carry_the_same_headers(
    ordinary, short, conversation, language, is_secure
):
    said = {"headers": {"Accept-Language": language}, "secure": is_secure}
    statement = StatementFactory(conversation=conversation)

    def answers(client: Client, name: str) -> list[HttpResponse]:
        found = []
        for code in ("a", "b"):
            body = {
                "participant": identity.sign(f"{name}-{code}", "rivers"),
                "key": "first-key",
                "statement": statement.pk,
                "choice": 1,
            }
            sent = json.dumps(body)
            found.append(
                client.post(VOTES, sent, content_type="application/json", **said)
            )
            client.cookies.clear()
        found.append(client.post(VOTES, "{", content_type="application/json", **said))
        return found

    for by_short, by_ordinary in zip(
        answers(short, "short"), answers(ordinary, "ordinary"), strict=True
    ):
        assert headers(by_short) == headers(by_ordinary)
        assert by_short.status_code == by_ordinary.status_code
        assert by_short.cookies.keys() == by_ordinary.cookies.keys()


# --- First views ---

TEXTS = [
    "Short.",
    "Quotes \"and\" <b>tags</b> & 'more' \\ {{ braces }} {% now %}",
    "x" * 139 + ".",
    "y" * 140 + ".",
    "z" * 275,
    "يجب أن تقول الحقيقة",
    "💚 emoji",
]


def neutral(page: HttpResponse) -> str:
    """The page with what differs between any two visitors taken out."""
    html = page.content.decode()
    code = re.search(r'name="participant" value="([^"]+)"', html)[1]
    key = re.search(r'name="key" value="([^"]+)"', html)
    for personal in (code, *(key.groups() if key else ())):
        html = html.replace(personal, "*")
    return html


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("text", TEXTS)
def test_first_views_are_the_same_by_either_way(
    ordinary, short, conversation, text, language
):
    """One statement, so that both draw the same cards."""
    statement = StatementFactory(conversation=conversation, text=text)
    StatementTranslationFactory(statement=statement, language="es", text=f"¿{text}?")
    said = {"Accept-Language": language}

    expected = ordinary.get(PAGE, headers=said)
    made, copied = (short.get(PAGE, headers=said) for _ in range(2))

    assert neutral(made) == neutral(copied) == neutral(expected)
    assert headers(made) == headers(copied) == headers(expected)
    assert dict(copied.cookies) == {}


@pytest.mark.parametrize("state", ["open", "closed"])
def test_first_views_without_cards_are_the_same(ordinary, short, conversation, state):
    Conversation.objects.update(state=state)
    expected = ordinary.get(PAGE)

    for page in (short.get(PAGE), short.get(PAGE)):
        assert headers(page) == headers(expected)
        assert len(page.content) == len(expected.content)


def test_a_copy_is_made_of_no_template(short, conversation):
    StatementFactory(conversation=conversation)
    made, copied = short.get(PAGE), short.get(PAGE)

    assert (bool(made.templates), bool(copied.templates)) == (True, False)
    assert "mark" + "0" not in copied.content.decode()
    for mark in first_views.MARKS.pattern.strip("()").split("|"):
        assert mark.rstrip("~*") not in copied.content.decode()


def test_a_packed_copy_is_the_page(short, conversation):
    StatementFactory(conversation=conversation, text="Räte für “alle” — 全員に。")
    plain = neutral(short.get(PAGE))

    for _made_then_copied in range(2):
        page = short.get(PAGE, headers={"Accept-Encoding": "br, gzip"})
        assert page["Content-Encoding"] == "gzip"
        assert int(page["Content-Length"]) == len(page.content)
        page.content = gzip.decompress(page.content)
        assert neutral(page) == plain


def test_every_visitor_has_a_code_of_her_own_that_votes(short, conversation):
    statement = StatementFactory(conversation=conversation)
    codes = set()
    for n in range(5):
        html = short.get(PAGE).content.decode()
        code = re.search(r'name="participant" value="([^"]+)"', html)[1]
        codes.add(code)
        vote(short, statement, "nobody", participant=code, key=f"event-no-{n}")
        short.cookies.clear()

    assert (len(codes), Vote.objects.values("participant").distinct().count()) == (5, 5)


def test_what_may_be_voted_on_holds_at_once(short, conversation):
    first, second = StatementFactory.create_batch(2, conversation=conversation)
    short.get(PAGE)
    Statement.objects.filter(pk=first.pk).update(state="rejected")
    Conversation.objects.update(moderation_revision=1)

    html = short.get(PAGE).content.decode()

    assert (first.text in html, second.text in html) == (False, True)


@pytest.mark.parametrize(
    "change", [{"state": "closed"}, {"state": "draft"}, {"entry": "link"}]
)
def test_a_conversation_that_changes_is_seen_as_it_is(
    ordinary, short, conversation, change
):
    StatementFactory(conversation=conversation)
    short.get(PAGE)
    Conversation.objects.update(**change)

    page, expected = short.get(PAGE), ordinary.get(PAGE)

    assert page.status_code == expected.status_code
    assert headers(page) == headers(expected)
    assert len(page.content) == len(expected.content)


def test_who_has_a_cookie_sees_a_page_of_her_own(short, participant):
    StatementFactory(conversation=participant.conversation)
    short.get(PAGE)
    short.cookies["participant_rivers"] = identity.sign(participant.code, "rivers")

    page = short.get(PAGE)

    assert page.templates
    assert participant.code in page.content.decode()


def test_a_foreign_host_is_refused_as_ever(short, conversation):
    StatementFactory(conversation=conversation)
    short.get(PAGE)

    assert short.get(PAGE, headers={"Host": "evil.example"}).status_code == 400
    answer = short.post(
        VOTES, "{}", content_type="application/json", headers={"Host": "evil.example"}
    )
    assert answer.status_code == 400


def test_part_of_a_vote_is_not_taken_for_a_whole_one(conversation):
    sent = RequestFactory()._base_environ(
        REQUEST_METHOD="POST", CONTENT_TYPE="application/json", CONTENT_LENGTH="900"
    )
    sent["wsgi.input"] = BytesIO(b'{"key": "first-key"}')

    answer = short_way.cast(WSGIRequest(sent), "rivers")

    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]["code"] == "cut_off"
