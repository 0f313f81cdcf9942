from __future__ import annotations

from html.parser import HTMLParser

import pytest

from crmtool.report.notes import notes_html, relative_links


def test_notes_are_markdown_below_the_heading_of_the_page() -> None:
    html = notes_html("# Erstes\n\nEin *Wort*, ~~weg~~.\n\n## Zweites\n\n| a |\n| - |\n| b |\n")
    assert "<h3>Erstes</h3>" in html
    assert "<h4>Zweites</h4>" in html
    assert "<em>Wort</em>" in html
    assert "<s>weg</s>" in html
    assert "<td>b</td>" in html


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://elsewhere.example/pixel.png)",
        '![" onerror="alert(1)](x)',
        "<svg onload=alert(1)>",
        '<math><mi xlink:href="javascript:alert(1)">',
        "<style>body{display:none}</style>",
        '<a href="https://x.example" style="position:fixed">x</a>',
        "<iframe src=//x.example></iframe>",
    ],
)
def test_nothing_in_notes_runs_or_asks_elsewhere(body: str) -> None:
    elements = _Elements()
    elements.feed(notes_html(body))
    assert set(elements.found) <= {"p", "a", "href", "rel", "title", "span", "class"}
    assert all(address.startswith("https://") for address in elements.addresses)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(name for name, _ in attrs)]
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def test_a_picture_becomes_a_link_to_it() -> None:
    html = notes_html("![Skizze](https://x.example/a.png)")
    assert html == '<p><a href="https://x.example/a.png" rel="noreferrer">Skizze</a></p>\n'
    assert notes_html("![Skizze](a.png)") == '<p><span class="nowhere">Skizze</span></p>\n'


def test_relative_links_lead_where_they_are_told_or_stay_text() -> None:
    html = notes_html(
        "[Uwe](../uwe.md), [Plan](plan.pdf), [weiter](#unten), [fort](//host/x)", {"../uwe.md": "../uwe.html"}.get
    )
    assert html == (
        '<p><a href="../uwe.html" rel="noreferrer">Uwe</a>, <span class="nowhere">Plan</span>, '
        '<span class="nowhere">weiter</span>, '
        '<span class="nowhere">fort</span></p>\n'
    )


def test_relative_links_are_found_with_their_lines() -> None:
    body = "# A\n\nText\nund [x](x.md)\n\n- [y](<y z.md>) [web](https://x.example)\n- [z][1]\n\n[1]: z.md\n"
    assert list(relative_links(body)) == [(3, "x.md"), (5, "y%20z.md"), (6, "z.md")]


@pytest.mark.parametrize("body", ["", "\n", " \n\t\r\n"])
def test_a_body_of_nothing_gives_nothing(body: str) -> None:
    assert notes_html(body) == ""
