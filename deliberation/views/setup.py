"""For those who own a conversation: setting it up, opening and closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deliberation import actions, forms
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@login_required
def create(request: SignedIn) -> HttpResponse:
    form = forms.NewConversation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = actions.conversations.create(
                by=request.user, **form.cleaned_data
            )
        except actions.conversations.SlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(
                request, _("The conversation is made. Add statements, then open it.")
            )
            return redirect("dashboard", conversation.slug)
    status = 422 if form.errors else 200
    return render(request, "setup/create.html", {"form": form}, status=status)


@for_role(Right.OWN)
@require_POST
def open_conversation(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.conversations.open_conversation(
        conversation=conversation, by=request.user, now=timezone.now()
    )
    messages.success(request, _("The conversation is open: people can vote now."))
    return redirect("dashboard", conversation.slug)


@for_role(Right.OWN)
@require_POST
def close_conversation(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.conversations.close_conversation(
        conversation=conversation, by=request.user, now=timezone.now()
    )
    messages.success(request, _("The conversation is closed; its results stay."))
    return redirect("dashboard", conversation.slug)
