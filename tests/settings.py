"""The platform's own settings, then the few lines that differ in tests."""

from deliberation.settings import *  # noqa: F403, TID251

SECRET_KEY = "tests-only-tests-only-tests-only-tests-only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
