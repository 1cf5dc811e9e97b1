"""The file of all statements."""

from django.urls import reverse

from tests.factories import StatementFactory, VoteFactory


def test_file_is_a_table_that_anybody_may_have(client, conversation):
    statement = StatementFactory(
        conversation=conversation, number=5, text="=Tax, gold.", language="en"
    )
    VoteFactory(conversation=conversation, statement=statement)

    response = client.get(reverse("statements-file", args=["rivers"]))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="folkmoot-rivers-statements.csv"'
    )
    assert b"".join(response.streaming_content).decode().splitlines() == [
        "number,text,language,state,reason,lineage,predecessor,duplicate_of,created_at,"
        "decided_at,n_agree,n_disagree,n_pass",
        '5,"\'=Tax, gold.",en,accepted,,,,,2026-03-01T12:00:00+00:00,,1,0,0',
    ]


def test_file_of_a_conversation_that_is_not_public_is_not_there(client, conversation):
    conversation.state = "draft"
    conversation.save()

    response = client.get(reverse("statements-file", args=["rivers"]))

    assert response.status_code == 404
