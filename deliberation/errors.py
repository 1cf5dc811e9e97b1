"""Refusals: what we say when we do not do what was asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DeliberationError(Exception):
    """A refusal with a name; its children live beside what raises them.

    `code` is stable and for programs, `message` is translated and for people,
    `http_status` is what an HTTP answer carries. Keyword arguments fill the named
    placeholders of `message`.
    """

    code = "refused"
    message: str | Promise = _("This was refused.")
    http_status = 400

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        # A lazy plural has no text before it is given its number: no str() first.
        return str(self.message % self.params) if self.params else str(self.message)


def as_json(code: str, message: str) -> dict[str, dict[str, str]]:
    """A refusal as programs are told it, by whatever entrance they came."""
    return {"error": {"code": code, "message": message}}
