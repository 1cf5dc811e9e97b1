"""For those who own a conversation: a new one made like it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.OWN)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    free = queries.conversations.free_address(conversation.slug)
    form = forms.CopyConversation(initial={"slug": free})
    return _page(request, conversation, form)


@for_role(Right.OWN)
@require_POST
def make(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.CopyConversation(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    try:
        made = actions.copies.copy(
            conversation=conversation,
            slug=form.cleaned_data["slug"],
            by=request.user,
            now=timezone.now(),
        )
    except actions.conversations.SlugTaken as error:
        form.add_error("slug", str(error))
        return _page(request, conversation, form, status=error.http_status)
    messages.success(request, _("The copy is made: a draft that nobody sees yet."))
    return redirect("setup", made.slug)


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.CopyConversation,
    status: int = 200,
) -> HttpResponse:
    context = {"conversation": conversation, "section": "setup", "form": form}
    return render(request, "setup/copy.html", context, status=status)
