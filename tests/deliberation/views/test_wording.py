"""The page on which moderators work on the words of a statement."""

import pytest
from django.urls import reverse

from deliberation.models import Statement
from tests.factories import StatementFactory, VoteFactory

SAID = "Tax gold and clean the rivers."


@pytest.fixture
def statement(conversation):
    return StatementFactory(conversation=conversation, number=5, text=SAID)


@pytest.fixture
def voted_on(statement):
    VoteFactory(conversation=statement.conversation, statement=statement)
    return statement


def page(client):
    response = client.get(reverse("words", args=["rivers", 5]))
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, **data):
    return client.post(reverse(name, args=["rivers", 5]), {"seen": "0"} | data)


def ways(html):
    names = ("edit", "reword", "split", "take-back")
    return [name for name in names if f"/words/{name}/" in html]


def test_page_offers_what_the_case_allows(moderator_client, statement):
    before = ways(page(moderator_client))
    VoteFactory(conversation=statement.conversation, statement=statement)
    after = ways(page(moderator_client))
    post(moderator_client, "reword-statement", text="Tax gold.")
    replaced = ways(page(moderator_client))

    assert (before, after, replaced) == (
        ["edit", "split"],
        ["reword", "split"],
        ["take-back"],
    )


def test_edit_shows_what_changed(moderator_client, statement):
    response = post(moderator_client, "edit-words", text="Tax gold.")

    assert response["Location"] == reverse("words", args=["rivers", 5])
    html = page(moderator_client)
    assert "The words of statement 5 are changed." in html
    assert (
        '<del><span class="visually-hidden">removed: </span>and clean the rivers</del>'
        in html
    )


@pytest.mark.parametrize("name", ["edit-words", "reword-statement"])
def test_a_preview_stores_nothing_and_shows_what_would_change(
    moderator_client, statement, name
):
    if name == "reword-statement":
        VoteFactory(conversation=statement.conversation, statement=statement)

    response = post(moderator_client, name, text="Tax all gold.", preview="1")

    html = response.content.decode()
    assert response.status_code == 200
    assert '<ins><span class="visually-hidden">added: </span>all</ins>' in html
    assert "Tax all gold.</textarea>" in html
    assert list(Statement.objects.values_list("text", flat=True)) == [SAID]


def test_a_preview_with_htmx_is_the_comparison_alone(moderator_client, voted_on):
    response = moderator_client.post(
        reverse("split-statement", args=["rivers", 5]),
        {
            "seen": "0",
            "part_1": "Tax gold.",
            "part_2": "Clean the rivers.",
            "preview": "1",
        },
        headers={"HX-Request": "true"},
    )

    assert response.templates[0].name == "wording/_preview.html"
    assert response.content.decode().count('class="difference"') == 2


def test_split_takes_its_place(moderator_client, voted_on):
    post(
        moderator_client,
        "split-statement",
        part_1="Tax gold.",
        part_2="Clean the rivers.",
        part_4="Count the fish.",
    )

    html = page(moderator_client)
    assert "3 statements take its place and are open to votes." in html
    assert list(Statement.objects.order_by("number").values_list("text", "state")) == [
        (SAID, "replaced"),
        ("Tax gold.", "accepted"),
        ("Clean the rivers.", "accepted"),
        ("Count the fish.", "accepted"),
    ]


def test_taking_it_back_says_so(moderator_client, voted_on):
    post(moderator_client, "reword-statement", text="Tax gold.")

    post(moderator_client, "take-back-words")

    assert "Taken back: statement 5 is what it was before." in page(moderator_client)


@pytest.mark.parametrize(
    ("name", "data", "status", "sentence"),
    [
        ("reword-statement", {"text": ""}, 422, "Write a sentence in words."),
        ("reword-statement", {"text": "!?"}, 422, "Write a sentence in words."),
        (
            "reword-statement",
            {"text": "See example.org now"},
            422,
            "Links, e-mail addresses and phone numbers are not taken; say it in words.",
        ),
        (
            "reword-statement",
            {"text": "a b " * 71},
            422,
            "This is 3 characters too long; the limit is 280.",
        ),
        (
            "reword-statement",
            {"text": SAID},
            409,
            "These are the words that the statement has already.",
        ),
        (
            "reword-statement",
            {"text": "Already here."},
            409,
            "These very words are in this conversation already.",
        ),
        (
            "edit-words",
            {"text": "Tax gold."},
            409,
            "People have voted on these words already, so they stay as they are. Reword"
            " or split the statement instead: the old words stay readable with their"
            " votes.",
        ),
        (
            "reword-statement",
            {"text": "Tax gold.", "seen": "7"},
            409,
            "Somebody else has decided on this statement, or changed its words, since"
            " you opened the page. It is shown as it is now, and nothing was changed.",
        ),
        ("split-statement", {"part_1": "Tax gold."}, 422, "Write a sentence in words."),
        (
            "split-statement",
            {"part_1": "Tax gold.", "part_2": "TAX GOLD."},
            409,
            "Two of the parts are in the same words.",
        ),
    ],
)
def test_what_is_refused_comes_back_with_its_words(
    moderator_client, voted_on, name, data, status, sentence
):
    StatementFactory(
        conversation=voted_on.conversation, number=90, text="Already here."
    )
    n = Statement.objects.count()

    response = post(moderator_client, name, **data)

    html = response.content.decode()
    assert (response.status_code, Statement.objects.count()) == (status, n)
    assert sentence in html
    text = data.get("text") or data.get("part_1", "")
    assert text.strip() in html


def test_after_a_clash_the_form_is_of_what_is_there_now(moderator_client, voted_on):
    Statement.objects.filter(number=5).update(revision=4)

    response = post(moderator_client, "reword-statement", text="Tax gold.")

    assert 'name="seen" value="4"' in response.content.decode()


def test_a_statement_that_is_not_there_is_no_page(moderator_client, conversation):
    response = moderator_client.get(reverse("words", args=["rivers", 99]))

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_statement")
