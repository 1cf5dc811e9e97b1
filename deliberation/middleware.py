"""Turns a DeliberationError into a page, a fragment for htmx, or JSON for a script."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError, as_json


class CutOff(DeliberationError):
    code = "cut_off"
    message = _("What you sent arrived only in part, so nothing was stored.")
    http_status = 400


class WrongMethod(DeliberationError):
    code = "wrong_method"
    message = _("This address only takes what a form sends. Go back one page.")
    http_status = 405


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and is_cut_off(request):
            return refusal(request, CutOff())
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            refused = refusal(request, WrongMethod())
            refused["Allow"] = response["Allow"]
            return refused
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, DeliberationError):
            return None
        return refusal(request, exception)


def is_cut_off(request: HttpRequest) -> bool:
    """Half a statement must not be taken for a whole one when a phone loses its net."""
    announced = request.headers.get("Content-Length") or "0"
    try:
        return announced.isdecimal() and len(request.body) < int(announced)
    except UnreadablePostError:
        return True


def refusal(request: HttpRequest, error: DeliberationError) -> HttpResponse:
    """The refusal with its own status; what htmx swaps is the fragment alone."""
    if answers_json(request):
        return json_refusal(error)
    # A request that was refused at the door has not met HtmxMiddleware.
    whole_page = not getattr(request, "htmx", False)
    template = "error.html" if whole_page else "components/refusal.html"
    match = request.resolver_match
    slug = match.kwargs.get("slug", "") if match else ""
    context = {"error": error, "status": error.http_status, "slug": slug}
    response = render(request, template, context, status=error.http_status)
    return _with_retry_after(response, error)


def answers_json(request: HttpRequest) -> bool:
    """Whether a script asks: one that sends JSON, or whose view says so."""
    return request.content_type == "application/json" or hasattr(request, "is_json")


def json_refusal(error: DeliberationError, **more: object) -> HttpResponse:
    """The refusal as the API tells it, with what else the script needs to go on."""
    body = {**as_json(error.code, str(error)), **more}
    response = JsonResponse(body, status=error.http_status)
    response["Cache-Control"] = "no-store"
    return _with_retry_after(response, error)


def _with_retry_after(response: HttpResponse, error: DeliberationError) -> HttpResponse:
    if "retry_after" in error.params:
        response["Retry-After"] = str(error.params["retry_after"])
    return response
