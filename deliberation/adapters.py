"""How django-allauth behaves here: our words, our limits, and as little kept as can be.

docs/decisions/0011-accounts.md says what of it is used.
"""

import base64
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliberation import ratelimits, sessions
from deliberation.errors import DeliberationError
from deliberation.formats import qr

_NOT_TOGETHER = _(
    "This name and password do not belong together. Capital letters count."
)
_NO_SUCH_CODE = _("This code is not right, or it is too old. Enter the one shown now.")
_LINK_IS_OVER = _("This link is not valid any more. Ask for a new one.")


class AccountSwitchedOff(DeliberationError):
    code = "account_switched_off"
    message = _("This account is switched off. Ask whoever operates this site.")
    http_status = 403


class SignInRefused(DeliberationError):
    code = "sign_in_refused"
    message = _(
        "The other site did not confirm who you are, so you are not signed in. Try"
        " again, or sign in with your password."
    )
    http_status = 403


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _NOT_TOGETHER,
        "username_password_mismatch": _NOT_TOGETHER,
        "invalid_login": _NOT_TOGETHER,
        "enter_current_password": _("This is not your password as it is now."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _NO_SUCH_CODE,
        "invalid_or_expired_key": _LINK_IS_OVER,
        "invalid_password_reset": _LINK_IS_OVER,
        "too_many_login_attempts": _("That was a lot at once. Try again later."),
        "rate_limited": _("That was a lot at once. Try again later."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitations, from operators, or from their own directory."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address goes into allauth, so that it can keep none."""
        return ratelimits.network(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        agent = request.headers.get("User-Agent", "")
        request.session[sessions.DEVICE] = sessions.device(agent)
        request.session[sessions.SIGNED_IN_AT] = timezone.now().isoformat()

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        raise AccountSwitchedOff

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The operator's own address of this site, whatever the request said."""
        uid, _sign, token = key.partition("-")
        names = {"uidb36": uid, "key": token}
        path = reverse("account_reset_password_from_key", kwargs=names)
        return f"{settings.SITE_URL}{path}"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in found]


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _NO_SUCH_CODE,
        "cannot_generate_recovery_codes": _(
            "Recovery codes are for accounts with a second step. Set one up first."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Folkmoot"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        return qr.to_svg(url).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        agent = self.request.headers.get("User-Agent", "") if self.request else ""
        return sessions.device(agent) or gettext("Passkey")

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody's codes away."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Where the key of the site was changed, no code is right any more."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> Fernet:
    key = salted_hmac("deliberation.adapters", "second step", algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(key.digest()))


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Accounts of the operator's own directory: a name and what it calls the person."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _("This is connected to another account here already."),
        "disconnect_last": _(
            "Without it you could not sign in any more. Set a password first."
        ),
        "no_password": _(
            "Without it you could not sign in any more. Set a password first."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whom the directory lets in has an account, with no part in any conversation."""
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """What the directory says beyond the name is not kept."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        user = super().populate_user(request, sociallogin, data)
        user.email = ""
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, **kwargs: Any
    ) -> None:
        raise SignInRefused
