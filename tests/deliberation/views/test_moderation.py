"""The moderators' pages: what they show, what a decision answers, what is escaped."""

import pytest
from django.test import Client
from django.utils import timezone

from deliberation import actions
from deliberation.models import AuditEvent, Statement
from tests.factories import (
    DecisionFactory,
    ModeratorFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
QUEUE = "/moderate/rivers/statements/"


@pytest.fixture
def pending(conversation):
    return StatementFactory(
        conversation=conversation, number=7, state="pending", text="Be kind."
    )


def state_of(statement):
    return Statement.objects.get(pk=statement.pk).state


# --- The queue -----------------------------------------------------------------------------


def numbers(response):
    return [shown.row.statement.number for shown in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1]),
        ("?state=accepted", [2]),
        ("?state=rejected", [3]),
        ("?state=all&sort=newest", [3, 2, 1]),
        ("?state=all&words=three", [3]),
        ("?state=odd&page=99", [1]),
        ("?state=all&author_of=x&waits=2y&sort=odd", [1, 2, 3]),
    ],
)
def test_queue_shows_what_its_address_asks_for(
    moderator_client, conversation, query, shown
):
    texts = {1: "One", 2: "Two", 3: "Three"}
    states = {1: "pending", 2: "accepted", 3: "rejected"}
    for number, text in texts.items():
        StatementFactory(
            conversation=conversation, number=number, state=states[number], text=text
        )

    assert numbers(moderator_client.get(QUEUE + query)) == shown


def test_queue_says_which_filter_it_cannot_read(moderator_client, conversation):
    page = moderator_client.get(QUEUE + "?author_of=x").content.decode()

    assert page.count("Enter a whole number.") == 1


@pytest.mark.parametrize("n", [1, 3])
def test_queue_costs_the_same_whatever_its_length(
    moderator_client, conversation, django_assert_num_queries, n
):
    author = ParticipantFactory(conversation=conversation)
    StatementFactory.create_batch(
        n, conversation=conversation, state="pending", author=author, likeness_group=1
    )

    # Session, account, conversation, role; counts, her last decisions, languages, how
    # many match, which, the rows with four facts about them, newest decision, views.
    with django_assert_num_queries(16):
        moderator_client.get(QUEUE)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nothing waits for you"),
        ("?state=accepted", "No statement is accepted yet"),
        ("?state=rejected", "No statement is rejected"),
        ("?state=replaced", "No statement was replaced"),
        ("?state=flagged", "No statement is flagged"),
        ("?state=all", "There is no statement yet"),
        ("?words=zebra", "No statement matches"),
        ("?waits=1d", "No statement matches"),
    ],
)
def test_empty_queue_says_why(moderator_client, query, words):
    page = moderator_client.get(QUEUE + query).content.decode()

    assert page.count(f"<h2>{words}</h2>") == 1


def test_observer_sees_the_queue_and_decides_nothing(conversation, pending):
    client = Client()
    observer = ModeratorFactory(conversation=conversation, role="observer").user
    client.force_login(observer)

    page = client.get(QUEUE).content.decode()

    assert page.count("Be kind.") == 1
    assert page.count("data-decide") + page.count('id="sweep"') == 0


def test_news_of_colleagues_come_once(moderator_client, moderator, pending):
    mine = DecisionFactory(statement=pending, decided_by=moderator)
    theirs = DecisionFactory(
        statement=pending, decided_by=UserFactory(username="mira"), kind="reject"
    )

    news = moderator_client.get(f"{QUEUE}?seen={mine.pk}", **HTMX)
    again = moderator_client.get(f"{QUEUE}?seen={theirs.pk}", **HTMX)

    assert news.content.decode().count("Rejected by mira") == 1
    assert (again.status_code, again.content) == (204, b"")


def test_words_of_participants_are_escaped(moderator_client, pending):
    attack = "<script>alert(1)</script> & more"
    Statement.objects.filter(pk=pending.pk).update(text=attack)

    page = moderator_client.get(QUEUE).content.decode()

    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more") == 1
    assert page.count("<script>alert") == 0


# --- Decisions -----------------------------------------------------------------------------


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_accept_by_a_plain_form_returns_to_the_same_page(moderator_client, pending):
    address = QUEUE + "7/accept/?state=pending&page=1"

    response = moderator_client.post(address, follow=True)

    assert response.redirect_chain == [(f"{QUEUE}?state=pending&page=1", 302)]
    assert said(response) == ["Statement 7 is accepted."]
    assert state_of(pending) == "accepted"


def test_accept_twice_says_so(moderator_client, pending):
    address = QUEUE + "7/accept/"
    moderator_client.post(address)

    response = moderator_client.post(address, follow=True)

    assert said(response)[-1] == "Statement 7 was accepted already."
    assert AuditEvent.objects.count() == 1


def test_accept_by_htmx_swaps_the_row_and_the_counts(moderator_client, pending):
    response = moderator_client.post(QUEUE + "7/accept/", **HTMX)

    assert response.context["said"] == "Statement 7 is accepted."
    assert response.context["counts"].n_accepted == 1
    page = response.content.decode()
    assert page.count('id="statement-7" hx-swap-oob="true"') == 1
    assert page.count("data-undo") == 2


REASON = {"reason": "off_topic", "note": "Ask the city."}


def test_reject_by_a_plain_form_keeps_the_reason(moderator_client, pending):
    response = moderator_client.post(QUEUE + "7/reject/", REASON, follow=True)

    pending.refresh_from_db()
    assert (pending.state, pending.reason, pending.reason_note) == (
        "rejected",
        "off_topic",
        "Ask the city.",
    )
    assert said(response) == ["Statement 7 is rejected: Off topic."]


def test_reject_twice_for_the_same_reason_says_so(moderator_client, pending):
    address = QUEUE + "7/reject/"
    moderator_client.post(address, REASON, **HTMX)

    response = moderator_client.post(address, REASON, **HTMX)

    assert response.context["said"] == "Statement 7 was rejected already."
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_reject_without_a_known_reason_is_refused(moderator_client, pending, headers):
    response = moderator_client.post(QUEUE + "7/reject/", {"reason": "odd"}, **headers)

    assert response.status_code == 422
    sentence = "Select a valid choice. odd is not one of the available choices."
    assert response.content.decode().count(sentence) == 1
    assert state_of(pending) == "pending"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("act", ["accept", "reject"])
def test_decision_on_a_foreign_statement_is_refused(
    moderator_client, conversation, act, headers
):
    foreign = StatementFactory(number=9, state="pending")

    response = moderator_client.post(f"{QUEUE}9/{act}/", REASON, **headers)

    assert response.status_code == 404
    assert str(response.context["error"]) == (
        "There is no statement 9 in this conversation."
    )
    assert state_of(foreign) == "pending"


# --- Two at once -----------------------------------------------------------------------


@pytest.fixture
def decided_meanwhile(pending):
    """By mira, after the page with revision 0 came."""
    actions.moderation.reject(
        conversation=pending.conversation,
        statements=[pending],
        reason="spam",
        note="",
        by=UserFactory(username="mira"),
        now=timezone.now(),
    )
    return pending


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_clash_shows_both_and_changes_nothing(
    moderator_client, decided_meanwhile, headers
):
    response = moderator_client.post(QUEUE + "7/accept/", {"seen": "0"}, **headers)

    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert page.count("Rejected by mira, 0 minutes ago: Spam") == 1
    assert page.count("You wanted to accept it.") == 1
    assert page.count("Accept nevertheless") == 1
    assert state_of(decided_meanwhile) == "rejected"


def test_clash_can_be_decided_nevertheless(moderator_client, decided_meanwhile):
    response = moderator_client.post(QUEUE + "7/accept/", {"seen": "1"}, follow=True)

    assert said(response) == ["Statement 7 is accepted."]
    assert state_of(decided_meanwhile) == "accepted"


def test_the_same_decision_is_no_clash(moderator_client, decided_meanwhile):
    data = {"reason": "spam", "note": "", "seen": "0"}

    response = moderator_client.post(QUEUE + "7/reject/", data, follow=True)

    assert said(response) == ["Statement 7 was rejected already."]
