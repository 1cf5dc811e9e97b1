"""All settings in one place; the environment decides, a wrong value stops the start.

Every variable that is read here is explained in docs/operating.md.
"""

import contextlib
import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib import admin

from deliberation import environment
from deliberation.account_settings import *  # noqa: F403
from deliberation.account_settings import OIDC

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_folder(BASE_DIR / "var")
EMBEDDED_SOCKET = environment.embedded_socket(DATA_DIR)
PUBLIC_URL = environment.public_url()
HTTPS = PUBLIC_URL.startswith("https://")


# --- Core ----------------------------------------------------------------------

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = environment.switch("DEBUG", default=False)
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
if not ALLOWED_HOSTS:
    environment.refuse("ALLOWED_HOSTS", "names no host; separate several by commas.")

INSTALLED_APPS = [
    "deliberation",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # What comes after it is not needed for a vote: decision 0010.
    "deliberation.short_way.ShortWay",
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
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "deliberation.urls"
WSGI_APPLICATION = "deliberation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Of all apps, only the back office brings templates of its own.
        "DIRS": [BASE_DIR / "templates", Path(admin.__path__[0]) / "templates"],
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

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.redis_url(
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

CELERY_BROKER_URL = environment.redis_url(
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
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the longest run (actions/leases.py), or its task would be given out twice.
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
ANALYSIS_QUIET_SECONDS = environment.number("ANALYSIS_QUIET_SECONDS", default=2)
# How often an analysis is repeated among some of the people, to tell how firm it is.
ANALYSIS_RESAMPLES = environment.number("ANALYSIS_RESAMPLES", default=100)
# Whose workers keep the votes and do the work; without one, threads of the worker.
ANALYSIS_SCHEDULER = environment.scheduler("ANALYSIS_SCHEDULER")


# --- Mail ----------------------------------------------------------------------------

# Only for people who asked for news. Printed by the worker unless a server is named.
MAIL = environment.mail_server(has_public_url=bool(PUBLIC_URL))
MAIL_BACKEND = "smtp" if MAIL else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL_BACKEND}.EmailBackend"
if MAIL:
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_SSL = MAIL.encryption == "smtps"
    EMAIL_USE_TLS = MAIL.encryption == "smtp+tls"
    # The worker has analyses to do.
    EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.mail_sender(is_needed=bool(MAIL))
# What links in mails begin with.
SITE_URL = PUBLIC_URL or environment.local_url()


# --- People and security -----------------------------------------------------------

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "moderate"
LOGOUT_REDIRECT_URL = "front"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "deliberation.validators.LongPassword",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "deliberation.validators.UncommonPassword"},
]

# How django-allauth checks whom is in account_settings.py.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_ENGINE = "deliberation.sessions"
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
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", default=0)
# The rate limits are multiplied by this; 0 switches them off (load tests).
RATE_LIMIT_FACTOR = environment.number("RATE_LIMIT_FACTOR", default=1)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        # Signing in with the directory goes there by a form.
        "form-action": [SELF, OIDC.origin] if OIDC else [SELF],
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
# Each by its own name: whoever looks for hers finds it, whatever is shown now.
LANGUAGES = [
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("pt-br", "Português (Brasil)"),
    ("uk", "Українська"),
    ("ar", "العربية"),
    ("hi", "हिन्दी"),
    ("ko", "한국어"),
    ("ja", "日本語"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [BASE_DIR / "deliberation" / "locale"]
# Numbers and dates where Django says too little: locale/<language>/formats.py.
FORMAT_MODULE_PATH = "deliberation.locale"
USE_THOUSAND_SEPARATOR = True


# --- The API -----------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # What it shows is public; nothing is read from cookies.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "URL_FORMAT_OVERRIDE": None,
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
