"""Setting a conversation up: the least to begin with, then one form for each step."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.forms.constitutions import DraftRule
from deliberation.forms.fields import OneLineField
from deliberation.forms.participation import OriginsField
from deliberation.models import Conversation
from deliberation.validators import (
    MAX_QUESTION_LENGTH,
    RESERVED_SLUGS,
    clean_markdown,
    validate_slug,
)

# Fewer votes say too little of a person, more are asked of nobody.
LEAST_GOAL, MOST_GOAL = 5, 200
# A sentence, and a paragraph that still fits on the card of a phone.
LEAST_LENGTH, MOST_LENGTH = 80, 600
MOST_STATEMENTS = 1000
MAX_DESCRIPTION = 4000
# Where a question has no Latin letters to make an address of.
ADDRESS = "conversation"
WRITTEN = "%Y-%m-%dT%H:%M"


class Address(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Address"),
            validators=[validate_slug],
            widget=forms.TextInput(
                attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
            ),
            **kwargs,
        )


class NewConversation(forms.Form):
    """The least to begin with. `is_suggested`: the address was made of the question."""

    question = OneLineField(
        label=_("Question"),
        help_text=_("What people are asked, in one sentence."),
        max_length=MAX_QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    slug = Address(
        required=False,
        help_text=_(
            "The end of the link: small letters, digits and hyphens. Left empty, it is"
            " made of the question."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the question"),
        choices=settings.LANGUAGES,
        initial=get_language,
    )
    is_suggested = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("question") and cleaned.get("slug") == "":
            cleaned["slug"] = suggested_address(cleaned["question"])
            self.is_suggested = True
        return cleaned


class CopyConversation(forms.Form):
    slug = Address(
        help_text=_("The end of the copy's link: small letters, digits and hyphens.")
    )


def suggested_address(question: str) -> str:
    """Its first words, in the letters that addresses are made of."""
    plain = slugify(question).replace("_", "-")
    words, address = [word for word in plain.split("-") if word], ""
    for word in words:
        longer = f"{address}-{word}".strip("-")
        if len(longer) > 40:
            break
        address = longer
    is_none = len(address) < 2 or address in RESERVED_SLUGS
    return ADDRESS if is_none else address


# --- The steps -----------------------------------------------------------------------


class Step(forms.Form):
    """Begins with what holds. `is_voted_on`: what was voted on stays as it is."""

    def __init__(
        self,
        data: Any = None,
        *,
        conversation: Conversation,
        is_voted_on: bool = False,
    ) -> None:
        held = {name: getattr(conversation, name) for name in self.base_fields}
        super().__init__(data, initial=held)
        self.conversation = conversation
        self.is_voted_on = is_voted_on
        self.prepare()

    def prepare(self) -> None:
        """What depends on the conversation."""


class WordsStep(Step):
    question = OneLineField(
        label=_("Question"),
        help_text=_("What people are asked, in one sentence."),
        max_length=MAX_QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = forms.ChoiceField(
        label=_("Language of the question"), choices=settings.LANGUAGES
    )
    description = forms.CharField(
        label=_("Description"),
        help_text=_(
            "Why you ask, who asks, and what will happen with the result. Markdown:"
            " an empty line between paragraphs, **strong**, *stressed*, - for lists,"
            " [words](https://example.org) for links."
        ),
        required=False,
        strip=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages to translate into"),
        help_text=_(
            "The pages themselves are in all of these. Here you say into which the"
            " question and the statements are to be translated; your translators see"
            " what is missing."
        ),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        own = self.conversation.language
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            choice for choice in settings.LANGUAGES if choice[0] != own
        ]
        for name in ("question", "language"):
            self.fields[name].disabled = self.is_voted_on

    def clean_description(self) -> str:
        return clean_markdown(self.cleaned_data["description"])


def _time(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=[WRITTEN, "%Y-%m-%d %H:%M"],
        error_messages={
            "invalid": _("This is no time. Write it like 2026-12-05 18:00.")
        },
        widget=forms.DateTimeInput(
            format=WRITTEN, attrs={"type": "datetime-local", "data-time": ""}
        ),
    )


class ScheduleStep(Step):
    opens_at = _time(
        _("Opens"), _("Then it opens by itself. Empty: you open it yourself.")
    )
    collects_until = _time(
        _("Statements until"),
        _("From then on people vote on what is there. Empty: as long as votes."),
    )
    votes_until = _time(
        _("Votes until"), _("Then it closes by itself. Empty: you close it yourself.")
    )
    drafts_until = _time(
        _("The constitution is drafted until"),
        _("Told to participants, so that they know when to come back."),
    )
    ratifies_until = _time(
        _("The constitution is ratified until"),
        _("Told to participants as well. After it all is done."),
    )

    def prepare(self) -> None:
        is_draft = self.conversation.state == Conversation.State.DRAFT
        self.fields["opens_at"].disabled = not is_draft


class PeopleStep(Step):
    entry = forms.ChoiceField(
        label=_("Who can take part"),
        help_text=_("How to sign links for your own people says “Taking part”."),
        choices=Conversation.Entry.choices,
        widget=forms.RadioSelect,
    )
    moderation = forms.ChoiceField(
        label=_("New statements"),
        help_text=_(
            "Before is calmer and costs you time; after is livelier and needs somebody"
            " who looks every day."
        ),
        choices=Conversation.Moderation.choices,
        widget=forms.RadioSelect,
    )
    embed_origins = OriginsField(
        label=_("Sites that may show it in their pages"),
        help_text=_(
            "One address a line, like https://www.example.org: the beginning of the"
            " address, without a page. With none, no other site can."
        ),
        required=False,
    )


class SightStep(Step):
    results = forms.ChoiceField(
        label=_("Who sees the results"),
        choices=Conversation.Results.choices,
        widget=forms.RadioSelect,
    )
    takes_importance = forms.BooleanField(
        label=_("People may mark that a statement matters to them"), required=False
    )
    takes_reasons = forms.BooleanField(
        label=_("People may add a reason, in one line, for the moderators"),
        required=False,
    )


class LimitsStep(Step):
    vote_goal = forms.IntegerField(
        label=_("Votes to aim for"),
        help_text=_(
            "After so many votes people are thanked and may stop with a good"
            " conscience. About 25 place a person well on the opinion map."
        ),
        min_value=LEAST_GOAL,
        max_value=MOST_GOAL,
    )
    max_statement_length = forms.IntegerField(
        label=_("Longest statement"),
        help_text=_(
            "In characters, as readers see them. Short statements hold one idea;"
            " longer ones are already there and stay."
        ),
        min_value=LEAST_LENGTH,
        max_value=MOST_LENGTH,
    )
    max_statements = forms.IntegerField(
        label=_("Statements of one person"),
        help_text=_(
            "At most so many. Empty: as many as she likes. Some people write a hundred,"
            " and each has to be read and voted on."
        ),
        min_value=1,
        max_value=MOST_STATEMENTS,
        required=False,
    )


class RuleStep(DraftRule):
    """The same fields as when the draft is filled, begun with what holds."""

    def __init__(
        self,
        data: Any = None,
        *,
        conversation: Conversation,
        is_voted_on: bool = False,
    ) -> None:
        told = queries.draft_rules.of(conversation)
        held = {
            "threshold": round(100 * told.threshold),
            "max_principles": told.max_principles,
            "min_votes": told.min_votes,
        }
        super().__init__(data, initial=held)

    def clean_threshold(self) -> float:
        return float(self.cleaned_data["threshold"]) / 100
