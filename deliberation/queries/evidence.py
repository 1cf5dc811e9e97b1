"""The figures of a sign as a sentence, and the threshold it is beyond as another"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from deliberation.models import ParticipationSign

Kind = ParticipationSign.Kind
Figures = Mapping[str, Any]


def told(kind: str, figures: Figures) -> str:
    """What was found; empty for a sign without figures."""
    return _TOLD[kind](figures) if figures else ""


def limit(kind: str, figures: Figures) -> str:
    """Beyond what it is."""
    return _LIMITS[kind](figures) if figures else ""


def _straight(found: Figures) -> str:
    sentences = {
        "agree": _(
            "Agreed %(n_same)d times of %(n_votes)d. Others agreed with these"
            " statements %(others)d times of 100."
        ),
        "disagree": _(
            "Disagreed %(n_same)d times of %(n_votes)d. Others disagreed with these"
            " statements %(others)d times of 100."
        ),
        "pass": _(
            "Passed %(n_same)d times of %(n_votes)d. Others passed on these"
            " statements %(others)d times of 100."
        ),
    }
    return sentences[found["answer"]] % {
        "n_same": found["n_same"],
        "n_votes": found["n_votes"],
        "others": round(100 * found["p_others"]),
    }


def _straight_limit(found: Figures) -> str:
    return _(
        "These answers are %(odds)s times likelier from somebody who always gives one"
        " answer than from an honest person; the threshold is %(threshold)s."
    ) % {"odds": _number(found["odds"]), "threshold": _number(found["threshold"])}


def _speed(found: Figures) -> str:
    return _(
        "%(n_fast)d of %(n_votes)d votes came faster than their statements can be read:"
        " half of all within %(median)s seconds of the one before."
    ) % {
        "n_fast": found["n_fast"],
        "n_votes": found["n_votes"],
        "median": _number(found["median"]),
    }


def _speed_limit(found: Figures) -> str:
    return _(
        "Reading them takes %(needed)s seconds each even at %(threshold)s characters a"
        " second. Votes that waited for the network are not held against anybody."
    ) % {
        "needed": _number(found["needed"]),
        "threshold": _number(found["threshold"]),
    }


def _burst(found: Figures) -> str:
    return _(
        "%(n_people)d people joined from one network within %(minutes)s minutes,"
        " %(n_that_day)d in all that day."
    ) % {
        "n_people": found["n_people"],
        "minutes": _number(found["minutes"]),
        "n_that_day": found["n_that_day"],
    }


def _burst_limit(found: Figures) -> str:
    return _(
        "The threshold is %(threshold)s people. A school class or an office is one"
        " network too: this alone says nothing."
    ) % {"threshold": _number(found["threshold"])}


def _copy(found: Figures) -> str:
    return _(
        "Gave the same answer as participant %(like)d to %(n_same)d of %(n_shared)d"
        " statements, and mostly later; %(n_expected)s would be expected of two people"
        " of their opinions. People like this one, as far as compared: %(n_like)d."
    ) % {
        "like": found["like"],
        "n_same": found["n_same"],
        "n_shared": found["n_shared"],
        "n_expected": _number(found["n_expected"]),
        "n_like": found["n_like"],
    }


def _copy_limit(found: Figures) -> str:
    return _(
        "That is %(odds)s times likelier of a copy; the threshold, with so many people"
        " to be like, is %(threshold)s. Two friends who vote together look the same."
    ) % {"odds": _number(found["odds"]), "threshold": _number(found["threshold"])}


def _spam(found: Figures) -> str:
    return _(
        "Wrote %(n_statements)d statements: %(n_refused)d rejected as spam or off"
        " topic, at most %(n_in_an_hour)d in an hour, %(n_repeats)d that say nearly the"
        " same as another of theirs."
    ) % {
        name: found[name]
        for name in ("n_statements", "n_refused", "n_in_an_hour", "n_repeats")
    }


def _spam_limit(found: Figures) -> str:
    return _("One of these figures is beyond the rule of this conversation.")


_TOLD = {
    Kind.STRAIGHT.value: _straight,
    Kind.SPEED.value: _speed,
    Kind.BURST.value: _burst,
    Kind.COPY.value: _copy,
    Kind.SPAM.value: _spam,
}
_LIMITS = {
    Kind.STRAIGHT.value: _straight_limit,
    Kind.SPEED.value: _speed_limit,
    Kind.BURST.value: _burst_limit,
    Kind.COPY.value: _copy_limit,
    Kind.SPAM.value: _spam_limit,
}


def _number(value: float) -> str:
    """Plain where it is small; 12,000,000 says no more than "over a million"."""
    if value >= 1_000_000:
        return _("over 1,000,000")
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:g}"
