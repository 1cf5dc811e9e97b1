"""What a browser sends as JSON: read strictly, in a fraction of what a form costs.

The answers are those that forms/voting.py gives of a form, under the same names.
"""

import json
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.forms.fields import KEY_PATTERN
from deliberation.forms.voting import MAX_REASON_LENGTH, drawn_with
from deliberation.models import Choice
from deliberation.validators import clean_text

# Of the longest body there is: a vote with a hand of cards, or a reason.
MOST_BYTES = 8192
KEY = re.compile(KEY_PATTERN)
# Ids are columns of eight bytes.
HIGHEST_ID = 2**63 - 1
MOST_HELD = 50


class Malformed(DeliberationError):
    code = "malformed"
    message = _("The server cannot read “%(field)s” here, so nothing was stored.")
    http_status = 422


class ReasonTooLong(DeliberationError):
    code = "reason_too_long"
    message = _("A reason has at most %(limit)d characters.")
    http_status = 422


class TooLarge(DeliberationError):
    code = "too_large"
    message = _("That is more than fits here, so nothing was stored.")
    http_status = 413


@dataclass(frozen=True)
class Event:
    """One thing a person did: `participant` is her signed code, "" where there is none."""

    participant: str
    key: str
    statement: int


@dataclass(frozen=True)
class VoteEvent(Event):
    choice: Choice
    probability: float | None
    n_candidates: int | None
    held: tuple[int, ...]


@dataclass(frozen=True)
class UndoEvent(Event):
    vote_key: str


@dataclass(frozen=True)
class RemarkEvent(Event):
    matters: bool | None
    reason: str | None


def vote(body: bytes) -> VoteEvent:
    """Raises Malformed with the name of the first field that is wrong, or TooLarge."""
    sent = _read(body)
    choice, draw = sent.get("choice"), sent.get("draw", "")
    if type(choice) is not int or choice not in (-1, 0, 1):
        raise Malformed(field="choice")
    if not isinstance(draw, str):
        raise Malformed(field="draw")
    statement = _id(sent.get("statement"), "statement")
    return VoteEvent(
        *_who(sent),
        statement,
        Choice(choice),
        *drawn_with(draw, statement),
        held(sent.get("held", [])),
    )


def undo(body: bytes) -> UndoEvent:
    """Raises as `vote` does."""
    sent = _read(body)
    return UndoEvent(
        *_who(sent),
        _id(sent.get("statement"), "statement"),
        _key(sent.get("vote_key"), "vote_key"),
    )


def remark(body: bytes) -> RemarkEvent:
    """Raises as `vote` does."""
    sent = _read(body)
    matters, reason = sent.get("matters"), sent.get("reason")
    if not (matters is None or isinstance(matters, bool)):
        raise Malformed(field="matters")
    if not (reason is None or isinstance(reason, str)):
        raise Malformed(field="reason")
    if reason is not None and len(reason := clean_text(reason)) > MAX_REASON_LENGTH:
        raise ReasonTooLong(limit=MAX_REASON_LENGTH)
    statement = _id(sent.get("statement"), "statement")
    return RemarkEvent(*_who(sent), statement, matters, reason)


def held(ids: object) -> tuple[int, ...]:
    """The cards a browser holds: a short list of ids."""
    if not isinstance(ids, list) or len(ids) > MOST_HELD:
        raise Malformed(field="held")
    return tuple(_id(each, "held") for each in ids)


def held_in_query(ids: str) -> tuple[int, ...]:
    """The same, as an address carries it: "1,2,3"."""
    if not re.fullmatch(r"(?:[0-9]{1,19}(?:,[0-9]{1,19})*)?", ids, re.ASCII):
        raise Malformed(field="held")
    return held([int(each) for each in ids.split(",") if each])


def _read(body: bytes) -> dict[str, object]:
    if len(body) > MOST_BYTES:
        raise TooLarge
    try:
        text = body.decode()
        sent = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(field="JSON") from error
    if not isinstance(sent, dict):
        raise Malformed(field="JSON")
    # Half a pair of UTF-16 can be written in JSON and nowhere else.
    if "\\u" in text and not _is_text(sent):
        raise Malformed(field="JSON")
    return sent


def _is_text(sent: dict[str, object]) -> bool:
    try:
        json.dumps(sent, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _who(sent: dict[str, object]) -> tuple[str, str]:
    participant = sent.get("participant", "")
    if not isinstance(participant, str):
        raise Malformed(field="participant")
    return participant, _key(sent.get("key"), "key")


def _key(value: object, field: str) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise Malformed(field=field)
    return value


def _id(value: object, field: str) -> int:
    if type(value) is not int or not 0 < value <= HIGHEST_ID:
        raise Malformed(field=field)
    return value
