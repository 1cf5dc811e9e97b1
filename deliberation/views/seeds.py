"""For moderators: the organisers' own statements, one by one or many at once."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.validators import clean_text
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def add_seeds(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.Seeds(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    try:
        seeds = actions.moderation.add_seeds(
            conversation=conversation,
            texts=form.cleaned_data["seeds"],
            language=form.cleaned_data["language"],
            by=request.user,
            now=timezone.now(),
        )
    except actions.moderation.SeedsRepeated as error:
        for sentence in _repeated_lines(request.POST["seeds"], error.positions):
            form.add_error("seeds", sentence)
        return _page(request, conversation, form, status=error.http_status)
    said = ngettext(
        "%(n)d statement was added.", "%(n)d statements were added.", n := len(seeds)
    )
    messages.success(request, said % {"n": n})
    return HttpResponseRedirect(
        f"{reverse('queue', args=[conversation.slug])}?state=accepted"
    )


def _repeated_lines(text: str, positions: tuple[int, ...]) -> list[str]:
    """Empty lines are no texts, but count as lines."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if clean_text(line)]
    return [
        _("Line %(line)d: these words are in the conversation already.")
        % {"line": lines[position]}
        for position in positions
    ]


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Seeds | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or forms.Seeds(initial={"language": conversation.language})
    context = {"conversation": conversation, "section": "seeds", "seeds": form}
    return render(request, "seeds/page.html", context, status=status)
