"""For moderators: how people take part, what leaving some out would change, and doing so.

A sign leads to nobody's name: people are known by the numbers of their rows.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries, thresholds
from deliberation.models import Conversation, ParticipationSign
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@for_role(Right.SEE)
@never_cache
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation)


@for_role(Right.SEE)
@never_cache
@require_safe
def person(request: SignedIn, conversation: Conversation, person: int) -> HttpResponse:
    return _person(request, conversation, person)


@for_role(Right.MODERATE)
@require_POST
def compare(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """Some that were chosen, or all of the list."""
    form = forms.ChoosePeople(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    people = form.cleaned_data["person"]
    if form.cleaned_data["everybody"]:
        people = queries.quality.ids(conversation, form.cleaned_data["kind"])
    if not people:
        form.add_error(None, str(actions.exclusions.NobodyChosen.message))
        return _page(request, conversation, form, status=422)
    comparison = actions.comparisons.compare(
        conversation=conversation,
        participants=people,
        by=request.user,
        now=timezone.now(),
    )
    return redirect("comparison", conversation.slug, comparison.pk)


@for_role(Right.SEE)
@never_cache
@require_safe
def comparison(
    request: SignedIn, conversation: Conversation, comparison: int
) -> HttpResponse:
    """Side by side; while it is worked out, htmx asks for the part that waits."""
    return _comparison(request, conversation, comparison)


@for_role(Right.MODERATE)
@require_POST
def exclude(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """Those of a comparison, or one person, with a reason."""
    form = forms.WithReason(request.POST)
    if not form.is_valid():
        return _again(request, conversation, form)
    people = form.cleaned_data["person"]
    if form.cleaned_data["comparison"]:
        found = queries.comparisons.of(conversation, form.cleaned_data["comparison"])
        people = found.comparison.participants
    n = actions.exclusions.exclude(
        conversation=conversation,
        participants=people,
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    said = ngettext(
        "%(n)d person is left out. The results are worked out anew.",
        "%(n)d people are left out. The results are worked out anew.",
        n,
    )
    messages.success(request, said % {"n": n})
    return redirect("quality", conversation.slug)


@for_role(Right.MODERATE)
@require_POST
def restore(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.WithReason(request.POST)
    if not form.is_valid():
        return _again(request, conversation, form)
    n = actions.exclusions.restore(
        conversation=conversation,
        participants=form.cleaned_data["person"],
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    said = ngettext(
        "%(n)d person is counted again. The results are worked out anew.",
        "%(n)d people are counted again. The results are worked out anew.",
        n,
    )
    messages.success(request, said % {"n": n})
    return redirect("quality", conversation.slug)


@for_role(Right.SEE)
@never_cache
@require_safe
def rule(request: SignedIn, conversation: Conversation) -> HttpResponse:
    known = thresholds.of(conversation.quality_rule)
    return _rule(request, conversation, forms.QualityRule(initial=known))


@for_role(Right.OWN)
@require_POST
def change_rule(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.QualityRule(request.POST)
    if not form.is_valid():
        return _rule(request, conversation, form, status=422)
    changed = actions.quality.change_rule(
        conversation=conversation, values=form.cleaned_data, by=request.user
    )
    said = _("Kept. The next look goes by it.") if changed else _("All is as it was.")
    messages.success(request, said)
    return redirect("quality-rule", conversation.slug)


# --- Pages ---------------------------------------------------------------------------


def _page(
    request: SignedIn,
    conversation: Conversation,
    form: forms.ChoosePeople | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = request.GET.get("sign", "")
    if kind not in ParticipationSign.Kind.values:
        kind = ""
    known, number = queries.quality, request.GET.get("page", "1")
    context = {
        "conversation": conversation,
        "section": "quality",
        "kind": kind,
        "form": form,
        "overview": known.overview(conversation),
        "page": known.people(conversation, kind, number),
        "excluded": known.excluded(conversation, request.GET.get("out", "1")),
        "restore_form": forms.WithReason(auto_id="restore-%s"),
    }
    return render(request, "quality/page.html", context, status=status)


def _person(
    request: SignedIn,
    conversation: Conversation,
    pk: int,
    form: forms.WithReason | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "quality",
        "person": queries.quality.person(conversation, pk),
        "form": form or forms.WithReason(),
    }
    return render(request, "quality/person.html", context, status=status)


def _comparison(
    request: SignedIn,
    conversation: Conversation,
    pk: int,
    form: forms.WithReason | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "section": "quality",
        "found": queries.comparisons.of(conversation, pk),
        "form": form or forms.WithReason(initial={"comparison": pk}),
    }
    template = "quality/comparison.html"
    if request.htmx:
        template = "quality/_comparison.html"
    return render(request, template, context, status=status)


def _again(
    request: SignedIn, conversation: Conversation, form: forms.WithReason
) -> HttpResponse:
    """The page that the refused form came from."""
    pk = form.cleaned_data.get("comparison")
    if pk:
        return _comparison(request, conversation, pk, form, status=422)
    people = form.cleaned_data.get("person") or []
    if len(people) == 1:
        return _person(request, conversation, people[0], form, status=422)
    return _page(request, conversation, status=422)


def _rule(
    request: SignedIn,
    conversation: Conversation,
    form: forms.QualityRule,
    status: int = 200,
) -> HttpResponse:
    context = {"conversation": conversation, "section": "quality", "form": form}
    return render(request, "quality/rule.html", context, status=status)
