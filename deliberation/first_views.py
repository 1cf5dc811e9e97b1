"""The first view of the voting page: a copy of one that was made the ordinary way.

Nothing of a page for whoever brings no cookie is personal but a new code, a new key and
the cards that are drawn for her. So the page is made once, with marks in the places of
these, and every visitor gets a copy with her own. Nobody's code is in a pattern.
"""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.html import conditional_escape, escape
from django.utils.http import http_date

from deliberation import identity, packing, queries
from deliberation.queries import decks
from deliberation.queries.voting import Opened, Turn
from deliberation.templatetags.deliberation import json
from deliberation.views import ballots

Answer = Callable[[HttpRequest], HttpResponse]

# A page is made anew after so many seconds; what may be voted on holds at once.
LASTS_SECONDS = 2.0
KEPT = 256
# Of an answer itself, whatever way it went.
OWN_HEADERS = {"content-length", "content-language"}


def _mark() -> str:
    """What is in no text of anybody's."""
    return f"mark{secrets.token_hex(8)}"


PARTICIPANT, KEY, HAND, STATEMENT, TEXT, LANGUAGE, DRAW, TRANSLATION = (
    _mark() for _ in range(8)
)
# Marks of texts are made as long as what they stand for.
FILLER = "~"
MARKS = re.compile(
    f"({PARTICIPANT}|{KEY}|{HAND}|{STATEMENT}|{TEXT}{FILLER}*|{LANGUAGE}|{DRAW}"
    f"|{TRANSLATION})"
)


@dataclass(frozen=True)
class Shape:
    """Pages of one shape differ in nothing but the places that are marked.

    length : of the first card's text, None without a card: long ones are set smaller
    """

    slug: str
    host: str
    language: str
    is_open: bool
    is_collecting: bool
    length: int | None
    is_translated: bool


@dataclass(frozen=True)
class Pattern:
    """A page in pieces: every second one is a mark, the others are packed already."""

    deck: decks.Deck
    pieces: list[packing.Packed | str]
    headers: dict[str, str]
    made_at: float

    def is_good_for(self, deck: decks.Deck) -> bool:
        is_young = time.monotonic() < self.made_at + LASTS_SECONDS
        return is_young and self.deck.revision == deck.revision

    def filled(self, values: Mapping[str, str], *, is_packed: bool) -> HttpResponse:
        pieces = [
            packing.fresh(values[piece].encode()) if isinstance(piece, str) else piece
            for piece in self.pieces
        ]
        if not is_packed:
            return HttpResponse(b"".join(piece.plain for piece in pieces))
        response = HttpResponse(packing.gzipped(pieces))
        response.headers["Content-Encoding"] = "gzip"
        return response


class FirstViews:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.patterns: dict[Shape, Pattern] = {}

    def answer(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A copy; where none can be made, the page itself."""
        opened = queries.voting.opened(slug, timezone.now())
        if opened is None:
            return self.get_response(request)
        deck = decks.of_revision(opened.conversation_id, opened.revision)
        language = translation.get_language_from_request(request)
        held = () if opened.is_open else None
        turn = queries.voting.next_turn(deck, {}, held, language)
        shape = _shape(request, slug, language, opened, turn)
        pattern = self.patterns.get(shape)
        if pattern is None or not pattern.is_good_for(deck):
            pattern = self._made(request, shape, deck)
        if pattern is None:
            return self.get_response(request)
        # A newcomer's code is no secret of anybody yet, and nothing she says is in the
        # page: packing it tells a listener nothing.
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = pattern.filled(_values(slug, turn), is_packed=is_packed)
        return with_headers(response, pattern.headers, language)

    def _made(
        self, request: HttpRequest, shape: Shape, deck: decks.Deck
    ) -> Pattern | None:
        """Made the ordinary way, with marks; None where that answers anything else."""
        made_at = time.monotonic()
        request.pattern = _marked(shape)  # type: ignore[attr-defined]
        response = self.get_response(request)
        cards = request.pattern["cards"]  # type: ignore[attr-defined]
        del request.pattern  # type: ignore[attr-defined]
        if response.status_code != 200 or response.cookies:
            return None
        page = response.content.decode()
        page = page.replace(conditional_escape(json(cards)), HAND)
        pieces = MARKS.split(page)
        marks = [mark.rstrip(FILLER) for mark in pieces[1::2]]
        if not {PARTICIPANT, HAND} <= set(marks):
            return None
        mixed: list[packing.Packed | str] = [
            packing.packed(piece.encode()) for piece in pieces
        ]
        mixed[1::2] = marks
        pattern = Pattern(deck, mixed, learned(response), made_at)
        if len(self.patterns) >= KEPT:
            self.patterns.clear()
        self.patterns[shape] = pattern
        return pattern


def _shape(
    request: HttpRequest, slug: str, language: str, opened: Opened, turn: Turn
) -> Shape:
    first = turn.cards[0] if turn.cards else None
    return Shape(
        slug=slug,
        host=request.get_host(),
        language=language,
        is_open=opened.is_open,
        is_collecting=opened.is_collecting,
        length=_rounded(len(first.text)) if first else None,
        is_translated=bool(first and first.translation),
    )


def _rounded(length: int) -> int:
    """Texts of up to 20 characters, up to 30, up to 40, ... are of one shape."""
    return max(20, -(-length // 10) * 10)


def _marked(shape: Shape) -> dict[str, Any]:
    """What stands in the context of a page in the place of what is personal."""
    marked: dict[str, Any] = {"participant": PARTICIPANT, "key": KEY, "cards": []}
    if shape.length is None:
        return marked
    translated = {"language": shape.language, "text": TRANSLATION}
    card = {
        "statement": STATEMENT,
        "text": TEXT.ljust(shape.length, FILLER),
        "language": LANGUAGE,
        "draw": DRAW,
        "translation": translated if shape.is_translated else None,
    }
    return marked | {"cards": [card]}


def _values(slug: str, turn: Turn) -> dict[str, str]:
    """What belongs in the places of the marks, as a template would write it."""
    cards = [ballots.card_as_json(card) for card in turn.cards]
    values = {
        PARTICIPANT: identity.sign(identity.new_code(), slug),
        KEY: identity.new_key(),
        HAND: escape(json(cards)),
    }
    if turn.cards:
        first = turn.cards[0]
        values |= {
            STATEMENT: str(first.pk),
            TEXT: escape(first.text),
            LANGUAGE: escape(first.language),
            DRAW: str(cards[0]["draw"]),
            TRANSLATION: escape(first.translation or ""),
        }
    return values


def learned(response: HttpResponse) -> dict[str, str]:
    """What every answer of this kind says in its head; nothing of this one."""
    return {
        name: value
        for name, value in response.items()
        if name.lower() not in OWN_HEADERS
    }


def with_headers(
    response: HttpResponse, headers: Mapping[str, str], language: str
) -> HttpResponse:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if "Expires" in headers:
        response.headers["Expires"] = http_date()
    response.headers["Content-Language"] = language
    response.headers["Content-Length"] = str(len(response.content))
    return response
