"""Faults of a YAML text elsewhere than where somebody is writing."""

from __future__ import annotations

from bisect import bisect_right

import yaml

from crmtool.text import LINE_BREAK
from crmtool.yaml_reader import compose

_MOST_FAULTS = 4


def without_other_faults(text: str, offset: int) -> str | None:
    """Blank the few lines that keep the text around the cursor's line from being read; None where that is no help."""
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text)), len(text)]
    own = bisect_right(starts[:-1], offset) - 1
    readable, rest = text, _blanked(text, starts[own], starts[own + 1])
    for _ in range(_MOST_FAULTS):
        try:
            compose(rest)
        except yaml.MarkedYAMLError as error:
            begun = error.context_mark if str(error.context).startswith("while scanning") else error.problem_mark
            line = min(begun.line, len(starts) - 2) if begun is not None else own
            readable, rest = (_blanked(each, starts[line], starts[line + 1]) for each in (readable, rest))
        except yaml.YAMLError:
            return None
        else:
            return readable if readable != text else None
    return None


def _blanked(text: str, start: int, end: int) -> str:
    line = text[start:end]
    told = line.rstrip("\r\n")
    return text[:start] + " " * len(told) + line[len(told) :] + text[end:]
