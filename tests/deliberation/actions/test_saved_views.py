"""Views of the queue: kept, replaced, removed, and no more than some."""

import pytest

from deliberation.actions import saved_views
from deliberation.models import SavedView
from tests.factories import ConversationFactory, SavedViewFactory, UserFactory

pytestmark = pytest.mark.django_db


def save(conversation, by, name, query="state=all"):
    return saved_views.save(conversation=conversation, name=name, query=query, by=by)


def test_view_with_the_same_name_is_replaced():
    conversation, by = ConversationFactory(), UserFactory()
    save(conversation, by, "Mine")

    save(conversation, by, "Mine", "state=rejected")

    assert SavedView.objects.get().query == "state=rejected"


def test_there_are_no_more_than_some():
    conversation, by = ConversationFactory(), UserFactory()
    SavedViewFactory.create_batch(saved_views.MOST, conversation=conversation, user=by)
    known = SavedView.objects.first().name

    save(conversation, by, known)
    with pytest.raises(saved_views.TooManyViews) as refused:
        save(conversation, by, "One more")

    assert str(refused.value) == (
        "You have 20 saved views here already: remove one first."
    )
    assert SavedView.objects.count() == saved_views.MOST


def test_view_of_somebody_else_stays():
    view = SavedViewFactory()

    with pytest.raises(saved_views.NoSuchView):
        saved_views.remove(
            conversation=view.conversation, name=view.name, by=UserFactory()
        )

    assert SavedView.objects.get() == view
