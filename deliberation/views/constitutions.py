"""The constitution: for everyone to read and download, for moderators to draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries, ratelimits
from deliberation.actions.constitutions import Direction
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Principle
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role

CONTENT_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


# --- For everyone ----------------------------------------------------------------------


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    version = queries.constitutions.latest_version(conversation)
    context = {
        "conversation": conversation,
        "version": version,
        "principles": version and queries.constitutions.principle_views(version),
        "words": version and queries.constitutions.frozen_words(version),
    }
    return render(request, "constitutions/page.html", context)


@require_safe
def download(
    request: HttpRequest, slug: str, number: int, file_format: str
) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    ratelimits.check(ratelimits.EXPORT, ratelimits.network(request))
    version = queries.constitutions.version(conversation, number)
    text = queries.constitutions.written(version, file_format)
    name = f"{slug}-constitution-v{number}.{file_format}"
    return HttpResponse(
        text,
        content_type=CONTENT_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# --- For moderators --------------------------------------------------------------------


@for_role(Right.SEE)
@require_safe
def draft(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _draft_page(request, conversation)


@for_role(Right.MODERATE)
@require_POST
def fill_draft(request: SignedIn, conversation: Conversation) -> HttpResponse:
    form = forms.DraftRule(request.POST)
    if not form.is_valid():
        return _draft_page(request, conversation, rule=form, status=422)
    try:
        actions.constitutions.draft_from_consensus(
            conversation=conversation,
            threshold=form.cleaned_data["threshold"] / 100,
            max_principles=form.cleaned_data["max_principles"],
            min_votes=form.cleaned_data["min_votes"],
            by=request.user,
        )
    except DeliberationError as error:
        # Said beside the rule, which is what can be changed about it.
        form.add_error(None, str(error))
        return _draft_page(request, conversation, rule=form, status=error.http_status)
    messages.success(
        request, _("The draft is filled. Order and word it as you see fit.")
    )
    return redirect("draft", conversation.slug)


@for_role(Right.MODERATE)
@require_POST
def reword(request: SignedIn, conversation: Conversation, pk: int) -> HttpResponse:
    principle = queries.constitutions.draft_principle(conversation, pk)
    form = forms.Reword(request.POST, auto_id=f"principle-{pk}-%s")
    if not form.is_valid():
        return _draft_page(request, conversation, bound=(pk, form), status=422)
    actions.constitutions.reword(
        principle=principle, text=form.cleaned_data["text"], by=request.user
    )
    messages.success(request, _("The wording is stored."))
    return _back_to(principle, conversation.slug)


@for_role(Right.MODERATE)
@require_POST
def move(request: SignedIn, conversation: Conversation, pk: int) -> HttpResponse:
    principle = queries.constitutions.draft_principle(conversation, pk)
    form = forms.Move(request.POST)
    if not form.is_valid():
        messages.error(request, _("A principle can be moved up or down."))
        return _draft_page(request, conversation, status=422)
    direction = Direction(form.cleaned_data["direction"])
    actions.constitutions.move(
        principle=principle, direction=direction, by=request.user
    )
    return _back_to(principle, conversation.slug)


@for_role(Right.MODERATE)
@require_POST
def withdraw(request: SignedIn, conversation: Conversation, pk: int) -> HttpResponse:
    principle = queries.constitutions.draft_principle(conversation, pk)
    actions.constitutions.withdraw(principle=principle, by=request.user)
    messages.success(request, _("The principle is out of the draft."))
    return redirect("draft", conversation.slug)


@for_role(Right.OWN)
@require_POST
def publish(request: SignedIn, conversation: Conversation) -> HttpResponse:
    if request.POST.get("confirmed") != "yes":
        messages.error(
            request,
            _("Nothing was published: tick the box to say that you mean it."),
        )
        return _draft_page(request, conversation, status=422)
    version = actions.constitutions.publish(
        conversation=conversation, by=request.user, now=timezone.now()
    )
    said = _("Version %(number)d is published.") % {"number": version.number}
    messages.success(request, said)
    return redirect("draft", conversation.slug)


def _draft_page(
    request: SignedIn,
    conversation: Conversation,
    *,
    rule: forms.DraftRule | None = None,
    bound: tuple[int, forms.Reword] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`bound` is a principle's key and the refused form to reword it."""
    version = queries.constitutions.draft(conversation)
    published = queries.constitutions.latest_version(conversation)
    run = queries.analysis.latest_run(conversation)
    views = queries.constitutions.principle_views(version) if version else []
    replaced = dict([bound]) if bound else {}
    context = {
        "conversation": conversation,
        "section": "draft",
        "version": version,
        "published": published,
        "next_number": 1 + (published.number or 0 if published else 0),
        "rows": [
            {"principle": view, "form": replaced.get(view.pk) or _reword_form(view)}
            for view in views
        ],
        "rule": rule or _rule_form(conversation, version.rule if version else {}),
        "is_analysed": run is not None,
        "is_sound": run is None or run.is_sound,
    }
    return render(request, "constitutions/draft.html", context, status=status)


def _rule_form(
    conversation: Conversation, rule: dict[str, float | None]
) -> forms.DraftRule:
    """With the rule of the draft that stands, else the one told from the first day."""
    told = queries.draft_rules.of(conversation)
    given = {
        "threshold": round(100 * (rule.get("threshold") or told.threshold)),
        "max_principles": rule.get("max_principles") or told.max_principles,
        "min_votes": rule.get("min_votes_per_group") or told.min_votes,
    }
    return forms.DraftRule(initial=given)


def _reword_form(view: queries.constitutions.PrincipleView) -> forms.Reword:
    """With ids of its own: there are many on one page."""
    return forms.Reword(initial={"text": view.text}, auto_id=f"principle-{view.pk}-%s")


def _back_to(principle: Principle, slug: str) -> HttpResponse:
    """The draft, at the principle that was changed."""
    here = reverse("draft", args=[slug])
    return HttpResponseRedirect(f"{here}#principle-{principle.pk}")
