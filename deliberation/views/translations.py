"""For moderators: a conversation's own words in other languages.

A language at a time, originals beside the fields. Every row is a plain form; with htmx
it alone is swapped, with the progress of the languages.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation import actions, forms, queries
from deliberation.actions.translations import OriginalChanged
from deliberation.models import Conversation, Statement
from deliberation.permissions import Right
from deliberation.views.gates import SignedIn, for_role

PER_PAGE = 20
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Row:
    """A statement with its `translation`, and the form to write one."""

    statement: Statement
    form: forms.TranslateStatement


@for_role(Right.TRANSLATE)
@never_cache
@require_safe
def page(request: SignedIn, conversation: Conversation) -> HttpResponse:
    return _page(request, conversation, _asked_language(request, conversation))


@for_role(Right.TRANSLATE)
@require_POST
def translate_conversation(
    request: SignedIn, conversation: Conversation
) -> HttpResponse:
    form = forms.TranslateConversation(request.POST, conversation=conversation)
    if not form.is_valid():
        language = _asked_language(request, conversation)
        return _page(request, conversation, language, question=form, status=422)
    actions.translations.translate_conversation(
        conversation=conversation,
        by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, _("Kept. It holds from now on."))
    return _back(request, conversation, form.cleaned_data["language"])


@for_role(Right.TRANSLATE)
@require_POST
def translate_statement(
    request: SignedIn, conversation: Conversation, number: int
) -> HttpResponse:
    language = _asked_language(request, conversation)
    statement = queries.translations.statement(conversation, number, language)
    form = forms.TranslateStatement(
        request.POST,
        limit=conversation.max_statement_length,
        auto_id=f"statement-{number}-%s",
    )
    if not form.is_valid():
        return _row_again(request, conversation, language, Row(statement, form))
    try:
        actions.translations.translate_statement(
            statement=statement,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except OriginalChanged as error:
        form.add_error("text", str(error))
        return _row_again(request, conversation, language, Row(statement, form))
    said = _("Statement %(number)d is kept.") % {"number": number}
    return _saved(request, conversation, language, number, said)


def _asked_language(request: SignedIn, conversation: Conversation) -> str:
    """That of the form or the address; else the first that is wanted, or the reader's."""
    asked = request.POST.get("language") or request.GET.get("language")
    if asked in LANGUAGES:
        return str(asked)
    mine = get_language() or ""
    if conversation.languages and mine not in conversation.languages:
        return str(conversation.languages[0])
    others = [code for code in LANGUAGES if code != conversation.language]
    return mine if mine in others else others[0]


def _page(
    request: SignedIn,
    conversation: Conversation,
    language: str,
    *,
    question: forms.TranslateConversation | None = None,
    bound: Row | None = None,
    status: int = 200,
) -> HttpResponse:
    """question, bound : what was refused, and comes back with its words"""
    only_missing = "missing" in request.GET
    found = queries.translations.to_translate(
        conversation, language, only_missing=only_missing
    )
    at = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(statement, language) for statement in at]
    if bound:
        number = bound.statement.number
        rows = [bound if row.statement.number == number else row for row in rows]
    context = {
        **_shared(conversation, language),
        "section": "languages",
        "only_missing": only_missing,
        "page": at,
        "rows": rows,
        "question": question or _question_form(conversation, language),
    }
    return render(request, "translations/page.html", context, status=status)


def _shared(conversation: Conversation, language: str) -> dict[str, Any]:
    """What a page and a swapped row both need."""
    progress = queries.translations.progress(conversation)
    return {
        "conversation": conversation,
        "into": language,
        "progress": progress,
        "mine": next(each for each in progress if each.language == language),
    }


def _row(statement: Statement, language: str) -> Row:
    """With ids of its own: there are many on one page."""
    initial = {
        "language": language,
        "original": statement.text,
        "text": statement.translation,  # type: ignore[attr-defined]
    }
    auto_id = f"statement-{statement.number}-%s"
    return Row(
        statement, forms.TranslateStatement(limit=0, initial=initial, auto_id=auto_id)
    )


def _question_form(
    conversation: Conversation, language: str
) -> forms.TranslateConversation:
    initial = {"language": language}
    if known := queries.translations.of_conversation(conversation, language):
        initial |= {"question": known.question, "description": known.description}
    return forms.TranslateConversation(conversation=conversation, initial=initial)


def _row_again(
    request: SignedIn, conversation: Conversation, language: str, row: Row
) -> HttpResponse:
    if not request.htmx:
        return _page(request, conversation, language, bound=row, status=422)
    context = {"conversation": conversation, "into": language, "row": row}
    return render(request, "translations/_statement.html", context, status=422)


def _saved(
    request: SignedIn, conversation: Conversation, language: str, number: int, said: str
) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said)
        return _back(request, conversation, language, f"#statement-{number}")
    statement = queries.translations.statement(conversation, number, language)
    context = {
        **_shared(conversation, language),
        "row": _row(statement, language),
        "said": said,
    }
    return render(request, "translations/_saved.html", context)


def _back(
    request: SignedIn, conversation: Conversation, language: str, place: str = ""
) -> HttpResponse:
    """To the same part of the list."""
    query = QueryDict(request.GET.urlencode(), mutable=True)
    query["language"] = language
    address = reverse("languages", args=[conversation.slug])
    return HttpResponseRedirect(f"{address}?{query.urlencode()}{place}")
