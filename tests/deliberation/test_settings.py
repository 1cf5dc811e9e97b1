"""The environment decides: a wrong value stops the start with one sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "0123456789" * 4
DIRECTORY = {
    "OIDC_URL": "https://id.example.org/realms/library",
    "OIDC_CLIENT_ID": "folkmoot",
    "OIDC_CLIENT_SECRET": "secret",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
]
INHERITED = {"PATH", "LANG", "LC_ALL", "HOME", "VIRTUAL_ENV"}


def manage(folder, *arguments, **environment):
    """Start as an operator would, with nothing of our own environment."""
    inherited = {name: os.environ[name] for name in INHERITED & set(os.environ)}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | {"DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"DATABASE_URL": "mysql://someone:secret@host/name", "SECRET_KEY": KEY},
            "DATABASE_URL: expected postgresql://user:password@host:port/name or"
            " sqlite:////path, got the scheme 'mysql'.",
        ),
        (
            {"OIDC_URL": "https://id.example.org"},
            "OIDC_CLIENT_ID: is not set; it must be when another OIDC_ variable is.",
        ),
        (
            {"OIDC_NAME": "The Library"},
            "OIDC_URL: is not set; it must be when another OIDC_ variable is.",
        ),
        (
            DIRECTORY | {"OIDC_URL": "http://id.example.org"},
            "OIDC_URL: expected https://..., got 'http://id.example.org'.",
        ),
        (
            DIRECTORY | {"OIDC_URL": "https://id.example.org/?realm=x"},
            "OIDC_URL: expected an address without a question mark or a #.",
        ),
        (
            {"DATABASE_URL": "postgresql://host", "SECRET_KEY": KEY},
            "DATABASE_URL: names no database.",
        ),
        (
            {"DATABASE_URL": "postgresql://host:port/name", "SECRET_KEY": KEY},
            "DATABASE_URL: cannot be read: Port could not be cast to integer value"
            " as 'port'.",
        ),
        (
            {"DATABASE_URL": "postgresql://[::1/name", "SECRET_KEY": KEY},
            "DATABASE_URL: cannot be read: Invalid IPv6 URL.",
        ),
        (
            {"CELERY_BROKER_URL": "amqp://someone:secret@host"},
            "CELERY_BROKER_URL: expected an address that starts with redis,"
            " redis+socket, rediss and ://, got the scheme 'amqp'.",
        ),
        (
            {"CACHE_URL": "localhost:6379"},
            "CACHE_URL: expected an address that starts with redis, rediss, unix"
            " and ://, got the scheme 'localhost'.",
        ),
        (
            {"CACHE_URL": "redis://localhost:many/0"},
            "CACHE_URL: cannot be read: Port could not be cast to integer value as"
            " 'many'.",
        ),
        (
            {"DATABASE_URL": "postgresql://host/name"},
            "SECRET_KEY: is not set; it must be when DATABASE_URL is.",
        ),
        (
            {"SECRET_KEY": "short"},
            "SECRET_KEY: is too short: use at least 32 random characters.",
        ),
        (
            {"ALLOWED_HOSTS": " , "},
            "ALLOWED_HOSTS: names no host; separate several by commas.",
        ),
        ({"DEBUG": "maybe"}, "DEBUG: expected 1 or 0, got 'maybe'."),
        (
            {"ANALYSIS_QUIET_SECONDS": "soon"},
            "ANALYSIS_QUIET_SECONDS: expected a whole number from 0 up, got 'soon'.",
        ),
        (
            {"TRUSTED_PROXIES": "-1"},
            "TRUSTED_PROXIES: expected a whole number from 0 up, got '-1'.",
        ),
        (
            {"RATE_LIMIT_FACTOR": "1.5"},
            "RATE_LIMIT_FACTOR: expected a whole number from 0 up, got '1.5'.",
        ),
        (
            {"PUBLIC_URL": "folkmoot.example"},
            "PUBLIC_URL: expected http://... or https://..., got 'folkmoot.example'.",
        ),
        (
            {"PUBLIC_URL": "https://"},
            "PUBLIC_URL: expected http://... or https://..., got 'https:'.",
        ),
        *(
            (
                {"EMAIL_URL": url},
                "EMAIL_URL: expected smtps://user:password@host:port, or smtp+tls://"
                " or smtp:// in its place, and nothing after the port.",
            )
            for url in (
                "mail.example.org",
                "https://mail.example.org",
                "smtp://",
                "smtps://someone:secret@mail.example.org/path",
                "smtps://mail.example.org?tls=no",
            )
        ),
        (
            {"EMAIL_URL": "smtps://mail.example.org:many"},
            "EMAIL_URL: cannot be read: Port could not be cast to integer value as"
            " 'many'.",
        ),
        (
            {"EMAIL_URL": "smtps://mail.example.org"},
            "PUBLIC_URL: is not set; it must be when EMAIL_URL is.",
        ),
        (
            {"EMAIL_URL": "smtp://localhost", "PUBLIC_URL": "https://folkmoot.example"},
            "EMAIL_FROM: is not set; it must be when EMAIL_URL is.",
        ),
        (
            {"EMAIL_FROM": "Folkmoot"},
            "EMAIL_FROM: expected Name <name@host>, got 'Folkmoot'.",
        ),
        (
            {"DATA_DIR": "/dev/null/data"},
            "DATA_DIR: cannot make the folder /dev/null/data: Not a directory.",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(
    tmp_path, environment, sentence
):
    started = manage(tmp_path, "check", **environment)

    assert (started.returncode, started.stdout) == (1, "")
    assert started.stderr == sentence + "\n"


def test_an_empty_environment_starts_and_keeps_the_key_it_made(tmp_path):
    started = manage(tmp_path, "check")

    assert (started.returncode, started.stderr) == (0, "")
    key = tmp_path / "secret_key"
    assert len(key.read_text()) == 64
    assert key.stat().st_mode & 0o777 == 0o600


PRINT_COOKIES = """
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.HTTPS, s.SECURE_HSTS_SECONDS,
      s.SECURE_PROXY_SSL_HEADER, s.CSRF_TRUSTED_ORIGINS)
"""


@pytest.mark.parametrize(
    ("public_url", "printed"),
    [
        (
            "https://folkmoot.example/",
            "True True True 31536000 ('HTTP_X_FORWARDED_PROTO', 'https')"
            " ['https://folkmoot.example']",
        ),
        (
            "http://folkmoot.example",
            "False False False 0 None ['http://folkmoot.example']",
        ),
        ("", "False False False 0 None []"),
    ],
)
def test_cookies_are_secure_where_the_public_address_is(tmp_path, public_url, printed):
    started = manage(
        tmp_path, "shell", "-v0", "-c", PRINT_COOKIES, PUBLIC_URL=public_url
    )

    assert (started.stdout, started.stderr) == (printed + "\n", "")


PRINT_MAIL = """
from django.conf import settings as s
print(s.EMAIL_BACKEND.split(".")[-2], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER,
      s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL,
      s.SITE_URL)
"""


@pytest.mark.parametrize(
    ("environment", "printed"),
    [
        (
            {"PORT": "9000"},
            "console localhost 25   False False folkmoot@localhost"
            " http://127.0.0.1:9000",
        ),
        (
            {
                "EMAIL_URL": "smtps://news:p%40ss@mail.example.org",
                "EMAIL_FROM": "Folkmoot <news@example.org>",
                "PUBLIC_URL": "https://folkmoot.example",
            },
            "smtp mail.example.org 465 news p@ss True False"
            " Folkmoot <news@example.org> https://folkmoot.example",
        ),
        (
            {
                "EMAIL_URL": "smtp+tls://mail.example.org:2525",
                "EMAIL_FROM": "news@example.org",
                "PUBLIC_URL": "https://folkmoot.example",
            },
            "smtp mail.example.org 2525   False True"
            " news@example.org https://folkmoot.example",
        ),
    ],
)
def test_mails_go_where_the_environment_says(tmp_path, environment, printed):
    started = manage(tmp_path, "shell", "-v0", "-c", PRINT_MAIL, **environment)

    assert (started.stdout, started.stderr) == (printed + "\n", "")


def test_every_answer_carries_the_security_headers(client):
    response = client.get("/nothing/here/")

    assert {name: response[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_but_our_own_files(client):
    response = client.get("/nothing/here/")

    directives = response["Content-Security-Policy"].split("; ")
    assert sorted(directives) == POLICY
