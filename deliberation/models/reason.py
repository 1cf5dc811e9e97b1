"""Why a statement is rejected: the reasons that every conversation begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    DUPLICATE = "duplicate", _("Says the same as another statement")
    OFF_TOPIC = "off_topic", _("Off topic")
    SEVERAL_IDEAS = "several_ideas", _("Holds more than one idea")
    UNCLEAR = "unclear", _("Cannot be understood")
    HATEFUL = "hateful", _("Hateful or insulting")
    PERSONAL = "personal", _("Names or identifies a private person")
    SPAM = "spam", _("Spam")
    OTHER = "other", _("Another reason")
