"""What the results page says of the finding, of its firmness, and of both sides."""

import re

import pytest
from django.test import Client

from deliberation import actions
from deliberation.models import AnalysisRun, Conversation
from tests.deliberation.worlds import many_camps, small_world, store
from tests.synthetic import camps


@pytest.fixture
def two_groups(conversation: Conversation) -> AnalysisRun:
    store(small_world(), conversation=conversation)
    return actions.analysis.run_analysis(conversation=conversation)


def results(client: Client, query: str = "") -> str:
    response = client.get(f"/c/rivers/results/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def section(html: str, name: str) -> str:
    return html.split(f'id="{name}"')[1].split("</section>")[0]


def test_groups_are_told_with_how_firm_they_are(
    client: Client, two_groups: AnalysisRun
) -> None:
    html = results(client)

    assert "People fall into two groups" in section(html, "finding")
    assert "The search was repeated 10 times" in section(html, "finding")
    found_again = "<strong>Very firm</strong> · found again in repeats: 100%"
    assert [found_again in section(html, f"group-{x}") for x in "AB"] == [True, True]


def test_what_was_tried_stands_in_a_table(
    client: Client, two_groups: AnalysisRun
) -> None:
    tried = section(results(client), "finding").split('class="tried__table"')[1]

    rows = re.findall(r'<th scope="row"> (\d)(.*?)</th>', tried)
    stored = two_groups.summary["candidates"]
    assert [int(n) for n, _badge in rows] == [each["n_groups"] for each in stored]
    assert [n for n, badge in rows if "told here" in badge] == ["2"]
    assert tried.split("</table>")[0].count("not asked") == len(stored) - 1


def test_without_repeats_the_page_says_that_nobody_tried(
    client: Client, conversation: Conversation, settings
) -> None:
    settings.ANALYSIS_RESAMPLES = 0
    store(small_world(), conversation=conversation)
    actions.analysis.run_analysis(conversation=conversation)

    html = results(client)

    assert "Nobody has tried to find them again" in section(html, "finding")
    assert ("found again in repeats" in html, "Among the" in html) == (False, False)


def test_differences_are_told_in_points_with_their_interval(
    client: Client, two_groups: AnalysisRun
) -> None:
    entry = two_groups.groups.get(letter="A").representative[0]
    points, low, high = (
        round(100 * entry[name]) for name in ("difference", "low", "high")
    )

    html = section(results(client), "group-A")

    assert f"{points} points more, between {low} and {high}" in html


def test_result_that_failed_its_checks_says_so_first(
    client: Client, two_groups: AnalysisRun
) -> None:
    sound = results(client)
    two_groups.is_sound = False
    two_groups.summary["checks"][1]["is_passed"] = False
    two_groups.save()

    html = results(client)

    assert "did not pass" not in sound
    alert = html.split('<div class="alert alert--error"')[1].split("</div>")[0]
    assert "so nothing should be built on it." in alert
    assert "no further apart than groups drawn by lot" in alert


def test_no_stable_groups_have_a_map_of_one_colour(
    client: Client, conversation: Conversation
) -> None:
    store(many_camps(), conversation=conversation)
    actions.analysis.run_analysis(conversation=conversation)

    html = results(client)

    assert "No stable groups" in section(html, "finding")
    drawing = html.split('<svg class="map__drawing"')[1].split("</svg>")[0]
    assert set(re.findall(r"map__dot group-(\d)", drawing)) == {"0"}
    assert "map__letter" not in drawing
    assert "80 people are on the map." in html
    assert "What most people support" in html
    assert 'id="groups"' not in html


def test_what_all_groups_reject_stands_beside_what_they_support(
    client: Client, conversation: Conversation
) -> None:
    world = small_world()
    shared = world.statements < 3
    world.choices[shared] = -world.choices[shared]
    store(world, conversation=conversation)
    actions.analysis.run_analysis(conversation=conversation)

    html = results(client)

    rejected = section(html, "rejected")
    assert "What all groups reject" in rejected
    assert rejected.count('class="consensus__figure"') == 3
    assert len(re.findall(r"disagree, between \d+% and \d+%", rejected)) == 3
    assert "So far there is no statement" in section(html, "consensus")


def test_people_who_vote_alike_are_told_so(
    client: Client, conversation: Conversation
) -> None:
    store(camps([12], seed=5, n_statements=12, p_seen=1.0), conversation=conversation)
    actions.analysis.run_analysis(conversation=conversation)

    html = results(client)

    assert "People form one group" in html
    assert 'id="rejected"' in html
    assert "sort-consensus" in html
