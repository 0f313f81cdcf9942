"""What a pattern of a workspace's own schemas costs: how slow it can be for each letter of a text, and its size."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import jsonschema_rs

from crmtool.text import one_line

_PACES = ((2**13, 1), (2**16, 8), (2**18, 64), (2**21, 512))
"""How slow a pattern of so many bytes can be for each letter: what looks neither around nor back takes steady time."""
_FAR_PACES = ((2**16, 128), (2**19, 1_024))
"""The same for one that looks around or back from many places: it may go through the rest of a text each time."""
_SLOWEST = 4_096
_SIZES = (2**13, 2**15, 2**17, 2**19, 2**21, 2**23)
_LARGEST, _MOST_BYTES = 10 * 2**20, 2**27
"""What one pattern may take of memory, by default of the engine, and all of a schema."""
_LONGEST_TOLD, _LONGEST_SIMPLE = 200, 500

_TOKEN = re.compile(
    r"\\[1-9]\d*|\\[pPux]\{\w*\}|\\.|\[(?:\\.|[^\]\\])*+\]|\{\d+(?:,\d*)?\}"
    r"|\(\?(?:[:=!]|<[=!]|P?<\w+>|[imsu-]+[:)])|[()|*+?^$]|.",
    re.DOTALL,
)
_LOOK = re.compile(r"\(\?<?[=!]")
_BACK = re.compile(r"\\[1-9]\d*")
_POSSESSIVE = re.compile(r"[*+?}]\+")
_GROUP = re.compile(rf"({_LOOK.pattern})|(\((?:\?:)?)|\)([*+]|\{{[\d,]+\}})?(\+)?|({_BACK.pattern})")
_COUNT = r"(?:[*+]|\{[\d,]+\})"
_SIMPLE = re.compile(rf"\^[a?]*+{_COUNT}?[a?]*+\$?")
"""Patterns that are at one place of themselves at a time, or at few, however often something may be repeated."""
_INNER = r"[a^$*+?|{},\d]"
_NESTED_ONCE = rf"(?:{_INNER}|\((?:\?:)?{_INNER}*+\))"
_NESTED = rf"(?:{_INNER}|\((?:\?:)?{_NESTED_ONCE}*+\))"
_ALONE = rf"(?:[a^$*+?{{}},\d]|\((?:\?:)?{_NESTED}*+\))"
_AT_THE_END = rf"a*+{_COUNT}?\??a*+\(\?<[=!]a++\)\$?"
_FOR_FEW = rf"\((?:\?:)?{_LOOK.pattern}[a|]*+\)a\){_COUNT}\$?"
_NEAR = re.compile(rf"\^(?:{_LOOK.pattern}{_NESTED}*+\))*+(?:{_AT_THE_END}|{_FOR_FEW}|{_ALONE}*+)")
"""Patterns that look around at the start of a text only, and perhaps, for a few letters, at its end or all along.

Such as `^(?!x).*(?<!y)$` and `^(?:(?!xy).)*$`.
"""
_PLAINLY = "write it without flags, and look around only outside of what is repeated"


class BurdenError(ValueError):
    """A schema that would have too much checked of one place of a file."""


def weigh_patterns(patterns: Collection[str]) -> None:
    """Raise BurdenError where patterns would take too much memory, before they are compiled for good."""
    left = _MOST_BYTES
    for pattern in patterns:
        flat = "".join(_flattened(token) for token in _TOKEN.findall(pattern))
        looks = len(_LOOK.findall(pattern))
        left -= next((size for size in _SIZES if _is_steady(flat, size)), _LARGEST * (1 + looks))
        if left < 0:
            raise BurdenError("the patterns are too large together; allow fewer repetitions")


def is_too_large(pattern: str) -> bool:
    """Whether a pattern that was not compiled would be one if less were repeated."""
    fewer = "".join(_repeated_less(token) for token in _TOKEN.findall(pattern))
    return fewer != pattern and _is_compiled(fewer, jsonschema_rs.FancyRegexOptions())


def _repeated_less(token: str) -> str:
    if not token.startswith("{") or len(token) == 1:
        return token
    least, _, most = token[1:-1].partition(",")
    least, most = least.lstrip("0"), most.lstrip("0") if most else least.lstrip("0")
    return "{0,1}" if (len(least), least) <= (len(most), most) or token.endswith(",}") else token


def named(pattern: str) -> str:
    """Quote a pattern for a message, the beginning of a long one."""
    return f'"{one_line(pattern if len(pattern) <= _LONGEST_TOLD else pattern[:_LONGEST_TOLD] + "…")}"'


@lru_cache(maxsize=256)
def pace_of(pattern: str) -> tuple[int, bool]:
    """Tell how slow a pattern may be for each letter, and whether it looks far."""
    options = jsonschema_rs.RegexOptions()
    bones = "".join(map(_bone, _TOKEN.findall(pattern)))
    flat = "".join(map(_flattened, _TOKEN.findall(bones)))
    if not _is_compiled(flat, options):  # flags and the like that are not known here
        bones = flat = pattern
    is_possessive = _POSSESSIVE.search(bones) is not None  # which the options take for a repetition of a repetition
    if not is_possessive and _is_compiled(pattern, options):
        is_simple = len(bones) <= _LONGEST_SIMPLE and _SIMPLE.fullmatch(bones)
        return 1 if is_simple else _by_size(flat, _PACES), False
    if bones is pattern or _is_tangled(bones):
        raise BurdenError(f"the pattern {named(pattern)} could take for ever; {_PLAINLY}")
    is_far = is_possessive or not _NEAR.fullmatch(bones)
    return _by_size(flat, _FAR_PACES if is_far else _PACES), is_far


def _bone(token: str) -> str:
    """Give what a part of a pattern does: what stands for a letter is `a`, whichever letters it stands for."""
    if token == "(?i)":
        return ""
    if token.startswith("(?") and token[2:3] not in ("=", "!") and token[:4] not in ("(?<=", "(?<!"):
        return "(?:" if token.endswith(":") else "(" if token.endswith(">") else "a"
    is_kept = token in "()|*+?^$" or token.startswith("(?") or (token.startswith("{") and len(token) > 1)
    return token if is_kept or _BACK.fullmatch(token) else "a"


def _flattened(token: str) -> str:
    """Give a part of a pattern as if it looked neither around nor back."""
    return "(?:" if _LOOK.fullmatch(token) else "a" if _BACK.fullmatch(token) else token


def _by_size(flat: str, paces: Sequence[tuple[int, int]]) -> int:
    return next((pace for size, pace in paces if _is_steady(flat, size)), _SLOWEST)


def _is_steady(pattern: str, size: int) -> bool:
    return _is_compiled(pattern, jsonschema_rs.RegexOptions(size_limit=size))


def _is_tangled(bones: str) -> bool:
    """Whether a pattern looks around again and again within what is one attempt: no number of attempts limits that."""
    groups = [(False, False, False)]  # of each that is open: whether it looks around, holds such, and repeats such
    for found in _GROUP.finditer(bones):
        if found[1] or found[2]:
            groups.append((bool(found[1]), False, False))
            continue
        looks, holds, repeats = (False, True, False) if found[5] else groups.pop()
        repeats = repeats or (holds and bool(found[3]))
        if repeats and (looks or found[4]):
            return True
        outer = groups[-1]
        groups[-1] = (outer[0], outer[1] or holds or looks, outer[2] or repeats)
    return False


def _is_compiled(pattern: str, options: Any) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    except ValueError:
        return False
    return True
