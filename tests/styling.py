"""Contacts as people might write them: the same values in random styles, with comments that must survive an edit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from crmtool.edit.scalars import is_plain

NEWLINES = ("\n", "\n", "\r\n", "\r\n", "\r")


@dataclass
class Styler:
    """Writes values as YAML; every choice is drawn. `comments` are the texts of all comments written."""

    draw: st.DrawFn
    comments: list[str] = field(default_factory=list)

    def front_matter(self, values: dict[str, Any]) -> list[str]:
        if self._one_in(12):
            return [self._flow(values)]
        return list(self._block(values, 0))

    def _block(self, values: dict[str, Any], indent: int) -> Iterator[str]:
        for key, value in values.items():
            yield from self._between(indent)
            yield from self._entry(self._key(key), value, indent)

    def _entry(self, key: str, value: Any, indent: int) -> Iterator[str]:
        pad = " " * indent
        if isinstance(value, dict) and value and self._chance():
            step = self._of(2, 2, 4)
            yield f"{pad}{key}:{self._trailing()}"
            yield from self._block(value, indent + step)
            yield from self._behind(indent + step)
        elif isinstance(value, list) and value and self._chance():
            yield f"{pad}{key}:{self._trailing()}"
            yield from self._items(value, indent + self._of(0, 2, 2, 4))
        elif isinstance(value, str) and value and "\n" not in value and value == value.strip() and self._one_in(8):
            sign = self._of("|-", ">-", "|2-") if not value.startswith("#") else "|-"
            yield f"{pad}{key}: {sign}"
            yield f"{pad}  {value}"
        else:
            lines = self._flow(value, indent).split("\n")
            yield f"{pad}{key}:{self._of(' ', ' ', '   ')}{lines[0]}"
            yield from lines[1:-1]
            if len(lines) > 1:
                yield lines[-1]

    def _behind(self, indent: int) -> Iterator[str]:
        """Comments behind the last entry of a block, indented as it is or deeper."""
        if self._one_in(6):
            yield " " * self._of(indent, indent + 2) + self._comment()

    def _items(self, items: list[Any], indent: int) -> Iterator[str]:
        pad = " " * indent
        for item in items:
            yield from self._between(indent)
            if isinstance(item, dict) and self._chance():
                lines = list(self._block(item, 0))
                first = next(i for i, line in enumerate(lines) if line.strip() and not line.startswith("#"))
                yield from (pad + line if line else line for line in lines[:first])
                gap = self._of(1, 1, 3)
                yield pad + "-" + " " * gap + lines[first]
                yield from (pad + " " * (gap + 1) + line if line else line for line in lines[first + 1 :])
            else:
                yield f"{pad}- {self._flow(item, indent)}{self._trailing()}"

    def _flow(self, value: Any, indent: int = 0) -> str:
        if isinstance(value, dict):
            inner = [f"{self._key(key)}: {self._flow(item, indent)}" for key, item in value.items()]
            return self._wrapped("{", inner, "}", indent)
        if isinstance(value, list):
            return self._wrapped("[", [self._flow(item, indent) for item in value], "]", indent)
        return self._scalar(value)

    def _wrapped(self, opening: str, inner: list[str], closing: str, indent: int) -> str:
        if not inner:
            return opening + closing
        pad = self._of("", "", " ")
        if any("\n" in item for item in inner) or not self._one_in(6):
            inside = str(self._of(", ", ", ", " , ", ",  ")).join(inner)
            return f"{opening}{pad}{inside}{self._of('', '', ',')}{pad}{closing}"
        comma = self._of("", ",")
        rows = [item + ("," if i < len(inner) - 1 else comma) for i, item in enumerate(inner)]
        if self._one_in(4) and len(rows) > 1:  # the end on the line of the last entry
            lines = [f"{' ' * (indent + 4)}{row}{self._trailing()}" for row in rows[:-1]]
            return "\n".join([opening, *lines, f"{' ' * (indent + 4)}{rows[-1]}{closing}"])
        lines = [f"{' ' * (indent + 4)}{row}{self._trailing()}" for row in rows]
        return "\n".join([opening, *lines, " " * (indent + 2) + closing])

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        written = [json.dumps(value, ensure_ascii=False)]
        if value.isprintable():
            written.append("'" + value.replace("'", "''") + "'")
        if is_plain(value):
            written += [value, value]
        return str(self._of(*written))

    def _key(self, key: str) -> str:
        plain = key if is_plain(key) else f'"{key}"'
        return str(self._of(plain, plain, plain, plain, f'"{key}"', f"'{key}'"))

    def _between(self, indent: int) -> Iterator[str]:
        match self.draw(st.integers(0, 11)):
            case 0:
                yield " " * indent + self._comment()
            case 1:
                yield ""
            case 2:
                yield self._comment()

    def _trailing(self) -> str:
        return f"{self._of('  ', ' ')}{self._comment()}" if self._one_in(6) else ""

    def _comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}: “ü”, {{x}}")
        return self.comments[-1]

    def _chance(self) -> bool:
        return self.draw(st.booleans())

    def _one_in(self, n: int) -> bool:
        return self.draw(st.integers(1, n)) == 1

    def _of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))


@dataclass(frozen=True)
class Styled:
    """A contact file in some style, and the comments in it."""

    data: bytes
    comments: tuple[str, ...]


@st.composite
def files(draw: st.DrawFn, values: dict[str, Any], body: str = "") -> Styled:
    """Write a contact file in a style that is drawn."""
    styler = Styler(draw)
    newline = draw(st.sampled_from(NEWLINES))
    lines = ["---", *styler.front_matter(values), "---"]
    text = newline.join("\n".join(lines).split("\n")) + draw(st.sampled_from(("", newline, newline * 2 + body)))
    bom = draw(st.sampled_from(("", "", "", "\ufeff")))
    return Styled((bom + text).encode(), tuple(styler.comments))
