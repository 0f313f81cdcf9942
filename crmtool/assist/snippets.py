"""Entries with tab stops, written as the entries around them are: within braces or as lines, with their quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeAlias

from crmtool.assist.suggestions import literal, stop
from crmtool.edit.scalars import DOUBLE, SINGLE, scalar
from crmtool.edit.style import Style
from crmtool.finding import Place


@dataclass(frozen=True)
class Hole:
    """A tab stop with what stands there at first; a `sentence` is in quotes, whatever is written into it."""

    text: str = ""
    sentence: bool = False


Stub: TypeAlias = "str | Hole | dict[str, Stub] | list[Stub]"
"""What is to be written: texts, tab stops, mappings and lists of them."""


class Writer:
    """Writes stubs as snippets in a style; tab stops are numbered in the order in which they are written."""

    def __init__(self, style: Style, step: int, dash_offset: int) -> None:
        self._style = style
        self._step = step
        self._dash_offset = dash_offset
        self._numbers = count(1)

    def in_line(self, stub: Stub, place: Place) -> str:
        """Write a stub on one line: mappings in braces, lists in brackets."""
        match stub:
            case dict():
                inner = ", ".join(
                    f"{self._key(key)}: {self.in_line(value, (*place, key))}" for key, value in stub.items()
                )
                return "{" + self._style.pad + (inner or stop(next(self._numbers))) + self._style.pad + "}"
            case list():
                return "[" + ", ".join(self.in_line(item, (*place, i)) for i, item in enumerate(stub)) + "]"
            case _:
                return self._scalar(stub, place)

    def key_with(self, key: str, stub: Stub, place: Place) -> Iterator[str]:
        """Write a key of a block with its value as lines that begin at column 0."""
        if isinstance(stub, dict) and (not stub or not self._style.in_braces):
            yield f"{self._key(key)}:"
            inner = [line for name, value in stub.items() for line in self.key_with(name, value, (*place, name))]
            yield from (" " * self._step + line for line in inner or [stop(next(self._numbers))])
        elif isinstance(stub, list) and any(isinstance(item, dict) for item in stub):
            yield f"{self._key(key)}:"
            for i, item in enumerate(stub):
                yield from (" " * self._dash_offset + line for line in self.item(item, (*place, i)))
        else:
            yield f"{self._key(key)}: {self.in_line(stub, place)}"

    def item(self, stub: Stub, place: Place) -> Iterator[str]:
        """Write an item of a list as lines, the first with its dash at column 0."""
        if not isinstance(stub, dict) or self._style.in_braces:
            yield f"- {self.in_line(stub, place)}"
            return
        lines = [line for key, value in stub.items() for line in self.key_with(key, value, (*place, key))]
        yield from (("  " if i else "- ") + line for i, line in enumerate(lines))

    def _key(self, key: str) -> str:
        return literal(scalar(key, self._style.keys))

    def _scalar(self, stub: str | Hole, place: Place) -> str:
        key = next((step for step in reversed(place) if isinstance(step, str)), "")
        quote = self._style.quote(key, place)
        if isinstance(stub, str):
            return literal(scalar(stub, quote))
        written = scalar(stub.text, quote or (DOUBLE if stub.sentence else "")) if stub.text else quote * 2
        number = next(self._numbers)
        if written[:1] and written[0] in (DOUBLE, SINGLE):
            return written[0] + stop(number, written[1:-1]) + written[0]
        return stop(number, written)


def within_braces(style: Style) -> Style:
    """Give a style as it is on one line."""
    return style if style.in_braces else replace(style, in_braces=True)


def given(entry: Mapping[str, Stub | None]) -> dict[str, Stub]:
    """Leave out of an entry what is None."""
    return {key: value for key, value in entry.items() if value is not None}
