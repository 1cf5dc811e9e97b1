"""Votes as a script sends them: JSON, by somebody with a code of her own."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from deliberation import identity

SIGNED = identity.sign("a-code", "rivers")
VOTES = "/c/rivers/votes/"


def post(client: Client, path: str = VOTES, **body: Any) -> HttpResponse:
    sent = {"participant": SIGNED, "key": "first-key", "choice": 1} | body
    return client.post(path, json.dumps(sent), content_type="application/json")
