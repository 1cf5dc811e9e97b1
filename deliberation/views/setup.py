"""For those who own a conversation: setting it up step by step, opening, closing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.errors import DeliberationError
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role


@dataclass(frozen=True)
class Step:
    """One page of the set-up: its form, and the action that keeps what it says.

    fields : the template of what is in the form
    """

    name: str
    title: str | Promise
    fields: str
    form: Callable[..., Any]
    keep: Callable[..., actions.setup.Changes]
    is_timed: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "words",
            gettext_lazy("Question and languages"),
            "setup/_words.html",
            forms.setup.WordsStep,
            actions.setup.change_words,
        ),
        Step(
            "schedule",
            gettext_lazy("Schedule"),
            "setup/_schedule.html",
            forms.setup.ScheduleStep,
            actions.setup.change_schedule,
            is_timed=True,
        ),
        Step(
            "people",
            gettext_lazy("Who takes part"),
            "setup/_people.html",
            forms.setup.PeopleStep,
            actions.setup.change_people,
        ),
        Step(
            "sight",
            gettext_lazy("What people see"),
            "setup/_sight.html",
            forms.setup.SightStep,
            actions.setup.change_sight,
        ),
        Step(
            "limits",
            gettext_lazy("Limits"),
            "setup/_limits.html",
            forms.setup.LimitsStep,
            actions.setup.change_limits,
        ),
        Step(
            "rule",
            gettext_lazy("Rule for the constitution"),
            "setup/_rule.html",
            forms.setup.RuleStep,
            actions.setup.change_draft_rule,
        ),
    )
}


@login_required
def create(request: SignedIn) -> HttpResponse:
    form = forms.NewConversation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if form.is_suggested:
            given["slug"] = queries.conversations.free_address(given["slug"])
        try:
            made = actions.conversations.create(by=request.user, **given)
        except actions.conversations.SlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(
                request,
                _("The draft is made, and nobody sees it yet. Set it up step by step."),
            )
            return redirect("setup-step", made.slug, "words")
    status = 422 if form.errors else 200
    return render(request, "setup/create.html", {"form": form}, status=status)


@for_role(Right.OWN)
@never_cache
@require_safe
def check(request: SignedIn, conversation: Conversation) -> HttpResponse:
    """The last step: all at a glance, what is still missing, and the way to open it."""
    now = timezone.now()
    context = {
        **_frame(conversation, "check"),
        "readiness": queries.setup.readiness(conversation, now),
        "rule": queries.draft_rules.of(conversation),
        "now": now,
    }
    return render(request, "setup/check.html", context)


@for_role(Right.OWN)
@never_cache
@require_safe
def step(request: SignedIn, conversation: Conversation, step: str) -> HttpResponse:
    found = _step(step)
    return _step_page(request, conversation, found, _form(conversation, found))


@for_role(Right.OWN)
@require_POST
def save(request: SignedIn, conversation: Conversation, step: str) -> HttpResponse:
    found = _step(step)
    form = _form(conversation, found, request.POST)
    if not form.is_valid():
        return _step_page(request, conversation, found, form, status=422)
    if "preview" in request.POST:
        return _step_page(request, conversation, found, form)
    timed = {"now": timezone.now()} if found.is_timed else {}
    try:
        changed = found.keep(
            conversation=conversation, by=request.user, **timed, **form.cleaned_data
        )
    except DeliberationError as error:
        # Said beside the field that it is about.
        form.add_error(getattr(error, "field", None), str(error))
        return _step_page(request, conversation, found, form, error.http_status)
    said = _("Kept. It holds from now on.") if changed else _("All is as it was.")
    messages.success(request, said)
    if "stay" in request.POST:
        return redirect("setup-step", conversation.slug, step)
    following = _following(step)
    if following is None:
        return redirect("setup", conversation.slug)
    return redirect("setup-step", conversation.slug, following)


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


@for_role(Right.OWN)
@require_POST
def archive(request: SignedIn, conversation: Conversation) -> HttpResponse:
    actions.conversations.archive(conversation=conversation, by=request.user)
    messages.success(
        request, _("It is in the archive: nothing went, and nobody else sees it.")
    )
    return redirect("setup", conversation.slug)


@for_role(Right.OWN)
@require_POST
def restore(request: SignedIn, conversation: Conversation) -> HttpResponse:
    restored = actions.conversations.restore(conversation=conversation, by=request.user)
    said = _("It is back from the archive. Its state: %(state)s.")
    messages.success(request, said % {"state": restored.get_state_display()})
    return redirect("setup", conversation.slug)


# --- Steps ---------------------------------------------------------------------------


def _step(name: str) -> Step:
    if name not in STEPS:
        raise Http404
    return STEPS[name]


def _following(name: str) -> str | None:
    names = list(STEPS)
    after = names.index(name) + 1
    return names[after] if after < len(names) else None


def _form(conversation: Conversation, step: Step, data: Any = None) -> Any:
    is_voted_on = queries.setup.is_voted_on(conversation)
    return step.form(data, conversation=conversation, is_voted_on=is_voted_on)


def _frame(conversation: Conversation, here: str) -> dict[str, object]:
    """What surrounds each step: where one is, and how far."""
    names = [*STEPS, "check"]
    return {
        "conversation": conversation,
        "section": "setup",
        "steps": STEPS.values(),
        "here": here,
        "position": names.index(here) + 1,
        "n_steps": len(names),
    }


def _step_page(
    request: SignedIn,
    conversation: Conversation,
    step: Step,
    form: Any,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(conversation, step.name),
        "step": step,
        "form": form,
        "is_last": _following(step.name) is None,
        "is_preview": "preview" in request.POST,
        "now": timezone.now(),
    }
    return render(request, "setup/step.html", context, status=status)
