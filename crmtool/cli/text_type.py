"""Texts and numbers as options and answers: what says something, and nothing that a terminal would obey."""

from __future__ import annotations

import math
from typing import Any

import click

from crmtool.text import one_line, visible


class Sentence(click.types.StringParamType):
    """A text that says something; line breaks and tabs become blanks, other control characters are refused."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the text on one line."""
        text = one_line(str(value))
        if not text:
            self.fail("it is empty; write what it is to say, or leave it out", param, ctx)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail("it is not UTF-8 text", param, ctx)
        if visible(text) != text:
            self.fail(f"'{visible(text)}' holds a control character; write it without", param, ctx)
        return text


class Number(click.FloatRange):
    """A number within bounds; not what Python takes for one beside them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Give the number."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number", param, ctx)
        return float(number)


SENTENCE = Sentence()
CHANCE = Number(0, 1)
"""How likely something is."""
VALUE = Number(min=0)
"""An amount of money."""
