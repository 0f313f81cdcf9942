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

Follow = Callable[[str], str | None]
"""Where a relative link leads on the site; None where it leads nowhere there."""


def notes_html(body: str, follow: Follow = lambda _: None) -> Markup:
    """Convert a body; HTML in it shows as the text that it is, and pictures become links to them.

    A relative link that `follow` takes nowhere stays as its text.
    """
    if not body.strip(" \t\r\n"):
        return Markup()
    converter = _converter()
    tokens = converter.parse(printable(body))
    for opening, closing, _ in _links(tokens):
        href = str(opening.attrGet("href") or "")
        if not _ABSOLUTE.match(href):
            _lead(opening, closing, follow(href))
    html = converter.renderer.render(tokens, converter.options, {})
    return Markup(_sanitiser().clean(html))


def relative_links(body: str) -> Iterator[tuple[int, str]]:
    """Give each relative link of a body, percent-encoded, with its line, from 0."""
    for opening, _, line in _links(_converter().parse(body)):
        href = str(opening.attrGet("href") or "")
        if not _ABSOLUTE.match(href):
            yield line, href


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
