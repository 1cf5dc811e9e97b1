"""One shape for every refusal: {"error": {"code": ..., "message": ...}}."""

from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from deliberation.errors import DeliberationError, as_json


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal, or django-rest-framework's own failure; None is a server error."""
    if isinstance(error, DeliberationError):
        headers = {}
        if "retry_after" in error.params:
            headers["Retry-After"] = str(error.params["retry_after"])
        return Response(
            as_json(error.code, str(error)), status=error.http_status, headers=headers
        )
    response = exception_handler(error, context)
    if response is not None:
        code = error.default_code if isinstance(error, APIException) else "refused"
        response.data = as_json(code, str(response.data["detail"]))
    return response
