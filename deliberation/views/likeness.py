"""For moderators: statements that say nearly the same, and folding them into one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.actions.decisions import Outcome
from deliberation.models import Conversation, Statement
from deliberation.permissions import Right
from deliberation.queries.likeness_groups import Group, Member
from deliberation.views.gates import SignedIn, for_role


@dataclass(frozen=True)
class Row:
    """A statement of the page, with what is chosen of it."""

    member: Member
    leads: bool
    is_marked: bool


@for_role(Right.SEE)
@require_safe
def groups(request: SignedIn, conversation: Conversation) -> HttpResponse:
    only_open = request.GET.get("show") != "all"
    number = request.GET.get("page", 1)
    context = {
        "conversation": conversation,
        "section": "likeness",
        "only_open": only_open,
        "counts": queries.likeness_groups.counts(conversation),
        "page": queries.likeness_groups.page(
            conversation, only_open=only_open, number=number
        ),
        "is_due": queries.likeness.is_due(conversation.pk),
    }
    return render(request, "likeness/groups.html", context)


@for_role(Right.SEE)
@require_safe
def group(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    found = queries.likeness_groups.group(conversation, number)
    return _page(request, conversation, found)


@for_role(Right.MODERATE)
@require_POST
def fold(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    found = queries.likeness_groups.group(conversation, number)
    known = _by_number(found)
    leaders = [m.statement.number for m in found.members if m.can_lead]
    form = forms.Fold(request.POST, leaders=leaders, numbers=list(known))
    if not form.is_valid():
        return _page(request, conversation, found, form, status=422)
    cleaned = form.cleaned_data
    try:
        outcome = actions.folding.fold(
            conversation=conversation,
            statements=[known[n] for n in cleaned["fold"]],
            into=known[cleaned["into"]],
            by=request.user,
            now=timezone.now(),
            seen={known[n].pk: seen for n, seen in form.seen.items() if n in known},
            although_opposite=cleaned["although_opposite"],
        )
    except actions.folding.PerhapsOpposite as error:
        form.add_error("although_opposite", str(error))
        return _page(request, conversation, found, form, status=error.http_status)
    _tell(request, outcome, cleaned["into"])
    return _back(conversation, number)


@for_role(Right.MODERATE)
@require_POST
def take_back(
    request: SignedIn, conversation: Conversation, number: int
) -> HttpResponse:
    outcome = actions.decisions.take_back(
        conversation=conversation,
        batch=request.POST.get("batch", ""),
        by=request.user,
        now=timezone.now(),
    )
    if n := len(outcome.decisions):
        said = ngettext(
            "Taken back: %(n)d statement is what it was before.",
            "Taken back: %(n)d statements are what they were before.",
            n,
        )
        messages.success(request, said % {"n": n})
    _tell_clashes(request, outcome)
    return _back(conversation, number)


def _tell(request: SignedIn, outcome: Outcome, leader: int) -> None:
    if n := len(outcome.decisions):
        said = ngettext(
            "%(n)d statement is folded into statement %(number)d.",
            "%(n)d statements are folded into statement %(number)d.",
            n,
        )
        messages.success(request, said % {"n": n, "number": leader})
    elif not outcome.clashes:
        messages.info(request, _("All of them were folded there already."))
    _tell_clashes(request, outcome)


def _tell_clashes(request: SignedIn, outcome: Outcome) -> None:
    for statement in outcome.clashes:
        said = _(
            "Statement %(number)d was left as it is: somebody has decided on it, or"
            " changed its words, since you looked at it. It is now: %(state)s."
        )
        state = statement.get_state_display()
        messages.warning(request, said % {"number": statement.number, "state": state})


def _by_number(group: Group) -> dict[int, Statement]:
    every = [*group.members, *group.opposites]
    return {member.statement.number: member.statement for member in every}


def _back(conversation: Conversation, number: int) -> HttpResponse:
    """To the group, or to the list where it is gone meanwhile."""
    try:
        queries.likeness_groups.group(conversation, number)
    except queries.likeness_groups.NoSuchGroup:
        return HttpResponseRedirect(
            reverse("likeness-groups", args=[conversation.slug])
        )
    return HttpResponseRedirect(
        reverse("likeness-group", args=[conversation.slug, number])
    )


def _page(
    request: SignedIn,
    conversation: Conversation,
    found: Group,
    form: forms.Fold | None = None,
    status: int = 200,
) -> HttpResponse:
    """Unless the form came back, all that can be folded are marked."""
    leader = found.leader.statement.number if found.leader else None
    marked: set[int | None] = {m.statement.number for m in found.members if m.can_lead}
    if form is not None:
        leader = _whole(request.POST.get("into", ""))
        marked = {_whole(number) for number in request.POST.getlist("fold")}

    def row(member: Member) -> Row:
        number = member.statement.number
        return Row(member, number == leader, number in marked)

    context = {
        "conversation": conversation,
        "section": "likeness",
        "group": found,
        "form": form,
        "rows": [row(member) for member in found.members],
        "against": [row(member) for member in found.opposites],
        "foldings": queries.likeness_groups.foldings(found),
    }
    return render(request, "likeness/group.html", context, status=status)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
