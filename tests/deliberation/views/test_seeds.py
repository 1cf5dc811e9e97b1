"""The moderators' pages: what they show, what a decision answers, what is escaped."""

import pytest

from deliberation.models import Statement
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
SEEDS = "/moderate/rivers/seeds/"


@pytest.fixture
def pending(conversation):
    return StatementFactory(
        conversation=conversation, number=7, state="pending", text="Be kind."
    )


def state_of(statement):
    return Statement.objects.get(pk=statement.pk).state


# --- Conversations -----------------------------------------------------------------------


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_seeds_are_added_from_lines(moderator_client, conversation):
    lines = {"seeds": "Be kind.\r\n\r\n  Be brief. ", "language": "en"}

    response = moderator_client.post(SEEDS + "add/", lines, follow=True)

    assert response.redirect_chain == [
        ("/moderate/rivers/statements/?state=accepted", 302)
    ]
    assert said(response) == ["2 statements were added."]
    rows = Statement.objects.order_by("number").values_list("number", "text", "is_seed")
    assert list(rows) == [(0, "Be kind.", True), (1, "Be brief.", True)]


@pytest.mark.parametrize(
    ("lines", "status", "sentences"),
    [
        ("", 422, ["This field is required."]),
        ("Fine.\n\n123", 422, ["Line 3: Write a sentence in words."]),
        (
            "New.\n\nbe KIND.\nnew.",
            409,
            [
                "Line 3: these words are in the conversation already.",
                "Line 4: these words are in the conversation already.",
            ],
        ),
    ],
)
def test_seeds_are_refused_by_line(moderator_client, pending, lines, status, sentences):
    given = {"seeds": lines, "language": "en"}

    response = moderator_client.post(SEEDS + "add/", given)

    assert response.status_code == status
    assert response.context["seeds"].errors == {"seeds": sentences}
    assert Statement.objects.count() == 1
