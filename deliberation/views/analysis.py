"""The results of a conversation: live, statement by statement, and as one's receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import identity, queries, thresholds
from deliberation.models import Conversation, Participant
from deliberation.queries.visibility import Sight

# Of the words sought in statements.
MOST_SOUGHT = 200


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole page; for the map's own script, which names it, the map alone."""
    conversation = queries.access.public_conversation(slug)
    participant = _participant(request, conversation)
    sight = _sight(request, conversation, participant)
    if not sight.is_open:
        return _hidden(request, conversation, sight)
    context = _results(request, conversation, participant) | {"sight": sight}
    if request.htmx.target == "map":  # type: ignore[attr-defined]
        return render(request, "analysis/_map.html", context)
    return render(request, "analysis/page.html", context)


@never_cache
@require_safe
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """The live part of the page where there is a newer run than `seen`, else 204.

    A conversation that was closed meanwhile always answers: the part that comes then
    asks no more. One whose results were hidden meanwhile refuses.
    """
    conversation = queries.access.public_conversation(slug)
    participant = _participant(request, conversation)
    queries.visibility.require(conversation, participant, user=request.user)
    run = queries.analysis.latest_run(conversation)
    seen = request.GET.get("seen", "")
    is_newer = run is not None and str(run.pk) != seen
    if conversation.is_open and not is_newer:
        return HttpResponse(status=204)
    context = _results(request, conversation, participant)
    return render(request, "analysis/_pulse.html", context)


@never_cache
@require_safe
def statement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One statement with its figures, at an address to pass on."""
    conversation = queries.access.public_conversation(slug)
    participant = _participant(request, conversation)
    sight = _sight(request, conversation, participant)
    if not sight.is_open:
        return _hidden(request, conversation, sight)
    found = queries.statement.page(
        conversation, number, participant=participant, user=request.user
    )
    context = {"conversation": conversation, "page": found, "sight": sight}
    return render(request, "analysis/statement.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """For a participant alone, by her code: what her votes did."""
    conversation = queries.access.public_conversation(slug)
    participant = _participant(request, conversation)
    context = {
        "conversation": conversation,
        "receipt": participant and queries.receipt.of(conversation, participant),
        "sight": queries.visibility.sight(conversation, participant),
    }
    return render(request, "analysis/receipt.html", context)


@require_safe
def how(request: HttpRequest, slug: str) -> HttpResponse:
    """The method, for everybody and with its formulas."""
    conversation = queries.access.public_conversation(slug)
    rule = queries.draft_rules.of(conversation)
    context = {
        "conversation": conversation,
        "rule": rule,
        "thresholds": thresholds.told(conversation.quality_rule),
        "left_out": queries.quality.left_out(conversation),
    }
    return render(request, "analysis/how.html", context)


def _results(
    request: HttpRequest, conversation: Conversation, participant: Participant | None
) -> dict[str, object]:
    chosen = request.GET.get("statement", "")
    return {
        "conversation": conversation,
        "is_participant": participant is not None,
        "left_out": queries.quality.left_out(conversation),
        "results": queries.analysis.results_page(
            conversation,
            participant=participant,
            user=request.user,
            sort=request.GET.get("sort", ""),
            words=request.GET.get("q", "")[:MOST_SOUGHT],
            chosen=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else None,
            page=request.GET.get("page", "1"),
        ),
        # A page that moves can be stopped: ?live=off.
        "is_live": conversation.is_open and request.GET.get("live") != "off",
    }


def _hidden(
    request: HttpRequest, conversation: Conversation, sight: Sight
) -> HttpResponse:
    context = {"conversation": conversation, "sight": sight}
    return render(request, "analysis/hidden.html", context)


def _sight(
    request: HttpRequest, conversation: Conversation, participant: Participant | None
) -> Sight:
    return queries.visibility.sight(conversation, participant, user=request.user)


def _participant(
    request: HttpRequest, conversation: Conversation
) -> Participant | None:
    code = identity.read(request, conversation.slug)
    return queries.voting.participant(conversation, code)
