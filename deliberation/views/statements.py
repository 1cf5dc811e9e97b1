"""Submitting a statement of one's own. As for votes, no form needs a CSRF token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.models import Conversation
from deliberation.views.voting import card_context, see_other


@csrf_exempt
@require_POST
@never_cache
def submit_statement(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    _limit_submissions(request, code)
    form = forms.SubmitStatement(request.POST)
    if not form.is_valid():
        return _write_again(request, conversation, code, form, status=422)
    try:
        actions.statements.submit_statement(
            conversation=conversation,
            code=code,
            text=form.cleaned_data["text"],
            language=get_language() or conversation.language,
            now=timezone.now(),
        )
    except actions.statements.AlreadySaid as error:
        # Her words come back with the form, not a page without them.
        form.add_error("text", str(error))
        return _write_again(request, conversation, code, form, error.http_status)
    return identity.write(_submitted(request, conversation, code), code, slug)


def _write_again(
    request: HttpRequest,
    conversation: Conversation,
    code: str,
    form: forms.SubmitStatement,
    status: int,
) -> HttpResponse:
    context = {**card_context(conversation, code), "form": form}
    whole_page = not request.htmx  # type: ignore[attr-defined]
    template = "voting/page.html" if whole_page else "voting/_submit.html"
    return render(request, template, context, status=status)


def _submitted(
    request: HttpRequest, conversation: Conversation, code: str
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return see_other(conversation.slug, "?submitted=1#submit")
    context = {
        "conversation": conversation,
        "participant": identity.sign(code, conversation.slug),
        "form": forms.SubmitStatement(),
        "is_submitted": True,
    }
    return render(request, "voting/_submit.html", context)


def _limit_submissions(request: HttpRequest, code: str) -> None:
    """By code, and by network for whoever takes a new code for each statement."""
    ratelimits.check(ratelimits.SUBMIT, code)
    ratelimits.check(ratelimits.SUBMIT_NETWORK, ratelimits.network(request))
