"""For those who run a conversation: how participants will see it, storing nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.SEE)
@never_cache
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "preview",
        "seen": queries.setup.as_seen(conversation, timezone.now()),
        "figures": queries.conversations.figures(conversation),
        "logo": queries.branding.logo(conversation),
        "rule": queries.draft_rules.of(conversation),
        "cards": queries.setup.first_cards(conversation),
    }
    return render(request, "setup/preview.html", context)
