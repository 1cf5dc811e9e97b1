"""Objections: an author's form on the page of her statements, and the answers to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.actions.appeals import NothingToObjectTo, ObjectedAlready
from deliberation.models import Appeal, Conversation
from deliberation.permissions import Right
from deliberation.queries.appeals import AppealView
from deliberation.views import my_statements
from deliberation.views.gates import SignedIn, for_role

# --- For authors ---------------------------------------------------------------------


@csrf_exempt
@require_POST
@never_cache
def make(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """As for statements and votes, no CSRF token: her code is in the form."""
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    ratelimits.check(ratelimits.OBJECT, code)
    ratelimits.check(ratelimits.SUBMIT_NETWORK, ratelimits.network(request))
    form = my_statements.objection_form(number, request.POST)
    if not form.is_valid():
        return my_statements.page(
            request, conversation, code, number=number, objection=form
        )
    try:
        actions.appeals.make(
            conversation=conversation,
            code=code,
            number=number,
            text=form.cleaned_data["text"],
            now=timezone.now(),
        )
    except (NothingToObjectTo, ObjectedAlready) as error:
        # There is no form any more for her words to come back in.
        refused = {"refusal": error, "words": form.cleaned_data["text"]}
        return my_statements.page(request, conversation, code, refused=refused)
    address = reverse("my-statements", args=[slug])
    page = request.GET.get("page", "1")
    where = f"{address}?objected=1&page={page}#statement-{number}"
    return HttpResponseRedirect(where, status=303)


# --- For moderators ------------------------------------------------------------------


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def answer(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    found = queries.appeals.view(conversation, number, user_id=request.user.pk)
    form = _form(number, request.POST)
    if not form.is_valid():
        return _page(request, conversation, returned=(number, form), status=422)
    outcome = Appeal.Outcome(form.cleaned_data["outcome"])
    actions.appeals.answer(
        appeal=found.appeal,
        outcome=outcome,
        answer=form.cleaned_data["answer"],
        by=request.user,
        now=timezone.now(),
    )
    if outcome == Appeal.Outcome.GRANTED:
        said = _("Answered: statement %(number)d is shown again.")
    else:
        said = _("Answered: the decision on statement %(number)d stands.")
    messages.success(request, said % {"number": number})
    return redirect("appeals", conversation.slug)


def _page(
    request: SignedIn,
    conversation: Conversation,
    *,
    returned: tuple[int, forms.AppealAnswer] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`returned`: the number of a statement and the refused form of the answer."""
    at = request.GET.get("page", "1")
    found = queries.appeals.page(conversation, user_id=request.user.pk, page=at)
    bound = dict([returned]) if returned else {}
    context = {
        "conversation": conversation,
        "section": "appeals",
        "page": found,
        "rows": [_row(view, bound) for view in found],
        "n_waiting": queries.appeals.waiting(conversation),
    }
    return render(request, "appeals/page.html", context, status=status)


def _row(view: AppealView, bound: dict[int, forms.AppealAnswer]) -> dict[str, object]:
    number = view.appeal.statement.number
    return {"view": view, "form": bound.get(number) or _form(number)}


def _form(number: int, data: object = None) -> forms.AppealAnswer:
    return forms.AppealAnswer(data, auto_id=f"appeal-{number}-%s")  # type: ignore[arg-type]
