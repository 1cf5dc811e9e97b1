"""Which sites may hold a conversation in a frame: one origin a line."""

import re
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import each_line

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
