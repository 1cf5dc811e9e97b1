"""Settings of accounts: what of django-allauth is used, and the operator's directory.

Part of settings.py, which takes all of it in; docs/decisions/0011-accounts.md says why.
"""

from deliberation import environment

ACCOUNT_ADAPTER = "deliberation.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Our own limits (ratelimits.py) count every attempt, before allauth sees it.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "deliberation.forms.accounts.SignIn",
    "reauthenticate": "deliberation.forms.accounts.Reauthenticate",
    "change_password": "deliberation.forms.accounts.ChangePassword",
    "set_password": "deliberation.forms.accounts.SetPassword",
    "reset_password": "deliberation.forms.accounts.ResetPassword",
    "reset_password_from_key": "deliberation.forms.accounts.ResetPasswordKey",
}
MFA_ADAPTER = "deliberation.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "deliberation.forms.accounts.Code",
    "reauthenticate": "deliberation.forms.accounts.CodeAgain",
    "activate_totp": "deliberation.forms.accounts.ActivateApp",
    "add_webauthn": "deliberation.forms.accounts.AddPasskey",
    "login_webauthn": "deliberation.forms.accounts.PasskeySignIn",
    "authenticate_webauthn": "deliberation.forms.accounts.PasskeyStep",
    "reauthenticate_webauthn": "deliberation.forms.accounts.PasskeyAgain",
    "edit_webauthn": "deliberation.forms.accounts.RenamePasskey",
}
# The operator's own directory of people, where there is one.
OIDC = environment.oidc()
SOCIALACCOUNT_ADAPTER = "deliberation.adapters.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [OIDC.as_app()] if OIDC else [],
    }
}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
