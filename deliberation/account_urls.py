"""The addresses of accounts: those of django-allauth that are used, under our own paths.

The names are allauth's where it asks for them; two names may lead to one address.
"""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from deliberation.views import accounts, security

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="account_login"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("sign-in/step/", accounts.SecondStep.as_view(), name="mfa_authenticate"),
    path(
        "sign-in/passkey/", accounts.PasskeySignIn.as_view(), name="mfa_login_webauthn"
    ),
    path(
        "sign-in/with/<slug:provider_id>/",
        accounts.directory,
        name="openid_connect_login",
    ),
    path(
        "sign-in/with/<slug:provider_id>/back/",
        accounts.directory_callback,
        name="openid_connect_callback",
    ),
    path("account/", security.page, name="security"),
    path("account/", security.page, name="mfa_index"),
    path("account/", security.page, name="mfa_list_webauthn"),
    path("account/", security.page, name="socialaccount_connections"),
    path("account/sessions/end/", security.end_session, name="end-session"),
    path(
        "account/sessions/end-others/",
        security.end_other_sessions,
        name="end-other-sessions",
    ),
    # --- once more, before what is delicate
    path(
        "account/confirm/",
        accounts.Reauthenticate.as_view(),
        name="account_reauthenticate",
    ),
    path(
        "account/confirm/code/",
        accounts.ReauthenticateByCode.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirm/passkey/",
        accounts.ReauthenticateByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    # --- passwords
    path(
        "account/password/",
        accounts.ChangePassword.as_view(),
        name="account_change_password",
    ),
    path(
        "account/password/set/",
        accounts.SetPassword.as_view(),
        name="account_set_password",
    ),
    path(
        "account/password/reset/",
        accounts.ResetPassword.as_view(),
        name="account_reset_password",
    ),
    path(
        "account/password/reset/sent/",
        accounts.reset_sent,
        name="account_reset_password_done",
    ),
    # The first hyphen divides: there are others in a key.
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        accounts.new_password_done,
        name="account_reset_password_from_key_done",
    ),
    # --- second steps
    path("account/app/", accounts.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("account/app/remove/", accounts.remove_app, name="mfa_deactivate_totp"),
    path("account/passkeys/", accounts.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/name/",
        accounts.rename_passkey,
        name="mfa_edit_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        accounts.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("account/codes/", accounts.show_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", accounts.new_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/codes/file/",
        accounts.download_codes,
        name="mfa_download_recovery_codes",
    ),
]
