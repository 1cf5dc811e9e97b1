"""The published document: stable bytes, checkable digest, text that stays text."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from deliberation.formats.constitution import (
    AnalysisEntry,
    ConstitutionDocument,
    GroupEntry,
    GroupVotes,
    OriginEntry,
    PrincipleEntry,
    RuleEntry,
    SourceEntry,
    digest,
    to_json,
    to_markdown,
    to_text,
)
from deliberation.formats.markdown import escaped, one_line

SOURCE = SourceEntry(
    statement_number=214,
    text="The AI should be honest",
    group_aware_consensus=0.7234567,
    groups={"B": GroupVotes(0, 0, 0), "A": GroupVotes(1180, 3, 5)},
)
DOCUMENT = ConstitutionDocument(
    title="Rules for our AI",
    question="What must an AI do?",
    slug="rules",
    version=2,
    published_at="2026-03-01T10:00:00+00:00",
    language="en",
    description="Written by\nthe public.\n\nFor everyone.",
    rule=RuleEntry("Every group agrees.", {"threshold": 0.7, "min_votes": 30}),
    analysis=AnalysisEntry(
        run_digest="abc123",
        n_participants=1126,
        n_grouped=1002,
        n_votes=38252,
        groups=(GroupEntry("A", 619), GroupEntry("B", 383)),
    ),
    principles=(
        PrincipleEntry(1, "An AI should be\nhonest.", (SOURCE,)),
        PrincipleEntry(2, "Be kind.", ()),
    ),
)
DRAFT = replace(DOCUMENT, version=None, published_at=None)
DIGEST = "733c9bd251ea41a6e26d696eeb8fe235fbbc0c54184e00c5e3a53656a6d2f9df"

MARKDOWN = f"""\
# Rules for our AI

> What must an AI do?

**Version 2** · 2026-03-01

Written by the public.

For everyone.

| | |
| :-- | :-- |
| People who voted | 1,126 |
| Votes | 38,252 |
| People in opinion groups | 1,002 |
| Opinion groups | A (619), B (383) |
| Principles | 2 |
| Language | en |
| Analysis run | abc123 |
| Digest | {DIGEST} |

## How principles were chosen

Every group agrees.

- min\\_votes: 30
- threshold: 0.7000

## Principles

### Principle 1

An AI should be honest.

*From statement 214 · group-aware consensus 0.723*

> The AI should be honest

| Group | Agree | Disagree | Pass | Agree share (95 % interval) |
| :-- | --: | --: | --: | --: |
| A | 1,180 | 3 | 5 | 99.3% (98.7% to 99.7%) |
| B | 0 | 0 | 0 | no votes |

### Principle 2

Be kind.

*Written without a source statement.*

## How to read the figures
"""


def test_to_markdown_reads_as_a_document() -> None:
    markdown = to_markdown(DOCUMENT)

    head, _, _ = markdown.partition("\n**Agree share**")
    assert head == MARKDOWN


def test_to_markdown_marks_a_draft() -> None:
    lines = to_markdown(DRAFT).splitlines()

    assert lines[4] == "**DRAFT** · not ratified, may still change"


def test_to_text_is_one_principle_per_line() -> None:
    assert to_text(DOCUMENT) == "An AI should be honest.\nBe kind.\n"


def test_to_json_holds_the_document_in_fixed_decimals() -> None:
    content = json.loads(to_json(DOCUMENT))

    assert content["principles"][0]["sources"] == [
        {
            "statement_number": 214,
            "text": "The AI should be honest",
            "group_aware_consensus": 0.723457,
            "groups": {
                "A": {"agree": 1180, "disagree": 3, "pass": 5},
                "B": {"agree": 0, "disagree": 0, "pass": 0},
            },
        }
    ]
    assert (content["version"], content["digest"]) == (2, DIGEST)


def test_to_json_is_canonical() -> None:
    document = replace(DOCUMENT, title="Règles <für> 人工智能")

    text = to_json(document)

    again = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, indent=2)
    assert text == again + "\n"


def test_to_json_refuses_what_is_not_a_number() -> None:
    rule = RuleEntry("", {"threshold": float("nan")})

    with pytest.raises(ValueError, match="Out of range float values"):
        to_json(replace(DOCUMENT, rule=rule))


def test_digest_can_be_checked_from_the_json_alone() -> None:
    content = json.loads(to_json(DOCUMENT))
    stated = content.pop("digest")

    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2)

    assert stated == hashlib.sha256(f"{text}\n".encode()).hexdigest()


def test_digest_is_the_same_for_the_same_document() -> None:
    groups = dict(sorted(SOURCE.groups.items()))
    first = PrincipleEntry(
        1, "An AI should be\nhonest.", (replace(SOURCE, groups=groups),)
    )
    document = replace(DOCUMENT, principles=(first, DOCUMENT.principles[1]))

    written = [write(document) for write in (digest, to_json, to_markdown)]

    assert written == [write(DOCUMENT) for write in (digest, to_json, to_markdown)]


def test_digest_changes_with_one_vote() -> None:
    groups = {**SOURCE.groups, "A": GroupVotes(1181, 3, 5)}
    first = PrincipleEntry(
        1, "An AI should be\nhonest.", (replace(SOURCE, groups=groups),)
    )
    document = replace(DOCUMENT, principles=(first, DOCUMENT.principles[1]))

    assert digest(document) != digest(DOCUMENT)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("# Heading", "\\# Heading"),
        ("a\n\n# b", "a \\# b"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("[x](http://a.b)", "\\[x\\](http\\://a.b)"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("www.a.b and c@d.e", "www\\.a.b and c\\@d.e"),
        ("a | b \\", "a \\| b \\\\"),
        ("It's 5:30, (really) - ok!", "It's 5:30, (really) - ok!"),
    ],
)
def test_escaped_takes_the_meaning_from_markup(text: str, safe: str) -> None:
    assert escaped(text) == safe


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co"]))
    | st.text("#*_-+=[](){}<>!`~|\\&;:/.1) aw@\n\t\"'^$", max_size=30)
)
def test_escaped_is_shown_letter_by_letter(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = parser.parse(f"> {escaped(text)}\n\n{escaped(text)}")

    shown = [
        "".join(child.content for child in token.children or [])
        for token in tokens
        if token.type == "inline"
    ]

    expected = one_line(text)
    assert shown == ([expected, expected] if expected else [])
    assert {token.type for token in tokens} <= {
        "blockquote_open",
        "blockquote_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
    }
    assert all(
        child.type in {"text", "text_special"}
        for token in tokens
        for child in token.children or []
    )


def test_to_markdown_keeps_the_public_from_writing_structure() -> None:
    evil = "ok\n\n# Principle 3\n<script>x</script> [a](javascript:x) | 9 |"
    source = replace(SOURCE, text=evil)
    document = replace(
        DOCUMENT, title=evil, principles=(PrincipleEntry(1, evil, (source,)),)
    )

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(to_markdown(document))

    headings = [token.tag for token in tokens if token.type == "heading_open"]
    children = {child.type for token in tokens for child in token.children or []}
    assert headings == ["h1", "h2", "h2", "h3", "h2"]
    assert children & {"html_inline", "link_open", "image"} == set()


REWORDED = replace(
    SOURCE,
    lineage=(
        OriginEntry(51, "reword", "The AI must be *honest*"),
        OriginEntry(12, "split", ""),
    ),
)
WITH_LINEAGE = replace(
    DOCUMENT, principles=(PrincipleEntry(1, "An AI should be honest.", (REWORDED,)),)
)


def test_to_json_tells_lineage_only_where_there_is_one() -> None:
    (told,) = json.loads(to_json(WITH_LINEAGE))["principles"][0]["sources"]
    (plain,) = json.loads(to_json(DOCUMENT))["principles"][0]["sources"]

    assert told["lineage"] == [
        {
            "lineage": "reword",
            "statement_number": 51,
            "text": "The AI must be *honest*",
        },
        {"lineage": "split", "statement_number": 12, "text": ""},
    ]
    assert "lineage" not in plain


def test_to_markdown_tells_lineage_beneath_the_statement() -> None:
    lines = to_markdown(WITH_LINEAGE).splitlines()

    at = lines.index("> The AI should be honest")
    assert lines[at + 1 : at + 5] == [
        "",
        r"- Reworded by moderators from statement 51: The AI must be \*honest\*",
        "- Split off by moderators from statement 12, which was not shown",
        "",
    ]


def test_digest_covers_lineage() -> None:
    without = replace(
        DOCUMENT, principles=(PrincipleEntry(1, "An AI should be honest.", (SOURCE,)),)
    )

    assert digest(WITH_LINEAGE) != digest(without)
