"""Running analyses: one at a time, and no result half-stored."""

import pytest

from clustering import Analysis, AnalysisSettings
from clustering.findings import Finding
from deliberation import queries
from deliberation.actions import analysis
from deliberation.models import (
    AnalysisRun,
    OpinionGroup,
    Participant,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.tallies import ENOUGH_TO_PLACE, MIN_GROUP_SIZE
from tests.deliberation.worlds import (
    full_disk,
    just_before,
    running_run,
    small_world,
    states_of_runs,
    store,
)
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
)

READS_VOTES = "FROM deliberation_vote"


@pytest.fixture
def conversation(db):
    return store(small_world())


# --- One at a time ---


def test_run_analysis_is_refused_while_another_runs(conversation):
    running_run(conversation, seconds_left=30)

    with pytest.raises(analysis.AnalysisInProgress):
        analysis.run_analysis(conversation=conversation)

    assert states_of_runs() == ["running"]


def test_runs_of_other_conversations_are_in_nobodys_way(conversation):
    running_run(ConversationFactory(), seconds_left=30)

    run = analysis.run_analysis(conversation=conversation)

    assert run.state == "succeeded"


def test_a_dead_run_is_taken_over_when_its_lease_has_lapsed(conversation):
    dead = running_run(conversation, seconds_left=-1)

    run = analysis.run_analysis(conversation=conversation)

    dead.refresh_from_db()
    assert (dead.state, dead.error, run.state) == (
        "failed",
        "the worker stopped before the run was done",
        "succeeded",
    )
    assert dead.finished_at is not None


def test_a_run_that_was_taken_over_stores_nothing(conversation):
    """As when a worker stands still for longer than its lease, and then goes on."""

    def another_takes_over():
        AnalysisRun.objects.update(lease_until=THEN)
        analysis.run_analysis(conversation=conversation)

    with (
        just_before(READS_VOTES, another_takes_over),
        pytest.raises(analysis.AnalysisInProgress),
    ):
        analysis.run_analysis(conversation=conversation)

    latest = queries.analysis.latest_run(conversation)
    assert states_of_runs() == ["failed", "succeeded"]
    assert set(OpinionGroup.objects.values_list("run", flat=True)) == {latest.pk}
    assert latest.results.count() == 12


# --- Failing ---


def test_a_failed_run_says_why_and_leaves_the_last_result_whole(conversation):
    good = analysis.run_analysis(conversation=conversation)

    with full_disk():
        analysis.run_analysis(conversation=conversation)

    failed = AnalysisRun.objects.latest("id")
    assert (failed.state, failed.error) == ("failed", "OSError('no space left')")
    assert failed.finished_at is not None
    assert queries.analysis.latest_run(conversation) == good
    assert (good.groups.count(), good.results.count()) == (2, 12)
    assert queries.engine.latest_arrays(conversation) == good.arrays


def test_arrays_of_another_engine_do_not_stop_the_analysis(conversation, caplog):
    good = analysis.run_analysis(conversation=conversation)
    AnalysisRun.objects.update(arrays=b"no archive")

    run = analysis.run_analysis(conversation=conversation)

    assert run.digest == good.digest
    assert [r.getMessage() for r in caplog.records] == [
        f"letters of conversation {conversation.pk} begin anew"
    ]


# --- What is stored ---


def test_run_analysis_stores_what_the_engine_found(conversation):
    run = analysis.run_analysis(conversation=conversation)

    found = Analysis.from_bytes(run.arrays)
    assert (run.digest, run.n_participants, run.n_grouped) == (found.digest, 34, 34)
    assert run.n_votes == Vote.objects.count()
    groups = OpinionGroup.objects.order_by("letter")
    assert list(groups.values_list("letter", "n_members")) == [("A", 20), ("B", 14)]
    stored = StatementResult.objects.order_by("statement_id")
    assert [r.n_votes for r in stored] == found.overall_n_seen.tolist()
    assert sum(dot["size"] for dot in run.summary["dots"]) == 34


def test_run_analysis_stores_what_was_found_and_how_firm_it_is(conversation):
    run = analysis.run_analysis(conversation=conversation)

    found = Analysis.from_bytes(run.arrays)
    assert (run.finding, run.is_sound, run.damping) == ("groups", True, found.damping)
    assert (run.layout, run.n_placed) == (AnalysisRun.LAYOUT, 34)
    tried = {c["n_groups"]: c["found_again"] for c in run.summary["candidates"]}
    assert (tried[1], tried[2]) == (None, found.candidates[1].found_again)
    assert run.summary["stability"]["n_draws"] == 10
    assert [check["is_passed"] for check in run.summary["checks"]] == [True, True]
    groups = run.groups.order_by("letter")
    assert [g.found_again for g in groups] == [g.found_again for g in found.groups]
    first = found.representative[0][0]
    assert groups[0].representative[0] == {
        "statement": Statement.objects.get(pk=first.statement_id).number,
        "choice": first.choice,
        "difference": pytest.approx(first.difference, abs=1e-6),
        "low": pytest.approx(first.difference_low, abs=1e-6),
        "high": pytest.approx(first.difference_high, abs=1e-6),
    }


def test_run_analysis_stores_the_engines_ranking(conversation):
    run = analysis.run_analysis(conversation=conversation)

    found = Analysis.from_bytes(run.arrays)
    columns = {
        "consensus_agree": found.consensus.agree,
        "consensus_disagree": found.consensus.disagree,
        "is_ranked": found.consensus.is_ranked,
        "p_agreed_top": found.stability.p_agreed_top,
        "p_rejected_top": found.stability.p_rejected_top,
        "group_aware_consensus": found.group_aware_consensus,
    }
    stored = run.results.order_by("statement_id")
    for name, expected in columns.items():
        assert list(stored.values_list(name, flat=True)) == expected.tolist()


def test_run_analysis_stores_what_routing_weighs_statements_by(conversation):
    found = Analysis.from_bytes(analysis.run_analysis(conversation=conversation).arrays)

    rows = StatementResult.objects.order_by("statement_id")
    assert [row.priority for row in rows] == found.priority.tolist()
    assert [list(row.routing) for row in rows] == [["", "A", "B"]] * len(rows)
    factors = [list(row.routing.values()) for row in rows]
    assert factors == found.routing.T.round(6).tolist()


@pytest.mark.parametrize(("n_resamples", "found_again"), [(0, {None}), (3, {1.0})])
def test_run_analysis_repeats_as_often_as_the_operator_says(
    conversation, settings, n_resamples, found_again
):
    settings.ANALYSIS_RESAMPLES = n_resamples

    run = analysis.run_analysis(conversation=conversation)

    assert run.summary["stability"]["n_draws"] == n_resamples
    assert {group.found_again for group in run.groups.all()} == found_again


def test_the_platform_and_the_engine_agree_on_whom_they_tell_of():
    engine = AnalysisSettings()

    assert engine.min_group_size >= MIN_GROUP_SIZE
    assert engine.min_dot_size >= MIN_GROUP_SIZE
    assert engine.min_votes == ENOUGH_TO_PLACE
    assert [*Finding] == AnalysisRun.Finding.values


def test_run_analysis_replaces_the_rows_of_the_last_run(conversation):
    first = analysis.run_analysis(conversation=conversation)
    second = analysis.run_analysis(conversation=conversation)

    for model in (OpinionGroup, StatementResult):
        assert set(model.objects.values_list("run", flat=True)) == {second.pk}
    first.refresh_from_db()
    assert (first.arrays, first.digest) == (None, second.digest)


def test_runs_of_one_conversation_leave_the_others_results(conversation):
    other = store(small_world())
    before = analysis.run_analysis(conversation=other)

    analysis.run_analysis(conversation=conversation)

    assert (before.groups.count(), before.results.count()) == (2, 12)


def test_letters_stay_with_their_people_when_the_smaller_camp_grows(conversation):
    first = analysis.run_analysis(conversation=conversation)
    before = letter_of_people(first)
    copy_people(conversation, [pk for pk, letter in before.items() if letter == "B"])

    second = analysis.run_analysis(conversation=conversation)

    after = letter_of_people(second)
    assert {pk: after[pk] for pk in before} == before
    assert list(
        second.groups.order_by("letter").values_list("n_members", flat=True)
    ) == [
        20,
        28,
    ]


def letter_of_people(run):
    found = Analysis.from_bytes(run.arrays)
    letters = [found.groups[g].letter for g in found.group_of]
    return dict(zip(found.participant_ids.tolist(), letters, strict=True))


def copy_people(conversation, ids):
    """People who vote as these do."""
    for pk in ids:
        twin = ParticipantFactory(conversation=conversation)
        for vote in Vote.objects.filter(participant=pk):
            vote.pk, vote.participant = None, twin
            vote.save()


def test_excluded_people_and_rejected_statements_are_not_counted(conversation):
    person = Participant.objects.earliest("id")
    Participant.objects.filter(pk=person.pk).update(is_excluded=True)
    rejected = Statement.objects.earliest("id")
    Statement.objects.filter(pk=rejected.pk).update(state="rejected")

    run = analysis.run_analysis(conversation=conversation)

    counted = Vote.objects.exclude(participant=person).exclude(statement=rejected)
    assert run.n_participants == 33
    assert not run.results.filter(statement=rejected).exists()
    assert sum(result.n_votes for result in run.results.all()) == counted.count()


def test_run_analysis_of_no_votes_finds_nothing(db):
    run = analysis.run_analysis(conversation=ConversationFactory(state="open"))

    assert (run.state, run.n_participants, run.n_grouped) == ("succeeded", 0, 0)


def test_run_analysis_keeps_the_last_twenty_runs(conversation):
    old = AnalysisRunFactory.create_batch(25, conversation=conversation, state="failed")
    elsewhere = AnalysisRunFactory(state="failed")

    run = analysis.run_analysis(conversation=conversation)

    kept = [r.pk for r in old[-19:]] + [elsewhere.pk, run.pk]
    assert sorted(AnalysisRun.objects.values_list("pk", flat=True)) == sorted(kept)
