"""One short class per endpoint: gate, one query, answer."""

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation import queries, ratelimits
from deliberation.api import serializers

# The whole conversation in one answer.
ALL = 1_000_000


class PublicView(APIView):
    """Reads what anyone may read; counted per network like a download."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        ratelimits.check(ratelimits.API, ratelimits.network(request._request))


class Conversations(PublicView):
    def get(self, request: Request) -> Response:
        listed = queries.conversations.public_list()
        return Response(serializers.Conversation(listed, many=True).data)


class Conversation(PublicView):
    def get(self, request: Request, slug: str) -> Response:
        queries.access.public_conversation(slug)
        counted = queries.conversations.public_list().get(slug=slug)
        return Response(serializers.Conversation(counted).data)


class Results(PublicView):
    def get(self, request: Request, slug: str) -> Response:
        conversation = queries.access.public_conversation(slug)
        found = queries.analysis.results_page(
            conversation, participant=None, sort="number", per_page=ALL
        )
        return Response(serializers.Results(found).data)


class Statements(PublicView):
    def get(self, request: Request, slug: str) -> Response:
        conversation = queries.access.public_conversation(slug)
        found = queries.record.public_lines(conversation)
        return Response([serializers.RecordLine(line).data for line in found])


class Nothing(PublicView):
    """Any other address: refused in the API's own shape."""

    def get(self, request: Request, rest: str) -> Response:
        raise NotFound
