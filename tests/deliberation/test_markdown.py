"""Markdown of conveners: what it becomes, and what never gets through."""

import pytest

from deliberation import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Why\n\nBecause.", "<h2>Why</h2>\n<p>Because.</p>\n"),
        ("## Why", "<h2>Why</h2>\n"),
        ("# A\n### B\n###### C", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n"),
        ("### C\n# A\n### C", "<h2>C</h2>\n<h2>A</h2>\n<h3>C</h3>\n"),
        (
            "\n".join("#" * n + " x" for n in range(1, 7)),
            "".join(f"<h{n}>x</h{n}>\n" for n in (2, 3, 4, 5, 6, 6)),
        ),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>\n'),
        ("**strong** *stressed*", "<p><strong>strong</strong> <em>stressed</em></p>\n"),
        (
            "[us](https://example.org)",
            '<p><a href="https://example.org" rel="noopener nofollow">us</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_html(text, html):
    assert markdown.to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![seen](https://spy.example/pixel.png)",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt&colon;alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "[click](vbscript:x)",
        "<a href='javascript:alert(1)'>click</a>",
        "<iframe src=https://spy.example></iframe>",
        "<style>body{display:none}</style>",
        "`<svg onload=alert(1)>`",
        '[a](https://e.example "\\" onclick=alert(1))',
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_nothing_that_runs_or_spies_gets_through(text):
    html = markdown.to_html(text).lower()

    for tag in ("<script", "<img", "<iframe", "<style", "<svg"):
        assert tag not in html
    for attribute in (" onerror=", " onload=", " onclick=", " src=", " style="):
        assert attribute not in html.replace("&lt;", "").split(">")[0]
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="vbscript' not in html


def test_words_alone_are_one_line():
    text = "# Why\n\nWe **ask**.\n\n- <b>one</b>\n- [two](https://example.org)"

    assert markdown.to_text(text) == "Why We ask. <b>one</b> two"
