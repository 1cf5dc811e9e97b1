"""For moderators: their conversations, and how one of them stands."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from deliberation import queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role

PER_PAGE = 30


@login_required
def conversations(request: SignedIn) -> HttpResponse:
    mine = Paginator(queries.conversations.moderated_list(request.user), PER_PAGE)
    page = mine.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "present": [c for c in page if c.state != Conversation.State.ARCHIVED],
        "archived": [c for c in page if c.state == Conversation.State.ARCHIVED],
        "section": "conversations",
    }
    return render(request, "dashboard/conversations.html", context)


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "dashboard",
        "alerts": queries.alerts.standing(conversation).order_by("id"),
        "dashboard": queries.dashboard.of(conversation, now=timezone.now()),
    }
    return render(request, "dashboard/page.html", context)
