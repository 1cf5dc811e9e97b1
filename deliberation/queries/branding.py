"""The logos of conversations."""

from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Logo


class NoSuchLogo(DeliberationError):
    code = "no_such_logo"
    message = _("There is no such picture.")
    http_status = 404


def logo(conversation: Conversation) -> Logo | None:
    """Its measures, without the picture itself."""
    found = Logo.objects.filter(conversation=conversation)
    return found.defer("png").first()


def picture(slug: str, digest: str) -> bytes:
    """The logo itself; in every state, since those who run it see it in drafts.

    Raises NoSuchLogo. Nobody finds a draft by it: the digest is known to those alone
    who have the picture.
    """
    found = Logo.objects.filter(conversation__slug=slug, digest=digest)
    png = found.values_list("png", flat=True).first()
    if png is None:
        raise NoSuchLogo
    return bytes(png)
