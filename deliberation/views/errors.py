"""Pages for what Django itself refuses."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.middleware import refusal


class BadRequest(DeliberationError):
    code = "bad_request"
    message = _("The server could not read this request.")
    http_status = 400


class FormExpired(DeliberationError):
    code = "form_expired"
    message = _(
        "This form has expired or was sent from another site, so nothing was"
        " changed. Load the page again and repeat."
    )
    http_status = 403


class NotFound(DeliberationError):
    code = "not_found"
    message = _("There is nothing at this address.")
    http_status = 404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, BadRequest())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusal(request, FormExpired())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke may break again."""
    return HttpResponse(get_template("500.html").render(), status=500)
