"""Views of the queue that a moderator keeps under a name."""

import pytest

from deliberation.models import SavedView
from tests.factories import SavedViewFactory

pytestmark = pytest.mark.django_db

QUEUE = "/moderate/rivers/statements/"


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_view_keeps_the_filters_of_the_address(moderator_client, moderator):
    address = f"{QUEUE}views/?state=all&words=priv%C3%A9&language=&page=3"

    response = moderator_client.post(address, {"name": " Privacy "}, follow=True)

    view = SavedView.objects.get(user=moderator)
    assert (view.name, view.query) == ("Privacy", "state=all&words=priv%C3%A9")
    assert said(response) == ["The view “Privacy” is kept."]
    page = moderator_client.get(QUEUE).content.decode()
    assert page.count('?state=all&amp;words=priv%C3%A9">Privacy</a>') == 1


@pytest.mark.parametrize(
    ("name", "query", "problem"),
    [
        ("", "", "This field is required."),
        ("x" * 41, "", "at most 40 characters"),
        ("Long", "?words=" + "é" * 199, "is too long to keep"),
    ],
)
def test_view_that_cannot_be_kept_is_refused(moderator_client, name, query, problem):
    response = moderator_client.post(f"{QUEUE}views/{query}", {"name": name})

    assert response.status_code == 422
    assert response.content.decode().count(problem) == 1
    assert SavedView.objects.count() == 0


def test_view_is_removed(moderator_client, conversation, moderator):
    SavedViewFactory(conversation=conversation, user=moderator, name="Mine")

    response = moderator_client.post(
        f"{QUEUE}views/remove/", {"name": "Mine"}, follow=True
    )

    assert said(response) == ["The view “Mine” is removed."]
    assert SavedView.objects.count() == 0


def test_view_of_somebody_else_is_not_there(moderator_client, conversation):
    SavedViewFactory(conversation=conversation, name="Hers")

    response = moderator_client.post(f"{QUEUE}views/remove/", {"name": "Hers"})

    assert (response.status_code, str(response.context["error"])) == (
        404,
        "There is no such saved view of yours.",
    )
    assert SavedView.objects.count() == 1
