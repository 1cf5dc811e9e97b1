"""Hidden results: every address is friendly, and none of them leaks."""

import pytest
from django.test import Client

from deliberation.models import AnalysisRun, Conversation
from tests import factories
from tests.deliberation.judgements import analysed, judged

PAGES = ["results/", "results/?statement=1", "results/s/1/", "results/s/99/"]
# What only results say.
SECRETS = ["97", "42", "a" * 64, "Statement 1.", "group-1"]


@pytest.fixture
def run(conversation: Conversation) -> AnalysisRun:
    run = analysed(conversation, A=97, B=42)
    judged(run, 1, A=(90, 5, 2), B=(40, 1, 1))
    factories.StatementFactory.create_batch(6, conversation=conversation)
    return run


def hide(until: str) -> None:
    Conversation.objects.update(results=until)


@pytest.mark.parametrize("until", ["voting", "close"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "map"}])
def test_hidden_page_says_when_results_open_and_nothing_of_them(
    client: Client, run: AnalysisRun, until: str, page: str, headers: dict[str, str]
) -> None:
    hide(until)

    response = client.get(f"/c/rivers/{page}", headers=headers)

    html = response.content.decode().split("<main")[1]
    assert response.status_code == 200
    assert response.templates[0].name == "analysis/hidden.html"
    assert [secret for secret in SECRETS if secret in html] == []
    assert 'href="/c/rivers/vote/"' in html


def test_hidden_page_counts_the_votes_that_are_missing(
    participant_client: Client, run: AnalysisRun, participant
) -> None:
    hide("voting")
    for statement in run.conversation.statements.all()[:3]:
        factories.VoteFactory(
            conversation=run.conversation, participant=participant, statement=statement
        )

    html = participant_client.get("/c/rivers/results/").content.decode()

    assert "once you have voted on 2 more statements" in html


def test_results_open_with_the_fifth_vote(
    client: Client, participant_client: Client, run: AnalysisRun, participant
) -> None:
    hide("voting")
    for statement in run.conversation.statements.all()[:5]:
        factories.VoteFactory(
            conversation=run.conversation, participant=participant, statement=statement
        )

    for page in PAGES[:3]:
        assert (
            "Statement 1."
            in participant_client.get(f"/c/rivers/{page}").content.decode()
        )
        assert "Statement 1." not in client.get(f"/c/rivers/{page}").content.decode()


@pytest.mark.parametrize("until", ["voting", "close"])
def test_pulse_and_api_refuse_hidden_results_by_name(
    client: Client, run: AnalysisRun, until: str
) -> None:
    hide(until)

    pulse = client.get("/c/rivers/results/pulse/?seen=0")
    api = client.get("/api/v1/conversations/rivers/results/")

    assert (pulse.status_code, pulse.context["error"].code) == (403, "results_hidden")
    assert api.status_code == 403
    assert api.json() == {
        "error": {
            "code": "results_hidden",
            "message": "The results of this conversation open for everybody when it"
            " closes.",
        }
    }


@pytest.mark.parametrize("until", ["voting", "close"])
def test_everything_is_open_after_the_close(
    client: Client, run: AnalysisRun, until: str
) -> None:
    hide(until)
    Conversation.objects.update(state="closed")

    for page in PAGES[:3]:
        assert "Statement 1." in client.get(f"/c/rivers/{page}").content.decode()
    assert client.get("/api/v1/conversations/rivers/results/").status_code == 200


@pytest.mark.parametrize("page", PAGES[:3])
def test_who_runs_the_conversation_looks_ahead_and_is_told_so(
    moderator_client: Client, outsider_client: Client, run: AnalysisRun, page: str
) -> None:
    hide("close")

    html = moderator_client.get(f"/c/rivers/{page}").content.decode()

    assert "Statement 1." in html
    assert "Others do not see its results yet." in html
    outside = outsider_client.get(f"/c/rivers/{page}").content.decode()
    assert "Statement 1." not in outside


def test_moderators_preview_is_live(moderator_client: Client, run: AnalysisRun) -> None:
    hide("close")

    response = moderator_client.get("/c/rivers/results/pulse/?seen=0")

    assert response.status_code == 200
    assert "Statement 1." in response.content.decode()
