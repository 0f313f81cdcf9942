"""Values as YAML, in a style."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.edit.scalars import scalar
from crmtool.edit.style import Style
from crmtool.finding import Place
from crmtool.yaml_reader import Value

_CRITERIA = ("criteria",)


def in_line(value: Value, style: Style, place: Place, key: str = "") -> str:
    """Write a value on one line: mappings in braces, lists in brackets."""
    if isinstance(value, dict):
        inner = ", ".join(f"{scalar(k, style.keys)}: {in_line(v, style, place, k)}" for k, v in value.items())
        return "{" + style.pad + inner + style.pad + "}" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(in_line(item, style, place, key) for item in value) + "]"
    return scalar(value, style.quote(key, place))


def key_with(key: str, value: Value, style: Style, place: Place, step: int) -> Iterator[str]:
    """Write a key with its value as lines that begin at column 0; nested keys stand `step` columns to the right."""
    if isinstance(value, dict) and value and (place == _CRITERIA or not style.in_braces):
        yield f"{scalar(key, style.keys)}:"
        for inner, entry in value.items():
            yield from (" " * step + line for line in key_with(inner, entry, style, (*place, inner), step))
    else:
        yield f"{scalar(key, style.keys)}: {in_line(value, style, place, key)}"


def item(value: Value, style: Style, place: Place, step: int) -> Iterator[str]:
    """Write an item of a list as lines, the first with its dash at column 0."""
    if not isinstance(value, dict) or style.in_braces:
        yield f"- {in_line(value, style, place)}"
        return
    lines = [line for key, inner in value.items() for line in key_with(key, inner, style, (*place, key), step)]
    yield from (("  " if i else "- ") + line for i, line in enumerate(lines))
