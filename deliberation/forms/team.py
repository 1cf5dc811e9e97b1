"""Roles, and invitations to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.models import Moderator

MOST_DAYS = 30


class Role(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Moderator.Role.choices)


class Invite(Role):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Moderator.Role.choices,
        initial=Moderator.Role.MODERATOR,
    )
    label = forms.CharField(
        label=_("For whom"),
        help_text=_("A name or a note, to know the link again."),
        max_length=80,
    )
    days = forms.IntegerField(
        label=_("Days it is good for"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=7,
    )
