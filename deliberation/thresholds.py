"""What a sign of participation must be beyond: the usual thresholds, and a rule's own

A conversation keeps only what differs (Conversation.quality_rule). The engine has the
same numbers of its own (clustering/quality/records.py); a test holds both together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Threshold:
    """words : what it limits; least, most : between which it may be set"""

    name: str
    words: Promise
    usual: float
    least: float
    most: float

    @property
    def is_whole(self) -> bool:
        return isinstance(self.usual, int)


ALL = (
    Threshold(
        "straight_votes", _("Always the same answer: votes at least"), 10, 5, 1000
    ),
    Threshold(
        "straight_odds",
        _("Always the same answer: so many times likelier than from an honest person"),
        20.0,
        2.0,
        1_000_000.0,
    ),
    Threshold(
        "straight_rarity",
        _("Always the same answer: seen in at most this part of honest people"),
        0.003,
        0.0001,
        0.05,
    ),
    Threshold("speed_votes", _("Too fast: so many votes at least"), 10, 5, 1000),
    Threshold("speed_share", _("Too fast: this part of all votes"), 0.5, 0.1, 1.0),
    Threshold(
        "speed_characters",
        _("Too fast: so many characters a second are read by nobody"),
        100.0,
        40.0,
        1000.0,
    ),
    Threshold(
        "copy_shared", _("Like somebody else: shared statements at least"), 10, 5, 1000
    ),
    Threshold(
        "copy_odds",
        _("Like somebody else: so many times likelier as a copy, over all others"),
        1.25,
        0.1,
        1_000_000.0,
    ),
    Threshold("burst_people", _("One network: so many newcomers"), 20, 5, 10_000),
    Threshold(
        "burst_minutes", _("One network: within so many minutes"), 10.0, 1.0, 1440.0
    ),
    Threshold("spam_refused", _("Spam: so many statements rejected for it"), 3, 1, 100),
    Threshold("spam_share", _("Spam: this part of all of a person's"), 0.5, 0.1, 1.0),
    Threshold("spam_hour", _("Spam: so many statements in an hour"), 20, 3, 1000),
    Threshold(
        "spam_repeats",
        _("Spam: so many that say nearly the same as another"),
        5,
        1,
        100,
    ),
)


def of(rule: Mapping[str, float]) -> dict[str, float]:
    """All of them: the rule's own, and the usual ones for the rest."""
    return {one.name: rule.get(one.name, one.usual) for one in ALL}


def differing(values: Mapping[str, float]) -> dict[str, float]:
    """What of these is not usual: as a conversation keeps it."""
    return {one.name: values[one.name] for one in ALL if values[one.name] != one.usual}


@dataclass(frozen=True)
class Told:
    """A threshold as a conversation has it, for everybody to read."""

    words: Promise
    value: str
    usual: str
    is_usual: bool


def told(rule: Mapping[str, float]) -> list[Told]:
    known = of(rule)
    return [
        Told(
            one.words,
            f"{known[one.name]:g}",
            f"{one.usual:g}",
            known[one.name] == one.usual,
        )
        for one in ALL
    ]
