"""For moderators: views of the queue that one of them keeps under a name."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deliberation import actions, forms
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.decided import back, problems
from deliberation.views.gates import SignedIn, for_role
from deliberation.views.moderation import queue_page

# Of the address of the queue, and no part of a view.
NOT_KEPT = {"page", "seen"}


@for_role(Right.MODERATE)
@require_POST
def save_view(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """The filters and the order of the address, without the page."""
    given = {"name": request.POST.get("name"), "query": _kept(request.GET)}
    form = forms.SaveView(given)
    if not form.is_valid():
        problem = problems(form)
        return queue_page(request, conversation, refused=problem, status=422)
    view = actions.saved_views.save(
        conversation=conversation, by=request.user, **form.cleaned_data
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return back(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def remove_view(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.SaveView(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    view = actions.saved_views.remove(
        conversation=conversation, name=name, by=request.user
    )
    said = _("The view “%(name)s” is removed.") % {"name": view.name}
    messages.success(request, said)
    return back(request, conversation)


def _kept(address: QueryDict) -> str:
    pairs = [(k, v) for k, v in address.items() if v and k not in NOT_KEPT]
    return urlencode(pairs)
