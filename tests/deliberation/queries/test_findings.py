"""The finding of an analysis in plain words, its firmness and its checks."""

import pytest

from clustering.checks import APART, RECOUNT
from deliberation.models import AnalysisRun
from deliberation.queries import findings
from tests.deliberation.judgements import analysed
from tests.factories import ConversationFactory

TRIED = [
    {"n_groups": 1, "evidence": 0.0, "smallest": 20, "found_again": None},
    {"n_groups": 2, "evidence": 41.5, "smallest": 6, "found_again": 0.93},
    {"n_groups": 3, "evidence": 44.0, "smallest": 5, "found_again": 0.4},
]


@pytest.fixture
def conversation(db):
    return ConversationFactory(state="open")


def told(run):
    run.summary["candidates"] = TRIED
    return findings.told(run, list(run.groups.order_by("letter")))


@pytest.mark.parametrize(
    ("letters", "headline"),
    [
        ("AB", "People fall into two groups"),
        ("ABC", "People fall into three groups"),
        ("ABCDE", "People fall into five groups"),
        ("ABCDEF", "People fall into 6 groups"),
    ],
)
def test_groups_are_counted_in_words(conversation, letters, headline):
    finding = told(analysed(conversation, **dict.fromkeys(letters, 6)))

    assert finding.headline == headline
    assert finding.explanation == (
        "People in a group vote alike, and otherwise than those in the other groups."
    )


@pytest.mark.parametrize(
    ("code", "headline", "chosen"),
    [
        ("one group", "People form one group", [1]),
        (
            "one group, by readiness to agree",
            "One group: people differ only in how readily they agree",
            [1],
        ),
        ("no stable groups", "No stable groups", []),
    ],
)
def test_everything_but_groups_has_a_headline(conversation, code, headline, chosen):
    run = analysed(conversation, A=20)
    run.finding = code

    finding = told(run)

    assert (finding.code, finding.headline) == (code, headline)
    assert finding.explanation
    told_here = [c.n_groups for c in finding.candidates if c.is_chosen]
    assert told_here == chosen


@pytest.mark.parametrize("finding", AnalysisRun.Finding.values)
def test_too_few_people_are_told_of_no_groups_whatever_was_found(conversation, finding):
    run = analysed(conversation, A=5, B=4)
    run.finding = finding

    found = told(run)

    assert (found.code, found.candidates) == ("not enough votes", [])
    assert found.headline == "Not enough votes to tell groups"


def test_before_the_first_run_nothing_is_found():
    finding = findings.told(None, [])

    assert (finding.code, finding.candidates) == ("not analysed", [])
    assert finding.headline == "The votes are not analysed yet"
    assert (finding.n_repeats, finding.is_sound, finding.failed_checks) == (0, True, [])


def test_alternatives_are_told_with_their_evidence(conversation):
    finding = told(analysed(conversation, A=14, B=6))

    assert finding.candidates == [
        findings.CandidateView(1, 0.0, None, is_chosen=False),
        findings.CandidateView(2, 41.5, 0.93, is_chosen=True),
        findings.CandidateView(3, 44.0, 0.4, is_chosen=False),
    ]
    assert (finding.n_repeats, finding.min_found_again) == (50, 0.75)


def test_a_result_that_fails_a_check_says_which(conversation):
    run = analysed(conversation, A=14, B=6)
    run.is_sound = False
    run.summary["checks"] = [
        {"name": RECOUNT, "is_passed": True, "value": 0.0, "bound": 0.0},
        {"name": APART, "is_passed": False, "value": 1.1, "bound": 1.3},
    ]

    finding = told(run)

    assert not finding.is_sound
    assert finding.failed_checks == [
        "The groups lie no further apart than groups drawn by lot."
    ]


def test_every_check_of_the_engine_has_words():
    assert set(findings.CHECKS) == {RECOUNT, APART}


@pytest.mark.parametrize(
    ("found_again", "word"),
    [
        (None, ""),
        (1.0, "very firm"),
        (0.9, "very firm"),
        (0.89, "firm"),
        (0.75, "firm"),
        (0.74, "loose"),
    ],
)
def test_firmness_is_a_word(found_again, word):
    assert findings.firmness(found_again) == word
