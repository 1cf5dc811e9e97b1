"""The front page, a conversation's cover, and the language of the interface."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from deliberation import identity, queries
from deliberation.views.links import open_to_invited

PER_PAGE = 30


@gzip_page
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    conversations = Paginator(queries.conversations.public_list(), PER_PAGE)
    page = conversations.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "open_conversations": [c for c in page if c.is_open],
        "closed_conversations": [c for c in page if not c.is_open],
    }
    return render(request, "conversations/front.html", context)


@gzip_page
@require_safe
@open_to_invited
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    context = {
        "conversation": conversation,
        "figures": queries.conversations.figures(conversation),
        "logo": queries.branding.logo(conversation),
        "rule": queries.draft_rules.of(conversation),
    }
    return render(request, "conversations/cover.html", context)


@csrf_exempt
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Django's own view, for pages that hold no token (see identity.py)."""
    identity.refuse_cross_site(request)
    return set_language(request)
