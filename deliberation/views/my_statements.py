"""The page of a participant's own statements, which several forms come back to."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from deliberation import forms, identity, queries
from deliberation.errors import DeliberationError
from deliberation.models import Conversation
from deliberation.queries.fingerprints import Suggestion


@dataclass(frozen=True)
class Returned:
    """A form that comes back, with what there is to vote on instead."""

    form: forms.SubmitStatement
    status: int = 422
    suggestions: tuple[Suggestion, ...] = ()
    # The suggestion has these very words: nothing is left to send.
    is_exact: bool = False
    # Where no more is taken from her: why, and what she wrote.
    refusal: DeliberationError | None = None
    words: str = ""


@dataclass(frozen=True)
class Item:
    """One of her statements on the page, with the forms to reword it and to object."""

    row: queries.statements.MyStatement
    form: forms.SubmitStatement
    form_id: str
    address: str
    is_wrong: bool
    suggestions: tuple[Suggestion, ...]
    is_exact: bool
    objection: forms.Objection
    objection_address: str


def page(
    request: HttpRequest,
    conversation: Conversation,
    code: str | None,
    number: int | None = None,
    returned: Returned | None = None,
    refused: dict[str, object] | None = None,
    objection: forms.Objection | None = None,
) -> HttpResponse:
    """Her statements.

    number, returned, objection : the statement whose form comes back, and which
    refused : `refusal` and `words`, where there is no form for them any more
    """
    participant = queries.voting.participant(conversation, code)
    at, now = request.GET.get("page", "1"), timezone.now()
    page = queries.statements.mine(participant, now, at) if participant else None
    context = {
        "conversation": conversation,
        "participant": code and identity.sign(code, conversation.slug),
        "page": page,
        "items": [
            _item(row, page, returned, objection)
            if row.statement.number == number
            else _item(row, page)
            for row in page
        ]
        if page
        else [],
        "is_changed": "changed" in request.GET,
        "is_objected": "objected" in request.GET,
        **(refused or {}),
    }
    is_wrong = objection is not None and bool(objection.errors)
    status = returned.status if returned else 409 if refused else 200
    status = 422 if is_wrong else status
    return render(request, "statements/my_statements.html", context, status=status)


def _item(
    row: queries.statements.MyStatement,
    page: Page[queries.statements.MyStatement],
    returned: Returned | None = None,
    objection: forms.Objection | None = None,
) -> Item:
    """With the form as it is, or as it comes back."""
    statement = row.statement
    initial = {"text": statement.text}
    form = forms.SubmitStatement(initial=initial, auto_id=auto_id(statement.number))
    arguments = [statement.conversation.slug, statement.number]
    address = reverse("edit-statement", args=arguments)
    objecting = reverse("object", args=arguments)
    return Item(
        row=row,
        form=returned.form if returned else form,
        form_id=form_id(statement.number),
        # What is refused comes back on the page that it was sent from.
        address=f"{address}?page={page.number}",
        is_wrong=returned is not None,
        suggestions=returned.suggestions if returned else (),
        is_exact=returned is not None and returned.is_exact,
        objection=objection or objection_form(statement.number),
        objection_address=f"{objecting}?page={page.number}",
    )


def form_id(number: int) -> str:
    return f"edit-{number}"


def auto_id(number: int) -> str:
    return f"id_{number}_%s"


def objection_form(number: int, data: object = None) -> forms.Objection:
    """With ids of its own: there may be many on one page."""
    return forms.Objection(data, auto_id=f"object-{number}-%s")  # type: ignore[arg-type]
