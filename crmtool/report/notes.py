"""A contact's body as HTML: Markdown, converted without trusting it, then sanitised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from crmtool.text import printable

_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_CLASSES = {"span": {"nowhere"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TOP_LEVEL = 3
_MOST = 256 * 1024
_MOST_TANGLED = 8 * 1024
"""So long may notes be in which more than `_MOST_OPEN` brackets stand open: each of these is looked at many times."""
_MOST_OPEN = 10
_MOST_CELLS = 20_000
_MOST_QUOTED = 100_000
"""So many lines may stand in quotations, each counted for every quotation around it: it is read as often."""
_MOST_LETTERS_OF_ADDRESSES = 1024 * 1024
"""One address, defined once, may be what thousands of links lead to."""
_BRACKETS, _LINE_ENDS, _BLANK_LINES = re.compile(r"[\[\]]"), re.compile(r"\r\n?|\n"), re.compile(r"(?<=\n)[ \t]*\r?\n")
_BELOW_HEADS = re.compile(r"[\s|:>*+\-0-9.)]*")
"""Such as `| --- | :-: |`, in a quotation or a list, too."""
_QUOTING = re.compile(r"[\s>*+\-0-9.)]*>")

Follow = Callable[[str], str | None]
"""Where a relative link leads on the site; None where it leads nowhere there."""


def notes_html(body: str, follow: Follow = lambda _: None, plainly: str = "") -> Markup:
    """Convert a body; HTML in it shows as the text that it is, and pictures become links to them.

    A relative link that `follow` takes nowhere stays as its text. What would take too long to convert stands as it is
    written, below the words `plainly`.
    """
    if not body.strip(" \t\r\n"):
        return Markup()
    end = _end(body)
    tokens = _tokens(printable(body[:end]))
    if tokens is None:
        return _plain(body, plainly)
    for opening, closing, _ in _links(tokens):
        href = str(opening.attrGet("href") or "")
        if not _ABSOLUTE.match(href):
            _lead(opening, closing, follow(href))
    html = _converter().renderer.render(tokens, _converter().options, {})
    return Markup(_sanitiser().clean(html)) + _plain(body[end:], plainly)


def relative_links(body: str) -> Iterator[tuple[int, str]]:
    """Give each relative link of a body, percent-encoded, with its line, from 0."""
    for opening, _, line in _links(_tokens(body[: _end(body)]) or ()):
        href = str(opening.attrGet("href") or "")
        if not _ABSOLUTE.match(href):
            yield line, href


def _plain(text: str, plainly: str) -> Markup:
    told = Markup("<p><em>{}</em></p>\n<pre><code>{}</code></pre>\n")
    return told.format(plainly, printable(text)) if text else Markup()


def _tokens(text: str) -> list[Token] | None:
    """Give the parts of Markdown; None where its links would be far longer than what was written."""
    tokens = _converter().parse(text)
    letters = 0
    for block in tokens:
        for token in block.children or ():
            letters += sum(len(str(value)) for value in token.attrs.values())
    return tokens if letters <= _MOST_LETTERS_OF_ADDRESSES else None


def _end(body: str) -> int:
    """Tell how far a body can be converted soon: all of it, but for what nobody writes."""
    if len(body) <= _MOST_TANGLED and "|" not in body:
        return len(body)
    # The end of a line, not of a paragraph: a list without blank lines is one, however long it has grown.
    most = len(body) if len(body) <= _MOST else body.rfind("\n", 0, _MOST) + 1
    start = cells = quoted = 0
    for end in (*(blank.end() for blank in _BLANK_LINES.finditer(body, 0, most)), most):
        paragraph = body[start:end]
        cells += _cells(paragraph)
        quoted += _quoted(paragraph)
        is_slow = cells > _MOST_CELLS or quoted > _MOST_QUOTED
        if is_slow or (len(body) > _MOST_TANGLED and _is_tangled(paragraph)):
            return start
        start = end
    return most


def _cells(paragraph: str) -> int:
    """Count the cells that a table would have at most: each row has as many as the line below the heads."""
    lines = _LINE_ENDS.split(paragraph) if "|" in paragraph else []
    widths = [line.count("|") + 1 for line in lines if "|" in line and _BELOW_HEADS.fullmatch(line)]
    return len(lines) * max(widths, default=0)


def _quoted(paragraph: str) -> int:
    """Count each line for every quotation that may be around it: lines below one belong to it without a sign, too."""
    lines = _LINE_ENDS.split(paragraph) if ">" in paragraph else []
    depths = [signs[0].count(">") for signs in map(_QUOTING.match, lines) if signs]
    return len(lines) * max(depths, default=0)


def _is_tangled(paragraph: str) -> bool:
    opened = 0
    for bracket in _BRACKETS.findall(paragraph):
        opened = opened + 1 if bracket == "[" else max(0, opened - 1)
        if opened > _MOST_OPEN:
            return True
    return False


def _links(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token, int]]:
    """Give each link's opening and closing token and its line; links do not nest."""
    for block in tokens:
        line, opening = (block.map or [0])[0], None
        for token in block.children or ():
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "link_open":
                opening = token
            elif token.type == "link_close" and opening is not None:
                yield opening, token, line


def _lead(opening: Token, closing: Token, address: str | None) -> None:
    if address is None:
        opening.tag = closing.tag = "span"
        opening.attrs = {"class": "nowhere"}
    else:
        opening.attrSet("href", address)


@lru_cache(maxsize=1)
def _sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes=_SCHEMES, link_rel="noreferrer"
    )


@lru_cache(maxsize=1)
def _converter() -> MarkdownIt:
    converter = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Without HTML they find nothing, but would be asked at every sign.
    converter.disable(["html_block", "html_inline"])
    converter.core.ruler.push("headings_below_the_page", _lower_headings)
    converter.add_render_rule("image", _link_to_image)
    return converter


def _lower_headings(state: StateCore) -> None:
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    # The highest heading of the notes stands right below the page's own heading of them.
    lift = _TOP_LEVEL - min((int(token.tag[1]) for token in headings), default=_TOP_LEVEL)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) + lift)}"


def _link_to_image(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    # A page makes no request of its own, so it shows no picture from elsewhere.
    source = str(tokens[index].attrGet("src") or "")
    form = '<a href="{0}">{1}</a>' if _ABSOLUTE.match(source) else '<span class="nowhere">{1}</span>'
    return str(Markup(form).format(source, tokens[index].content or source))
