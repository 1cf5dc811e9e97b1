"""The command to analyse: JSON with exactly what it promises, or a few lines."""

import json

import pytest
from django.core.management import CommandError, call_command

from deliberation import queries
from deliberation.models import StatementResult
from tests.deliberation.worlds import many_camps, small_world, store
from tests.factories import ConversationFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    return store(small_world(), conversation=ConversationFactory(slug="rivers"))


@pytest.fixture
def as_json(capsys):
    def analysed():
        call_command("analyse", "rivers", "--json")
        return json.loads(capsys.readouterr().out)

    return analysed


def test_json_holds_what_the_run_found(stored, as_json):
    found = as_json()

    run = queries.analysis.latest_run(stored)
    assert list(found) == [
        "participants",
        "placed",
        "grouped",
        "finding",
        "finding_in_words",
        "is_sound",
        "checks",
        "stability",
        "candidates",
        "groups",
        "consensus",
        "statements",
    ]
    assert (found["participants"], found["grouped"]) == (34, run.n_grouped)
    assert (found["finding"], found["finding_in_words"], found["is_sound"]) == (
        "groups",
        "People fall into two groups",
        True,
    )
    assert [check["is_passed"] for check in found["checks"]] == [True, True]
    assert found["stability"]["n_draws"] == 10
    assert [(g["letter"], g["size"]) for g in found["groups"]] == [("A", 20), ("B", 14)]


def test_json_tells_how_firm_groups_and_alternatives_are(stored, as_json):
    found = as_json()

    tried = {c["n_groups"]: c for c in found["candidates"]}
    assert sorted(tried[2]) == [
        "evidence",
        "found_again",
        "n_groups",
        "rand_index",
        "smallest",
    ]
    assert (tried[1]["evidence"], tried[1]["found_again"]) == (0.0, None)
    assert tried[2]["evidence"] > 50
    assert [g["found_again"] for g in found["groups"]] == [
        g.found_again
        for g in queries.analysis.latest_run(stored).groups.order_by("letter")
    ]
    entry = found["groups"][0]["representative"][0]
    assert sorted(entry) == ["choice", "difference", "high", "low", "statement"]


def test_json_has_the_figures_of_every_statement(stored, as_json):
    first = as_json()["statements"][0]

    stored_result = StatementResult.objects.get(statement__number=first["id"])
    assert list(first) == [
        "id",
        "text",
        "n_votes",
        "agree",
        "disagree",
        "consensus",
        "group_aware_consensus",
        "groups",
    ]
    assert first["n_votes"] == sum(sum(g.values()) for g in first["groups"].values())
    assert sorted(first["groups"]["A"]) == ["agree", "disagree", "pass"]
    assert first["agree"]["share"] == stored_result.n_agree / first["n_votes"]
    assert first["agree"]["low"] < first["agree"]["share"] <= first["agree"]["high"]
    assert first["consensus"] == {
        "agree": stored_result.consensus_agree,
        "disagree": stored_result.consensus_disagree,
        "is_ranked": True,
        "p_agreed_top": stored_result.p_agreed_top,
        "p_rejected_top": stored_result.p_rejected_top,
    }


def test_json_is_sorted_by_polis_consensus_then_number(stored, as_json):
    statements = as_json()["statements"]

    keys = [(-row["group_aware_consensus"], row["id"]) for row in statements]
    assert keys == sorted(keys)
    assert sorted(row["id"] for row in statements) == list(range(12))


def test_json_ranks_what_every_group_chose_by_our_consensus(stored, as_json):
    found = as_json()

    score = {row["id"]: row["consensus"]["agree"] for row in found["statements"]}
    agreed = found["consensus"]["agree"]
    assert set(agreed) >= {0, 1, 2}
    assert agreed == sorted(agreed, key=lambda number: (-score[number], number))
    assert found["consensus"]["disagree"] == []


def test_json_has_the_side_of_disagreement(as_json):
    world = small_world()
    flipped = world._replace(choices=-world.choices)
    store(flipped, conversation=ConversationFactory(slug="rivers"))

    consensus = as_json()["consensus"]

    assert set(consensus["disagree"]) >= {0, 1, 2}
    assert consensus["agree"] == []


def test_text_names_finding_groups_and_statements(stored, capsys):
    call_command("analyse", "rivers")

    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "34 participants, 34 voted enough to be placed, 34 in opinion groups",
        "People fall into two groups",
        "  tried 1: evidence 0.0, smallest 34, found again not asked",
    ]
    groups = [line for line in lines if line.startswith("Group ")]
    assert groups == [
        "Group A: 20, found again 100% (very firm)",
        "Group B: 14, found again 100% (very firm)",
    ]
    assert len([line for line in lines if line.startswith("Check passed: ")]) == 2
    heading = lines.index("Statements that more than half of every group agree with: 3")
    assert "  statement " in lines[heading + 1]
    assert "% of repeats; A " in lines[heading + 1]


def test_text_without_groups_and_without_repeats(settings, capsys):
    settings.ANALYSIS_RESAMPLES = 0
    StatementFactory(conversation=ConversationFactory(slug="rivers"))

    call_command("analyse", "rivers")

    assert capsys.readouterr().out.splitlines() == [
        "0 participants, 0 voted enough to be placed, 0 in opinion groups",
        "Not enough votes to tell groups",
        "Check passed: recounted votes of the groups equal the stored ones (0 against 0)",
        "Statements that more than half of every group agree with: 0",
        "Statements that more than half of every group disagree with: 0",
    ]


def test_text_says_where_no_groups_are_stable(capsys):
    store(many_camps(), conversation=ConversationFactory(slug="rivers"))

    call_command("analyse", "rivers")

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "80 participants, 80 voted enough to be placed, 0 in opinion groups",
        "No stable groups",
    ]
    assert [line for line in lines if line.startswith("Group ")] == []


def test_conversation_without_votes_is_analysed(as_json):
    StatementFactory(conversation=ConversationFactory(slug="rivers"))

    found = as_json()

    assert (found["participants"], found["finding"]) == (0, "not enough votes")
    assert (found["groups"], found["statements"]) == ([], [])
    assert found["consensus"] == {"agree": [], "disagree": []}


def test_unknown_conversation_is_refused():
    with pytest.raises(CommandError) as error:
        call_command("analyse", "nowhere")

    assert str(error.value) == "nowhere: There is no conversation at this address."
