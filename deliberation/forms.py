"""Plain forms that clean input; none of them saves."""

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from deliberation.models import Choice, Conversation, Statement
from deliberation.validators import (
    MAX_QUESTION_LENGTH,
    clean_paragraphs,
    clean_text,
    validate_principle,
    validate_slug,
    validate_statement,
)

DRAW = Signer(salt="deliberation.draw")
MAX_SEEDS = 500


class OneLineField(forms.CharField):
    """Text in one line: white space and control characters are tidied first."""

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


class Vote(forms.Form):
    """A choice on a statement, and the signed draw that showed the statement."""

    statement = forms.IntegerField(min_value=1)
    choice = forms.TypedChoiceField(
        choices=Choice.choices, coerce=lambda value: Choice(int(value))
    )
    draw = forms.CharField(required=False)

    def clean(self) -> dict[str, object]:
        """Adds `probability`: of the draw, where the signature is ours."""
        cleaned = super().clean() or {}
        cleaned["probability"] = self._probability(cleaned.pop("draw", ""))
        return cleaned

    def _probability(self, draw: str) -> float | None:
        try:
            statement, probability = DRAW.unsign(draw).split("/")
        except (BadSignature, ValueError):
            return None
        return float(probability) if statement == self.data.get("statement") else None


def signed_draw(statement_id: int, probability: float) -> str:
    """What the hidden field `draw` of a card holds."""
    return DRAW.sign(f"{statement_id}/{probability:.9g}")


class SubmitStatement(forms.Form):
    text = OneLineField(
        label=_("Your statement"),
        validators=[validate_statement],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence in words.")},
    )


class NewConversation(forms.Form):
    question = OneLineField(
        label=_("Question"),
        help_text=_("What people are asked, in one sentence."),
        max_length=MAX_QUESTION_LENGTH,
    )
    slug = forms.CharField(
        label=_("Address"),
        help_text=_("The end of the link: small letters, digits and hyphens."),
        validators=[validate_slug],
    )
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Why you ask, who asks, and what will happen with the result."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    moderation = forms.ChoiceField(
        label=_("New statements"),
        choices=Conversation.Moderation.choices,
        initial=Conversation.Moderation.BEFORE,
        widget=forms.RadioSelect,
    )

    def clean_description(self) -> str:
        return clean_paragraphs(self.cleaned_data["description"])


class Seeds(forms.Form):
    """One seed statement a line."""

    seeds = forms.CharField(
        label=_("Seed statements"),
        help_text=_("One statement a line."),
        # An empty first line counts when a later one is named by its number.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_seeds(self) -> list[str]:
        """The statements in order, empty lines dropped; every bad line is named."""
        lines = self.cleaned_data["seeds"].splitlines()
        texts = [(n, clean_text(line)) for n, line in enumerate(lines, 1)]
        texts = [(n, text) for n, text in texts if text]
        if len(texts) > MAX_SEEDS:
            raise forms.ValidationError(
                _("These are %(n)d lines; at most %(most)d fit in one go."),
                params={"n": len(texts), "most": MAX_SEEDS},
            )
        errors = []
        for n, text in texts:
            try:
                validate_statement(text)
            except forms.ValidationError as error:
                errors.append(
                    forms.ValidationError(
                        _("Line %(line)d: %(problem)s"),
                        params={"line": n, "problem": error.messages[0]},
                    )
                )
        if errors:
            raise forms.ValidationError(errors)
        return [text for _n, text in texts]


class Reject(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Statement.Reason.choices],
    )
    note = OneLineField(label=_("Note"), required=False, max_length=300)


class DraftRule(forms.Form):
    """By what rule statements become principles."""

    threshold = forms.IntegerField(
        label=_("Every group agrees with at least (percent)"),
        min_value=1,
        max_value=100,
    )
    max_principles = forms.IntegerField(
        label=_("At most so many principles"), min_value=1, max_value=500
    )


class Reword(forms.Form):
    text = OneLineField(
        label=_("Principle"),
        validators=[validate_principle],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Move(forms.Form):
    direction = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))])
