"""What stands in a file stays text in Markdown, whatever it looks like."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crmtool.formats.markdown import escaped
from crmtool.text import one_line, visible
from tests.unit.formats.hostile import HOSTILE

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = [
    "- ",
    "1. ",
    "# ",
    "> ",
    "***",
    "---",
    "```",
    "<b>",
    "|",
    "`",
    "](x)",
    "[x",
    "![",
    "\\",
    "&amp;",
    "@x",
    "#1",
    "::",
]
texts = st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, *HOSTILE, "a", " ", "9"]), max_size=6).map("".join))


def shown(html: str) -> str:
    """Give the text that a reader sees; there may be no tag in it."""
    assert "<" not in html, html
    return unescape(html).replace("\u200b", "")


def plain(text: str) -> str:
    return visible(one_line(text))


@given(texts)
def test_it_stays_text_at_the_beginning_of_a_line_and_in_it(text: str) -> None:
    html = READER.render(f"{escaped(text)}\n\nx {escaped(text)} x\n")
    first, second = [line for line in html.splitlines() if line] if plain(text) else ("<p></p>", html.strip())
    assert shown(first.removeprefix("<p>").removesuffix("</p>")) == plain(text)
    assert shown(second.removeprefix("<p>x ").removesuffix("x</p>")).strip() == plain(text)


@given(texts)
def test_it_stays_in_its_cell(text: str) -> None:
    html = READER.render(f"| a | b |\n| --- | --- |\n| {escaped(text)} | y |\n\n**{escaped(text)}** z\n")
    cells = re.findall("<td>(.*?)</td>", html)
    assert [shown(cell) for cell in cells] == [plain(text), "y"]


@pytest.mark.parametrize(
    "text",
    [
        "@mira", "x@nordlicht.example", "#12", "GH-12", "gh-12", "owner/repo#12", "!12", "~label", "%1", "$1", "&1",
        "https://evil.example", "HTTP://evil.example", "www.evil.example", "WWW.evil.example", "mailto:x", "[[page]]",
        ":tada:", "deadbee1", "0123456789abcdef0123456789abcdef01234567", '~"a label"', "^alert#1",
    ],
)  # fmt: skip
def test_what_a_host_would_make_a_link_of_is_parted(text: str) -> None:
    html = unescape(READER.render(escaped(text)))
    assert text not in html
    assert html.replace("\u200b", "") == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text", ["12:30", "1234567", "2026-11-23", "40 T€", "a: b", "50 %", "Müller & Söhne", "C# und F#"]
)
def test_what_is_harmless_is_left_whole(text: str) -> None:
    assert unescape(escaped(text)) == text


def test_a_long_text_is_cut() -> None:
    assert escaped("word " * 10, 12) == "word word w…"
    assert escaped("x" * 12, 12) == "x" * 12
