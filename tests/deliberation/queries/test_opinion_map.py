"""The map as it is drawn, and a participant's place on it."""

import pytest

from clustering import Analysis
from deliberation.actions import analysis
from deliberation.models import Participant, Statement, Vote
from deliberation.queries import opinion_map
from deliberation.tallies import MIN_GROUP_SIZE
from tests.deliberation.worlds import small_world, store
from tests.factories import AnalysisRunFactory, ParticipantFactory, VoteFactory


@pytest.fixture
def conversation(db):
    return store(small_world())


def mark(conversation, **changes):
    """Change the statements of these numbers."""
    for number, change in changes.items():
        mine = Statement.objects.filter(conversation=conversation)
        mine.filter(number=int(number.lstrip("n"))).update(**change)


def assert_places_are_the_engines(conversation):
    run = analysis.run_analysis(conversation=conversation)
    found = Analysis.from_bytes(run.arrays)
    people = Participant.objects.in_bulk(found.participant_ids.tolist())

    places = [
        opinion_map.position(run, people[pk]) for pk in found.participant_ids.tolist()
    ]

    assert places == [pytest.approx(tuple(p), abs=1e-9) for p in found.positions]
    assert len({tuple(place) for place in places}) > 10


def test_position_is_the_engines(conversation):
    assert_places_are_the_engines(conversation)


def test_position_is_the_engines_with_meta_and_rejected_statements(conversation):
    mark(conversation, n2={"is_meta": True}, n5={"state": "rejected"})
    mark(
        conversation, n7={"state": "pending"}, n9={"is_meta": True, "state": "rejected"}
    )

    assert_places_are_the_engines(conversation)


def test_position_is_the_engines_when_few_votes_say_little(conversation):
    for person in Participant.objects.order_by("id")[:5]:
        cast = Vote.objects.filter(participant=person).order_by("id")
        Vote.objects.filter(pk__in=cast.values_list("pk", flat=True)[3:]).delete()

    assert_places_are_the_engines(conversation)


def test_position_follows_the_votes_of_this_moment(conversation):
    run = analysis.run_analysis(conversation=conversation)
    person = Participant.objects.earliest("id")
    before = opinion_map.position(run, person)

    for vote in Vote.objects.filter(participant=person):
        Vote.objects.filter(pk=vote.pk).update(choice=-vote.choice)

    votes = Vote.objects.filter(participant=person).order_by("id")
    expected = Analysis.from_bytes(run.arrays).project(
        *zip(*votes.values_list("statement_id", "choice"), strict=True)
    )
    assert opinion_map.position(run, person) == pytest.approx(expected, abs=1e-9)
    assert expected != pytest.approx(before, abs=0.1)


def test_position_of_a_newcomer_is_placed_by_her_first_vote(conversation):
    run = analysis.run_analysis(conversation=conversation)
    person = ParticipantFactory(conversation=conversation)
    assert opinion_map.position(run, person) is None

    statement = Statement.objects.get(conversation=conversation, number=6)
    VoteFactory(conversation=conversation, participant=person, statement=statement)

    expected = Analysis.from_bytes(run.arrays).project([statement.pk], [1])
    assert opinion_map.position(run, person) == pytest.approx(expected, abs=1e-9)


def test_passes_say_nothing_of_a_position(conversation):
    run = analysis.run_analysis(conversation=conversation)
    person = ParticipantFactory(conversation=conversation)
    votes = {"conversation": conversation, "participant": person}
    statements = Statement.objects.filter(conversation=conversation).order_by("number")
    VoteFactory(statement=statements[5], choice=0, **votes)
    assert opinion_map.position(run, person) is None

    VoteFactory(statement=statements[6], choice=-1, **votes)
    before = opinion_map.position(run, person)
    VoteFactory(statement=statements[7], choice=0, **votes)

    assert opinion_map.position(run, person) == before != (0.0, 0.0)


def test_position_costs_one_query(conversation, django_assert_num_queries):
    run = analysis.run_analysis(conversation=conversation)
    person = Participant.objects.earliest("id")

    with django_assert_num_queries(1):
        opinion_map.position(run, person)


def drawn(conversation, participant=None):
    run = analysis.run_analysis(conversation=conversation)
    groups = list(run.groups.order_by("letter"))
    return run, opinion_map.drawn(run, groups, participant)


def test_drawn_shows_everybody_once_within_the_frame(conversation):
    run, drawing = drawn(conversation)

    sizes = [dot["size"] for dot in run.summary["dots"]]
    assert (sum(sizes), len(drawing.dots)) == (34, len(sizes))
    assert min(sizes) >= MIN_GROUP_SIZE
    assert all(
        dot.r <= dot.x <= opinion_map.WIDTH - dot.r
        and dot.r <= dot.y <= opinion_map.HEIGHT - dot.r
        for dot in drawing.dots
    )
    assert [label.letter for label in drawing.groups] == ["A", "B"]
    assert {dot.letter for dot in drawing.dots} == {"A", "B"}


@pytest.mark.parametrize(
    ("sizes", "radii"),
    [([5, 20], [20.1, 40.2]), ([100, 400], [22.5, 45.0]), ([90_000], [45.0])],
)
def test_drawn_dots_have_areas_like_their_people(db, sizes, radii):
    run = AnalysisRunFactory(n_placed=100, finding="no stable groups")
    run.summary = {
        "dots": [
            {"x": n, "y": 0, "size": s, "group": None} for n, s in enumerate(sizes)
        ]
    }

    drawing = opinion_map.drawn(run, [], None)

    assert [dot.r for dot in drawing.dots] == radii
    assert {dot.letter for dot in drawing.dots} == {""}


@pytest.mark.parametrize(("n_placed", "n_dots"), [(9, 1), (10, 0)])
def test_nothing_is_drawn_of_few_people_or_of_none(db, n_placed, n_dots):
    run = AnalysisRunFactory(n_placed=n_placed, finding="one group")
    run.summary = {"dots": [{"x": 0, "y": 0, "size": 9, "group": "A"}] * n_dots}

    assert opinion_map.drawn(run, [], None) is None


def test_drawn_keeps_one_scale_and_the_upper_half_up(conversation):
    run, drawing = drawn(conversation)

    first, *others = zip(run.summary["dots"], drawing.dots, strict=True)
    scales = {
        round((dot.x - first[1].x) / (data["x"] - first[0]["x"]))
        for data, dot in others
        if abs(data["x"] - first[0]["x"]) > 0.5
    } | {
        round((first[1].y - dot.y) / (data["y"] - first[0]["y"]))
        for data, dot in others
        if abs(data["y"] - first[0]["y"]) > 0.5
    }
    assert len(scales) == 1


def test_drawn_without_a_participant_says_you_are_nowhere(conversation):
    _run, drawing = drawn(conversation)

    assert drawing.you is None


def test_drawn_has_room_for_somebody_far_out(conversation):
    person = ParticipantFactory(conversation=conversation)
    run, _drawing = drawn(conversation)
    statement = Statement.objects.get(conversation=conversation, number=6)
    VoteFactory(conversation=conversation, participant=person, statement=statement)

    drawing = opinion_map.drawn(run, list(run.groups.all()), person)

    x, y = drawing.you
    assert opinion_map.MARGIN <= x <= opinion_map.WIDTH - opinion_map.MARGIN
    assert opinion_map.MARGIN <= y <= opinion_map.HEIGHT - opinion_map.MARGIN
