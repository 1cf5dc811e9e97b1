"""For moderators: what brings people here."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, links
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role
from deliberation.views.links import absolute, short_address

# Whom the example in the instructions is for.
EXAMPLE_ID = "person-17"


@for_role(Right.OWN)
@never_cache
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    slug = conversation.slug
    until = str(int((timezone.now() + timedelta(days=30)).timestamp()))
    secret = conversation.link_secret
    signed = links.SignedLink(
        EXAMPLE_ID, until, links.signature(EXAMPLE_ID, until, slug=slug, secret=secret)
    )
    cover = absolute(request, conversation.get_absolute_url())
    context = {
        "conversation": conversation,
        "section": "taking-part",
        "short_address": short_address(request, conversation),
        "script_tag": (
            f'<script src="{absolute(request, reverse("embed-script"))}"'
            f' data-conversation="{slug}" async></script>'
        ),
        "frame_tag": (
            f'<iframe src="{absolute(request, reverse("embed", args=[slug]))}"'
            ' width="100%" height="700" title="Folkmoot"></iframe>'
        ),
        "cover_address": cover,
        "example_link": f"{cover}?{signed.query}",
        "example_id": EXAMPLE_ID,
    }
    return render(request, "participation/page.html", context)


@for_role(Right.OWN)
@require_POST
def change_link_secret(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.participation.change_link_secret(conversation=conversation, by=request.user)
    messages.success(
        request, _("There is a new secret. Links signed with the old one are refused.")
    )
    return redirect(f"{reverse('taking-part', args=[conversation.slug])}#signing")
