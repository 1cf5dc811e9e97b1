"""Accounts: signing in, passwords, second steps, in our own words.

What they check is allauth's; a new account's form is ours.
"""

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MAX_NAME = 60
LONG_ENOUGH = _("At least 12 characters. A few words in a row are easy to remember.")
NEW, CURRENT = "new-password", "current-password"
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}


def _password(form: forms.Form, name: str, label: object, kind: str) -> None:
    """Words of our own on a password field, and none in a pale placeholder."""
    field = form.fields[name]
    field.label = label  # type: ignore[assignment]
    field.help_text = LONG_ENOUGH if name == "password1" else ""
    field.widget = forms.PasswordInput(attrs={"autocomplete": kind})


class SignIn(account.LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Account name or e-mail address")
        self.fields["login"].widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "ltr"}
        )
        _password(self, "password", _("Password"), CURRENT)


class Reauthenticate(account.ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password", _("Password"), CURRENT)


class _SameTwice:
    """One sentence where the two new passwords differ."""

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = self.cleaned_data  # type: ignore[attr-defined]
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            said = _("The two passwords are not the same.")
            self.add_error("password2", said)  # type: ignore[attr-defined]
        return cleaned


class ChangePassword(_SameTwice, account.ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "oldpassword", _("Password as it is now"), CURRENT)
        _password(self, "password1", _("New password"), NEW)
        _password(self, "password2", _("New password again"), NEW)


class SetPassword(_SameTwice, account.SetPasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password1", _("New password"), NEW)
        _password(self, "password2", _("New password again"), NEW)


class ResetPasswordKey(_SameTwice, account.ResetPasswordKeyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password1", _("New password"), NEW)
        _password(self, "password2", _("New password again"), NEW)


class ResetPassword(account.ResetPasswordForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


# --- The second step --------------------------------------------------------------------


class Code(second_step.AuthenticateForm):
    code = forms.CharField(
        label=_("Code of your app, or a recovery code"),
        widget=forms.TextInput(attrs=_CODE),
    )


class CodeAgain(second_step.ReauthenticateForm):
    code = forms.CharField(
        label=_("Code of your app, or a recovery code"),
        widget=forms.TextInput(attrs=_CODE),
    )


class ActivateApp(totp.ActivateTOTPForm):
    code = forms.CharField(
        label=_("Code that the app shows"), widget=forms.TextInput(attrs=_CODE)
    )


# What fido2 raises on something that no browser sends.
_NO_PASSKEY = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class _Signed:
    """A passkey's answer that is none is told like a wrong code, whatever it is."""

    def clean_credential(self) -> object:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _NO_PASSKEY as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignIn(_Signed, webauthn.LoginWebAuthnForm):
    pass


class PasskeyStep(_Signed, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgain(_Signed, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskey(webauthn.AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again in the list."),
        max_length=60,
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, object]:
        try:
            return super().clean()
        except _NO_PASSKEY as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskey(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of this passkey"), max_length=60)


# --- A new account, by invitation -------------------------------------------------------


class NewAccount(forms.Form):
    name = forms.CharField(
        label=_("Account name"),
        help_text=_("Letters, digits and . _ - only. Your team sees it."),
        min_length=2,
        max_length=MAX_NAME,
        validators=[
            RegexValidator(
                r"^[\w.-]+\Z",
                _("An account name has letters, digits and the signs . _ - only."),
            )
        ],
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    email = forms.EmailField(
        label=_("E-mail address (if you like)"),
        help_text=_("Only to sign in, and for a new password if you forget yours."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": NEW}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        named = User(
            username=self.cleaned_data.get("name", ""),
            email=self.cleaned_data.get("email", ""),
        )
        validate_password(password, named)
        return password
