"""Signed links: whom a host brings here is known to the host alone.

A host that knows its people signs a link for each of them with the conversation's link
secret (docs/embedding.md says how, byte for byte):

    /c/<slug>/?x=<id>&until=<unix time>&sig=<hex>
    sig = HMAC-SHA256(link secret, "<slug>\\n<until>\\n<id>"), in UTF-8, in hexadecimal

Of the id nothing is kept but a digest, made with a key that the host does not have, in
a participant's code: from the database, or a public page, nobody can tell whose votes
are whose. No database in here, and no clock.
"""

import base64
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError

ID, UNTIL, SIGNATURE = "x", "until", "sig"
MAX_ID_LENGTH = 200
SECONDS = re.compile(r"[0-9]{1,11}")
HEX = re.compile(r"[0-9a-f]{64}")
# 180 bits in 30 signs.
DIGEST_LENGTH = 30


class LinkNotRecognised(DeliberationError):
    code = "link_not_recognised"
    message = _(
        "This invitation is not one for this conversation, or it was changed on the"
        " way, so nothing was opened. Use the link just as it was sent to you, or ask"
        " for a new one."
    )
    http_status = 403


class LinkExpired(DeliberationError):
    code = "link_expired"
    message = _(
        "This invitation was good for a limited time, and that is over. Ask whoever"
        " sent it for a new one. Votes that you gave before are still counted."
    )
    http_status = 410


@dataclass(frozen=True)
class SignedLink:
    """What an address said, before anybody has checked it."""

    external_id: str
    until: str
    signature: str

    @property
    def query(self) -> str:
        """As it stands in an address, without the question mark."""
        return urlencode(
            {ID: self.external_id, UNTIL: self.until, SIGNATURE: self.signature}
        )


def found(query: Mapping[str, str]) -> SignedLink | None:
    """The link in the query of an address; None where there is no trace of one."""
    if ID not in query and SIGNATURE not in query:
        return None
    return SignedLink(
        query.get(ID, ""), query.get(UNTIL, ""), query.get(SIGNATURE, "").lower()
    )


def digest(link: SignedLink, *, slug: str, secret: str, now: datetime) -> str:
    """Who is meant, in 30 letters, digits and hyphens: the same for the same id.

    It outlives the link and its secret. Raises LinkNotRecognised, LinkExpired.
    """
    if not (_is_whole(link) and secret):
        raise LinkNotRecognised
    expected = signature(link.external_id, link.until, slug=slug, secret=secret)
    if not hmac.compare_digest(expected, link.signature):
        raise LinkNotRecognised
    if int(link.until) < now.timestamp():
        raise LinkExpired
    key = hmac.new(settings.SECRET_KEY.encode(), b"deliberation.links", "sha256")
    meant = f"{slug}\n{link.external_id}".encode()
    said = hmac.new(key.digest(), meant, "sha256").digest()
    return base64.urlsafe_b64encode(said).decode()[:DIGEST_LENGTH]


def signature(external_id: str, until: str, *, slug: str, secret: str) -> str:
    """What a host computes, in small hexadecimal digits."""
    message = f"{slug}\n{until}\n{external_id}"
    return hmac.new(secret.encode(), message.encode(), "sha256").hexdigest()


def _is_whole(link: SignedLink) -> bool:
    id_ = link.external_id
    return bool(
        0 < len(id_) <= MAX_ID_LENGTH
        and not any(unicodedata.category(c) in {"Cc", "Cs"} for c in id_)
        and SECONDS.fullmatch(link.until)
        and HEX.fullmatch(link.signature)
    )
