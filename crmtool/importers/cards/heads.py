"""What stands before a property's value, made so that vobject's patterns find their way through it in one go.

They take exponential time over some lines that they do not accept in the end, and know quoted-printable in capitals
alone, in an encoding that is named rightly. So they are shown no other lines.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from crmtool.records import dataclass

_NAME = "[A-Za-z0-9_-]++"
_BEGIN = rf"\s*+(?:(?P<group>{_NAME})\.)?(?P<name>{_NAME})\s*+"
_HEAD = re.compile(rf"""{_BEGIN}(?P<params>(?:;(?:[^":]++|"[^"]*+")*+)?):""")
_ROUGH_HEAD = re.compile(rf"{_BEGIN}(?P<params>(?:;[^:]*+)?):")
_PARAM = re.compile(r""";((?:[^";]++|"[^"]*+")*+)""")
_VALUE = '(?:"[^"]*+"|[^";:,]*+)'
_CLEAN = re.compile(rf"{_NAME}={_VALUE}(?:,{_VALUE})*+")
_WORD = re.compile(_NAME)
_QUOTED = ("QUOTED-PRINTABLE", "ENCODING=QUOTED-PRINTABLE")
_BASE64 = ("BASE64", "ENCODING=BASE64", "ENCODING=B")
_ENCODING = re.compile("ENCODING=|CHARSET=|QUOTED-PRINTABLE$|BASE64$|[78]BIT$", re.IGNORECASE)
_CHARSET = re.compile("CHARSET=([A-Za-z0-9._-]+)$", re.IGNORECASE)
_ENCODINGS = ("utf-8", "cp1252", "latin-1")
"""What a text is tried as, one after the other; the last one takes everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A property whose name is known, in capitals, and nothing decoded; `params` are those that can be understood."""

    name: str
    value: str
    group: str = ""
    params: tuple[str, ...] = ()

    def readable(self) -> Iterator[str]:
        """Give lines that vobject can read: one with the encoding that is named, then others that may be meant."""
        plain = [param for param in self.params if not _ENCODING.match(param)]
        if self._is(_QUOTED):
            for charset in dict.fromkeys((self._charset(), *_ENCODINGS)):
                yield self._line([*plain, "ENCODING=QUOTED-PRINTABLE", f"CHARSET={charset}"], self.value)
        elif self._is(_BASE64):
            yield from (self._line(plain, text) for text in self._unpacked())
        else:
            yield self._line(plain, self.value)

    def _is(self, encodings: tuple[str, ...]) -> bool:
        return any(param.upper().replace('"', "") in encodings for param in self.params)

    def _charset(self) -> str:
        # What is no ASCII in quoted-printable has been decoded with the whole file already.
        named = (_CHARSET.match(param.replace('"', "")) for param in self.params if self.value.isascii())
        return next((match[1].casefold() for match in named if match), _ENCODINGS[0])

    def _unpacked(self) -> Iterator[str]:
        try:
            data = b64decode("".join(self.value.split()), validate=True)
            yield data.decode(self._charset())
        except (ValueError, LookupError):
            return

    def _line(self, params: list[str], value: str) -> str:
        return ";".join((f"{self.group}.{self.name}" if self.group else self.name, *params)) + ":" + value


def head_of(line: str) -> Head | None:
    """Take a logical line apart; None where no property can be told in it."""
    match = _HEAD.match(line) or _ROUGH_HEAD.match(line)
    if match is None:
        return None
    return Head(
        name=match["name"].upper().replace("_", "-"),
        value=line[match.end() :],
        group=match["group"] or "",
        params=tuple(_params(match["params"])),
    )


def _params(text: str) -> Iterator[str]:
    """Give what is well-formed of the parameters; `HOME,PREF`, without a name, as several."""
    for param in map(str.strip, _PARAM.findall(text)):
        if _CLEAN.fullmatch(param):
            yield param
        elif "=" not in param:
            yield from (word for word in map(str.strip, param.split(",")) if _WORD.fullmatch(word))
