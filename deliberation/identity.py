"""The participant's signed code: where it is read and written; no database.

A participant is a random code per conversation. A page that holds a form carries a
signed code as a hidden field: made on the spot for a newcomer, so that the same form
sent twice is the same person, and there is no cookie before there is something to
remember. After the first vote the code lives in a cookie of the conversation.

Django's CSRF token needs a cookie that a newcomer does not have (nor an embedded
page, ever). A participant's form is protected by `refuse_cross_site` instead, and by
the cookie being SameSite=Lax: see docs/decisions/0003-participants-without-cookies.md.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError

FIELD = "participant"
HEADER = "X-Participant"
# What the code of somebody begins with who came by a signed link. `new_code` never
# makes one, and only who has checked such a link signs one.
INVITED = "~"
COOKIE_AGE = 400 * 24 * 3600


class CodeNotRecognised(DeliberationError):
    code = "code_not_recognised"
    message = _(
        "Your participant code was changed on the way and cannot be recognised, so"
        " nothing was stored. Open the conversation again to go on as a new"
        " participant."
    )
    http_status = 400


class CrossSite(DeliberationError):
    code = "cross_site"
    message = _("This form was sent from another site, so nothing was stored.")
    http_status = 403


def new_code() -> str:
    return secrets.token_urlsafe(18)


def new_key() -> str:
    """A name for one event of a plain form: the form sent twice is one event."""
    return secrets.token_hex(8)


def invited_code(digest: str) -> str:
    """The code of somebody invited: the same for the same digest of her invitation.

    digest : 22 to 31 letters, digits, hyphens and underlines that nobody can guess
    """
    return INVITED + digest


def is_invited(code: str) -> bool:
    return code.startswith(INVITED)


def read(request: HttpRequest, slug: str, *, signed: str | None = None) -> str | None:
    """The code this request brings: from the cookie, else from what it carries.

    signed : as JSON carries it; without one the form's field is read, or the header
    of a frame that has no cookies

    Who came by a signed link is who it says, whatever else the browser brings (see
    views/links.py). Raises CodeNotRecognised where there is one that we did not sign.
    """
    if invited := getattr(request, "invited_code", None):
        return str(invited)
    brought = request.COOKIES.get(_cookie(slug)) or signed
    if brought is None:
        brought = request.POST.get(FIELD) or request.headers.get(HEADER)
    if not brought:
        return None
    try:
        return _signer(slug).unsign(brought)
    except (BadSignature, UnicodeError) as error:
        raise CodeNotRecognised from error


def has_cookie(request: HttpRequest, slug: str) -> bool:
    return _cookie(slug) in request.COOKIES


def sign(code: str, slug: str) -> str:
    """The code as a form carries it."""
    return _signer(slug).sign(code)


def write(response: HttpResponse, code: str, slug: str) -> HttpResponse:
    response.set_cookie(
        _cookie(slug),
        sign(code, slug),
        max_age=COOKIE_AGE,
        path=f"/c/{slug}/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, slug: str) -> HttpResponse:
    response.delete_cookie(_cookie(slug), path=f"/c/{slug}/", samesite="Lax")
    return response


def refuse_cross_site(request: HttpRequest) -> None:
    """Raise CrossSite where the browser says that another site sent this form.

    Every browser of today says so (Sec-Fetch-Site, Origin); what says nothing is no
    browser, and carries nobody's cookie.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site in {"same-origin", "none"}:
        return
    if site is not None:
        raise CrossSite
    origin = request.headers.get("Origin")
    host = request.get_host()
    if origin is not None and origin not in {f"http://{host}", f"https://{host}"}:
        raise CrossSite


def _cookie(slug: str) -> str:
    return f"participant_{slug}"


def _signer(slug: str) -> Signer:
    return Signer(salt=f"deliberation.participant.{slug}")
