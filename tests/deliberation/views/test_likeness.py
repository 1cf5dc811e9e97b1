"""The pages of near-duplicates, and folding by their form."""

import pytest
from django.urls import reverse

from deliberation.models import Decision, Likeness, Statement
from tests.factories import LikenessFactory, StatementFactory, VoteFactory


@pytest.fixture
def group(conversation):
    """Three statements in a group, and one that may deny the first."""
    rows = [
        StatementFactory(
            conversation=conversation, number=number, text=text, likeness_group=group
        )
        for number, text, group in (
            (1, "Cars must go.", 1),
            (2, "All cars must go.", 1),
            (3, "Cars should go.", 1),
            (4, "Cars must not go.", None),
        )
    ]
    LikenessFactory(
        conversation=conversation,
        one=rows[0],
        other=rows[3],
        kind=Likeness.Kind.OPPOSITE,
    )
    return rows


def at(name, number=None):
    return reverse(name, args=["rivers"] if number is None else ["rivers", number])


def fold(client, **data):
    return client.post(at("fold", 1), data, follow=True)


def states():
    rows = Statement.objects.order_by("number")
    return list(rows.values_list("state", "duplicate_of__number"))


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_shows_groups_with_what_is_left_to_do(moderator_client, group):
    response = moderator_client.get(at("likeness-groups"))

    (shown,) = response.context["page"]
    assert (shown.number, len(shown.members), len(shown.opposites)) == (1, 3, 1)
    assert "Cars should go." in response.content.decode()


def test_a_group_marks_the_words_that_the_leader_has_not_got(moderator_client, group):
    VoteFactory(conversation=group[0].conversation, statement=group[0])

    response = moderator_client.get(at("likeness-group", 1))

    assert response.context["group"].leader.statement == group[0]
    assert "<mark>should</mark> go." in response.content.decode()


def test_all_but_the_opposite_are_marked_at_first(moderator_client, group):
    response = moderator_client.get(at("likeness-group", 1))

    assert [row.is_marked for row in response.context["rows"]] == [True] * 3
    assert [row.is_marked for row in response.context["against"]] == [False]


def test_what_is_marked_is_folded_into_the_leader_which_stays(moderator_client, group):
    response = fold(moderator_client, into=2, fold=[1, 2, 3])

    assert said(response) == ["2 statements are folded into statement 2."]
    assert states() == [
        ("rejected", 2),
        ("accepted", None),
        ("rejected", 2),
        ("accepted", None),
    ]


def test_a_statement_that_was_decided_on_since_is_left_and_told(
    moderator_client, group
):
    Statement.objects.filter(pk=group[2].pk).update(revision=1)

    response = fold(
        moderator_client, into=1, fold=[2, 3], seen=["1:0", "2:0", "3:0", "nonsense"]
    )

    assert said(response) == [
        "1 statement is folded into statement 1.",
        "Statement 3 was left as it is: somebody has decided on it, or changed its"
        " words, since you looked at it. It is now: Accepted.",
    ]
    assert states()[1:3] == [("rejected", 1), ("accepted", None)]


def test_a_perhaps_opposite_one_is_folded_only_when_confirmed(moderator_client, group):
    refused = fold(moderator_client, into=1, fold=[2, 4])

    assert refused.status_code == 409
    assert refused.context["form"].errors == {
        "although_opposite": [
            "Nothing was folded: statement 4 may say the opposite of statement 1. Read"
            " both again, and confirm that they say the same."
        ]
    }
    assert [row.is_marked for row in refused.context["against"]] == [True]
    assert not Decision.objects.exists()

    fold(moderator_client, into=1, fold=[2, 4], although_opposite="yes")
    assert states()[3] == ("rejected", 1)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"fold": [2]}, "into", "Choose the statement that leads."),
        ({"into": 4, "fold": [2]}, "into", "Choose the statement that leads."),
        ({"into": 1}, "fold", "Mark at least one statement to fold."),
        ({"into": 1, "fold": [1]}, "fold", "Mark at least one statement to fold."),
        (
            {"into": 1, "fold": [99]},
            "fold",
            "What you marked is not in this group any more: look at it again.",
        ),
    ],
)
def test_a_form_that_says_too_little_comes_back(
    moderator_client, group, data, field, sentence
):
    response = fold(moderator_client, **data)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert not Decision.objects.exists()


def test_a_folding_is_taken_back_from_the_group(moderator_client, group):
    fold(moderator_client, into=1, fold=[2, 3])
    batch = Decision.objects.first().batch

    response = moderator_client.post(
        at("take-back-fold", 1), {"batch": batch}, follow=True
    )

    assert said(response) == ["Taken back: 2 statements are what they were before."]
    assert states() == [("accepted", None)] * 4


def test_taking_back_what_is_not_there_is_refused(moderator_client, group):
    response = moderator_client.post(at("take-back-fold", 1), {"batch": "no"})

    assert (response.status_code, response.context["error"].code) == (
        404,
        "no_such_decision",
    )


def test_a_group_that_is_gone_is_a_sentence_and_not_an_error(moderator_client, group):
    response = moderator_client.get(at("likeness-group", 99))

    assert (response.status_code, response.context["error"].code) == (
        404,
        "no_such_group",
    )
