"""The conversation in a frame on other sites' pages, and the script they load for it.

The pages are those of the conversation without what surrounds them. Cookies of a
frame are blocked by most browsers: how people stay who they are is in
static/js/embed.js and docs/embedding.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from deliberation import assets, identity, middleware, queries
from deliberation.errors import DeliberationError
from deliberation.views import analysis, voting
from deliberation.views.assets import kept
from deliberation.views.links import open_to_invited

# Other sites name it by an address that stays.
FOR_AN_HOUR = "public, max-age=3600"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Frame:
    """What a page needs to know of the frame it stands in."""

    slug: str
    origins: list[str]
    section: str
    base: str = "base_embed.html"


def in_a_frame(section: str) -> Callable[[View], View]:
    """The page may stand in frames of the sites that the conversation names.

    So may its refusals: whatever went wrong is told inside the frame.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
            conversation = queries.access.public_conversation(slug)
            origins = conversation.embed_origins or []
            request.frame = Frame(slug, origins, section)  # type: ignore[attr-defined]
            try:
                response = view(request, slug)
            except DeliberationError as error:
                response = middleware.refusal(request, error)
            return _framed(response, origins)

        return wrapped

    return decorator


@never_cache
@require_safe
@in_a_frame("voting")
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return voting.page(request, slug)


@never_cache
@require_safe
@in_a_frame("results")
@open_to_invited
def results(request: HttpRequest, slug: str) -> HttpResponse:
    return analysis.page(request, slug)


@csrf_exempt
@require_POST
@never_cache
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """From the frame to a page of its own, as the same person.

    Who has voted in the frame gets the cookie here; who has not is a newcomer still.
    """
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug)
    to, home = request.POST.get("to", ""), conversation.get_absolute_url()
    is_ours = to.startswith(home) and url_has_allowed_host_and_scheme(to, None)
    response = HttpResponseRedirect(to if is_ours else home, status=303)
    if code and queries.voting.participant(conversation, code):
        identity.write(response, code, slug)
    return response


@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    """The one file that other sites load, at an address that stays."""
    asset = assets.script("embed")
    response = kept(request, asset, "text/javascript", FOR_AN_HOUR)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _framed(response: HttpResponse, origins: list[str]) -> HttpResponse:
    if origins:
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": origins}  # type: ignore[attr-defined]
    return response
