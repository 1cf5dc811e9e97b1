"""For moderators: the organisers' own statements, looked at before they are added.

Between the two steps the lines stand in the page alone, and nothing is stored.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.actions.seeds import Seed
from deliberation.models import Conversation, Statement
from deliberation.permissions import Right
from deliberation.queries.seeds import Verdict
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.SEE)
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def add_seeds(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """Lines are looked at first; those that come back with marks are added."""
    if "lines" in request.POST:
        return _add(request, conversation)
    form = forms.Seeds(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    return _preview(request, conversation, form.cleaned_data["lines"])


@for_role(Right.MODERATE)
@require_POST
def withdraw(
    request: SignedIn, conversation: Conversation, number: int
) -> HttpResponse:
    seed = queries.seeds.seed(conversation, number)
    outcome = actions.moderation.reject(
        conversation=conversation,
        statements=[seed],
        reason=Statement.Reason.OTHER,
        note="",
        by=request.user,
        now=timezone.now(),
    )
    if outcome.decisions:
        said = _("Statement %(number)d is withdrawn. You find it among the rejected.")
    else:
        said = _("Statement %(number)d was withdrawn already.")
    messages.success(request, said % {"number": number})
    return HttpResponseRedirect(reverse("seeds", args=[conversation.slug]))


def _add(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.AddSeeds(request.POST)
    if not form.is_valid():
        lines = form.cleaned_data.get("lines", [])
        if not lines:
            every = form.errors.values()
            refusals = [str(error) for errors in every for error in errors]
            return _page(request, conversation, status=422, refusals=refusals)
        return _preview(request, conversation, lines, form, status=422)
    chosen = form.cleaned_data["chosen"]
    try:
        added = actions.seeds.add_seeds(
            conversation=conversation,
            seeds=[Seed(line.text, line.language) for line in chosen],
            by=request.user,
            now=timezone.now(),
        )
    except actions.seeds.SeedsRepeated as error:
        form.add_error(None, str(error))
        lines = form.cleaned_data["lines"]
        return _preview(request, conversation, lines, form, status=error.http_status)
    said = ngettext(
        "%(n)d statement was added.", "%(n)d statements were added.", n := len(added)
    )
    messages.success(request, said % {"n": n})
    return HttpResponseRedirect(reverse("seeds", args=[conversation.slug]))


def _preview(
    request: SignedIn,
    conversation: Conversation,
    lines: Sequence[forms.Line],
    form: forms.AddSeeds | None = None,
    status: int = 200,
) -> HttpResponse:
    looked = queries.seeds.preview(conversation, lines)
    marked = {at for at, one in enumerate(looked) if one.is_proposed}
    if form is not None:
        marked = {int(n) for n in request.POST.getlist("add") if n.isdecimal()}
    context = {
        "conversation": conversation,
        "section": "seeds",
        "rows": [(one, at in marked) for at, one in enumerate(looked)],
        "counts": {
            verdict.value: sum(one.verdict is verdict for one in looked)
            for verdict in Verdict
        },
        "packed": forms.seeds.packed(lines),
        "form": form,
        "again": _again(request, lines),
    }
    return render(request, "seeds/preview.html", context, status=status)


def _again(request: SignedIn, lines: Sequence[forms.Line]) -> forms.Seeds:
    """The form with what was pasted; a file has to be chosen anew."""
    language = request.POST.get("language") or lines[0].language
    return forms.Seeds(
        initial={"seeds": request.POST.get("seeds", ""), "language": language}
    )


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.Seeds | None = None,
    status: int = 200,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "seeds",
        "seeds": form or forms.Seeds(initial={"language": conversation.language}),
        "refusals": refusals,
        "page": queries.seeds.seeds(conversation, request.GET.get("page", 1)),
    }
    return render(request, "seeds/page.html", context, status=status)
