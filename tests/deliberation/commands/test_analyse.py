"""The command to analyse: JSON with exactly what it promises, or a few lines."""

import json

import pytest
from django.core.management import CommandError, call_command

from deliberation import queries
from tests.deliberation.worlds import small_world, store
from tests.factories import ConversationFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    return store(small_world(), conversation=ConversationFactory(slug="rivers"))


def test_json_holds_what_the_run_found(stored, capsys):
    call_command("analyse", "rivers", "--json")

    found = json.loads(capsys.readouterr().out)
    run = queries.analysis.latest_run(stored)
    assert list(found) == ["participants", "grouped", "groups", "statements"]
    assert (found["participants"], found["grouped"]) == (34, run.n_grouped)
    assert found["groups"] == [
        {"letter": "A", "size": 20},
        {"letter": "B", "size": 14},
    ]
    first = found["statements"][0]
    assert list(first) == ["id", "text", "n_votes", "group_aware_consensus", "groups"]
    assert first["n_votes"] == sum(sum(g.values()) for g in first["groups"].values())
    assert sorted(first["groups"]["A"]) == ["agree", "disagree", "pass"]


def test_json_is_sorted_by_consensus_then_number(stored, capsys):
    call_command("analyse", "rivers", "--json")

    statements = json.loads(capsys.readouterr().out)["statements"]
    keys = [(-row["group_aware_consensus"], row["id"]) for row in statements]
    assert keys == sorted(keys)
    assert sorted(row["id"] for row in statements) == list(range(12))


def test_text_names_groups_and_statements(stored, capsys):
    call_command("analyse", "rivers")

    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "34 participants, 34 in opinion groups",
        "Group A: 20",
        "Group B: 14",
        "Highest group-aware consensus, of 12 statements:",
    ]
    assert len(lines) == 14


def test_conversation_without_votes_is_analysed(capsys):
    StatementFactory(conversation=ConversationFactory(slug="quiet"))

    call_command("analyse", "quiet", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "participants": 0,
        "grouped": 0,
        "groups": [],
        "statements": [],
    }


def test_unknown_conversation_is_refused():
    with pytest.raises(CommandError) as error:
        call_command("analyse", "nowhere")

    assert str(error.value) == "nowhere: There is no conversation at this address."
