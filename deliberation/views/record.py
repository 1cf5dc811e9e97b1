"""All statements with what was done with them, as a file for everybody."""

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import identity, queries, ratelimits
from deliberation.formats import tables


@never_cache
@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponseBase:
    """With the votes where whoever asks may see results."""
    conversation = queries.access.public_conversation(slug)
    ratelimits.check(ratelimits.EXPORT, ratelimits.network(request))
    code = identity.read(request, slug)
    participant = queries.voting.participant(conversation, code)
    sight = queries.visibility.sight(conversation, participant, user=request.user)
    lines = tables.to_csv(
        queries.record.HEADER, queries.record.rows(conversation, sight)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"folkmoot-{slug}-statements.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
