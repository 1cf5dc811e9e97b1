"""Voting on one statement at a time, with plain forms.

Every form posts and is answered with 303; a script sends JSON to the same addresses
(views/ballots.py). Forms carry the participant's signed code, so none needs a CSRF
token: why, says identity.py.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.models import Choice, Conversation
from deliberation.queries.voting import Progress
from deliberation.views import ballots
from deliberation.views.links import open_to_invited

# How the list of one's own votes is filtered.
CHOICES = {str(choice.value): choice for choice in Choice}


# Its first views are packed for who takes that: first_views.py.
@vary_on_headers("Accept-Encoding")
@never_cache
@require_safe
@open_to_invited
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    code = identity.read(request, slug)
    return render(
        request, "voting/page.html", page_context(request, conversation, code)
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def votes(request: HttpRequest, slug: str) -> HttpResponse:
    """One address: her votes to read, and where a new one is sent."""
    if request.method == "POST":
        if ballots.is_json(request):
            return ballots.cast_vote(request, slug)
        return cast_vote(request, slug)
    return my_votes(request, slug)


@never_cache
def my_votes(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    code = identity.read(request, slug)
    participant = queries.voting.participant(conversation, code)
    search, page = request.GET.get("q", ""), request.GET.get("page", "1")
    chosen = CHOICES.get(request.GET.get("choice", ""))
    context = {
        "conversation": conversation,
        "participant": code and identity.sign(code, slug),
        "search": search,
        "chosen": "" if chosen is None else str(chosen.value),
        "votes": participant
        and queries.voting.my_votes(participant, search, page, choice=chosen),
        "progress": queries.voting.progress(conversation, participant),
    }
    return render(request, "voting/my_votes.html", context)


@never_cache
def cast_vote(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    ballots.limit_votes(request, conversation, code)
    form = forms.Vote(request.POST)
    if not form.is_valid():
        return _vote_again(request, conversation, code)
    actions.voting.cast_vote(
        conversation=conversation,
        code=code,
        statement_id=form.cleaned_data["statement"],
        choice=form.cleaned_data["choice"],
        now=timezone.now(),
        key=form.cleaned_data["key"],
        probability=form.cleaned_data["probability"],
        n_candidates=form.cleaned_data["n_candidates"],
        network=ratelimits.network_here(request, slug),
    )
    return identity.write(_onwards(request, conversation, code), code, slug)


@csrf_exempt
@require_POST
@never_cache
def undo_vote(request: HttpRequest, slug: str) -> HttpResponse:
    if ballots.is_json(request):
        return ballots.undo_vote(request, slug)
    conversation, code = _changing(request, slug)
    form = forms.Undo(request.POST)
    if not form.is_valid():
        return _vote_again(request, conversation, code)
    actions.undoing.undo_vote(
        conversation=conversation,
        code=code,
        statement_id=form.cleaned_data["statement"],
        now=timezone.now(),
        vote_key=form.cleaned_data["vote_key"],
    )
    return identity.write(_back(request, slug), code, slug)


@csrf_exempt
@require_POST
@never_cache
def remark_on_vote(request: HttpRequest, slug: str) -> HttpResponse:
    if ballots.is_json(request):
        return ballots.remark_on_vote(request, slug)
    conversation, code = _changing(request, slug)
    form = forms.Remark(request.POST)
    if not form.is_valid():
        said = form.errors.get_json_data().get("reason", [])
        reason = " ".join(each["message"] for each in said)
        return _vote_again(request, conversation, code, reason)
    actions.remarks.remark_on_vote(
        conversation=conversation,
        code=code,
        statement_id=form.cleaned_data["statement"],
        now=timezone.now(),
        matters=form.cleaned_data["matters"],
        reason=form.cleaned_data["reason"],
    )
    return identity.write(_back(request, slug), code, slug)


@csrf_exempt
@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the cookie away: whoever comes next is a newcomer."""
    queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    return identity.forget(see_other(slug), slug)


def page_context(
    request: HttpRequest, conversation: Conversation, code: str | None
) -> dict[str, object]:
    """The card, with what surrounds it on the page.

    is_known : a cookie says who she is; is_resting : she has just reached the goal
    """
    context = card_context(conversation, code)
    progress: Progress = context["progress"]  # type: ignore[assignment]
    return {
        **context,
        "last_vote": queries.voting.last_vote(conversation, code),
        "is_known": identity.has_cookie(request, conversation.slug),
        "is_resting": "goal" in request.GET and progress.has_reached_goal,
        "has_practised": "practised" in request.GET,
        "form": forms.SubmitStatement(),
        "is_submitted": "submitted" in request.GET,
        "n_left": queries.statements.n_left_to_write(conversation, code),
        # Where the page is made once for many: first_views.py.
        **getattr(request, "pattern", {}),
    }


def card_context(conversation: Conversation, code: str | None) -> dict[str, object]:
    """What the card shows: the next statement, how far one is, and who one is.

    The hand begins with that statement; `key` names the vote of a plain form.
    """
    participant = queries.voting.participant(conversation, code)
    turn = queries.voting.turn(conversation, participant, language=get_language() or "")
    cards = [ballots.card_as_json(card) for card in turn.cards]
    return {
        "conversation": conversation,
        "progress": turn.progress,
        "statement": turn.cards[0] if cards else None,
        "draw": cards[0]["draw"] if cards else None,
        "cards": cards,
        "key": identity.new_key(),
        "participant": identity.sign(code or identity.new_code(), conversation.slug),
    }


def _changing(request: HttpRequest, slug: str) -> tuple[Conversation, str]:
    """Who changes a vote of hers, and where."""
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    ballots.limit_changes(request, conversation, code)
    return conversation, code


def _vote_again(
    request: HttpRequest, conversation: Conversation, code: str, error: str = ""
) -> HttpResponse:
    context = {
        **page_context(request, conversation, code),
        "error": error
        or _(
            "That was neither agree, pass nor disagree on a statement, so nothing was"
            " stored. Please choose again."
        ),
    }
    return render(request, "voting/page.html", context, status=422)


def _onwards(
    request: HttpRequest, conversation: Conversation, code: str
) -> HttpResponse:
    """Back to where the form was; with a rest where this vote reached the goal."""
    participant = queries.voting.participant(conversation, code)
    progress = queries.voting.progress(conversation, participant)
    if progress.n_voted == progress.goal and "back" not in request.POST:
        return see_other(conversation.slug, "?goal=1")
    return _back(request, conversation.slug)


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To where the form was: the voting page, or with `back=votes` one's own votes."""
    if request.POST.get("back") == "votes":
        # The same part of the list, at the same vote.
        sought = f"?{request.GET.urlencode()}" if request.GET else ""
        place = f"#v{int(request.POST['statement'])}"
        address = reverse("my-votes", args=[slug]) + sought + place
        return HttpResponseRedirect(address, status=303)
    return see_other(slug)


def see_other(slug: str, query: str = "") -> HttpResponse:
    """The voting page, to be fetched with GET: reloading it sends nothing twice."""
    return HttpResponseRedirect(reverse("voting", args=[slug]) + query, status=303)
