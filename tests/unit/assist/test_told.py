"""What files say shows as the text that it is, in Markdown as in plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crmtool.assist.told import Told, as_label, as_markdown, as_plain, short
from crmtool.text import one_line, visible

_HOSTILE = st.text(st.sampled_from("[]()!<>&*_`~#-+=.:/\\|1ax@ \t\n\"'{};w"), min_size=1)


def shown(markdown: str) -> tuple[list[str], set[str]]:
    """Give the text of each block of Markdown, and the kinds of what stands in them."""
    texts, kinds = [], set()
    for block in MarkdownIt("commonmark").parse(markdown):
        kinds.add(block.type)
        if block.type == "inline":
            texts.append("".join(child.content for child in block.children or ()))
            kinds |= {child.type for child in block.children or ()}
    return texts, kinds


_ALLOWED = {
    *("paragraph_open", "paragraph_close", "inline", "text", "text_special", "strong_open", "strong_close"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
}


@given(st.one_of(st.text(), _HOSTILE))
def test_any_text_is_shown_as_it_is_and_means_nothing(text: str) -> None:
    folded = visible(one_line(text)) or "–"
    texts, kinds = shown(
        as_markdown(Told(title=text, about=text, sentences=(text,), facts=(("Lead", text), ("", text))))
    )
    assert kinds <= _ALLOWED
    about = f" · {folded}" if text else ""
    assert texts == [f"{folded}{about}", folded, f"Lead: {folded}", folded]


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/?a=b",
        "www.evil.example",
        "jana@evil.example",
        "mailto:jana@evil.example",
        "[click](command:workbench.action.quit)",
        "![x](https://evil.example/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example>",
    ],
)
def test_no_address_stands_there_that_a_reader_would_make_a_link_of(text: str) -> None:
    written = as_markdown(Told(title="T", sentences=(text,)))
    unescaped = re.sub(r"\\.", "", written)
    for link in ("://", "www.", "jana@", "mailto:jana", "](", "<"):
        assert link not in unescaped


@pytest.mark.parametrize(
    "text", ["stop rule no_buyer", "Entscheider bekannt [open]: Wer?", "a < b, <> 3. [x]", "5 (a)"]
)
def test_what_means_nothing_is_written_without_backslashes(text: str) -> None:
    """Editors in a terminal may show them."""
    assert as_markdown(Told(title="T", about=text, sentences=(text,))) == f"**T** · {text}\n\n{text}"


@pytest.mark.parametrize(
    "text", ["7. a", "12) a", "2026. a", "123456789. a", "[a]: b", "> a", "- a", "+ a", "# a", "==="]
)
def test_no_text_becomes_another_block(text: str) -> None:
    texts, kinds = shown(as_markdown(Told(title="T", sentences=(text, text), facts=(("Lead", text), ("", text)))))
    assert texts == ["T", text, text, f"Lead: {text}", text]
    assert kinds <= _ALLOWED


def test_a_label_of_a_link_cannot_end_it() -> None:
    """Whether or not the editor escapes what it puts between the brackets."""
    assert as_label(r"a\\](command:quit) [b <command:x> `c`") == "a (command:quit) b command:x c"
    assert as_label("Nordlicht (Bremen)\u202e · Jana") == "Nordlicht (Bremen)\\u202e · Jana"


def test_controls_and_turned_text_are_made_visible() -> None:
    assert as_plain(Told(title="a\u202eb\x1b[31m")) == "a\\u202eb\\u001b[31m"
    assert short("a\u202eb\ud800") == "a\\u202eb\\ud800"


def test_what_stands_beside_a_line_is_short_and_on_one_line() -> None:
    assert short("a\n  b") == "a b"
    assert short("x" * 61) == "x" * 59 + "…"
    assert short("x" * 60) == "x" * 60
