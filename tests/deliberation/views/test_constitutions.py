"""The constitution that everyone reads and downloads."""

import json

import pytest

from deliberation import queries, ratelimits
from deliberation.actions import constitutions as actions
from tests.deliberation.judgements import analysed, judged
from tests.factories import THEN, UserFactory

pytestmark = pytest.mark.django_db

PUBLIC = "/c/rivers/constitution/"


@pytest.fixture
def principles(conversation):
    """Of a draft, from statements 7 and 8."""
    run = analysed(conversation, A=10, B=6)
    judged(run, 7, A=(9, 1, 0), B=(5, 0, 1))
    judged(run, 8, A=(9, 1, 0), B=(4, 1, 1))
    version = actions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=None
    )
    return queries.constitutions.principles(version)


def publish(conversation):
    return actions.publish(conversation=conversation, by=UserFactory(), now=THEN)


def test_public_page_says_when_nothing_is_published(client, conversation, principles):
    response = client.get(PUBLIC)

    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("There is no constitution yet") == 1
    assert page.count("Statement 7.") == 0


def test_public_page_shows_the_latest_version_with_its_evidence(
    client, conversation, principles
):
    publish(conversation)

    response = client.get(PUBLIC)

    assert [view.text for view in response.context["principles"]] == [
        "Statement 7.",
        "Statement 8.",
    ]
    page = " ".join(response.content.decode().split())
    assert page.count("From statement 7 · consensus 0.88") == 1
    assert page.count("· among the surest in 90% of repeats") == 2
    assert page.count("<strong>90%</strong> agree") == 2
    assert page.count("9 agree, 0 pass, 1 disagree") == 2
    assert page.count(response.context["version"].digest) == 1


def test_constitution_of_a_hidden_conversation_is_not_found(
    client, conversation, principles
):
    publish(conversation)
    conversation.state = "archived"
    conversation.save()

    for address in (PUBLIC, f"{PUBLIC}v/1.md"):
        response = client.get(address)
        assert response.status_code == 404
        assert str(response.context["error"]) == (
            "There is no conversation at this address."
        )


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [
        ("md", "text/markdown; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
        ("json", "application/json"),
    ],
)
def test_version_is_downloaded(
    client, conversation, principles, file_format, content_type
):
    version = publish(conversation)

    response = client.get(f"{PUBLIC}v/1.{file_format}")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == (
        f'attachment; filename="rivers-constitution-v1.{file_format}"'
    )
    expected = queries.constitutions.written(version, file_format)
    assert response.content.decode() == expected


def test_downloaded_json_carries_the_published_digest(client, conversation, principles):
    version = publish(conversation)

    response = client.get(f"{PUBLIC}v/1.json")

    assert json.loads(response.content)["digest"] == version.digest


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("2.md", "This constitution has no published version 2."),
        ("1.pdf", "A constitution can be had as md, txt or json, not as pdf."),
    ],
)
def test_unknown_download_is_not_found(
    client, conversation, principles, name, sentence
):
    publish(conversation)

    response = client.get(f"{PUBLIC}v/{name}")

    assert response.status_code == 404
    assert str(response.context["error"]) == sentence


def test_downloads_are_limited(client, conversation, principles, monkeypatch):
    once = ratelimits.Limit("export", most=1, seconds=10**10)
    monkeypatch.setattr(ratelimits, "EXPORT", once)
    publish(conversation)

    answers = [client.get(f"{PUBLIC}v/1.txt").status_code for _ in range(2)]

    assert answers == [200, 429]


@pytest.mark.parametrize("page", ["", "vote/", "votes/", "statements/", "data/"])
def test_the_way_to_the_constitution_stands_on_every_page_once_it_is_published(
    client, conversation, principles, page
):
    way = f'href="/c/{conversation.slug}/constitution/"'.encode()
    address = f"/c/{conversation.slug}/{page}"
    assert way not in client.get(address).content

    actions.publish(conversation=conversation, by=UserFactory(), now=THEN)

    assert way in client.get(address).content
