"""Stylesheets in one piece and scripts in one folder, packed once and kept for ever.

A page asks for one stylesheet, whatever it is made of. Scripts stay the files they are:
their folder is named by a digest of them all, so that a module finds its neighbour by a
relative import. Made from the sources, with and without `collectstatic`.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.crypto import salted_hmac

PRINT = "print"
SEPARATOR = "+"
NAME = re.compile(r"[a-z][a-z0-9-]*")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_BREAK = re.compile(r"\s*\n\s*")
URL = re.compile(r'url\("\.\./([^"]+)"\)')
# What may stand in a data: address as it is.
SAFE = " =:/,;()'"
Made = TypeVar("Made")


class NoSuchAsset(LookupError):
    """No source of this name."""


@dataclass(frozen=True)
class Asset:
    digest: str
    plain: bytes

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.plain, mtime=0)

    @cached_property
    def brotli(self) -> bytes:
        return bytes(brotli.compress(self.plain))

    def packed(self, accepted: str) -> tuple[bytes, str]:
        """The body and its Content-Encoding (empty: none) for an Accept-Encoding."""
        offered = {word.split(";")[0].strip() for word in accepted.split(",")}
        if "br" in offered:
            return self.brotli, "br"
        if "gzip" in offered:
            return self.gzip, "gzip"
        return self.plain, ""


def stylesheet(names: str) -> Asset:
    """The sheets named "tokens+base+...", in this order, then what is for paper.

    Raises NoSuchAsset where one is not there.
    """
    return _kept(_stylesheet, names)


def script(name: str) -> Asset:
    """One module; its digest is that of the whole folder. Raises NoSuchAsset."""
    return _kept(_script, name)


def script_digest() -> str:
    """Of all scripts together."""
    return _kept(_script_digest, "")


def inlined(path: str) -> str:
    """A small SVG file as a data: address. Raises NoSuchAsset."""
    return _kept(_inlined, path)


def _kept(make: Callable[[str], Made], name: str) -> Made:
    """Made once; while the sources are being worked on, each time."""
    return make(name) if settings.DEBUG else _once(make, name)


# Enough for every page; who asks for other mixtures gets them, and they are forgotten.
@lru_cache(maxsize=128)
def _once(make: Callable[[str], Made], name: str) -> Made:
    return make(name)


def _stylesheet(names: str) -> Asset:
    parts = [_source("css", name) for name in names.split(SEPARATOR)]
    parts.append(f"@media print {{\n{_source('css', PRINT)}\n}}")
    text = COMMENT.sub("", "\n".join(parts))
    text = URL.sub(lambda found: f'url("{static(found[1])}")', text)
    plain = LINE_BREAK.sub("\n", text).strip().encode()
    return Asset(_digest(plain), plain)


def _script(name: str) -> Asset:
    return Asset(script_digest(), _source("js", name).encode())


def _script_digest(_name: str) -> str:
    folders = [Path(folder) / "js" for folder in settings.STATICFILES_DIRS]
    paths = [path for folder in folders for path in sorted(folder.glob("*.js"))]
    return _digest(b"\0".join(path.read_bytes() for path in paths))


def _inlined(path: str) -> str:
    found = finders.find(path)
    if found is None:
        raise NoSuchAsset(path)
    drawing = Path(found).read_text(encoding="utf-8").strip()
    return f"data:image/svg+xml,{quote(drawing, safe=SAFE)}"


def _source(kind: str, name: str) -> str:
    path = finders.find(f"{kind}/{name}.{kind}") if NAME.fullmatch(name) else None
    if path is None:
        raise NoSuchAsset(name)
    return Path(path).read_text(encoding="utf-8")


def _digest(content: bytes) -> str:
    """Keyed: only an address of ours is worth packing for (see views/assets.py)."""
    keyed = salted_hmac("deliberation.assets", content, algorithm="sha256")
    return str(keyed.hexdigest()[:12])
