"""The ways in which a YAML text that is being written could go on where the cursor stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml import CLoader

from crmtool.text import LINE_BREAK, Span
from crmtool.yaml_problems import MAX_DEPTH

_QUOTES = "\"'"
_CLOSING = {"[": "]", "{": "}"}
_OPENING = {yaml.FlowSequenceStartToken: "[", yaml.FlowMappingStartToken: "{"}
_ENDING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


@dataclass(frozen=True)
class Opened:
    """The brackets and the quote that are open at a word."""

    brackets: str
    quote: str = ""

    @property
    def closing(self) -> str:
        """What closes them."""
        return self.quote + "".join(_CLOSING[bracket] for bracket in reversed(self.brackets))


@dataclass(frozen=True)
class Attempt:
    """A way in which the text could go on: `at` is where its mark stands."""

    text: str
    at: int
    is_key: bool = False
    needs_dash: bool = False


def opened_at(before: str, mark: str) -> Opened | None:
    """Tell what is open where a text ends; None where that is in a comment or a text of several lines."""
    brackets: list[str] = []
    try:
        for token in yaml.scan(before + mark, Loader=CLoader):
            if type(token) in _OPENING:
                brackets.append(_OPENING[type(token)])
                if len(brackets) > MAX_DEPTH:
                    return None
            elif isinstance(token, _ENDING):
                del brackets[-1:]
            elif isinstance(token, yaml.ScalarToken) and mark in token.value:
                return Opened("".join(brackets)) if token.style not in ("|", ">") else None
    except yaml.MarkedYAMLError as error:
        begun = error.context_mark.index if error.context_mark is not None else 0
        if begun == len(before):  # a key that lacks its colon
            return Opened("".join(brackets))
        quote = before[begun : begun + 1]
        return Opened("".join(brackets), quote) if quote and quote in _QUOTES else None
    except yaml.YAMLError:  # a control character, behind which nothing is read
        return None
    return None


def attempts(text: str, word: Span, opened: Opened, mark: str) -> Iterator[Attempt]:
    """Give the ways in which a text could go on at a word, the likeliest first."""
    before, after = text[: word.start], text[word.end :]
    line_break = LINE_BREAK.search(after)
    line, below = (after[: line_break.start()], after[line_break.start() :]) if line_break else (after, "")
    closing = opened.closing
    if opened.brackets and not opened.quote:
        yield Attempt(f"{before}{mark}, {after}", len(before))
    for rest in (after, closing + below, closing) if closing else (after, line):
        yield Attempt(before + mark + rest, len(before))
        if not opened.quote:
            yield Attempt(f"{before}{mark}: {rest}", len(before), is_key=True)
            if not opened.brackets and not before[_line_start(before) :].strip():
                yield Attempt(f"{before}- {mark}{rest}", len(before) + 2, needs_dash=True)


def _line_start(text: str) -> int:
    return max(text.rfind("\n"), text.rfind("\r")) + 1
