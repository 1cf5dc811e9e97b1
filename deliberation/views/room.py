"""The screen in a room: the question, the way in, and numbers that move."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import queries
from deliberation.views.links import short_address


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    context = {
        "conversation": conversation,
        "board": queries.room.board(conversation),
        "short_address": short_address(request, conversation).partition("://")[2],
    }
    return render(request, "room/page.html", context)


@never_cache
@require_safe
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers and the map where they are not those of `seen`, else 204."""
    conversation = queries.access.public_conversation(slug)
    board = queries.room.board(conversation)
    if request.GET.get("seen") == board.version:
        return HttpResponse(status=204)
    context = {"conversation": conversation, "board": board}
    return render(request, "room/_board.html", context)
