"""Parts of a page that are written by program, between two comments; `--update-golden` renews them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_REGION = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[^>]+) -->\n).*?(?P<end><!-- end of what is generated -->)", re.DOTALL
)


def names(text: str) -> list[str]:
    """List the parts of a page."""
    return [found["name"] for found in _REGION.finditer(text)]


def renewed(text: str, parts: Mapping[str, str]) -> str:
    """Put the parts in their places, each with an empty line around it."""
    return _REGION.sub(lambda found: f"{found['begin']}\n{parts[found['name']].strip()}\n\n{found['end']}", text)


def hold(page: Path, parts: Mapping[str, str], *, update: bool) -> None:
    """Fail where a page lacks a part, or shows it as it was; with `update`, write it anew instead."""
    text = page.read_text("utf-8")
    assert sorted(names(text)) == sorted(parts), f"{page.name} has other generated parts"
    current = renewed(text, parts)
    if update:
        page.write_bytes(current.encode())
        return
    assert text == current, f"{page.name} is out of date: pytest tests/docs --update-golden"
