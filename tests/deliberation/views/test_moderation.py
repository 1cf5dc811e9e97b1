"""The moderators' pages: what they show, what a decision answers, what is escaped."""

import pytest

from deliberation.models import AuditEvent, Statement
from tests.factories import ParticipantFactory, StatementFactory

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


# --- Conversations -----------------------------------------------------------------------


# --- The queue -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1]),
        ("?state=accepted", [2]),
        ("?state=rejected", [3]),
        ("?state=odd&page=99", [1]),
    ],
)
def test_queue_shows_one_state(moderator_client, conversation, query, numbers):
    for number, state in ((1, "pending"), (2, "accepted"), (3, "rejected")):
        StatementFactory(conversation=conversation, number=number, state=state)

    response = moderator_client.get(QUEUE + query)

    shown = [row["statement"].number for row in response.context["rows"]]
    assert shown == numbers


@pytest.mark.parametrize("n", [1, 3])
def test_queue_costs_the_same_whatever_its_length(
    moderator_client, conversation, django_assert_num_queries, n
):
    author = ParticipantFactory(conversation=conversation)
    StatementFactory.create_batch(
        n, conversation=conversation, state="pending", author=author
    )

    # Session, account, conversation, role, counts of states, page, rows, alerts.
    with django_assert_num_queries(8):
        moderator_client.get(QUEUE)


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

    assert [template.name for template in response.templates][:2] == [
        "moderation/_decided.html",
        "moderation/_statement.html",
    ]
    assert response.context["said"] == "Statement 7 is accepted."
    assert response.context["counts"].n_accepted == 1
    assert response.content.decode().count('id="statement-7"') == 1


REASON = {"reason": "off_topic", "note": "Ask the city."}


def test_reject_by_a_plain_form_keeps_the_reason(moderator_client, pending):
    response = moderator_client.post(QUEUE + "7/reject/", REASON, follow=True)

    pending.refresh_from_db()
    assert (pending.state, pending.reason, pending.reason_note) == (
        "rejected",
        "off_topic",
        "Ask the city.",
    )
    assert said(response) == ["Statement 7 is rejected."]


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


# --- Seeds -----------------------------------------------------------------------------------
