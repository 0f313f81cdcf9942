"""Settings that say what the pages show, and yet can have a build take for ever, or a page ask elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from urllib.parse import urlsplit

from crmtool.app.site_trust.plain_yaml import Tagged
from crmtool.app.site_trust.power import Place, Power, named, shown
from crmtool.errors import CrmtoolError
from crmtool.text import visible

_MOST_STARS, _MOST_DEEP = 3, 2
"""Of `*` in a pattern, and of `**` among them: MkDocs tries each way to share a path out among them."""
_MOST_FIELDS = 20
_FIELDS = ("path", "path_noext")
_PASSED_OVER = re.compile(r"[\x00-\x20]")
"""What a browser takes no notice of where an address begins."""
_ELSEWHERE = re.compile(r"//|[^/?#]*:")


def patterns(key: str, value: object, _place: Place) -> Iterator[Power]:
    """Tell of patterns of paths that may take for ever."""
    for line in value.splitlines() if isinstance(value, str) else ():
        parts = line.strip().split("/")
        stars = sum(1 if part == "**" else part.count("*") for part in parts)
        if stars > _MOST_STARS or parts.count("**") > _MOST_DEEP:
            yield Power(text=f"look for pages by {shown(line.strip())}, which may take for ever ({key})")


def edit_template(value: object, _place: Place) -> Iterator[Power]:
    """Tell of a template that can make any text of a page's path, however long."""
    try:
        fields = [each for each in Formatter().parse(value) if each[1] is not None] if isinstance(value, str) else []
    except ValueError:  # MkDocs says so
        return
    if len(fields) > _MOST_FIELDS or any(form or name not in _FIELDS for _, name, form, _ in fields):
        yield Power(text=f"fill in {shown(value)} on each page, at any length (edit_uri_template)")


def scripts(value: object, place: Place) -> Iterator[Power]:
    """Tell of each script that a browser would run in the pages."""
    for each in _listed(value):
        path = each.get("path") if isinstance(each, Mapping) else each
        _refuse_unreadable("extra_javascript", path)
        files = (place.pages / path,) if isinstance(path, str) and not _is_elsewhere(path) else ()
        yield Power(
            text=f"run the script {named(path)} in every browser that opens a page (extra_javascript)", files=files
        )


def styles(value: object, _place: Place) -> Iterator[Power]:
    """Tell of each style sheet that a browser would fetch elsewhere; raises CrmtoolError where one is no address."""
    for path in _listed(value):
        if not isinstance(path, str | Tagged):
            raise CrmtoolError(f"extra_css must list the addresses of style sheets, and {_told(path)} is none")
        _refuse_unreadable("extra_css", path)
        if isinstance(path, str) and _is_elsewhere(path):
            yield Power(text=f"have every page load {path} from elsewhere (extra_css)")


def addresses(key: str, value: object, _place: Place) -> Iterator[Power]:
    """Tell nothing of addresses that can be read; raises CrmtoolError where one cannot."""
    _refuse_unreadable(key, value)
    yield from ()


def _refuse_unreadable(key: str, value: object) -> None:
    """Refuse addresses that MkDocs would stumble over, in lists and mappings too; raises CrmtoolError."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, Mapping):
            waiting += each.values()
        elif isinstance(each, str):
            try:
                urlsplit(each)
            except ValueError as error:
                raise CrmtoolError(f"{_told(each)} is no address ({key}): {visible(str(error))}") from None


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _told(value: object) -> str:
    return visible(named(value))


def _is_elsewhere(address: str) -> bool:
    return _ELSEWHERE.match(_PASSED_OVER.sub("", address).replace("\\", "/")) is not None
