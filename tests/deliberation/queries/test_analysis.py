"""When an analysis is due, and the latest one as the results page draws it."""

import pytest

from deliberation.actions import analysis as actions
from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Participant,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.queries import analysis
from deliberation.tallies import Tally
from tests.deliberation.worlds import (
    just_before,
    newcomer_votes,
    small_world,
    store,
    vote_again,
)
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    VoteFactory,
)
from tests.synthetic import camps


@pytest.fixture
def conversation(db):
    return store(small_world())


def results(conversation, participant=None, **more):
    return analysis.results_page(conversation, participant=participant, **more)


def numbers(views):
    return [view.number for view in views]


# --- Whether one is due ------------------------------------------------------------------


def decide(conversation):
    Conversation.objects.filter(pk=conversation.pk).update(moderation_revision=7)


@pytest.mark.parametrize("change", [newcomer_votes, vote_again, decide])
def test_fingerprint_changes_with_the_input_and_with_nothing_else(conversation, change):
    other = store(small_world())
    before = analysis.fingerprint(conversation)

    change(other)
    assert analysis.fingerprint(conversation) == before

    change(conversation)
    assert analysis.fingerprint(conversation) != before


def test_fingerprint_of_an_empty_conversation_is_plain(db):
    assert analysis.fingerprint(ConversationFactory()) == "v0.r0.m0"


def test_latest_run_is_the_last_good_one(conversation):
    for state in ("succeeded", "succeeded", "failed", "running"):
        AnalysisRunFactory(conversation=conversation, state=state)
    AnalysisRunFactory(state="succeeded")
    good = AnalysisRun.objects.filter(conversation=conversation, state="succeeded")

    assert analysis.latest_run(conversation) == good.latest("id")


def test_latest_run_leaves_the_arrays_where_they_are(conversation):
    actions.run_analysis(conversation=conversation)

    run = analysis.latest_run(conversation)

    assert run.get_deferred_fields() == {"arrays"}


def test_is_current_until_something_changes(conversation):
    assert not analysis.is_current(conversation)

    actions.run_analysis(conversation=conversation)
    assert analysis.is_current(conversation)

    vote_again(conversation)
    assert not analysis.is_current(conversation)


# --- From the first vote on --------------------------------------------------------------


def few_people(n, *, n_statements=8, is_analysed=True):
    """They agree on the first statement and disagree on all others."""
    conversation = ConversationFactory(state="open")
    statements = [
        StatementFactory(conversation=conversation, state="accepted", number=number)
        for number in range(n_statements)
    ]
    for person in ParticipantFactory.create_batch(n, conversation=conversation):
        for statement in statements:
            VoteFactory(
                conversation=conversation,
                participant=person,
                statement=statement,
                choice=1 if statement.number == 0 else -1,
            )
    if is_analysed:
        actions.run_analysis(conversation=conversation)
    return conversation


@pytest.mark.parametrize("is_analysed", [True, False])
@pytest.mark.parametrize(
    ("n_people", "needs"),
    [
        (
            0,
            [
                "The opinion map needs 10 people who have agreed or disagreed with at"
                " least 7 statements; so far there are 0.",
                "8 statements have fewer than 5 votes and are not ranked yet.",
            ],
        ),
        (
            1,
            [
                "The opinion map needs 10 people who have agreed or disagreed with at"
                " least 7 statements; so far there are 1.",
                "8 statements have fewer than 5 votes and are not ranked yet.",
            ],
        ),
        (
            7,
            [
                "The opinion map needs 10 people who have agreed or disagreed with at"
                " least 7 statements; so far there are 7."
            ],
        ),
    ],
)
def test_results_page_counts_from_the_first_vote_and_says_what_it_needs(
    db, n_people, needs, is_analysed
):
    page = results(few_people(n_people, is_analysed=is_analysed))

    assert page.needs == needs
    assert (page.n_participants, page.n_votes) == (n_people, n_people * 8)
    assert [view.tally for view in page.statements][:1] == [Tally(n_people, 0, 0)]
    assert (page.map, page.groups) == (None, [])
    headline = {
        True: "Not enough votes to tell groups",
        False: "The votes are not analysed yet",
    }
    assert page.finding.headline == headline[is_analysed]
    assert (page.run_id is not None) is is_analysed


def test_results_page_has_a_sentence_for_one_statement(db):
    page = results(few_people(2, n_statements=1, is_analysed=False))

    assert page.needs == [
        "The opinion map needs 10 people who have agreed or disagreed with at least 1"
        " statement; so far there are 2.",
        "1 statement has fewer than 5 votes and is not ranked yet.",
    ]


def test_results_page_of_no_statements_is_empty(db):
    page = results(ConversationFactory(state="open"))

    assert (list(page.statements), page.consensus, page.n_votes) == ([], [], 0)
    assert page.needs == [
        "The opinion map needs 10 people who have agreed or disagreed with at least 1"
        " statement; so far there are 0."
    ]


def test_results_page_of_people_who_wait_for_the_first_run_says_so(db):
    page = results(few_people(12, is_analysed=False))

    assert (page.map, page.groups, page.consensus) == (None, [], [])
    assert page.needs == ["The opinion map will be drawn in a few seconds."]


def test_results_page_does_not_place_people_by_passes_or_facts_about_them(db):
    conversation = few_people(10, is_analysed=False)
    votes = Vote.objects.filter(conversation=conversation)
    votes.filter(statement__number=1).update(choice=0)
    Statement.objects.filter(conversation=conversation, number=2).update(is_meta=True)

    assert results(conversation).needs == [
        "The opinion map needs 10 people who have agreed or disagreed with at least 7"
        " statements; so far there are 0."
    ]


def test_results_page_leaves_out_excluded_people_before_the_first_run(db):
    conversation = few_people(3, is_analysed=False)
    excluded = Participant.objects.earliest("id")
    Participant.objects.filter(pk=excluded.pk).update(is_excluded=True)

    page = results(conversation)

    assert (page.n_participants, page.n_votes) == (2, 16)


# --- Between two runs ----------------------------------------------------------------------


def test_results_page_is_whole_when_a_new_run_comes_while_it_is_read(conversation):
    actions.run_analysis(conversation=conversation)

    def a_new_run():
        actions.run_analysis(conversation=conversation)

    with just_before('FROM "deliberation_statementresult"', a_new_run):
        page = results(conversation)

    assert page.run_id == analysis.latest_run(conversation).pk
    assert (page.n_votes, len(page.groups)) == (Vote.objects.count(), 2)


def test_results_page_shows_a_statement_accepted_since_the_run(conversation):
    run = actions.run_analysis(conversation=conversation)
    telling = OpinionGroup.objects.get(run=run, letter="A").representative[0]
    StatementResult.objects.filter(statement__number=telling["statement"]).delete()

    page = results(conversation)

    (view,) = [v for v in page.statements if v.number == telling["statement"]]
    assert (view.tally, view.by_group) == (Tally(0, 0, 0), [])
    told = [entry.statement.number for entry in page.groups[0].representative]
    assert telling["statement"] not in told


def test_results_page_hides_a_statement_rejected_since_the_run(conversation):
    actions.run_analysis(conversation=conversation)
    Statement.objects.filter(conversation=conversation, number=4).update(
        state="rejected"
    )

    page = results(conversation, sort="number")

    assert numbers(page.statements) == [n for n in range(12) if n != 4]


@pytest.mark.parametrize("n_statements", [10, 30])
def test_results_page_costs_the_same_for_many_statements(
    db, n_statements, django_assert_num_queries
):
    world = camps([12, 9], seed=5, n_statements=n_statements, n_shared=1, p_seen=0.9)
    conversation = store(world)
    actions.run_analysis(conversation=conversation)
    person = Participant.objects.earliest("id")
    assert results(conversation, person).map

    with django_assert_num_queries(5):
        results(conversation, person)
