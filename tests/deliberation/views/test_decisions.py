"""The public log of decisions: true, without names, and without words not for all."""

import csv
from datetime import timedelta

import pytest

from deliberation import actions
from deliberation.models import Statement
from tests.factories import (
    THEN,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/c/rivers/moderation/"
FILE = "/c/rivers/moderation/log.csv"


@pytest.fixture
def by():
    return UserFactory(username="mira-the-moderator")


def pending(conversation, number, text, **more):
    return StatementFactory(
        conversation=conversation, number=number, text=text, state="pending", **more
    )


def accept(statement, by, now):
    return actions.moderation.accept(
        conversation=statement.conversation, statements=[statement], by=by, now=now
    )


def reject(statement, by, now, reason="hateful", note=""):
    return actions.moderation.reject(
        conversation=statement.conversation,
        statements=[statement],
        reason=reason,
        note=note,
        by=by,
        now=now,
    )


def rows(client):
    lines = b"".join(client.get(FILE).streaming_content).decode().splitlines()
    return list(csv.DictReader(lines))


def test_the_log_tells_each_decision_and_names_nobody(client, conversation, by):
    accept(pending(conversation, 7, "Be kind."), by, THEN + timedelta(hours=5))
    reject(pending(conversation, 8, "Something vile."), by, THEN, note="Dear Tom, no.")

    page = client.get(PAGE).content.decode()

    assert page.index("Statement 8") < page.index("Statement 7")
    assert "after 5 hours" in page
    assert "Hateful or insulting" in page
    assert "Be kind." in page
    assert "Something vile." not in page
    assert "Dear Tom" not in page
    assert "mira" not in page


def test_the_log_counts_states_reasons_and_the_wait(client, conversation, by):
    for number, hours in ((1, 1), (2, 3), (3, 20)):
        statement = pending(conversation, number, f"Idea {number}.")
        reject(statement, by, THEN + timedelta(hours=hours), reason="spam")
    pending(conversation, 4, "One more.")

    summary = client.get(PAGE).context["summary"]

    counts = (summary.n_pending, summary.n_accepted, summary.n_rejected)
    assert (*counts, summary.n_all) == (1, 0, 3, 4)
    assert summary.median_wait == timedelta(hours=3)
    assert [(r.code, r.words, r.n) for r in summary.reasons] == [("spam", "Spam", 3)]


def test_the_file_holds_what_was_decided_and_taken_back(client, conversation, by):
    outcome = reject(pending(conversation, 7, "Be kind."), by, THEN, reason="unclear")
    actions.decisions.take_back(
        conversation=conversation, batch=outcome.batch, by=by, now=THEN
    )

    first, second = rows(client)

    told = ("statement", "kind", "state_before", "state_after", "reason", "takes_back")
    assert [first[name] for name in told] == [
        *("7", "reject", "pending", "rejected", "unclear", "")
    ]
    assert [second[name] for name in told] == [
        *("7", "undo", "rejected", "pending", "", first["decision"])
    ]
    assert set(first) == set(second)
    assert not {"by", "author", "text", "note"} & set(first)


def test_a_filter_shows_one_kind(client, conversation, by):
    accept(pending(conversation, 7, "Be kind."), by, THEN)
    reject(pending(conversation, 8, "Buy now."), by, THEN)

    kinds = {
        asked: [decision.kind for decision in client.get(PAGE + asked).context["page"]]
        for asked in ("?kind=accept", "?kind=odd", "?kind=fold")
    }

    assert kinds == {
        "?kind=accept": ["accept"],
        "?kind=odd": ["reject", "accept"],
        "?kind=fold": [],
    }


def test_the_log_stays_true_when_an_author_is_erased(client, conversation, by):
    author = ParticipantFactory(conversation=conversation, code="author-of-it")
    statement = pending(conversation, 7, "Words of hers.", author=author)
    accept(statement, by, THEN)
    before = rows(client)

    actions.privacy.erase(
        conversation=conversation, code="author-of-it", with_statements=True
    )

    assert Statement.objects.get(number=7).state == "rejected"
    assert rows(client) == before
    page = client.get(PAGE).content.decode()
    assert "Statement 7" in page
    assert "Words of hers." not in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_log_costs_the_same_whatever_its_length(
    client, conversation, by, n, django_assert_num_queries
):
    for number in range(n):
        accept(pending(conversation, number, f"Idea {number}."), by, THEN)
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_conversation_that_is_not_public_has_no_log(
    client, conversation, state, address
):
    conversation.state = state
    conversation.save(update_fields=["state"])

    response = client.get(address)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "conversation_not_found")


@pytest.mark.parametrize("was_shown", [False, True])
def test_the_log_has_words_that_were_replaced_if_they_were_shown(
    client, conversation, by, was_shown
):
    statement = pending(conversation, 7, "Two ideas, and Tom's address.")
    if was_shown:
        accept(statement, by, THEN)
    actions.successors.reword(
        statement=statement, text="One idea.", language="en", by=by, now=THEN
    )

    assert ("Tom&#x27;s address" in client.get(PAGE).content.decode()) == was_shown
