"""Flags for colleagues, and statements about the people."""

import pytest

from deliberation.models import Statement
from tests.factories import (
    StatementFactory,
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


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_flag_keeps_a_note_for_colleagues(moderator_client, pending, headers):
    data = {"flag_note": "Is it <kind>?"}

    moderator_client.post(QUEUE + "7/flag/", data, **headers)

    page = moderator_client.get(QUEUE + "?state=flagged").content.decode()
    assert page.count("Is it &lt;kind&gt;?") == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_flag_with_too_long_a_note_is_refused(moderator_client, pending, headers):
    response = moderator_client.post(
        QUEUE + "7/flag/", {"flag_note": "x" * 201}, **headers
    )

    assert response.status_code == 422
    assert response.content.decode().count("at most 200 characters") >= 1
    assert Statement.objects.get(pk=pending.pk).flagged_at is None


def test_flag_is_taken_away_once(moderator_client, pending):
    moderator_client.post(QUEUE + "7/flag/")

    once = moderator_client.post(QUEUE + "7/unflag/", follow=True)
    twice = moderator_client.post(QUEUE + "7/unflag/")

    assert said(once)[-1] == "Statement 7 is not flagged any more."
    assert (twice.status_code, str(twice.context["error"])) == (
        409,
        "Statement 7 is not flagged any more.",
    )


@pytest.mark.parametrize(
    ("is_meta", "words"),
    [
        ("yes", "Statement 7 is marked as about the people."),
        ("no", "Statement 7 was not marked."),
    ],
)
def test_meta_is_marked_and_the_row_stays(moderator_client, pending, is_meta, words):
    response = moderator_client.post(
        QUEUE + "7/meta/", {"is_meta": is_meta, "seen": "0"}, **HTMX
    )

    assert response.context["said"] == words
    assert response.content.decode().count('data-card="7"') == 1
    assert Statement.objects.get(pk=pending.pk).is_meta == (is_meta == "yes")
