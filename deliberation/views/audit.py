"""For those who run a conversation: what was done in it, as a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation import forms, queries, ratelimits
from deliberation.formats import tables
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.queries.audit import Filter
from deliberation.views.gates import SignedIn, for_role

PER_PAGE = 50


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = _form(request, conversation)
    found = queries.audit.events(conversation, _wanted(form))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "conversation": conversation,
        "section": "audit",
        "form": form,
        "page": page,
        "rows": [
            {
                "event": event,
                "label": queries.audit.label(event.action),
                "changes": queries.audit.changes(event),
            }
            for event in page
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "audit/page.html", context, status=status)


@for_role(Right.SEE)
@require_safe
def download(request: SignedIn, conversation: Conversation) -> HttpResponseBase:
    ratelimits.check(ratelimits.EXPORT, f"account {request.user.pk}")
    wanted = _wanted(_form(request, conversation))
    lines = tables.to_csv(
        queries.audit.HEADER, queries.audit.rows(conversation, wanted)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"folkmoot-{conversation.slug}-audit.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: SignedIn, conversation: Conversation) -> forms.AuditFilter:
    return forms.AuditFilter(
        request.GET,
        actions=queries.audit.actions(conversation),
        people=queries.audit.people(conversation),
    )


def _wanted(form: forms.AuditFilter) -> Filter:
    """Nothing is left out where what was asked cannot be understood."""
    return Filter(**form.cleaned_data) if form.is_valid() else Filter()
