"""What comes back from a card, as a form."""

from django import forms
from django.core.signing import BadSignature, Signer
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import KEY_PATTERN, OneLineField
from deliberation.models import Choice

DRAW = Signer(salt="deliberation.draw")
MAX_REASON_LENGTH = 280


class KeyField(forms.CharField):
    """The client's name of one event; a plain form may have none."""

    default_validators = [RegexValidator(rf"\A{KEY_PATTERN}\Z")]

    def __init__(self) -> None:
        super().__init__(required=False)


class Vote(forms.Form):
    """A choice on a statement, and the signed draw that showed the statement."""

    key = KeyField()
    statement = forms.IntegerField(min_value=1)
    choice = forms.TypedChoiceField(
        choices=Choice.choices, coerce=lambda value: Choice(int(value))
    )
    draw = forms.CharField(required=False)

    def clean(self) -> dict[str, object]:
        """Adds `probability` and `n_candidates` of the draw, where we signed it."""
        cleaned = super().clean() or {}
        draw, statement = cleaned.pop("draw", ""), cleaned.get("statement", 0)
        probability, n_candidates = drawn_with(draw, statement)
        return cleaned | {"probability": probability, "n_candidates": n_candidates}


class Undo(forms.Form):
    """Which choice is taken back; without a key, the one that holds now."""

    statement = forms.IntegerField(min_value=1)
    vote_key = KeyField()


class Remark(forms.Form):
    """What is added to a vote. A field that is not sent leaves as it is.

    A checkbox that is not ticked is not sent either: `has_matters` says it was shown.
    """

    statement = forms.IntegerField(min_value=1)
    has_matters = forms.BooleanField(required=False)
    matters = forms.BooleanField(required=False)
    reason = OneLineField(label=_("Why?"), required=False, max_length=MAX_REASON_LENGTH)

    def clean(self) -> dict[str, object]:
        """Makes None of what was not asked."""
        cleaned = super().clean() or {}
        if not cleaned.pop("has_matters", False):
            cleaned["matters"] = cleaned.get("matters") or None
        if "reason" not in self.data:
            cleaned["reason"] = None
        return cleaned


def signed_draw(statement_id: int, probability: float, n_candidates: int) -> str:
    """What the hidden field `draw` of a card holds."""
    return DRAW.sign(f"{statement_id}/{probability:.9g}/{n_candidates}")


def drawn_with(draw: str, statement_id: int) -> tuple[float | None, int | None]:
    """Probability and number of candidates, of a draw of this statement we signed."""
    if not draw:
        return None, None
    try:
        statement, probability, n_candidates = DRAW.unsign(draw).split("/")
    except (BadSignature, ValueError):
        return None, None
    if statement != str(statement_id):
        return None, None
    return float(probability), int(n_candidates)
