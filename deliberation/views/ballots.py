"""Voting from a script: JSON in, JSON out.

The addresses are those of the plain forms (views/voting.py), and so are the rules. A
vote is answered with cards that top up the hand of the browser, so that the next one
is there before it is asked for.
"""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from deliberation import actions, forms, identity, middleware, queries, ratelimits
from deliberation.actions import plain_votes
from deliberation.forms import events
from deliberation.models import Choice, Conversation
from deliberation.queries import decks
from deliberation.queries.voting import Card, Progress, Turn


def is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def cast_vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Store a vote; answer with what holds now, how far she is, and more cards."""
    identity.refuse_cross_site(request)
    event = events.vote(request.body)
    code = _code(request, slug, event)
    ratelimits.check(ratelimits.VOTE, code)
    ballot: dict[str, Any] = {
        "code": code,
        "statement_id": event.statement,
        "choice": event.choice,
        "now": timezone.now(),
        "key": event.key,
        "probability": event.probability,
        "n_candidates": event.n_candidates,
    }
    stored = _store(request, slug, ballot)
    if stored is None:
        return _cast_with_care(request, slug, event, ballot)
    deck = decks.of_revision(stored.conversation_id, stored.revision)
    turn = queries.voting.next_turn(deck, stored.votes, event.held, _language())
    answer = _stored(event, event.choice) | as_json(turn)
    return _answer(request, slug, code, answer)


def _store(
    request: HttpRequest, slug: str, ballot: dict[str, Any]
) -> plain_votes.Stored | None:
    """The plain way, by which nearly every vote goes."""
    is_known = identity.has_cookie(request, slug) or queries.voting.is_known(
        slug, ballot["code"]
    )
    if is_known:
        return plain_votes.store(slug=slug, **ballot)
    ratelimits.check(ratelimits.JOIN, ratelimits.network(request))
    network = ratelimits.network_here(request, slug)
    return plain_votes.store_first(slug=slug, network=network, **ballot)


def _cast_with_care(
    request: HttpRequest, slug: str, event: events.VoteEvent, ballot: dict[str, Any]
) -> HttpResponse:
    """A change, a repetition, or one that is refused."""
    conversation, code = queries.access.public_conversation(slug), ballot["code"]
    if identity.has_cookie(request, slug):
        _limit_joining(request, conversation, code)
    try:
        network = ratelimits.network_here(request, slug)
        vote = actions.voting.cast_vote(
            conversation=conversation, network=network, **ballot
        )
    except actions.voting.StatementNotOpen as error:
        # She goes on with the next card.
        onwards = _onwards(conversation, code, event.held)
        return middleware.json_refusal(error, **onwards)
    answer = _stored(event, Choice(vote.choice) if vote else None)
    answer |= _onwards(conversation, code, event.held)
    return _answer(request, slug, code, answer)


def _stored(event: events.VoteEvent, choice: Choice | None) -> dict[str, object]:
    return {
        "stored": True,
        "key": event.key,
        "statement": event.statement,
        "choice": choice,
    }


def undo_vote(request: HttpRequest, slug: str) -> HttpResponse:
    identity.refuse_cross_site(request)
    event = events.undo(request.body)
    code = _code(request, slug, event)
    conversation = queries.access.public_conversation(slug)
    limit_changes(request, conversation, code)
    vote = actions.undoing.undo_vote(
        conversation=conversation,
        code=code,
        statement_id=event.statement,
        now=timezone.now(),
        vote_key=event.vote_key,
    )
    participant = queries.voting.participant(conversation, code)
    answer = {
        "undone": True,
        "key": event.key,
        "statement": event.statement,
        "choice": vote and vote.choice,
        "progress": progress_as_json(
            queries.voting.progress(conversation, participant)
        ),
    }
    return _answer(request, slug, code, answer)


def remark_on_vote(request: HttpRequest, slug: str) -> HttpResponse:
    identity.refuse_cross_site(request)
    event = events.remark(request.body)
    code = _code(request, slug, event)
    conversation = queries.access.public_conversation(slug)
    limit_changes(request, conversation, code)
    vote = actions.remarks.remark_on_vote(
        conversation=conversation,
        code=code,
        statement_id=event.statement,
        now=timezone.now(),
        matters=event.matters,
        reason=event.reason,
    )
    answer = {
        "stored": True,
        "key": event.key,
        "statement": event.statement,
        "matters": vote.matters,
    }
    return _answer(request, slug, code, answer)


@require_safe
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    """More cards for a browser that holds `?held=1,2,3`, and a code for who has none.

    A frame without cookies says in the header X-Participant who it is.
    """
    request.is_json = True  # type: ignore[attr-defined]
    conversation = queries.access.public_conversation(slug)
    code = identity.read(request, slug)
    held = events.held_in_query(request.GET.get("held", ""))
    signed = identity.sign(code or identity.new_code(), slug)
    response = JsonResponse(
        {**_onwards(conversation, code, held), "participant": signed}
    )
    response["Cache-Control"] = "no-store"
    return response


def as_json(turn: Turn) -> dict[str, object]:
    return {
        "progress": progress_as_json(turn.progress),
        "cards": [card_as_json(card) for card in turn.cards],
    }


def progress_as_json(progress: Progress) -> dict[str, int]:
    return {
        "n_voted": progress.n_voted,
        "n_left": progress.n_left,
        "goal": progress.goal,
    }


def card_as_json(card: Card) -> dict[str, object]:
    """A card as the protocol carries it, with its signed draw."""
    translation = card.translation and {
        "language": card.translation_language,
        "text": card.translation,
    }
    draw = forms.signed_draw(card.pk, card.probability, card.n_candidates)
    return {
        "statement": card.pk,
        "text": card.text,
        "language": card.language,
        "draw": draw,
        "translation": translation,
        "n_votes": card.n_votes,
    }


def limit_votes(request: HttpRequest, conversation: Conversation, code: str) -> None:
    """Who takes part already is counted for herself, a newcomer for her network too."""
    ratelimits.check(ratelimits.VOTE, code)
    _limit_joining(request, conversation, code)


def limit_changes(request: HttpRequest, conversation: Conversation, code: str) -> None:
    """Of votes that are there: undoing one, remarking on one."""
    ratelimits.check(ratelimits.CHANGE, code)
    _limit_joining(request, conversation, code)


def _limit_joining(request: HttpRequest, conversation: Conversation, code: str) -> None:
    if queries.voting.participant(conversation, code) is None:
        ratelimits.check(ratelimits.JOIN, ratelimits.network(request))


def _code(request: HttpRequest, slug: str, event: events.Event) -> str:
    """Without a code nobody could tell a second attempt from a second person."""
    code = identity.read(request, slug, signed=event.participant)
    if code is None:
        raise events.Malformed(field="participant")
    return code


def _onwards(
    conversation: Conversation, code: str | None, held: Collection[int]
) -> dict[str, object]:
    participant = queries.voting.participant(conversation, code)
    return as_json(queries.voting.turn(conversation, participant, held, _language()))


def _language() -> str:
    return get_language() or ""


def _answer(
    request: HttpRequest, slug: str, code: str, answer: dict[str, object]
) -> HttpResponse:
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    if identity.has_cookie(request, slug):
        return response
    return identity.write(response, code, slug)
