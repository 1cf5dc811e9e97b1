"""News by e-mail, for those who want them: asking, confirming, leaving.

A link in a mail shows a page with a button and changes nothing: programs that look at
links press no buttons. Mail programs leave by a POST that carries neither cookie nor
origin (RFC 8058), so leaving asks for the link's token alone.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from deliberation import actions, forms, identity, queries, ratelimits


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and where it is sent. The answer never tells who is on the list."""
    conversation = queries.access.public_conversation(slug)
    context = {"conversation": conversation, "is_asked": "asked" in request.GET}
    if request.method != "POST":
        return render(request, "news/page.html", context | {"form": forms.Subscribe()})
    identity.refuse_cross_site(request)
    ratelimits.check(ratelimits.NEWS_NETWORK, ratelimits.network(request))
    form = forms.Subscribe(request.POST)
    if not form.is_valid():
        return render(request, "news/page.html", context | {"form": form}, status=422)
    email = form.cleaned_data["email"]
    if _may_be_written_to(email):
        actions.news.subscribe(
            conversation=conversation,
            email=email,
            language=get_language() or conversation.language,
            now=timezone.now(),
        )
    return HttpResponseRedirect(reverse("news", args=[slug]) + "?asked=1", status=303)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    if request.method == "POST":
        identity.refuse_cross_site(request)
        actions.news.confirm(conversation=conversation, token=token, now=timezone.now())
    elif queries.news.by_token(conversation, token) is None:
        raise actions.news.LinkUnknown
    context = {
        "conversation": conversation,
        "token": token,
        "is_confirmed": request.method == "POST",
    }
    return render(request, "news/confirm.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Says the same of a link that was used before, or never was one."""
    if request.method == "POST":
        actions.news.leave(slug=slug, token=token)
    context = {"slug": slug, "token": token, "has_left": request.method == "POST"}
    return render(request, "news/leave.html", context)


def _may_be_written_to(email: str) -> bool:
    """Too often is not refused: a stranger would learn that somebody asked before."""
    try:
        ratelimits.check(ratelimits.NEWS_ADDRESS, email)
    except ratelimits.TooMany:
        return False
    return True
