"""For whoever is signed in: what keeps the account safe, and where it is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, queries
from deliberation.views.accounts import is_named
from deliberation.views.gates import SignedIn


@login_required
@never_cache
@require_safe
def page(request: SignedIn) -> HttpResponse:
    user = request.user
    context = {
        "section": "security",
        "steps": queries.accounts.second_steps(user),
        "browsers": queries.accounts.browsers(user, request.session.session_key),
        "has_password": user.has_usable_password(),
        "is_named": is_named(request),
        "directory": settings.OIDC,
        "connected": queries.accounts.connected(user) if settings.OIDC else None,
    }
    return render(request, "account/security.html", context)


@login_required
@require_POST
def end_session(request: SignedIn) -> HttpResponse:
    actions.accounts.end_session(user=request.user, name=request.POST.get("name", ""))
    messages.success(request, _("That browser is signed out."))
    return redirect("security")


@login_required
@require_POST
def end_other_sessions(request: SignedIn) -> HttpResponse:
    n = actions.accounts.end_other_sessions(
        user=request.user, this=request.session.session_key
    )
    said = ngettext(
        "%(n)d other browser is signed out.", "%(n)d other browsers are signed out.", n
    )
    messages.success(request, said % {"n": n})
    return redirect("security")
