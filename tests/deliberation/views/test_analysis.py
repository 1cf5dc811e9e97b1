"""The results page from nobody to three camps, and the pulse."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deliberation import actions, identity, queries
from deliberation.models import AnalysisRun, Conversation, Participant, Statement
from tests import factories


@pytest.fixture
def statements(conversation: Conversation) -> list[Statement]:
    return [
        factories.StatementFactory(
            conversation=conversation, number=n, text=f"Statement {n}.", language="es"
        )
        for n in range(8)
    ]


def cast(person: Participant, choices: list[int], statements: list[Statement]) -> None:
    for statement, choice in zip(statements, choices, strict=True):
        factories.VoteFactory(
            conversation=person.conversation,
            participant=person,
            statement=statement,
            choice=choice,
        )


@pytest.fixture
def two_camps(
    conversation: Conversation, statements: list[Statement]
) -> list[Participant]:
    """Ten people in each; all agree on the first two statements."""
    people = factories.ParticipantFactory.create_batch(20, conversation=conversation)
    for n, person in enumerate(people):
        side = 1 if n < 10 else -1
        cast(person, [1, 1, *[side] * 6], statements)
    actions.analysis.run_analysis(conversation=conversation)
    return people


def results(client: Client, query: str = "") -> str:
    response = client.get(f"/c/rivers/results/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_results_of_nobody_say_what_is_missing(
    client: Client, conversation: Conversation
) -> None:
    html = results(client)

    assert "The opinion map needs 10 people" in html
    assert "There is no statement yet." in html
    assert '<svg class="map__drawing' not in html


def test_results_of_one_vote_count_it_before_any_analysis(
    client: Client, conversation: Conversation, statements: list[Statement]
) -> None:
    factories.VoteFactory(conversation=conversation, statement=statements[3])

    html = results(client)

    assert "so far there are 0" in html
    assert "not enough votes: 4 more" in html
    assert "Not analysed yet." in html
    assert "sort-consensus" not in html


def test_results_show_map_groups_and_consensus(
    client: Client, two_camps: list[Participant]
) -> None:
    html = results(client)

    assert re.findall(r'<h3 id="group-(\w)">', html) == ["A", "B"]
    assert "10 people, 50% of those placed" in html
    assert "100% of group A" in html
    assert "What all groups support" in html
    assert html.count('class="consensus__figure">100%') == 2
    assert "sort-consensus" in html
    supported = html.split('id="consensus"')[1].split("</section>")[0]
    assert re.findall(r'lang="es" dir="auto">([^<]+)<', supported) == [
        "Statement 0.",
        "Statement 1.",
    ]


def test_map_is_an_image_with_words_and_has_no_style(
    client: Client, two_camps: list[Participant]
) -> None:
    html = results(client)

    drawing = html.split('<svg class="map__drawing"')[1].split("</svg>")[0]
    assert 'role="img" aria-labelledby="map-title map-description"' in drawing
    assert "2 opinion groups; the table beside the map" in drawing
    assert "style" not in drawing
    assert '<table class="map__table">' in html


def test_map_shows_a_participant_her_own_place_only(
    client: Client, two_camps: list[Participant]
) -> None:
    without = results(client)
    signed = identity.sign(two_camps[0].code, "rivers")
    client.cookies["participant_rivers"] = signed

    html = results(client)

    assert html.count('class="map__ring"') == 1
    assert "You are here" in html
    assert "You are here" not in without


def test_numbers_in_drawings_have_a_point_in_every_language(
    client: Client, two_camps: list[Participant]
) -> None:
    client.cookies["django_language"] = "es"

    html = results(client)

    widths = re.findall(r'\s(?:width|height|x|y|r)="([^"]*)"', html.split("<main")[1])
    assert [w for w in widths if not re.fullmatch(r"-?\d+(\.\d+)?", w)] == []


def test_small_group_is_not_described(
    client: Client, two_camps: list[Participant]
) -> None:
    AnalysisRun.objects.get().groups.filter(letter="A").update(n_members=4)

    html = results(client)

    assert "nobody in it shall be recognised" in html
    assert "of group A" not in html


@pytest.mark.parametrize(
    ("sort", "first"), [("number", "0"), ("disagree", "2"), ("nonsense", "0")]
)
def test_table_is_sorted_by_links(
    client: Client, two_camps: list[Participant], sort: str, first: str
) -> None:
    html = results(client, f"?sort={sort}")

    table = html.split('<table class="statements"')[1]
    numbers = re.findall(r'class="statements__number"[^>]*>(\d+)<', table)
    assert (numbers[0], len(numbers)) == (first, 8)
    active = "consensus" if sort == "nonsense" else sort
    assert re.findall(r'aria-sort="\w+"> <a id="sort-(\w+)"', table) == [active]


def test_page_beyond_the_last_shows_the_last(
    client: Client, two_camps: list[Participant]
) -> None:
    assert "Statement 7." in results(client, "?page=99&sort=number")


def test_results_cost_the_same_for_one_and_for_many_statements(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation)
    with CaptureQueriesContext(connection) as one:
        results(client)
    factories.StatementFactory.create_batch(29, conversation=conversation)

    with CaptureQueriesContext(connection) as thirty:
        results(client)

    assert len(thirty) == len(one)


# --- The pulse ------------------------------------------------------------------------


def test_live_page_asks_for_newer_than_it_has(
    client: Client, two_camps: list[Participant]
) -> None:
    run = AnalysisRun.objects.get()

    html = results(client)

    assert f'hx-get="/c/rivers/results/pulse/?seen={run.pk}"' in html
    assert 'hx-trigger="every 4s"' in html


def test_page_can_be_held_still(client: Client, two_camps: list[Participant]) -> None:
    html = results(client, "?live=off")

    assert "hx-get" not in html
    assert re.findall(r'<script[^>]*src="[^"]*/([\w-]+)\.js"', html) == ["opinion-map"]
    assert 'href="?">Follow the votes</a>' in html


def test_closed_page_asks_nothing(client: Client, two_camps: list[Participant]) -> None:
    Conversation.objects.update(state="closed")

    html = results(client)

    assert "hx-get" not in html
    assert "these are its final results" in html


def test_pulse_is_silent_while_nothing_is_newer(
    client: Client, two_camps: list[Participant]
) -> None:
    run = AnalysisRun.objects.get()

    response = client.get(f"/c/rivers/results/pulse/?seen={run.pk}")

    assert (response.status_code, response.content) == (204, b"")


def test_pulse_is_silent_before_the_first_run(
    client: Client, conversation: Conversation
) -> None:
    response = client.get("/c/rivers/results/pulse/?seen=0")

    assert (response.status_code, response.content) == (204, b"")


def test_pulse_answers_a_newer_run_with_the_fragment(
    client: Client, two_camps: list[Participant]
) -> None:
    run = queries.analysis.latest_run(two_camps[0].conversation)

    html = client.get("/c/rivers/results/pulse/?seen=0&sort=votes").content.decode()

    assert "<html" not in html
    assert f'hx-get="/c/rivers/results/pulse/?seen={run.pk}&amp;sort=votes"' in html
    assert 'href="?sort=agree#statements"' in html


def test_pulse_of_a_closed_conversation_ends_the_asking(
    client: Client, two_camps: list[Participant]
) -> None:
    run = AnalysisRun.objects.get()
    Conversation.objects.update(state="closed")

    response = client.get(f"/c/rivers/results/pulse/?seen={run.pk}")

    assert response.status_code == 200
    assert "hx-get" not in response.content.decode()
