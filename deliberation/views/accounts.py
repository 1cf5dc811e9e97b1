"""Signing in, passwords and second steps: django-allauth's views, under our limits.

Participants have no accounts. What is counted here is counted before anything is
looked at, so that neither a password nor a code can be guessed.
"""

from typing import Any

from allauth.account import views as account
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from requests import RequestException

from deliberation import ratelimits
from deliberation.adapters import SignInRefused
from deliberation.errors import DeliberationError


class NoMails(DeliberationError):
    code = "no_mails"
    message = _(
        "This site sends no mails, so it cannot send you a new password. Ask whoever"
        " operates it."
    )
    http_status = 404


def count_second_step(user_id: object) -> None:
    """Every code that is tried, right or wrong, by anybody who got as far as here."""
    ratelimits.check(ratelimits.SECOND_STEP, str(user_id))
    ratelimits.check(ratelimits.SECOND_STEP_DAY, str(user_id))


# --- Signing in ---------------------------------------------------------------------------


class SignIn(account.LoginView):
    """Attempts are counted by network, and by account against many networks."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("login", "").strip().casefold()
        ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, name)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"directory": settings.OIDC, "sends_mail": bool(settings.MAIL)}
        return super().get_context_data(**kwargs) | more


class SecondStep(second_step.AuthenticateView):
    """After the password: a code of the app, a recovery code, or a passkey."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(self.stage.login.user.pk)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keys = webauthn.auth.get_credentials(self.stage.login.user)
        return super().get_context_data(**kwargs) | {"has_passkeys": bool(keys)}


class PasskeySignIn(webauthn.LoginWebAuthnView):
    """Without a password; there is no secret that could be guessed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.JOIN, ratelimits.network(request))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, key, login)


@require_POST
def directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the operator's directory of people, to sign in or to be connected with it."""
    ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
    try:
        return oidc.login(request, provider_id)
    except RequestException as error:
        raise SignInRefused from error


directory_callback = oidc.callback


# --- Once more, before what is delicate ---------------------------------------------------


class Reauthenticate(account.ReauthenticateView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, request.user.get_username())
        return super().post(request, *args, **kwargs)


class ReauthenticateByCode(second_step.ReauthenticateView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


class ReauthenticateByPasskey(webauthn.ReauthenticateWebAuthnView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


# --- Passwords ---------------------------------------------------------------------------


class ChangePassword(account.PasswordChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, request.user.get_username())
        return super().post(request, *args, **kwargs)


SetPassword = account.PasswordSetView


class ResetPassword(account.PasswordResetView):
    """The page says the same whether or not an account has this address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.MAIL:
            raise NoMails
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        email = request.POST.get("email", "").strip().casefold()
        ratelimits.check(ratelimits.NEWS_NETWORK, ratelimits.network(request))
        ratelimits.check(ratelimits.NEWS_ADDRESS, email)
        return super().post(request, *args, **kwargs)


# --- Second steps ------------------------------------------------------------------------


class ActivateApp(totp.ActivateTOTPView):
    success_url = reverse_lazy("security")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


class AddPasskey(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_named": is_named(self.request)}


def is_named(request: HttpRequest) -> bool:
    """Passkeys belong to a name: a bare number of an address has none."""
    host = request.get_host().partition(":")[0]
    return not (host.startswith("[") or host.replace(".", "").isdecimal())


remove_app = totp.deactivate_totp
remove_passkey = webauthn.remove_webauthn
rename_passkey = webauthn.edit_webauthn
show_codes = recovery_codes.view_recovery_codes
new_codes = recovery_codes.generate_recovery_codes
download_codes = recovery_codes.download_recovery_codes
reset_sent = account.password_reset_done
new_password = account.password_reset_from_key
new_password_done = account.password_reset_from_key_done
