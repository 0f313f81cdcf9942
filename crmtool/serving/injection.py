"""What the server adds to a page on its way to the browser, and never to the files that are built."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

RELOAD = "/-crmtool/reload.js"
EVENTS = "/-crmtool/events"

_META = re.compile(r"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_IS_POLICY = re.compile(r"http-equiv\s*=\s*[\"']?content-security-policy\b", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What to add to a page: the version of the site that it belongs to, and what stands on top of it."""

    version: str
    banner: str


def added(page: str, addition: Addition) -> str:
    """Give a page that shows the banner and reloads itself once there is another version."""
    version = html.escape(addition.version)
    script = f'<script src="{RELOAD}" data-events="{EVENTS}" data-version="{version}" defer></script>\n'
    page = _META.sub(lambda meta: _connecting(meta[0]), page)
    page = _before(_HEAD_END, page, script)
    return _after(_BODY, page, addition.banner)


def connecting(policy: str) -> str:
    """Give a Content-Security-Policy under which a page may also ask the server that it came from."""
    directives = [directive.split() for directive in policy.split(";") if directive.strip()]
    # A browser heeds the first directive of a name.
    sources = {name.lower(): allowed for name, *allowed in reversed(directives)}
    given = sources.get("connect-src", sources.get("default-src"))
    if given is None or "'self'" in given:
        return policy
    connect = ["connect-src", *(source for source in given if source.lower() != "'none'"), "'self'"]
    others = [directive for directive in directives if directive[0].lower() != "connect-src"]
    return "; ".join(" ".join(directive) for directive in [*others, connect])


def _connecting(meta: str) -> str:
    if not _IS_POLICY.search(meta):
        return meta
    return _CONTENT.sub(lambda found: found[1] + _quoted(connecting(html.unescape(found[2][1:-1]))), meta)


def _quoted(value: str) -> str:
    return '"' + value.replace("&", "&amp;").replace('"', "&quot;") + '"'


def _before(mark: re.Pattern[str], page: str, text: str) -> str:
    found = mark.search(page)
    at = found.start() if found else 0
    return page[:at] + text + page[at:]


def _after(mark: re.Pattern[str], page: str, text: str) -> str:
    found = mark.search(page)
    at = found.end() if found else 0
    return page[:at] + text + page[at:]
