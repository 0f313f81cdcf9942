"""How a text is written as a YAML scalar so that it reads as just that text."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from crmtool.days import parse_day
from crmtool.yaml_reader import Value, plain_value

DOUBLE, SINGLE, PLAIN = '"', "'", ""

# Narrower than YAML on purpose: what is plain here is plain within braces, too, and to readers of YAML 1.1.
_RESOLVER: Any = yaml.resolver.Resolver()
_TRUTH_TO_SOME = frozenset("yYnN")
_PLAIN = re.compile(r"\w(?:[\w./%€()+'@-]| (?! ))*", re.UNICODE)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f-\xa0\u200e\u200f\u2028-\u202f\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]')


def scalar(value: Value, quote: str = PLAIN) -> str:
    """Write a value: a text in the quotes wished for (plain where it can be), anything else as JSON does."""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if quote == PLAIN and is_plain(value):
        return value
    if quote == SINGLE and set(_ESCAPED.findall(value)) <= {'"', "\\"}:
        return "'" + value.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def is_plain(text: str) -> bool:
    """Whether a text needs no quotes, in whatever place."""
    return bool(_PLAIN.fullmatch(text)) and not text.endswith(" ") and plain_value(text) == text and _is_text(text)


def _is_text(text: str) -> bool:
    # Days are the exception: they stand without quotes in every contact.
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    return parse_day(text) is not None or (tag.endswith(":str") and text not in _TRUTH_TO_SOME)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    short = _SHORT.get(character)
    return short or (f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}")
