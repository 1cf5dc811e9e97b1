"""Drafting, wording and publishing a constitution on the moderators' page."""

import pytest

from deliberation import queries
from deliberation.actions import constitutions as actions
from deliberation.models import AuditEvent
from tests.deliberation.judgements import analysed, judged
from tests.factories import THEN, UserFactory

pytestmark = pytest.mark.django_db

DRAFT = "/moderate/rivers/constitution/"
RULE = {"threshold": "60", "max_principles": "10", "min_votes": "5"}


@pytest.fixture
def run(conversation):
    run = analysed(conversation, A=10, B=6)
    judged(run, 7, A=(9, 1, 0), B=(5, 0, 1))
    judged(run, 8, A=(9, 1, 0), B=(4, 1, 1))
    return run


@pytest.fixture
def principles(conversation, run):
    """Of a draft, from statements 7 and 8."""
    version = actions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=None
    )
    return queries.constitutions.principles(version)


def publish(conversation):
    return actions.publish(conversation=conversation, by=UserFactory(), now=THEN)


def texts(conversation):
    version = queries.constitutions.draft(conversation)
    return [view.text for view in queries.constitutions.principle_views(version)]


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- Drafting ----------------------------------------------------------------------------


def test_draft_page_without_a_draft_offers_the_rule(moderator_client, conversation):
    response = moderator_client.get(DRAFT)

    assert response.context["version"] is None
    assert response.context["rule"].initial == {
        "threshold": 60,
        "max_principles": 60,
        "min_votes": 5,
    }
    assert response.context["is_analysed"] is False


@pytest.mark.parametrize("is_sound", [True, False])
def test_draft_page_warns_of_an_analysis_that_failed_its_checks(
    moderator_client, conversation, run, is_sound
):
    run.is_sound = is_sound
    run.save()

    html = moderator_client.get(DRAFT).content.decode()

    assert ("The latest analysis did not pass" not in html) is is_sound


def test_draft_is_filled_by_the_rule(moderator_client, conversation, run):
    response = moderator_client.post(DRAFT + "fill/", RULE, follow=True)

    assert response.redirect_chain == [(DRAFT, 302)]
    assert said(response) == ["The draft is filled. Order and word it as you see fit."]
    shown = [row["principle"].text for row in response.context["rows"]]
    assert shown == ["Statement 7.", "Statement 8."]


@pytest.mark.parametrize(
    ("rule", "status", "errors"),
    [
        (
            {"threshold": "99"},
            409,
            {
                "__all__": [
                    "No statement reaches 99 percent agreement in every group, so the"
                    " draft was left as it was. With 83 percent there would be a draft."
                ]
            },
        ),
        (
            {"threshold": "0"},
            422,
            {"threshold": ["Ensure this value is greater than or equal to 1."]},
        ),
        (
            {"max_principles": "many"},
            422,
            {"max_principles": ["Enter a whole number."]},
        ),
    ],
)
def test_impossible_rule_is_refused_beside_the_rule(
    moderator_client, conversation, principles, rule, status, errors
):
    response = moderator_client.post(DRAFT + "fill/", RULE | rule)

    assert response.status_code == status
    assert response.context["rule"].errors == errors
    assert texts(conversation) == ["Statement 7.", "Statement 8."]


@pytest.mark.parametrize("n", [1, 3])
def test_draft_page_costs_the_same_whatever_its_length(
    moderator_client, conversation, django_assert_num_queries, n
):
    run = analysed(conversation, A=10, B=6)
    for number in range(n):
        judged(run, number, A=(9, 1, 0), B=(5, 0, 1))
    moderator_client.post(DRAFT + "fill/", RULE)
    moderator_client.get(DRAFT)

    # Session, account, conversation, role; draft, published, two of principles; run.
    with django_assert_num_queries(9):
        assert len(moderator_client.get(DRAFT).context["rows"]) == n


def test_principle_is_reworded(moderator_client, conversation, principles):
    address = f"{DRAFT}{principles[0].pk}/reword/"

    response = moderator_client.post(address, {"text": "  Be <kind>. "})

    assert response["Location"] == f"{DRAFT}#principle-{principles[0].pk}"
    assert texts(conversation) == ["Be <kind>.", "Statement 8."]
    page = moderator_client.get(DRAFT).content.decode()
    assert (page.count("Be &lt;kind&gt;."), page.count("<kind>")) == (1, 0)


@pytest.mark.parametrize("text", ["", "123", "x" * 601])
def test_wording_that_says_nothing_is_refused(
    moderator_client, conversation, principles, text
):
    pk = principles[1].pk

    response = moderator_client.post(f"{DRAFT}{pk}/reword/", {"text": text})

    assert response.status_code == 422
    refused = {
        row["principle"].pk: row["form"].errors for row in response.context["rows"]
    }
    assert (list(refused[pk]), refused[principles[0].pk]) == (["text"], {})
    assert texts(conversation) == ["Statement 7.", "Statement 8."]


def test_principle_is_moved(moderator_client, conversation, principles):
    address = f"{DRAFT}{principles[1].pk}/move/"

    moderator_client.post(address, {"direction": "up"})

    assert texts(conversation) == ["Statement 8.", "Statement 7."]


def test_principle_cannot_be_moved_sideways(moderator_client, conversation, principles):
    address = f"{DRAFT}{principles[1].pk}/move/"

    response = moderator_client.post(address, {"direction": "left"})

    assert response.status_code == 422
    assert said(response) == ["A principle can be moved up or down."]
    assert texts(conversation) == ["Statement 7.", "Statement 8."]


def test_principle_is_withdrawn(moderator_client, conversation, principles):
    moderator_client.post(f"{DRAFT}{principles[0].pk}/withdraw/")

    assert texts(conversation) == ["Statement 8."]


@pytest.mark.parametrize("act", ["reword", "move", "withdraw"])
def test_principle_of_a_published_version_is_not_found(
    moderator_client, conversation, principles, act
):
    publish(conversation)
    n_events = AuditEvent.objects.count()

    response = moderator_client.post(f"{DRAFT}{principles[0].pk}/{act}/")

    assert response.status_code == 404
    assert str(response.context["error"]) == (
        "There is no such principle in the draft; load the page again."
    )
    assert AuditEvent.objects.count() == n_events


# --- Publishing --------------------------------------------------------------------------


def test_publishing_asks_first(moderator_client, conversation, principles):
    response = moderator_client.post(DRAFT + "publish/")

    assert response.status_code == 422
    assert said(response) == [
        "Nothing was published: tick the box to say that you mean it."
    ]
    assert queries.constitutions.latest_version(conversation) is None


def test_confirmed_draft_is_published(
    moderator_client, moderator, conversation, principles
):
    response = moderator_client.post(
        DRAFT + "publish/", {"confirmed": "yes"}, follow=True
    )

    assert said(response) == ["Version 1 is published."]
    version = queries.constitutions.version(conversation, 1)
    assert version.published_by == moderator


def test_nothing_to_publish_is_refused(moderator_client, conversation):
    response = moderator_client.post(DRAFT + "publish/", {"confirmed": "yes"})

    assert response.status_code == 409
    assert str(response.context["error"]) == (
        "There is no draft with a principle in it, so nothing was published."
    )
