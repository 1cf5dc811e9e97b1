"""The moment at which what has no time of its own in a test has happened."""

from datetime import UTC, datetime

THEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
