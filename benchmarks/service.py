"""The platform as an operator sets it up, on services that hold nothing of worth.

Imported before anything of the platform: it reads its settings from the environment.
"""

import os
import secrets
import tempfile

import django

FOLDER = tempfile.TemporaryDirectory(prefix="folkmoot-")

for name, default in {
    "DATABASE_URL": "postgresql://postgres@127.0.0.1:5432/folkmoot_votes",
    "CACHE_URL": "redis://127.0.0.1:6379/14",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/14",
}.items():
    os.environ.setdefault(name, default)
# The limits count, and let everybody through.
os.environ["RATE_LIMIT_FACTOR"] = "1000000"
os.environ["DATA_DIR"] = FOLDER.name
os.environ["SECRET_KEY"] = secrets.token_hex(32)
os.environ["DJANGO_SETTINGS_MODULE"] = "deliberation.settings"
django.setup()
