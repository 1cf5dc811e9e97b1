"""Versions and their documents: the right one, the same for all, at a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions import constitutions as actions
from deliberation.formats.constitution import GroupEntry, GroupVotes, SourceEntry
from deliberation.queries import candidates, constitutions
from deliberation.tallies import Tally
from tests.deliberation.judgements import analysed, judged
from tests.factories import THEN, ConversationFactory, PrincipleFactory, UserFactory

pytestmark = pytest.mark.django_db


def draft(conversation, **rule):
    defaults = {"threshold": 0.6, "max_principles": None, "by": None}
    return actions.draft_from_consensus(conversation=conversation, **defaults | rule)


def publish(conversation):
    return actions.publish(conversation=conversation, by=UserFactory(), now=THEN)


@pytest.fixture
def run(conversation):
    run = analysed(conversation, A=10, B=6)
    judged(run, 7, A=(9, 1, 0), B=(5, 0, 1))
    return run


# --- Candidates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "described"),
    [
        ({"A": 10, "B": 5, "C": 4}, ["A", "B"]),
        ({"A": 12}, []),
        ({"A": 5, "B": 4}, []),
        ({}, []),
    ],
)
def test_small_groups_are_not_described(conversation, groups, described):
    run = analysed(conversation, **groups)

    assert candidates.described_letters(run) == described


def test_candidate_is_judged_by_the_group_that_agrees_least(run):
    (candidate,) = candidates.candidates(run)

    assert candidate.groups == {"A": Tally(9, 1, 0), "B": Tally(5, 0, 1)}
    assert candidate.p_least == 5 / 6
    assert candidate.is_enough


@pytest.mark.parametrize("n", [1, 3])
def test_candidates_cost_two_queries_whatever_their_number(conversation, n):
    run = analysed(conversation, A=10, B=6)
    for number in range(n):
        judged(run, number, A=(9, 1, 0), B=(5, 0, 1))

    with CaptureQueriesContext(connection) as queries:
        assert len(candidates.candidates(run)) == n

    assert len(queries) == 2


# --- Versions ----------------------------------------------------------------------------


def test_versions_are_the_draft_the_latest_and_one_by_number(conversation, run):
    first = (draft(conversation), publish(conversation))[1]
    second = (draft(conversation), publish(conversation))[1]
    open_draft = draft(conversation)

    assert constitutions.draft(conversation) == open_draft
    assert constitutions.latest_version(conversation) == second
    assert constitutions.version(conversation, 1) == first


def test_conversation_without_a_constitution_has_no_version(conversation):
    assert constitutions.draft(conversation) is None
    assert constitutions.latest_version(conversation) is None
    with pytest.raises(constitutions.NoSuchVersion) as refused:
        constitutions.version(conversation, 1)
    assert str(refused.value) == "This constitution has no published version 1."


def test_versions_of_other_conversations_stay_there(conversation, run):
    draft(conversation)
    other = ConversationFactory()

    assert constitutions.draft(other) is None


def test_principle_is_found_only_in_the_draft_of_its_conversation(conversation, run):
    principle = draft(conversation).principles.get()
    foreign = PrincipleFactory()

    assert constitutions.draft_principle(conversation, principle.pk) == principle
    with pytest.raises(constitutions.NoSuchPrinciple):
        constitutions.draft_principle(conversation, foreign.pk)
    publish(conversation)
    with pytest.raises(constitutions.NoSuchPrinciple):
        constitutions.draft_principle(conversation, principle.pk)


def test_principle_views_number_from_one_and_hold_the_votes(conversation, run):
    judged(run, 9, A=(8, 2, 0), B=(4, 0, 2))

    first, second = constitutions.principle_views(draft(conversation))

    assert (first.number, first.is_last, second.number, second.is_last) == (
        1,
        False,
        2,
        True,
    )
    assert first.sources == [
        constitutions.SourceView(
            statement_number=7,
            text="Statement 7.",
            group_aware_consensus=0.625,
            consensus=0.875,
            p_top=0.9,
            votes=[("A", Tally(9, 1, 0)), ("B", Tally(5, 0, 1))],
        )
    ]


# --- Documents ---------------------------------------------------------------------------


def test_document_of_a_version_holds_all_there_is_to_know(conversation, run):
    draft(conversation)
    document = constitutions.document(publish(conversation))

    assert (document.title, document.question, document.slug) == (
        "Constitution",
        "What should the AI do?",
        "rivers",
    )
    assert (document.version, document.published_at) == (1, "2026-03-01T12:00:00+00:00")
    assert document.analysis.groups == (GroupEntry("A", 10), GroupEntry("B", 6))
    (principle,) = document.principles
    votes = {"A": GroupVotes(9, 1, 0), "B": GroupVotes(5, 0, 1)}
    assert principle.sources == (SourceEntry(7, "Statement 7.", 0.625, votes),)


def test_document_says_its_rule_in_words_and_numbers(conversation, run):
    rule = constitutions.document(draft(conversation, max_principles=5)).rule

    assert rule.text == (
        "A statement became a principle where at least 60% of the votes of every"
        " opinion group agree. A pass counts as a vote, and a group needs at least 5."
        " Groups of fewer than 5 people are not described. Moderators may have changed"
        " the order, which began with the surest consensus across groups, and the"
        " wording: the statement stands below each principle. At most 5 were taken,"
        " the best first."
    )
    assert rule.parameters == {
        "score": "consensus",
        "threshold": 0.6,
        "min_votes_per_group": 5,
        "min_group_size": 5,
        "max_principles": 5,
    }


def test_draft_of_the_last_release_says_the_order_it_had(conversation, run):
    version = draft(conversation)
    version.rule["score"] = "group_aware_consensus"
    version.save()
    figures = version.principles.get().provenance.get()
    figures.figures = {
        name: figure
        for name, figure in figures.figures.items()
        if name not in {"consensus", "p_top"}
    }
    figures.save()

    document = constitutions.document(version)
    (principle,) = constitutions.principle_views(version)

    assert "began with the highest group-aware consensus, and" in document.rule.text
    assert (principle.sources[0].consensus, principle.sources[0].p_top) == (None, None)


def test_document_without_groups_tells_the_votes_of_all(conversation):
    judged(analysed(conversation), 7, overall=(8, 1, 1))

    document = constitutions.document(draft(conversation))

    (principle,) = document.principles
    assert principle.sources[0].groups == {"all": GroupVotes(8, 1, 1)}
    assert "max_principles" not in document.rule.parameters


@pytest.mark.parametrize("n", [1, 3])
def test_document_costs_two_queries_whatever_its_length(conversation, n):
    run = analysed(conversation, A=10, B=6)
    for number in range(n):
        judged(run, number, A=(9, 1, 0), B=(5, 0, 1))
    draft(conversation)
    version = constitutions.draft(conversation)

    with CaptureQueriesContext(connection) as queries:
        assert len(constitutions.document(version).principles) == n

    assert len(queries) == 2


def test_unknown_format_is_refused(conversation, run):
    with pytest.raises(constitutions.NoSuchFormat) as refused:
        constitutions.written(draft(conversation), "pdf")

    assert str(refused.value) == (
        "A constitution can be had as md, txt or json, not as pdf."
    )
