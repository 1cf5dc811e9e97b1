"""Drafting from consensus, wording and ordering, and publishing for good."""

import pytest

from deliberation import queries
from deliberation.actions import constitutions
from deliberation.models import AuditEvent, Principle, Provenance
from tests.deliberation.judgements import analysed, judged
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(username="mira")


@pytest.fixture
def run(conversation):
    """Ten people in group A, six in B, three in C: too few to be described."""
    return analysed(conversation, A=10, B=6, C=3)


def draft(conversation, threshold=0.6, most=None, by=None):
    return constitutions.draft_from_consensus(
        conversation=conversation, threshold=threshold, max_principles=most, by=by
    )


def numbers(version):
    """Of the statements behind the principles, in order."""
    views = queries.constitutions.principle_views(version)
    return [source.statement_number for view in views for source in view.sources]


def texts(conversation):
    version = queries.constitutions.draft(conversation)
    return [view.text for view in queries.constitutions.principle_views(version)]


# --- Drafting ----------------------------------------------------------------------------


def test_draft_takes_what_every_described_group_agrees_with(conversation, run, by):
    judged(run, 1, A=(6, 4, 0), B=(3, 1, 1), C=(0, 3, 0))
    judged(run, 2, A=(9, 0, 1), B=(2, 2, 1))

    version = draft(conversation, by=by)

    assert numbers(version) == [1]
    assert version.number is None
    event = AuditEvent.objects.get()
    assert (event.action, event.by_name, event.target) == (
        "constitutions.draft_from_consensus",
        "mira",
        "1 principles",
    )


def test_draft_counts_passes_against_agreement(conversation, run):
    judged(run, 1, A=(6, 0, 4), B=(6, 0, 0))
    judged(run, 2, A=(5, 0, 5), B=(6, 0, 0))

    assert numbers(draft(conversation)) == [1]


def test_draft_asks_for_enough_votes_of_every_group(conversation, run):
    judged(run, 1, A=(10, 0, 0), B=(4, 0, 0))
    judged(run, 2, A=(10, 0, 0), B=(5, 0, 0))

    assert numbers(draft(conversation)) == [2]


def test_draft_asks_everyone_where_there_are_no_groups(conversation):
    run = analysed(conversation)
    judged(run, 1, overall=(6, 4, 0))
    judged(run, 2, overall=(5, 5, 0))

    assert numbers(draft(conversation)) == [1]


def test_draft_is_in_order_of_consensus_then_number(conversation, run):
    """The engine's ranking decides, whatever the plain shares are."""
    for number, score in ((3, 0.2), (1, 0.5), (4, 0.9), (2, 0.5)):
        n_agree = 10 - number
        judged(run, number, A=(n_agree, 10 - n_agree, 0), B=(6, 0, 0), score=score)

    assert numbers(draft(conversation)) == [4, 1, 2, 3]
    assert numbers(draft(conversation, most=2)) == [4, 1]


def test_draft_takes_what_is_not_ranked_last(conversation, run):
    judged(run, 1, A=(10, 0, 0), B=(6, 0, 0), score=0.9, is_ranked=False)
    judged(run, 2, A=(7, 3, 0), B=(5, 1, 0), score=0.1)

    assert numbers(draft(conversation)) == [2, 1]
    figures = Provenance.objects.get(statement_number=1).figures
    assert (figures["consensus"], figures["p_top"]) == (None, None)


def test_draft_leaves_out_what_is_not_shown_or_about_the_person(conversation, run):
    judged(run, 1, A=(9, 0, 0), B=(6, 0, 0), state="rejected")
    judged(run, 2, A=(9, 0, 0), B=(6, 0, 0), state="pending")
    judged(run, 3, A=(9, 0, 0), B=(6, 0, 0), is_meta=True)
    judged(run, 4, A=(9, 0, 0), B=(6, 0, 0))

    assert numbers(draft(conversation)) == [4]


def test_draft_keeps_its_rule_its_analysis_and_its_evidence(conversation, run):
    judged(run, 1, A=(6, 4, 0), B=(4, 1, 1), C=(0, 3, 0), score=0.7)

    version = draft(conversation, most=7)

    assert version.rule == {
        "score": "consensus",
        "threshold": 0.6,
        "min_votes_per_group": 5,
        "min_group_size": 5,
        "max_principles": 7,
    }
    assert version.analysis["digest"] == run.digest
    assert version.analysis["groups"] == [
        {"letter": "A", "size": 10},
        {"letter": "B", "size": 6},
        {"letter": "C", "size": 3},
    ]
    (principle,) = queries.constitutions.principles(version)
    assert principle.provenance.get().figures == {
        "consensus": 0.7,
        "p_top": 0.9,
        "group_aware_consensus": pytest.approx(7 / 12 * 5 / 8),
        "n_agree": 10,
        "n_disagree": 8,
        "n_pass": 1,
        "groups": {
            "A": {"agree": 6, "disagree": 4, "pass": 0},
            "B": {"agree": 4, "disagree": 1, "pass": 1},
        },
    }


def test_draft_again_replaces_the_draft(conversation, run, by):
    judged(run, 1, A=(9, 0, 0), B=(6, 0, 0))
    first = draft(conversation)
    principle = first.principles.get()
    constitutions.reword(principle=principle, text="Reworded.", by=by)

    second = draft(conversation)

    assert first == second
    assert texts(conversation) == ["Statement 1."]


# --- Refusing to draft ---------------------------------------------------------------------


def refused(error, conversation, **rule):
    """The sentence of the refusal, which must leave no trace."""
    before = (Principle.objects.count(), AuditEvent.objects.count())
    with pytest.raises(error) as caught:
        draft(conversation, **rule)
    assert (Principle.objects.count(), AuditEvent.objects.count()) == before
    return str(caught.value)


def test_draft_needs_an_analysis(conversation):
    assert refused(constitutions.NoAnalysis, conversation) == (
        "The votes have not been analysed yet, so there is nothing to draft from."
        " Try again in a few seconds."
    )


def test_draft_needs_votes(conversation, run):
    judged(run, 1, A=(9, 0, 0), B=(4, 0, 0))

    assert refused(constitutions.TooFewVotes, conversation) == (
        "No statement has 5 votes from every opinion group yet, so there is nothing"
        " to draft from."
    )


def test_draft_without_any_statement_says_what_would_select_one(conversation, run):
    judged(run, 1, A=(7, 3, 0), B=(6, 0, 0))
    judged(run, 2, A=(9, 1, 0), B=(3, 3, 0))

    assert refused(constitutions.NothingSelected, conversation, threshold=0.9) == (
        "No statement reaches 90 percent agreement in every group, so the draft was"
        " left as it was. With 70 percent there would be a draft."
    )
    assert numbers(draft(conversation, threshold=0.7)) == [1]


def test_draft_where_nobody_agrees_says_so(conversation, run):
    judged(run, 1, A=(9, 0, 0), B=(0, 6, 0))

    sentence = refused(constitutions.NothingAgreed, conversation)

    assert sentence.startswith("There is no statement yet that even one percent")


@pytest.mark.parametrize(
    "rule", [{"threshold": 0.0}, {"threshold": 60.0}, {"most": 0}, {"most": -1}]
)
def test_draft_by_an_impossible_rule_is_refused(conversation, run, rule):
    judged(run, 1, A=(9, 0, 0), B=(6, 0, 0))

    assert refused(constitutions.BadRule, conversation, **rule).startswith(
        "A draft needs a threshold above 0"
    )
