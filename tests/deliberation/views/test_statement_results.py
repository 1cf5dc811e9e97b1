"""One statement's page, one's own receipt, and how all is computed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deliberation.models import AnalysisRun, Conversation, Participant
from tests import factories
from tests.deliberation.judgements import analysed, judged


@pytest.fixture
def run(conversation: Conversation) -> AnalysisRun:
    run = analysed(conversation, A=40, B=40)
    judged(run, 1, A=(36, 2, 2), B=(30, 8, 2))
    judged(run, 2, A=(3, 0, 0), B=(0, 0, 0), is_ranked=False)
    return run


def words(client: Client, address: str) -> str:
    response = client.get(f"/c/rivers/{address}")
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main")[0]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S).split())


# --- A statement ----------------------------------------------------------------------


def test_statement_has_votes_of_each_group_with_ranges(
    client: Client, run: AnalysisRun
) -> None:
    text = words(client, "results/s/1/")

    assert "Statement 1." in text
    assert "Group A 40 90% between 77–96% 5% 5% between 1–17%" in text
    assert "Number 1 of 1" in text
    assert "40 of 40 members have voted on it (100%)" in text


def test_statement_with_few_votes_says_how_many_are_missing(
    client: Client, run: AnalysisRun
) -> None:
    text = words(client, "results/s/2/")

    assert "Too few votes to say anything: it needs 2 more." in text
    assert "It has no place yet" in text


def test_statement_shows_a_participant_her_own_choice(
    client: Client,
    participant_client: Client,
    participant: Participant,
    run: AnalysisRun,
) -> None:
    statement = run.conversation.statements.get(number=1)
    factories.VoteFactory(
        conversation=run.conversation,
        participant=participant,
        statement=statement,
        choice=-1,
    )

    assert "You disagreed." in words(participant_client, "results/s/1/")
    assert "You disagreed." not in words(client, "results/s/1/")


@pytest.mark.parametrize("number", ["7", "99999999999999999999"])
def test_statement_that_is_not_shown_is_not_found(
    client: Client, run: AnalysisRun, number: str
) -> None:
    factories.StatementFactory(
        conversation=run.conversation, number=7, state="rejected"
    )

    response = client.get(f"/c/rivers/results/s/{number}/")

    assert response.status_code == 404
    assert response.context["error"].code == "no_such_statement"


def test_statement_costs_the_same_among_many(client: Client, run: AnalysisRun) -> None:
    counts = []
    for more in (0, 20):
        for number in range(more):
            judged(run, 100 + number, A=(9, 0, 1), B=(8, 1, 1))
        with CaptureQueriesContext(connection) as queries:
            words(client, "results/s/1/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 13


# --- The table and the map ------------------------------------------------------------


def test_every_statement_leads_to_its_page_and_to_the_map(
    client: Client, run: AnalysisRun
) -> None:
    run.summary["dots"] = [{"x": 0.0, "y": 0.0, "size": 40, "group": x} for x in "AB"]
    run.save()

    html = client.get("/c/rivers/results/?sort=number").content.decode()

    assert re.findall(r'id="s-\d+" href="([^"]+)"', html) == [
        "/c/rivers/results/s/1/",
        "/c/rivers/results/s/2/",
    ]
    assert re.findall(r'id="m-\d+" data-colour href="([^"]+)"', html) == [
        "?sort=number&amp;statement=1#map",
        "?sort=number&amp;statement=2#map",
    ]


def test_map_alone_is_sent_to_the_script_that_names_it(
    client: Client, run: AnalysisRun
) -> None:
    run.summary["dots"] = [{"x": 0.0, "y": 0.0, "size": 40, "group": x} for x in "AB"]
    run.save()

    response = client.get(
        "/c/rivers/results/?statement=1",
        headers={"HX-Request": "true", "HX-Target": "map"},
    )

    html = response.content.decode().strip()
    assert html.startswith('<section class="section" id="map"')
    assert html.endswith("</section>")
    assert 'data-statement="1"' in html
    assert "Votes on statement 1" in html


@pytest.mark.parametrize("asked", ["x", "-1", "1" * 30, "²"])
def test_nonsense_for_a_statement_is_as_none(
    client: Client, run: AnalysisRun, asked: str
) -> None:
    assert "Statement 1." in words(client, f"results/?statement={asked}")


def test_search_says_what_it_found(client: Client, run: AnalysisRun) -> None:
    assert "1 statement says “statement 2”." in words(client, "results/?q=statement+2")
    assert "No statement says “<b>”." in words(client, "results/?q=<b>").replace(
        "&lt;b&gt;", "<b>"
    )


# --- The receipt ----------------------------------------------------------------------


def test_receipt_of_nobody_invites(client: Client, run: AnalysisRun) -> None:
    text = words(client, "results/mine/")

    assert "so there is no receipt" in text
    assert "Statement 1." not in text


def test_receipt_is_hers_alone_and_never_kept(
    participant_client: Client, participant: Participant, run: AnalysisRun
) -> None:
    for number, choice in ((1, -1), (2, 1)):
        factories.VoteFactory(
            conversation=run.conversation,
            participant=participant,
            statement=run.conversation.statements.get(number=number),
            choice=choice,
        )

    text = words(participant_client, "results/mine/")

    assert "Your 2 votes are in the count." in text
    assert "You agree with 0 of the 1 you have voted on." in text
    assert "1 you opposed Statement 1." in text
    response = participant_client.get("/c/rivers/results/mine/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_receipt_of_an_excluded_person_says_so(
    participant_client: Client, participant: Participant, run: AnalysisRun
) -> None:
    factories.VoteFactory(
        conversation=run.conversation,
        participant=participant,
        statement=run.conversation.statements.get(number=1),
    )
    Participant.objects.update(is_excluded=True)

    text = words(participant_client, "results/mine/")

    assert "have left your votes out of the count" in text
    assert (
        "in the count." not in text.split("have left your votes out of the count.")[1]
    )


def test_how_tells_the_method_whether_or_not_results_are_open(
    client: Client, conversation: Conversation
) -> None:
    Conversation.objects.update(results="close")

    text = words(client, "results/how/")

    assert "nobody's vote is guessed" in text.replace("&#x27;", "'")
    assert "The essentials, with formulas" in text
