"""What an invitation's link leads to: signing in or an account, and joining."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries, ratelimits
from deliberation.models import Moderator


@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, token)


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """One click for somebody who is signed in; anybody else is shown the ways in."""
    if not request.user.is_authenticated:
        return redirect("invitation", token)
    member = actions.team.accept(token=token, by=request.user, now=timezone.now())
    return _welcome(request, member)


@sensitive_post_parameters("password")
@require_POST
def make_account(request: HttpRequest, token: str) -> HttpResponse:
    """A new account that joins at once: the invitation is used up by it."""
    ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
    if request.user.is_authenticated:
        return redirect("invitation", token)
    form = forms.NewAccount(request.POST)
    if not form.is_valid():
        return _page(request, token, form, status=422)
    try:
        member = actions.team.make_account_and_accept(
            token=token, now=timezone.now(), **form.cleaned_data
        )
    except actions.team.NameTaken as error:
        form.add_error("name", str(error))
        return _page(request, token, form, status=409)
    user = member.user
    perform_password_login(request, {"username": user.get_username()}, Login(user=user))
    return _welcome(request, member)


def _welcome(request: HttpRequest, member: Moderator) -> HttpResponse:
    said = _("Welcome. Your role in this conversation is “%(role)s”.")
    messages.success(request, said % {"role": member.get_role_display()})
    return redirect("dashboard", member.conversation.slug)


def _page(
    request: HttpRequest,
    token: str,
    form: forms.NewAccount | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "invitation": queries.team.invitation(token, now=timezone.now()),
        "token": token,
        "form": form or forms.NewAccount(),
        "here": reverse("invitation", args=[token]),
    }
    return render(request, "invitations/page.html", context, status=status)
