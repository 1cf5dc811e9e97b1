"""A conversation's words in another language, as its moderators write them."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.models import Conversation
from deliberation.validators import (
    MAX_QUESTION_LENGTH,
    clean_markdown,
    validate_statement,
)

# Of the original's limit: other scripts and grammars need more room.
ROOM = 2


class IntoLanguage(forms.Form):
    """Into which language; the only thing that both forms below ask."""

    language = forms.ChoiceField(
        choices=settings.LANGUAGES, widget=forms.HiddenInput, label=_("Language")
    )


class TranslateConversation(IntoLanguage):
    """Both fields empty take a translation away."""

    question = OneLineField(
        label=_("Question"), required=False, max_length=ROOM * MAX_QUESTION_LENGTH
    )
    description = forms.CharField(
        label=_("Description"),
        help_text=_("In Markdown, with the signs of the original."),
        required=False,
        strip=False,
        max_length=ROOM * 4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, data: object = None, *, conversation: Conversation, **more: object
    ) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        self.conversation = conversation
        if not conversation.description:
            del self.fields["description"]

    def clean_description(self) -> str:
        return clean_markdown(self.cleaned_data["description"])

    def clean(self) -> dict[str, object]:
        """One without the other would be a page in two languages."""
        given = self.cleaned_data
        given.setdefault("description", "")
        question, description = given.get("question"), given["description"]
        if description and question == "":
            self.add_error("question", _("Translate the question, too."))
        if question and self.conversation.description and description == "":
            self.add_error("description", _("Translate the description, too."))
        return given


class TranslateStatement(IntoLanguage):
    """An empty text takes a translation away.

    original : the words that were before the moderator; limit : of the conversation
    """

    original = forms.CharField(widget=forms.HiddenInput, strip=False)
    text = OneLineField(
        label=_("Translation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: object = None, *, limit: int, **more: object) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        self.limit = limit

    def clean_original(self) -> str:
        """Browsers send a new line as two characters."""
        return str(self.cleaned_data["original"]).replace("\r\n", "\n")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text:
            validate_statement(text, limit=ROOM * self.limit)
        return text
