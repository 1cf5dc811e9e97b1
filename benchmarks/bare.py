"""A bare Django view that stores a vote and does nothing else: what `votes.py` compares
the platform with. No middleware, no rules, no answer, the settings of Django."""

import json
import os

import dj_database_url
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

UPSERT = """
INSERT INTO deliberation_vote (conversation_id, participant_id, statement_id, choice,
    revision, cast_at, client_key, matters)
VALUES (%s, %s, %s, %s, 1, now(), '', false)
ON CONFLICT (participant_id, statement_id)
DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at
"""

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={
            "default": dj_database_url.parse(
                os.environ["DATABASE_URL"], conn_max_age=60
            )
        },
        ROOT_URLCONF=__name__,
        SECRET_KEY="nothing is signed here",
    )


def upsert(request: HttpRequest) -> HttpResponse:
    vote = json.loads(request.body)
    row = [
        vote[name] for name in ("conversation", "participant", "statement", "choice")
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, row)
    return HttpResponse("{}", content_type="application/json")


urlpatterns = [path("upsert/", upsert)]
application = get_wsgi_application()
