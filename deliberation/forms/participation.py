"""How people take part: what those who run a conversation decide."""

import re
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import each_line
from deliberation.models import Conversation

# Fewer votes say too little of a person, more are asked of nobody.
LEAST_GOAL, MOST_GOAL = 5, 200
# A sentence, and a paragraph that still fits on the card of a phone.
LEAST_LENGTH, MOST_LENGTH = 80, 600
MAX_ORIGINS = 50

HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*")
HERE = frozenset({"localhost", "127.0.0.1"})


class OriginsField(forms.CharField):
    """Sites whose pages may hold a frame: one origin a line, as browsers name them."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false"})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: str) -> list[str]:
        """In order and each once; every bad line is named."""
        lines = [line.strip() for line in (value or "").splitlines()]
        named = ((n, line) for n, line in enumerate(lines, 1) if line)
        origins = each_line(named, origin)
        if len(origins) > MAX_ORIGINS:
            raise forms.ValidationError(
                _("These are %(n)d sites; at most %(most)d can be named."),
                params={"n": len(origins), "most": MAX_ORIGINS},
            )
        return list(dict.fromkeys(origins))


class Participation(forms.Form):
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
    takes_importance = forms.BooleanField(
        label=_("People may mark that a statement matters to them"), required=False
    )
    takes_reasons = forms.BooleanField(
        label=_("People may add a reason, in one line, for the moderators"),
        required=False,
    )
    results = forms.ChoiceField(
        label=_("Who sees the results"),
        choices=Conversation.Results.choices,
        widget=forms.RadioSelect,
    )
    entry = forms.ChoiceField(
        label=_("Who can take part"),
        help_text=_("How to sign links for your own people is explained below."),
        choices=Conversation.Entry.choices,
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


def origin(line: str) -> str:
    """The origin a line names, as a browser writes it. Raises ValidationError.

    http is for trying things out on one's own computer only.
    """
    try:
        parts = urlsplit(line)
        port = parts.port
    except ValueError as error:
        raise _refused(_("“%(line)s” is no address of a site."), line) from error
    host = _ascii(parts.hostname or "")
    if "*" in line:
        raise _refused(_("Name each site in full: “%(line)s” holds a star."), line)
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host):
        raise _refused(
            _("“%(line)s” is no address of a site; write it like https://example.org."),
            line,
        )
    if parts.scheme == "http" and host not in HERE:
        raise _refused(_("“%(line)s” is not safe; it has to begin with https."), line)
    if parts.username is not None or _has_more(parts.path, line):
        raise forms.ValidationError(
            _("Write only the beginning of the address, %(scheme)s://%(host)s."),
            params={"scheme": parts.scheme, "host": host},
        )
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (
        f":{port}" if port not in {None, usual} else ""
    )


def _has_more(path: str, line: str) -> bool:
    """A single slash at the end is how browsers show a bare address."""
    return path not in {"", "/"} or "?" in line or "#" in line


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _refused(words: object, line: str) -> forms.ValidationError:
    return forms.ValidationError(words, params={"line": line[:100]})  # type: ignore[arg-type]
