"""The log of decisions that everybody reads, as a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation import queries, ratelimits
from deliberation.formats import tables
from deliberation.models import Decision

PER_PAGE = 50


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    kind = request.GET.get("kind", "")
    made = Paginator(queries.decisions.log(conversation, kind=kind), PER_PAGE)
    context = {
        "conversation": conversation,
        "section": "moderation-log",
        "summary": queries.decisions.summary(conversation),
        "reasons": queries.reasons.choices(conversation),
        "agreement": queries.second_looks.agreement(conversation),
        "kinds": Decision.Kind.choices,
        "kind": kind,
        "page": made.get_page(request.GET.get("page")),
    }
    return render(request, "decisions/page.html", context)


@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponseBase:
    conversation = queries.access.public_conversation(slug)
    ratelimits.check(ratelimits.EXPORT, ratelimits.network(request))
    lines = tables.to_csv(
        queries.decisions.HEADER, queries.decisions.rows(conversation)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"folkmoot-{slug}-moderation-log.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
