"""For moderators: the words of one statement, edited, reworded or split.

A form that is sent as a preview comes back with what it would change; with htmx the
comparison alone, while somebody writes.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, differences, forms, queries
from deliberation.errors import DeliberationError
from deliberation.models import Conversation
from deliberation.permissions import Right
from deliberation.queries.wording import WordsPage
from deliberation.views.gates import SignedIn, for_role

Form = forms.Words | forms.Parts
# What is done in the words of a form; returns what is said of it afterwards.
Act = Callable[[WordsPage, Form, SignedIn], str]


@for_role(Right.MODERATE)
@require_safe
def page(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    found = queries.wording.page(conversation, number)
    return _page(request, conversation, found)


@for_role(Right.MODERATE)
@require_POST
def edit(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    form = _words(conversation, "edit", request.POST)
    return _sent(request, conversation, number, "edit", form, _edit)


@for_role(Right.MODERATE)
@require_POST
def reword(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    form = _words(conversation, "reword", request.POST)
    return _sent(request, conversation, number, "reword", form, _reword)


@for_role(Right.MODERATE)
@require_POST
def split(request: SignedIn, conversation: Conversation, number: int) -> HttpResponse:
    form = _parts(conversation, request.POST)
    return _sent(request, conversation, number, "split", form, _split)


@for_role(Right.MODERATE)
@require_POST
def take_back(
    request: SignedIn, conversation: Conversation, number: int
) -> HttpResponse:
    found = queries.wording.page(conversation, number)
    actions.successors.take_back(
        statement=found.statement, by=request.user, now=timezone.now()
    )
    said = _("Taken back: statement %(number)d is what it was before.")
    messages.success(request, said % {"number": number})
    return _back(conversation, number)


def _edit(found: WordsPage, form: Form, request: SignedIn) -> str:
    (text,) = form.texts
    actions.wording.edit(
        statement=found.statement,
        text=text,
        language=found.statement.language,
        by=request.user,
        now=timezone.now(),
        seen=form.cleaned_data["seen"],
    )
    said = _("The words of statement %(number)d are changed.")
    return said % {"number": found.statement.number}


def _reword(found: WordsPage, form: Form, request: SignedIn) -> str:
    (text,) = form.texts
    made = actions.successors.reword(
        statement=found.statement,
        text=text,
        language=found.statement.language,
        by=request.user,
        now=timezone.now(),
        seen=form.cleaned_data["seen"],
    )
    said = _("Statement %(number)d takes its place and is open to votes.")
    return said % {"number": made.number}


def _split(found: WordsPage, form: Form, request: SignedIn) -> str:
    made = actions.successors.split(
        statement=found.statement,
        texts=form.texts,
        language=found.statement.language,
        by=request.user,
        now=timezone.now(),
        seen=form.cleaned_data["seen"],
    )
    said = ngettext(
        "%(n)d statement takes its place and is open to votes.",
        "%(n)d statements take its place and are open to votes.",
        len(made),
    )
    return said % {"n": len(made)}


def _sent(
    request: SignedIn,
    conversation: Conversation,
    number: int,
    name: str,
    form: Form,
    act: Act,
) -> HttpResponse:
    """What is refused comes back with its words, beside the statement as it is now."""
    found = queries.wording.page(conversation, number)
    is_valid = form.is_valid()
    if "preview" in request.POST:
        return _preview(request, conversation, found, name, form)
    if not is_valid:
        return _page(request, conversation, found, {name: form}, status=422)
    try:
        said = act(found, form, request)
    except DeliberationError as error:
        return _refused(request, conversation, number, form, error)
    messages.success(request, said)
    return _back(conversation, number)


def _refused(
    request: SignedIn,
    conversation: Conversation,
    number: int,
    form: Form,
    error: DeliberationError,
) -> HttpResponse:
    """Her words, in forms that are of the statement as it is now."""
    found = queries.wording.page(conversation, number)
    words = form.cleaned_data | {"seen": found.statement.revision}
    first = form.texts[0]
    returned: dict[str, Form] = {
        "edit": _words(conversation, "edit", initial={"text": first, **words}),
        "reword": _words(conversation, "reword", initial={"text": first, **words}),
        "split": _parts(conversation, initial={"part_1": first, **words}),
    }
    return _page(
        request,
        conversation,
        found,
        returned,
        refusal=error,
        status=error.http_status,
    )


def _preview(
    request: SignedIn,
    conversation: Conversation,
    found: WordsPage,
    name: str,
    form: Form,
) -> HttpResponse:
    """What the words would change; nothing is stored."""
    before = found.statement.text
    compared = [differences.between(before, text) for text in form.texts]
    if request.htmx:
        context = {"compared": compared, "language": found.statement.language}
        return render(request, "wording/_preview.html", context)
    return _page(request, conversation, found, {name: form}, preview=(name, compared))


def _page(
    request: SignedIn,
    conversation: Conversation,
    found: WordsPage,
    returned: dict[str, Form] | None = None,
    *,
    preview: tuple[str, list[list[differences.Piece]]] | None = None,
    refusal: DeliberationError | None = None,
    status: int = 200,
) -> HttpResponse:
    """`returned`: forms that come back, by what they do; `preview`: of one of them."""
    statement = found.statement
    initial = {"text": statement.text, "seen": statement.revision}
    known: dict[str, Form] = {
        "edit": _words(conversation, "edit", initial=initial),
        "reword": _words(conversation, "reword", initial=initial),
        "split": _parts(conversation, initial=initial),
    }
    context = {
        "conversation": conversation,
        "section": "queue",
        "page": found,
        "forms": known | (returned or {}),
        "opened": set(returned or {}) if not refusal else set(),
        # By act, of the one form that was sent as a preview.
        "compared": dict([preview]) if preview else {},
        "refusal": refusal,
    }
    return render(request, "wording/page.html", context, status=status)


def _words(
    conversation: Conversation, name: str, data: object = None, **more: object
) -> forms.Words:
    limit = conversation.max_statement_length
    return forms.Words(data, limit=limit, auto_id=f"{name}-%s", **more)


def _parts(
    conversation: Conversation, data: object = None, **more: object
) -> forms.Parts:
    limit = conversation.max_statement_length
    return forms.Parts(data, limit=limit, auto_id="split-%s", **more)


def _back(conversation: Conversation, number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("words", args=[conversation.slug, number]))
