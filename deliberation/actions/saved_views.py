"""Filters of the queue under a name: each moderator keeps her own."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, SavedView

MOST = 20


class TooManyViews(DeliberationError):
    code = "too_many_views"
    message = _("You have %(most)d saved views here already: remove one first.")
    http_status = 409


class NoSuchView(DeliberationError):
    code = "no_such_view"
    message = _("There is no such saved view of yours.")
    http_status = 404


@transaction.atomic
def save(*, conversation: Conversation, name: str, query: str, by: User) -> SavedView:
    """Keep it; a view of hers with this name is replaced. Raises TooManyViews."""
    conversations.lock(conversation)
    mine = SavedView.objects.filter(conversation=conversation, user=by)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise TooManyViews(most=MOST)
    view, _is_new = SavedView.objects.update_or_create(
        conversation=conversation, user=by, name=name, defaults={"query": query}
    )
    _record(conversation, "saved_views.save", view, by)
    return view


@transaction.atomic
def remove(*, conversation: Conversation, name: str, by: User) -> SavedView:
    """Raises NoSuchView, for those of others too."""
    mine = SavedView.objects.filter(conversation=conversation, user=by, name=name)
    view = mine.select_for_update().first()
    if view is None:
        raise NoSuchView
    _record(conversation, "saved_views.remove", view, by)
    view.delete()
    return view


def _record(conversation: Conversation, action: str, view: SavedView, by: User) -> None:
    audit.record(
        conversation=conversation,
        action=action,
        by=by,
        target=f"view {view.name}",
        query=view.query,
    )
