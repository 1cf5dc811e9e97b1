"""What is held about a participant: to read, to take along, to have erased.

Who has a cookie reads with GET. A page in a frame, whose cookies are blocked, posts the
signed code it carries; so do the forms here.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.models import Conversation, Participant


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_data(request: HttpRequest, slug: str) -> HttpResponse:
    conversation, participant = _asked(request, slug)
    page = request.GET.get("page", "1")
    context = {
        **_context(conversation, participant),
        "held": participant and queries.privacy.held(participant),
        "votes": participant and queries.privacy.votes(participant, page),
    }
    return render(request, "privacy/page.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def download(request: HttpRequest, slug: str) -> HttpResponse:
    conversation, participant = _asked(request, slug)
    if participant is None:
        context = _context(conversation, None)
        return render(request, "privacy/page.html", context, status=404)
    ratelimits.check(ratelimits.EXPORT, participant.code)
    whole = queries.privacy.document(conversation, participant, timezone.now())
    response = JsonResponse(
        whole, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    name = f"folkmoot-{slug}-my-data.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first; erases when `confirmed` is posted, and says what went."""
    conversation, participant = _asked(request, slug)
    if request.method != "POST" or "confirmed" not in request.POST:
        return _confirm(request, conversation, participant, forms.Erasure())
    form = forms.Erasure(request.POST)
    if not form.is_valid():
        return _confirm(request, conversation, participant, form, status=422)
    code = identity.read(request, slug)
    if code:
        ratelimits.check(ratelimits.CHANGE, code)
    erased = code and actions.privacy.erase(
        conversation=conversation, code=code, with_statements=form.takes_statements
    )
    context = {"conversation": conversation, "erased": erased}
    response = render(request, "privacy/erased.html", context)
    return identity.forget(response, slug)


def _asked(request: HttpRequest, slug: str) -> tuple[Conversation, Participant | None]:
    """Where, and who asks: nobody where nothing is held."""
    conversation = queries.access.public_conversation(slug)
    if request.method == "POST":
        identity.refuse_cross_site(request)
    code = identity.read(request, slug)
    return conversation, queries.voting.participant(conversation, code)


def _context(
    conversation: Conversation, participant: Participant | None
) -> dict[str, object]:
    code = participant and identity.sign(participant.code, conversation.slug)
    return {"conversation": conversation, "participant": code}


def _confirm(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant | None,
    form: forms.Erasure,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_context(conversation, participant),
        "held": participant and queries.privacy.held(participant),
        "form": form,
    }
    return render(request, "privacy/erase.html", context, status=status)
