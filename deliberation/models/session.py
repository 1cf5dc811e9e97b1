"""Who is signed in where: Django's sessions with the columns their owner's list needs."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models


class SessionManager(BaseSessionManager["Session"]):
    """Django's own, under a name that the migration can say."""


class Session(AbstractBaseSession):
    """One browser of one person; signing out deletes the row.

    No address and no browser's full name: a coarse device, and when it was.
    """

    class Privacy:
        personal = ()
        kept = (
            "session_key",
            "session_data",
            "expire_date",
            "user",
            "device",
            "signed_in_at",
        )

    # None while somebody is between password and second step.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
    )
    # "Firefox, Linux"; empty where nothing is known.
    device = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField(null=True)

    objects = SessionManager()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]
        return import_module(settings.SESSION_ENGINE).SessionStore
