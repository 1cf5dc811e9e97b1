"""What comes back from a card."""

from django import forms
from django.core.signing import BadSignature, Signer

from deliberation.models import Choice

DRAW = Signer(salt="deliberation.draw")


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
