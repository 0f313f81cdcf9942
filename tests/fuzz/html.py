"""A strict look at the HTML that is made: more narrow than what browsers take, so nothing slips through by leniency."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<text>[^<]+)|</(?P<close>[a-z][a-zA-Z0-9]*)>"""
    r"""|<(?P<open>[a-z][a-zA-Z0-9]*)(?P<attributes>(?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<]*")?)*)\s*(?P<empty>/?)>"""
)
_ATTRIBUTE = re.compile(r'\s+([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"<]*)")?')
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#[0-9]+|#x[0-9a-fA-F]+);)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_VOID = {"br", "hr", "input", "line", "rect", "circle", "path"}
_TAGS = _VOID | {
    *(
        "a",
        "aside",
        "b",
        "blockquote",
        "button",
        "caption",
        "code",
        "dd",
        "defs",
        "del",
        "desc",
        "details",
        "div",
        "dl",
    ),
    *(
        "dt",
        "em",
        "figcaption",
        "figure",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "label",
        "li",
        "nav",
        "ol",
    ),
    *("option", "p", "pattern", "pre", "s", "section", "select", "span", "strong", "summary", "svg", "table", "tbody"),
    *("td", "text", "th", "thead", "time", "title", "tr", "ul"),
}
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^\\]", re.IGNORECASE)
_IGNORED = re.compile("[\t\r\n]")
_BLANK = "".join(map(chr, range(33)))
"""What browsers leave out in front of an address; tabs and line breaks they leave out anywhere."""
Tag = tuple[str, tuple[str, ...]]


def assert_page(page: str) -> list[Tag]:
    """Hold a page to be well formed, of known tags, without anything that runs; give its tags with their attributes."""
    open_tags: list[str] = []
    found: list[Tag] = []
    assert not _CONTROL.search(page)
    assert not (bare := _AMPERSAND.search(page)), page[max(bare.start() - 80, 0) : bare.end() + 80]
    for token in _tokens(page):
        if token["close"]:
            assert open_tags, f"</{token['close']}> closes nothing"
            assert open_tags.pop() == token["close"], page[max(token.start() - 200, 0) : token.end()]
        elif token["open"]:
            found.append((token["open"], tuple(_attributes(token["attributes"]))))
            assert token["open"] in _TAGS, token[0]
            if token["open"] not in _VOID and not token["empty"]:
                open_tags.append(token["open"])
    assert not open_tags, open_tags
    return found


def text_of(page: str) -> str:
    """Give what is to be read on a page."""
    return html.unescape("".join(token["text"] or "" for token in _tokens(page)))


def _tokens(page: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(page):
        token = _TOKEN.match(page, at)
        assert token, f"no HTML: {page[at : at + 80]!r}"
        yield token
        at = token.end()


def _attributes(written: str) -> Iterator[str]:
    seen = set()
    for match in _ATTRIBUTE.finditer(written):
        name, value = match[1].lower(), html.unescape(match[2] or "")
        assert name not in seen, written
        seen.add(name)
        assert not name.startswith("on"), written
        assert name not in ("style", "src", "srcdoc", "srcset", "action", "formaction", "xlink:href"), written
        address = _IGNORED.sub("", value).lstrip(_BLANK)
        assert name != "href" or not address or _ADDRESS.match(address), written
        assert name != "href" or not address.startswith("//"), written
        yield name
