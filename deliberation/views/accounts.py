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

    template_name = "account/login.html"

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

    template_name = "mfa/authenticate.html"

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
    template_name = "account/reauthenticate.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, request.user.get_username())
        return super().post(request, *args, **kwargs)


class ReauthenticateByCode(second_step.ReauthenticateView):
    template_name = "mfa/reauthenticate.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


class ReauthenticateByPasskey(webauthn.ReauthenticateWebAuthnView):
    template_name = "mfa/webauthn/reauthenticate.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


# --- Passwords ---------------------------------------------------------------------------


class ChangePassword(account.PasswordChangeView):
    template_name = "account/password_change.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, request.user.get_username())
        return super().post(request, *args, **kwargs)


class SetPassword(account.PasswordSetView):
    template_name = "account/password_set.html"


class ResetPassword(account.PasswordResetView):
    """The page says the same whether or not an account has this address."""

    template_name = "account/password_reset.html"

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
    template_name = "mfa/totp/activate_form.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_second_step(request.user.pk)
        return super().post(request, *args, **kwargs)


class AddPasskey(webauthn.AddWebAuthnView):
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_named": is_named(self.request)}


def is_named(request: HttpRequest) -> bool:
    """Passkeys belong to a name: a bare number of an address has none."""
    host = request.get_host().partition(":")[0]
    return not (host.startswith("[") or host.replace(".", "").isdecimal())


remove_app = totp.DeactivateTOTPView.as_view(
    template_name="mfa/totp/deactivate_form.html"
)
remove_passkey = webauthn.RemoveWebAuthnView.as_view(
    template_name="mfa/webauthn/authenticator_confirm_delete.html"
)
rename_passkey = webauthn.EditWebAuthnView.as_view(
    template_name="mfa/webauthn/edit_form.html"
)
show_codes = recovery_codes.ViewRecoveryCodesView.as_view(
    template_name="mfa/recovery_codes/index.html"
)
new_codes = recovery_codes.GenerateRecoveryCodesView.as_view(
    template_name="mfa/recovery_codes/generate.html"
)
download_codes = recovery_codes.DownloadRecoveryCodesView.as_view(
    template_name="mfa/recovery_codes/download.txt"
)
reset_sent = account.PasswordResetDoneView.as_view(
    template_name="account/password_reset_done.html"
)
new_password = account.PasswordResetFromKeyView.as_view(
    template_name="account/password_reset_from_key.html"
)
new_password_done = account.PasswordResetFromKeyDoneView.as_view(
    template_name="account/password_reset_from_key_done.html"
)
