"""Who gets through to the pages of those who run a conversation."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from deliberation import queries
from deliberation.models import Conversation
from deliberation.permissions import Right

More = ParamSpec("More")


class SignedIn(HttpRequest):
    """What `login_required` lets through."""

    user: User
    htmx: HtmxDetails


def for_role(
    right: Right,
) -> Callable[
    [Callable[Concatenate[SignedIn, Conversation, More], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """The view gets the conversation instead of its slug, with `rights`.

    Who is not signed in is sent there first; for an outsider the conversation does not
    exist; whose role has not got the right is told so.
    """

    def decorate(
        view: Callable[Concatenate[SignedIn, Conversation, More], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def gated(
            request: HttpRequest, slug: str, *args: More.args, **kwargs: More.kwargs
        ) -> HttpResponseBase:
            known = cast(SignedIn, request)
            conversation = queries.access.moderated_conversation(
                slug, user=known.user, right=right
            )
            return view(known, conversation, *args, **kwargs)

        return gated

    return decorate
