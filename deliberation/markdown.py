"""Safe Markdown: what conveners write at length, as HTML that can do no harm.

Two locks, each enough by itself: the parser lets no HTML through, and of what it makes
only the tags that are listed here leave. Pictures would tell another site who reads.
"""

import re
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("strong", "em", "code", "pre", "a"),
}
SCHEMES = {"http", "https", "mailto"}
BLOCKS = re.compile(r"<(?=/?(?:p|br|hr|li|h\d|blockquote|pre)\b)")

# A line that ends is a line that ends: people who know no Markdown write so.
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def to_html(text: str) -> SafeString:
    """Headings begin below that of the page; links name nobody and vouch for none."""
    tokens = _demoted(_parser.parse(text))
    html = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(  # noqa: S308 - all but the listed tags is taken out
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel="noopener nofollow",
        )
    )


def to_text(text: str) -> str:
    """The words alone, in one line: for what takes no HTML."""
    words = nh3.clean(BLOCKS.sub(" <", to_html(text)), tags=set())
    return " ".join(unescape(words).split())


def _demoted(tokens: list[Token]) -> list[Token]:
    """The highest that is used is an h2, and none skips a step on the way down."""
    used = sorted({t.tag for t in tokens if t.type == "heading_open"})
    level = 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(used.index(token.tag) + 2, level + 1, 6)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
    return tokens
