"""All settings in one place; the environment decides, a wrong value stops the start.

Every variable that is read here is explained in docs/operating.md.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


# --- The environment ---------------------------------------------------------


def refuse(variable: str, sentence: str) -> NoReturn:
    sys.exit(f"{variable}: {sentence}")


def switch(variable: str, *, default: bool) -> bool:
    value = os.environ.get(variable, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "false", "true", "no", "yes"}:
        refuse(variable, f"expected 1 or 0, got {value!r}.")
    return value in {"1", "true", "yes"}


def number(variable: str, *, default: int) -> int:
    value = os.environ.get(variable, str(default)).strip()
    if not value.isdecimal():
        refuse(variable, f"expected a whole number from 0 up, got {value!r}.")
    return int(value)


def address(variable: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        refuse(variable, f"cannot be read: {error}.")
    return parts


def data_folder() -> Path:
    folder = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        refuse("DATA_DIR", f"cannot make the folder {folder}: {error.strerror}.")
    return folder


DATA_DIR = data_folder()


def database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR}/folkmoot.sqlite3"
    scheme = address("DATABASE_URL", url).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        refuse(
            "DATABASE_URL",
            "expected postgresql://user:password@host:port/name"
            f" or sqlite:////path, got the scheme {scheme!r}.",
        )
    try:
        parsed: dict[str, object] = dict(dj_database_url.parse(url))
    except ValueError as error:
        refuse("DATABASE_URL", f"cannot be read: {error}.")
    if not parsed.get("NAME"):
        refuse("DATABASE_URL", "names no database.")
    if scheme == "sqlite":
        parsed["OPTIONS"] = {
            # Writers queue for the lock instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        parsed["CONN_MAX_AGE"] = 60
        parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


def embedded_socket() -> Path:
    """Where `make run` puts its Valkey; a socket's path holds 107 bytes at most."""
    socket = DATA_DIR / "valkey.sock"
    if len(os.fsencode(socket)) < 100:
        return socket
    name = f"folkmoot-{sha256(os.fsencode(socket)).hexdigest()[:16]}.sock"
    return Path(tempfile.gettempdir()) / name


def redis_url(variable: str, *, default: str, schemes: set[str]) -> str:
    url = os.environ.get(variable) or default
    scheme = address(variable, url).scheme
    if scheme not in schemes:
        refuse(
            variable,
            f"expected an address that starts with {', '.join(sorted(schemes))}"
            f" and ://, got the scheme {scheme!r}.",
        )
    return url


def secret_key() -> str:
    """The key from the environment; on an embedded database, one made here and kept."""
    key = os.environ.get("SECRET_KEY", "")
    if key:
        if len(key) < 32:
            refuse("SECRET_KEY", "is too short: use at least 32 random characters.")
        return key
    if os.environ.get("DATABASE_URL"):
        refuse("SECRET_KEY", "is not set; it must be when DATABASE_URL is.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        # Written aside and linked whole: two first starts at once agree on one key.
        descriptor, draft = tempfile.mkstemp(dir=DATA_DIR)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text()


def public_url() -> str:
    url = os.environ.get("PUBLIC_URL", "").rstrip("/")
    parts = address("PUBLIC_URL", url)
    if url and not (parts.scheme in {"http", "https"} and parts.netloc):
        refuse("PUBLIC_URL", f"expected http://... or https://..., got {url!r}.")
    return url


EMBEDDED_SOCKET = embedded_socket()
PUBLIC_URL = public_url()
HTTPS = PUBLIC_URL.startswith("https://")


# --- Core ----------------------------------------------------------------------

SECRET_KEY = secret_key()
DEBUG = switch("DEBUG", default=False)
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
if not ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS", "names no host; separate several by commas.")

INSTALLED_APPS = [
    "deliberation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "deliberation.middleware.Refusals",
]

ROOT_URLCONF = "deliberation.urls"
WSGI_APPLICATION = "deliberation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "deliberation.templatetags.deliberation",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


# --- Storage -------------------------------------------------------------------

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_url(
            "CACHE_URL",
            default=f"unix://{EMBEDDED_SOCKET}?db=1",
            schemes={"redis", "rediss", "unix"},
        ),
        "KEY_PREFIX": "folkmoot",
    }
}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
with contextlib.suppress(OSError):
    # WhiteNoise warns at every start of a folder that is not there.
    STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
# Served from where it lies, unless `collectstatic` makes or made the compressed copy.
WHITENOISE_USE_FINDERS = not (
    (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


# --- Work in the background ------------------------------------------------------

CELERY_BROKER_URL = redis_url(
    "CELERY_BROKER_URL",
    default=f"redis+socket://{EMBEDDED_SOCKET}",
    schemes={"redis", "rediss", "redis+socket"},
)
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
# A worker that dies with a task in hand gives the task back.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the time limit, or a long task would be given out twice.
    "visibility_timeout": 20 * 60,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A web request never waits long for a broker that is away: the sweeper comes by.
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# The worker's own lines; otherwise Celery takes over every logger.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# How long votes may gather before they are analysed together.
ANALYSIS_QUIET_SECONDS = number("ANALYSIS_QUIET_SECONDS", default=2)


# --- People and security -----------------------------------------------------------

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "moderate"
LOGOUT_REDIRECT_URL = "front"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "deliberation.views.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# How many proxies of ours stand before the web server and append to X-Forwarded-For.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=0)
# The rate limits are multiplied by this; 0 switches them off (load tests).
RATE_LIMIT_FACTOR = number("RATE_LIMIT_FACTOR", default=1)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}


# --- Languages and time ------------------------------------------------------------

TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "deliberation" / "locale"]
USE_THOUSAND_SEPARATOR = True


# --- The API -----------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # What it shows is public; nothing is read from cookies.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "EXCEPTION_HANDLER": "deliberation.api.errors.handle",
}


# --- Logging -----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "deliberation": {"level": "INFO"},
    },
}
