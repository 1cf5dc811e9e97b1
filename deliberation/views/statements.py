"""Writing statements of one's own, and what becomes of them.

As for votes, no form needs a CSRF token. A form that is refused comes back with its
words: with the page, or for a script (HX-Request) alone.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from deliberation import actions, forms, identity, queries, ratelimits
from deliberation.actions.statements import (
    AlreadySaid,
    CollectingOver,
    NearlySaid,
    TakenOut,
    TooManyStatements,
    VotedOn,
)
from deliberation.models import Conversation
from deliberation.queries.fingerprints import Suggestion
from deliberation.views import my_statements
from deliberation.views.my_statements import Returned
from deliberation.views.voting import page_context, see_other


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    """One address: her statements to read, and where a new one is sent."""
    conversation = queries.access.public_conversation(slug)
    if request.method == "POST":
        return submit_statement(request, conversation)
    return my_statements.page(request, conversation, identity.read(request, slug))


def submit_statement(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    slug = conversation.slug
    code = _writer(request, slug)
    form = forms.SubmitStatement(request.POST, limit=conversation.max_statement_length)
    if not form.is_valid():
        return _write_again(request, conversation, code, Returned(form))
    try:
        actions.statements.submit_statement(
            conversation=conversation,
            code=code,
            text=form.cleaned_data["text"],
            language=get_language() or conversation.language,
            now=timezone.now(),
            considered=form.cleaned_data["considered"],
            network=ratelimits.network_here(request, slug),
        )
    except (AlreadySaid, NearlySaid) as error:
        returned = _returned(conversation, form, error)
        return _write_again(request, conversation, code, returned)
    except (CollectingOver, TooManyStatements) as error:
        # There is no form any more for her words to come back in.
        words = form.cleaned_data["text"]
        returned = Returned(forms.SubmitStatement(), 409, refusal=error, words=words)
        return _write_again(request, conversation, code, returned)
    return identity.write(_submitted(request, conversation, code), code, slug)


@csrf_exempt
@require_POST
@never_cache
def edit_statement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    conversation = queries.access.public_conversation(slug)
    code = _writer(request, slug)
    form = forms.SubmitStatement(
        request.POST,
        limit=conversation.max_statement_length,
        auto_id=my_statements.auto_id(number),
    )
    if not form.is_valid():
        return my_statements.page(request, conversation, code, number, Returned(form))
    try:
        actions.statements.edit_statement(
            conversation=conversation,
            code=code,
            number=number,
            text=form.cleaned_data["text"],
            language=get_language() or conversation.language,
            considered=form.cleaned_data["considered"],
            now=timezone.now(),
        )
    except (AlreadySaid, NearlySaid) as error:
        returned = _returned(conversation, form, error)
        return my_statements.page(request, conversation, code, number, returned)
    except (TakenOut, VotedOn) as error:
        # There is no form any more for her words to come back in.
        context = {"refusal": error, "words": form.cleaned_data["text"]}
        return my_statements.page(request, conversation, code, refused=context)
    address = reverse("my-statements", args=[slug])
    return HttpResponseRedirect(f"{address}?changed=1#statement-{number}", status=303)


@csrf_exempt
@require_POST
@never_cache
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to vote on instead, while somebody writes; mostly nothing."""
    conversation = queries.access.public_conversation(slug)
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    ratelimits.check(ratelimits.SIMILAR, code)
    ratelimits.check(ratelimits.SIMILAR_NETWORK, ratelimits.network(request))
    form = forms.SubmitStatement(request.POST, limit=conversation.max_statement_length)
    number = request.POST.get("number", "")
    except_for = int(number) if forms.statements.ID.fullmatch(number) else None
    found: list[Suggestion] = []
    if form.is_valid() and conversation.is_collecting:
        language = get_language() or conversation.language
        text = form.cleaned_data["text"]
        found = queries.fingerprints.suggestions_for(
            conversation, text, language, except_for=except_for
        )
    context = {
        "conversation": conversation,
        "participant": identity.sign(code, slug),
        "suggestions": found,
        "form_id": "write" if except_for is None else my_statements.form_id(except_for),
    }
    return render(request, "statements/_similar.html", context)


def _writer(request: HttpRequest, slug: str) -> str:
    """Her code; counted, and by network for whoever takes a new code each time."""
    identity.refuse_cross_site(request)
    code = identity.read(request, slug) or identity.new_code()
    ratelimits.check(ratelimits.SUBMIT, code)
    ratelimits.check(ratelimits.SUBMIT_NETWORK, ratelimits.network(request))
    return code


def _returned(
    conversation: Conversation,
    form: forms.SubmitStatement,
    error: AlreadySaid | NearlySaid,
) -> Returned:
    """Her words come back with the form, not a page without them."""
    form.add_error("text", str(error))
    if isinstance(error, NearlySaid):
        return Returned(form, error.http_status, error.suggestions)
    said = error.statement
    if not queries.statements.is_shown(conversation, said.state):
        return Returned(form, error.http_status)
    exact = Suggestion(said.pk, said.number, said.text, said.language)
    return Returned(form, error.http_status, (exact,), is_exact=True)


def _write_again(
    request: HttpRequest, conversation: Conversation, code: str, returned: Returned
) -> HttpResponse:
    context = {
        **page_context(request, conversation, code),
        "form": returned.form,
        "suggestions": returned.suggestions,
        "is_exact": returned.is_exact,
        "refusal": returned.refusal,
        "words": returned.words,
    }
    whole_page = not request.htmx  # type: ignore[attr-defined]
    template = "voting/page.html" if whole_page else "statements/_write.html"
    return render(request, template, context, status=returned.status)


def _submitted(
    request: HttpRequest, conversation: Conversation, code: str
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return see_other(conversation.slug, "?submitted=1#submit")
    context = {
        "conversation": conversation,
        "participant": identity.sign(code, conversation.slug),
        "form": forms.SubmitStatement(),
        "is_submitted": True,
        "n_left": queries.statements.n_left_to_write(conversation, code),
    }
    return render(request, "statements/_write.html", context)
