"""Seed statements: given, looked at, added; and what is there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation import forms
from deliberation.actions import fingerprints
from deliberation.models import Statement
from tests.factories import StatementFactory, VoteFactory

pytestmark = pytest.mark.django_db

SEEDS = "/moderate/rivers/seeds/"
ADD = SEEDS + "add/"


@pytest.fixture
def said(conversation):
    """A statement of a participant."""
    row = StatementFactory(
        conversation=conversation,
        number=7,
        state="pending",
        text="The city should close the old bridge.",
    )
    fingerprints.catch_up(conversation_id=conversation.pk)
    return row


def look_at(client, *lines, **more):
    return client.post(ADD, {"seeds": "\n".join(lines), "language": "en", **more})


def add(client, response, *marks):
    data = {"lines": response.context["packed"], "add": marks}
    return client.post(ADD, data, follow=True)


def verdicts(response):
    return [
        (looked.line.number, looked.verdict.value, is_marked)
        for looked, is_marked in response.context["rows"]
    ]


def others(response, at):
    looked, _is_marked = response.context["rows"][at]
    return [(other.kind, other.statement, other.line) for other in looked.others]


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_lines_are_looked_at_and_nothing_is_stored(moderator_client, said):
    response = look_at(
        moderator_client,
        "Schools need gardens.",
        "the city should CLOSE the old bridge.",
        "!!!",
        "schools need GARDENS.",
    )

    assert verdicts(response) == [
        (1, "fine", True),
        (2, "repeated", False),
        (3, "wrong", False),
        (4, "repeated", False),
    ]
    assert others(response, 1) == [("same", 7, None)]
    assert others(response, 3) == [("same", None, 1)]
    assert Statement.objects.count() == 1


def test_what_is_near_is_shown_with_what_it_is_near_to_and_not_marked(
    moderator_client, said
):
    response = look_at(
        moderator_client,
        "The city should please close the old bridge.",
        "Schools need green gardens.",
        "Schools need gardens that are green.",
    )

    assert verdicts(response) == [
        (1, "near", False),
        (2, "fine", True),
        (3, "near", False),
    ]
    assert (others(response, 0)[0][1], others(response, 2)[0][2]) == (7, 2)


def test_the_opposite_is_flagged_and_stays_marked(moderator_client, said):
    response = look_at(moderator_client, "The city should not close the old bridge.")

    assert verdicts(response) == [(1, "opposite", True)]
    assert others(response, 0) == [("opposite", 7, None)]
    assert "Perhaps the opposite of statement 7:" in response.content.decode()


def test_what_is_marked_is_added_and_the_rest_is_not(moderator_client, conversation):
    looked = look_at(moderator_client, "Be kind.", "Schools need gardens.", "Be brief.")

    response = add(moderator_client, looked, 0, 2)

    assert response.redirect_chain == [(SEEDS, 302)]
    assert messages(response) == ["2 statements were added."]
    rows = Statement.objects.order_by("number").values_list("number", "text", "is_seed")
    assert list(rows) == [(0, "Be kind.", True), (1, "Be brief.", True)]


def test_a_file_is_looked_at_and_added_in_its_languages(moderator_client, conversation):
    data = "text;language\nBe kind.;\nSei nett.;de\n".encode("utf-8-sig")
    file = SimpleUploadedFile("seeds.csv", data)
    looked = moderator_client.post(ADD, {"language": "en", "file": file})

    add(moderator_client, looked, 0, 1)

    rows = Statement.objects.order_by("number").values_list("text", "language")
    assert list(rows) == [("Be kind.", "en"), ("Sei nett.", "de")]


def test_what_somebody_said_in_the_meantime_is_refused_with_its_lines(
    moderator_client, conversation
):
    looked = look_at(moderator_client, "Be kind.", "Be brief.")
    StatementFactory(conversation=conversation, text="be kind.")

    response = add(moderator_client, looked, 0, 1)

    assert response.status_code == 409
    assert response.context["form"].errors == {
        "__all__": [
            "Nothing was added: 1 of these statements is in the conversation already,"
            " or is given twice."
        ]
    }
    assert verdicts(response) == [(1, "repeated", True), (2, "fine", True)]
    assert Statement.objects.count() == 1


def test_without_a_mark_the_lines_come_back(moderator_client, conversation):
    looked = look_at(moderator_client, "Be kind.")

    response = add(moderator_client, looked)

    assert response.status_code == 422
    assert verdicts(response) == [(1, "fine", False)]
    assert "Mark at least one statement to add." in response.content.decode()


def test_lines_that_are_not_whole_begin_again(moderator_client, conversation):
    response = moderator_client.post(ADD, {"lines": "[1", "add": "0"})

    assert response.status_code == 422
    assert len(response.context["refusals"]) == 1
    assert not Statement.objects.exists()


def test_a_form_with_nothing_in_it_comes_back(moderator_client, conversation):
    response = look_at(moderator_client, "")

    assert response.status_code == 422
    assert response.context["seeds"].non_field_errors() == [
        "Write at least one statement, or choose a file that holds one."
    ]


def test_five_hundred_lines_make_the_whole_way(moderator_client, conversation):
    texts = [
        f"{word} number {n} is needed" for n in range(250) for word in ("A", "Bus")
    ]
    looked = look_at(moderator_client, *texts)

    response = add(moderator_client, looked, *range(500))

    assert messages(response) == ["500 statements were added."]


def test_words_are_shown_as_words(moderator_client, conversation):
    response = look_at(moderator_client, "<script>alert(1)</script> is a word")

    page = response.content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- Those there are -------------------------------------------------------------------


def test_seeds_are_listed_with_their_votes_the_newest_first(
    moderator_client, conversation, said
):
    old, new = (
        StatementFactory(conversation=conversation, number=n, is_seed=True)
        for n in (10, 11)
    )
    VoteFactory(conversation=conversation, statement=old)

    response = moderator_client.get(SEEDS)

    rows = [
        (row.statement, row.tally.n, row.can_edit) for row in response.context["page"]
    ]
    assert rows == [(new, 0, True), (old, 1, False)]


def test_a_list_of_seeds_costs_the_same_for_one_and_for_many(
    moderator_client, conversation
):
    def n_queries():
        with CaptureQueriesContext(connection) as asked:
            moderator_client.get(SEEDS)
        return len(asked)

    StatementFactory(conversation=conversation, is_seed=True)
    n_one = n_queries()
    StatementFactory.create_batch(5, conversation=conversation, is_seed=True)

    assert n_queries() == n_one


def test_a_seed_is_withdrawn(moderator_client, conversation):
    seed = StatementFactory(conversation=conversation, number=3, is_seed=True)

    response = moderator_client.post(f"{SEEDS}3/withdraw/", follow=True)

    assert messages(response) == [
        "Statement 3 is withdrawn. You find it among the rejected."
    ]
    assert Statement.objects.get(pk=seed.pk).state == "rejected"


def test_a_statement_of_a_participant_is_not_withdrawn_here(moderator_client, said):
    response = moderator_client.post(f"{SEEDS}7/withdraw/")

    assert (response.status_code, response.context["error"].code) == (
        404,
        "no_such_statement",
    )
    assert Statement.objects.get(pk=said.pk).state == "pending"


def test_limits_of_forms_and_files_are_those_that_are_told():
    file = forms.Seeds().fields["file"]

    assert f"{forms.MAX_SEEDS} lines" in str(file.help_text)
    assert f"{forms.seeds.files.MAX_BYTES // 1000} kB" in str(file.help_text)
