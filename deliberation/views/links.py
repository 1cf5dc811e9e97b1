"""Ways in: short links, their QR codes, and links that a host has signed."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from deliberation import identity, links, queries
from deliberation.formats import qr
from deliberation.models import Conversation

View = Callable[..., HttpResponse]


@require_safe
def short(request: HttpRequest, short_code: str) -> HttpResponse:
    """From a poster to the conversation; typed by hand, so in any capitals."""
    conversation = queries.access.conversation_of_short_code(short_code.lower())
    return HttpResponseRedirect(conversation.get_absolute_url())


@require_safe
@cache_control(public=True, max_age=3600)
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The short link as a picture; with ?download, to keep."""
    conversation = queries.access.public_conversation(slug)
    picture = qr.to_svg(short_address(request, conversation))
    response = HttpResponse(picture, content_type="image/svg+xml")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{slug}-qr.svg"'
    return response


def short_address(request: HttpRequest, conversation: Conversation) -> str:
    """In full, as it stands on a poster; the long one where there is no short code."""
    if conversation.short_code is None:
        return absolute(request, conversation.get_absolute_url())
    return absolute(request, reverse("short-link", args=[conversation.short_code]))


def absolute(request: HttpRequest, path: str) -> str:
    """The operator's own address of this site, where there is one."""
    return (settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")) + path


def open_to_invited(view: View) -> View:
    """The view takes signed links: who comes by one is known by it from here on.

    The page carries her code, and its links carry the signed link (`request.invited`),
    until her first vote brings a cookie. Who has the cookie of somebody else in this
    browser is given her own.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
        link = links.found(request.GET)
        if link is None:
            return view(request, slug)
        conversation = queries.access.public_conversation(slug)
        digest = links.digest(
            link, slug=slug, secret=conversation.link_secret, now=timezone.now()
        )
        code = identity.invited_code(digest)
        request.invited_code = code  # type: ignore[attr-defined]
        request.invited = f"?{link.query}"  # type: ignore[attr-defined]
        response = view(request, slug)
        if identity.has_cookie(request, slug):
            identity.write(response, code, slug)
        add_never_cache_headers(response)
        return response

    return wrapped
