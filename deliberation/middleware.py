"""Turns a DeliberationError into a page, or into a fragment for htmx."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deliberation.errors import DeliberationError


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, DeliberationError):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: DeliberationError) -> HttpResponse:
    """The refusal with its own status; what htmx swaps is the fragment alone."""
    whole_page = not request.htmx  # type: ignore[attr-defined]
    template = "error.html" if whole_page else "components/refusal.html"
    match = request.resolver_match
    slug = match.kwargs.get("slug", "") if match else ""
    context = {"error": error, "status": error.http_status, "slug": slug}
    response = render(request, template, context, status=error.http_status)
    if "retry_after" in error.params:
        response["Retry-After"] = str(error.params["retry_after"])
    return response
