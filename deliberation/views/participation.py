"""For moderators: how people take part, and what brings them here."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, links
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
    return _page(request, conversation)


@for_role(Right.OWN)
@require_POST
def change_settings(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.Participation(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    changed = actions.participation.change_settings(
        conversation=conversation, by=request.user, **form.cleaned_data
    )
    said = _("Kept. It holds from now on.") if changed else _("All is as it was.")
    messages.success(request, said)
    return redirect("taking-part", conversation.slug)


@for_role(Right.OWN)
@require_POST
def change_link_secret(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.participation.change_link_secret(conversation=conversation, by=request.user)
    messages.success(
        request, _("There is a new secret. Links signed with the old one are refused.")
    )
    return redirect(f"{reverse('taking-part', args=[conversation.slug])}#signing")


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Participation | None = None,
    status: int = 200,
) -> HttpResponse:
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
        "form": form or _settings_of(conversation),
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
    return render(request, "participation/page.html", context, status=status)


def _settings_of(conversation: Conversation) -> forms.Participation:
    names = forms.Participation.base_fields
    return forms.Participation(initial={n: getattr(conversation, n) for n in names})
