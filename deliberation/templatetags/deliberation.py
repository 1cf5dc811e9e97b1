"""Formatting for templates, and the addresses of styles and scripts; nothing else.

Numbers shown to people are localised by Django ("1,234"); numbers meant for machines
(form values, SVG attributes) go through `plain` or `svg`, which never are.
"""

import json as jsons
from datetime import datetime, timedelta
from typing import Protocol

from django import template
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from deliberation import assets
from deliberation import markdown as markdowns

register = template.Library()


class SaysReasons(Protocol):
    """A conversation, as far as formatting needs it."""

    def reason_words(self, code: str) -> str: ...


VOTE_NAMES = {1: "agree", 0: "pass", -1: "disagree"}
N_GROUP_COLOURS = 5


@register.filter
def percent(share: float) -> str:
    """0.824 as "82%"; 100 and 0 only where it is all or nobody."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    if rounded == 0 and share > 0:
        rounded = 1
    return gettext("%(number)d%%") % {"number": rounded}


@register.filter
def points(share: float) -> str:
    """0.824 as "82": for differences of shares, and where the sign stands elsewhere."""
    return str(round(share * 100))


@register.filter
def plain(number: object) -> str:
    """A number for machines: "1234", whatever the language."""
    return str(number)


@register.filter
def json(value: object) -> str:
    """A value for scripts, in an attribute."""
    return jsons.dumps(value, ensure_ascii=False, separators=(",", ":"))


@register.filter
def svg(number: float) -> str:
    """A coordinate or a length for an SVG attribute: "12.34"."""
    return f"{number:.2f}"


@register.filter
def hundredths(share: float) -> str:
    """A share as the width of an SVG rectangle on a scale of 100."""
    return svg(share * 100)


@register.filter
def vote_name(choice: int) -> str:
    """The choice in class names and icons: never translated."""
    return VOTE_NAMES[choice]


@register.filter
def group_index(letter: str) -> str:
    """Which of the group colours and shapes belongs to a group's letter: A is 1.

    0, of no group, belongs to the empty letter.
    """
    if not letter:
        return "0"
    position = sum(ord(character) - ord("A") for character in letter)
    return str(position % N_GROUP_COLOURS + 1)


@register.filter
def reason_words(conversation: "SaysReasons", code: str) -> str:
    """What a reason for rejecting says in this conversation."""
    return conversation.reason_words(code)


@register.filter
def in_words(span: timedelta | float) -> str:
    """How long something took, roughly: "3 minutes", "5 hours", "2 days".

    span : a timedelta, or seconds
    """
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    minutes = round(seconds / 60)
    if minutes < 1:
        return gettext("less than a minute")
    if minutes < 90:
        n = minutes
        words = ngettext("%(n)d minute", "%(n)d minutes", n)
    elif minutes < 48 * 60:
        n = round(minutes / 60)
        words = ngettext("%(n)d hour", "%(n)d hours", n)
    else:
        n = round(minutes / 60 / 24)
        words = ngettext("%(n)d day", "%(n)d days", n)
    return words % {"n": n}


@register.filter
def markdown(text: str) -> SafeString:
    """What a convener wrote at length, as HTML that can do no harm."""
    return markdowns.to_html(text)


@register.filter
def unmarked(text: str) -> str:
    """The same without its Markdown, in one line."""
    return markdowns.to_text(text)


@register.filter
def moment(value: datetime) -> str:
    """A time that people must not miss: "Dec. 5, 2026, 18:00 UTC"."""
    here = timezone.localtime(value)
    return gettext("%(date)s, %(time)s %(zone)s") % {
        "date": formats.date_format(here, "DATE_FORMAT"),
        "time": formats.date_format(here, "H:i"),
        "zone": here.tzname(),
    }


@register.simple_tag
def stylesheet(*names: str) -> SafeString:
    """One link for these files of static/css/, in this order."""
    joined = assets.SEPARATOR.join(names)
    address = reverse("stylesheet", args=[assets.stylesheet(joined).digest, joined])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag
def inlined(path: str) -> str:
    """A small drawing of static/ as an address that holds it: one request less."""
    return assets.inlined(path)


@register.simple_tag
def modules(name: str, *imported: str) -> SafeString:
    """A module of static/js/; with it, all at once, what it imports first.

    The style goes before them: every page can be read before they are there.
    """
    links = format_html_join(
        "",
        '<link rel="modulepreload" href="{}" fetchpriority="low">',
        ((script(other),) for other in imported),
    )
    return links + format_html(
        '<script type="module" src="{}" fetchpriority="low"></script>', script(name)
    )


@register.simple_tag
def script(name: str) -> str:
    """The address of a module of static/js/."""
    return reverse("script", args=[assets.script_digest(), name])
