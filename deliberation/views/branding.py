"""Who asks: the page where it is set, the logo, and the colours as a stylesheet."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, colours, forms, queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.assets import FOR_EVER
from deliberation.views.gates import SignedIn, for_role

RULES = """:root {{ --accent: {0.accent}; --accent-strong: {0.strong};\
 --on-accent: {0.on_accent}; --focus: {0.accent}; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --accent: {1.accent}; --accent-strong: {1.strong};\
 --on-accent: {1.on_accent}; --focus: {1.strong}; }}
}}
"""


@for_role(Right.OWN)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    given = {"host_name": conversation.host_name, "accent": conversation.accent}
    return _page(request, conversation, forms.Branding(initial=given))


@for_role(Right.OWN)
@require_POST
def change_branding(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.Branding(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    changed = actions.branding.change_branding(
        conversation=conversation,
        by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    )
    said = _("Kept. It holds from now on.") if changed else _("All is as it was.")
    messages.success(request, said)
    return redirect("branding", conversation.slug)


@require_safe
def logo(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    response = HttpResponse(
        queries.branding.picture(slug, digest), content_type="image/png"
    )
    response["Cache-Control"] = FOR_EVER
    # Whatever a browser makes of it, it runs nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def colour(request: HttpRequest, digits: str) -> HttpResponse:
    """The same for everybody who has chosen it, and for ever."""
    chosen = f"#{digits}"
    if not colours.HEX.fullmatch(chosen) or not colours.is_readable(chosen):
        raise Http404
    rules = RULES.format(colours.light(chosen), colours.dark(chosen))
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER
    return response


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Branding,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "branding",
        "form": form,
        "logo": queries.branding.logo(conversation),
    }
    return render(request, "branding/page.html", context, status=status)
