"""For moderators: who runs a conversation, in which role, and who is invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role
from deliberation.views.links import absolute

# A new link goes with the answer to the browser that asked, and is shown once.
LINK_COOKIE = "invitation"
LINK_SECONDS = 600


@for_role(Right.SEE)
@never_cache
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    token = request.get_signed_cookie(
        LINK_COOKIE, default="", salt=_salt(conversation), max_age=LINK_SECONDS
    )
    link = absolute(request, reverse("invitation", args=[token])) if token else ""
    response = _page(request, conversation, link=link)
    if LINK_COOKIE in request.COOKIES:
        response.delete_cookie(LINK_COOKIE, path=request.path)
    return response


@for_role(Right.OWN)
@require_POST
def invite(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.Invite(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    _invitation, token = actions.team.invite(
        conversation=conversation,
        by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    )
    where = reverse("team", args=[conversation.slug])
    response = redirect(f"{where}#new-link")
    response.set_signed_cookie(
        LINK_COOKIE,
        token,
        salt=_salt(conversation),
        max_age=LINK_SECONDS,
        path=where,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


@for_role(Right.OWN)
@require_POST
def revoke(
    request: SignedIn, conversation: Conversation, invitation: int
) -> HttpResponse:
    actions.team.revoke(
        conversation=conversation,
        invitation_id=invitation,
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("The invitation is taken back: its link is refused."))
    return redirect("team", conversation.slug)


@for_role(Right.OWN)
@require_POST
def change_role(
    request: SignedIn, conversation: Conversation, member: int
) -> HttpResponse:
    form = forms.Role(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role, so nothing was changed."))
        return redirect("team", conversation.slug)
    changed = actions.team.change_role(
        conversation=conversation,
        member_id=member,
        role=form.cleaned_data["role"],
        by=request.user,
    )
    said = _("“%(name)s” is “%(role)s” from now on.")
    named = {"name": changed.user.get_username(), "role": changed.get_role_display()}
    messages.success(request, said % named)
    return redirect("team", conversation.slug)


@for_role(Right.OWN)
@require_POST
def remove(request: SignedIn, conversation: Conversation, member: int) -> HttpResponse:
    removed = actions.team.remove(
        conversation=conversation, member_id=member, by=request.user
    )
    said = _("“%(name)s” does not run this conversation any more.")
    messages.success(request, said % {"name": removed.user.get_username()})
    if removed.user_id == request.user.pk:
        return redirect("moderate")
    return redirect("team", conversation.slug)


@for_role(Right.SEE)
@require_POST
def leave(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.team.leave(conversation=conversation, by=request.user)
    messages.success(request, _("You do not run this conversation any more."))
    return redirect("moderate")


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Invite | None = None,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    owns = conversation.rights.owns  # type: ignore[attr-defined]
    context = {
        "conversation": conversation,
        "section": "team",
        "members": queries.team.members(conversation),
        "roles": forms.Role().fields["role"].choices,  # type: ignore[attr-defined]
        "invitations": queries.team.invitations(conversation, timezone.now())
        if owns
        else [],
        "form": form or forms.Invite(),
        "link": link,
    }
    return render(request, "team/page.html", context, status=status)


def _salt(conversation: Conversation) -> str:
    return f"invitation of {conversation.pk}"
