"""A contact's body as HTML: Markdown, converted without trusting it, then sanitised."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
    *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TOP_LEVEL = 3


def notes_html(body: str) -> Markup:
    """Convert a body; HTML in it shows as the text that it is, and pictures become links to them."""
    html = _converter().render(body)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noreferrer")
    return Markup(clean)


@lru_cache(maxsize=1)
def _converter() -> MarkdownIt:
    converter = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
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
    return str(Markup('<a href="{}">{}</a>').format(source, tokens[index].content or source))
