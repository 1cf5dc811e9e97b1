"""The platform's own settings, on data of the tests' own.

What an operator would set is set here before the settings are read. Each test
process has a new data folder, so that no test meets the data of `make run`; with
TESTS_ON=postgresql it has a test database there, and a database of Redis.
"""

import atexit
import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from tests import services

OPERATORS = (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CELERY_BROKER_URL",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "HOST",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_URL",
    "PORT",
    "PUBLIC_URL",
    "RATE_LIMIT_FACTOR",
    "TRUSTED_PROXIES",
)


def use_a_new_data_folder() -> None:
    folder = tempfile.mkdtemp(prefix="folkmoot-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["DATA_DIR"] = folder


def use_postgresql_and_redis() -> None:
    """Named after this folder: two checkouts may be tested at once."""
    here = sha256(str(Path(__file__).parent).encode()).hexdigest()[:8]
    number = services.claim_redis_database()
    atexit.register(services.release_redis_database, number)
    os.environ["DATABASE_URL"] = services.database_url(f"folkmoot_{here}")
    for variable in ("CACHE_URL", "CELERY_BROKER_URL"):
        os.environ[variable] = services.redis_database_url(number)


for _variable in OPERATORS:
    os.environ.pop(_variable, None)
os.environ["SECRET_KEY"] = "tests-only-" * 4
# Enough to find small worlds' groups again, in a tenth of the time.
os.environ["ANALYSIS_RESAMPLES"] = "10"
use_a_new_data_folder()
if os.environ.get("TESTS_ON") == "postgresql":
    use_postgresql_and_redis()

from deliberation.settings import *  # noqa: E402, F403, TID251

# Tests go the ordinary way, whose contexts can be read; those of the short way take it.
SHORT_WAY = MIDDLEWARE  # noqa: F405
MIDDLEWARE = [name for name in SHORT_WAY if not name.endswith("ShortWay")]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in life: a database in memory knows no waiting for a lock.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATA_DIR}/test.sqlite3"}  # noqa: F405
