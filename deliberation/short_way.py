"""The short way: a script's vote, and the first view of the voting page.

Both pass by the middleware that they do not need: sessions, accounts, messages and
CSRF tokens (identity.py says why forms of participants have none). The view of a vote
is the same by either way, and so are its refusals; first_views.py tells of pages.

Headers are those of the ordinary way, because they are learned from it: the first
answer of each kind goes there. docs/decisions/0010-the-short-way-of-a-vote.md.
"""

import re

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from deliberation import middleware
from deliberation.errors import DeliberationError
from deliberation.first_views import Answer, FirstViews, learned, with_headers
from deliberation.forms import events
from deliberation.views import ballots

_ADDRESS = re.compile(r"/c/([a-z0-9-]{2,60})/(vote|votes)/", re.ASCII)


class ShortWay:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.votes = Votes(get_response)
        self.first_views = FirstViews(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = _ADDRESS.fullmatch(request.path_info)
        if found is None or not _is_our_host(request):
            return self.get_response(request)
        slug, what = found.groups()
        if what == "votes" and request.method == "POST" and ballots.is_json(request):
            return self.votes.answer(request, slug)
        is_bare = not (request.META.get("HTTP_COOKIE") or request.META["QUERY_STRING"])
        if what == "vote" and request.method == "GET" and is_bare:
            return self.first_views.answer(request, slug)
        return self.get_response(request)


def _is_our_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


# --- Votes ---------------------------------------------------------------------------


class Votes:
    """Votes that a script sends, once the headers of their answers are known."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.headers: dict[str, str] = {}

    def answer(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.headers:
            return self._learn(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = cast(request, slug)
        return with_headers(response, self.headers, language)

    def _learn(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200:
            self.headers = learned(response)
        return response


def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """The view, within what middleware.py does around every view."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > events.MOST_BYTES:
            raise events.TooLarge
        if middleware.is_cut_off(request):
            raise middleware.CutOff
        return ballots.cast_vote(request, slug)
    except DeliberationError as error:
        return middleware.json_refusal(error)
