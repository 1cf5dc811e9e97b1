"""For those who own a conversation: the rules by which it is moderated."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.OWN)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation, forms.Policy(conversation=conversation))


@for_role(Right.OWN)
@require_POST
def change_policy(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.Policy(request.POST, conversation=conversation)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    changed = actions.reasons.change_policy(
        conversation=conversation,
        policy=form.cleaned_data["policy"],
        reasons=form.reasons(),
        by=request.user,
    )
    said = _("Kept. It holds from now on.") if changed else _("All is as it was.")
    messages.success(request, said)
    return redirect("policy", conversation.slug)


def _page(
    request: SignedIn, conversation: Conversation, form: forms.Policy, status: int = 200
) -> HttpResponse:
    context = {"conversation": conversation, "section": "policy", "form": form}
    return render(request, "reasons/page.html", context, status=status)
