"""For moderators: decide again, unseen, what a colleague decided; and where both differ."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role

PER_PAGE = 20


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation, forms.SecondVerdict(conversation=conversation))


@for_role(Right.MODERATE)
@require_POST
def look_again(
    request: SignedIn, conversation: Conversation, look: int
) -> HttpResponse:
    drawn = queries.second_looks.look(conversation, look)
    form = forms.SecondVerdict(request.POST, conversation=conversation)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    actions.second_looks.look_again(
        conversation=conversation,
        look=drawn,
        by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(
        request, _("Your verdict is stored; it changes nothing by itself.")
    )
    return redirect("second-looks", conversation.slug)


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.SecondVerdict,
    status: int = 200,
) -> HttpResponse:
    known = queries.second_looks
    differing = Paginator(known.disagreements(conversation), PER_PAGE)
    context = {
        "conversation": conversation,
        "section": "second-looks",
        "form": form,
        "look": known.next_for(conversation, request.user),
        "n_for_you": known.waiting(conversation, request.user).count(),
        "n_waiting": known.waiting(conversation).count(),
        "agreement": known.agreement(conversation),
        "page": differing.get_page(request.GET.get("page")),
    }
    return render(request, "second_looks/page.html", context, status=status)
