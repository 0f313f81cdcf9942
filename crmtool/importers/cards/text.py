"""The texts within a property: what is escaped, and what parts one from the next.

Values are taken apart here and not by vobject, whose texts end at the first comma that nobody escaped.
"""

from __future__ import annotations

import re

from crmtool.text import LINE_BREAK, one_line

_ESCAPED = re.compile(r"\\([\\;,:nN])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def unescaped(value: str) -> str:
    """Give the text that is meant; a backslash that escapes nothing is one."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def parts(value: str, separators: str) -> list[str]:
    """Split a value where a separator is not escaped; the parts are still escaped."""
    marked = re.sub(rf"\\.|[{separators}]", _mark, value.replace("\0", ""), flags=re.DOTALL)
    return marked.split("\0")


def _mark(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("\\") else "\0"


def tidy(text: str) -> str:
    """Give a text as a detail has it: on one line, without control characters or blanks around it."""
    return _CONTROL.sub("", one_line(text)).strip()


def tidy_lines(text: str) -> str:
    """Give a text of several lines without control characters, nor blanks or empty lines around it."""
    return _CONTROL.sub("", "\n".join(line.rstrip() for line in LINE_BREAK.split(text))).strip()


def tidy_number(text: str) -> str:
    """Give a phone number or address of the network without the marks of direction that programs put around it."""
    return tidy(text).strip(_UNSEEN).strip()
