"""The results of a conversation, and the pulse that keeps them live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import identity, queries
from deliberation.models import Conversation


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    context = _results(request, conversation)
    context["has_constitution"] = queries.constitutions.latest_version(conversation)
    return render(request, "analysis/page.html", context)


@never_cache
@require_safe
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """The live part of the page where there is a newer run than `seen`, else 204.

    A conversation that was closed meanwhile always answers: the part that comes then
    asks no more.
    """
    conversation = queries.access.public_conversation(slug)
    run = queries.analysis.latest_run(conversation)
    seen = request.GET.get("seen", "")
    is_newer = run is not None and str(run.pk) != seen
    if conversation.is_open and not is_newer:
        return HttpResponse(status=204)
    return render(request, "analysis/_pulse.html", _results(request, conversation))


def _results(request: HttpRequest, conversation: Conversation) -> dict[str, object]:
    code = identity.read(request, conversation.slug)
    return {
        "conversation": conversation,
        "results": queries.analysis.results_page(
            conversation,
            participant=queries.voting.participant(conversation, code),
            sort=request.GET.get("sort", ""),
            page=request.GET.get("page", "1"),
        ),
        # A page that moves can be stopped: ?live=off.
        "is_live": conversation.is_open and request.GET.get("live") != "off",
    }
