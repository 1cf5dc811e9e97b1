"""Voting on one statement at a time.

Every form posts and is answered with 303, or for htmx with the fragment that comes
next. Forms carry the participant's signed code, so none needs a CSRF token: why, says
identity.py.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.models import Conversation


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    code = identity.read(request, slug)
    context = {
        **card_context(conversation, code),
        "form": forms.SubmitStatement(),
        "is_submitted": "submitted" in request.GET,
    }
    return render(request, "voting/page.html", context)


@csrf_exempt
@require_POST
@never_cache
def cast_vote(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    _limit(request, conversation, code)
    form = forms.Vote(request.POST)
    if not form.is_valid():
        return _vote_again(request, conversation, code)
    actions.voting.cast_vote(
        conversation=conversation,
        code=code,
        statement_id=form.cleaned_data["statement"],
        choice=form.cleaned_data["choice"],
        now=timezone.now(),
        probability=form.cleaned_data["probability"],
    )
    if request.htmx:  # type: ignore[attr-defined]
        context = {**card_context(conversation, code), "is_stored": True}
        return identity.write(render(request, "voting/_next.html", context), code, slug)
    return identity.write(see_other(slug), code, slug)


@csrf_exempt
@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the cookie away: whoever comes next is a newcomer."""
    queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    return identity.forget(see_other(slug), slug)


def card_context(conversation: Conversation, code: str | None) -> dict[str, object]:
    """What the card shows: the next statement, how far one is, and who one is."""
    participant = queries.voting.participant(conversation, code)
    draw = None
    if conversation.is_open:
        draw = queries.voting.next_statement(conversation, participant)
    return {
        "conversation": conversation,
        "progress": queries.voting.progress(conversation, participant),
        "statement": draw and draw.statement,
        "draw": draw and forms.signed_draw(draw.statement.pk, draw.probability),
        "participant": identity.sign(code or identity.new_code(), conversation.slug),
    }


def _vote_again(
    request: HttpRequest, conversation: Conversation, code: str
) -> HttpResponse:
    context = {
        **card_context(conversation, code),
        "form": forms.SubmitStatement(),
        "error": _(
            "That was neither agree, pass nor disagree on a statement, so nothing was"
            " stored. Please choose again."
        ),
    }
    whole_page = not request.htmx  # type: ignore[attr-defined]
    template = "voting/page.html" if whole_page else "voting/_next.html"
    return render(request, template, context, status=422)


def see_other(slug: str, query: str = "") -> HttpResponse:
    """The voting page, to be fetched with GET: reloading it sends nothing twice."""
    return HttpResponseRedirect(reverse("voting", args=[slug]) + query, status=303)


def _limit(request: HttpRequest, conversation: Conversation, code: str) -> None:
    """Who takes part already is counted for herself, a newcomer for her network."""
    if queries.voting.participant(conversation, code):
        ratelimits.check(ratelimits.VOTE, code)
    else:
        ratelimits.check(ratelimits.JOIN, ratelimits.network(request))
