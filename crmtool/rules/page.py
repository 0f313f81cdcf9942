"""The reference page of a finding code: what is at stake, what to do, and the examples, as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from crmtool.rules.base import EXAMPLE_TODAY, Example, Rule
from crmtool.rules.examples import CONTACT, CONTACT_PATH, RULEBOOK, RULEBOOK_PATH
from crmtool.text import visible

_DEFAULTS = {CONTACT_PATH: CONTACT, RULEBOOK_PATH: RULEBOOK}
_CONTEXT = 2
_MOST_LINES = 24
_MOST_COLUMNS = 120


def page(rule: Rule) -> str:
    """Write the reference page of a rule."""
    parts = [
        f"# {rule.code}",
        f"{rule.title} ({rule.severity.value}).",
        "## Why",
        _wrapped(rule.why),
        "## What to do",
        _wrapped(rule.remedy),
        "## Found",
        *_examples(rule.invalid),
        "## Not found",
        *_examples(rule.valid),
    ]
    return "\n\n".join(parts) + "\n"


def index(rules: Iterable[Rule]) -> str:
    """Write the page that lists the rules."""
    intro = (
        "Every finding has a code. An error refuses the commit, a warning does not. `crmtool explain CODE` shows the "
        f"page of a code in the terminal. The examples are looked at as of {EXAMPLE_TODAY} unless another day is told; "
        "a line `…` stands for lines of the example that are left out."
    )
    rows = [f"| [{rule.code}]({rule.code}.md) | {rule.severity.value} | {rule.title} |" for rule in rules]
    return "\n".join(
        ["# Findings", "", _wrapped(intro), "", "| code | severity | what it says |", "| --- | --- | --- |", *rows, ""]
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    for number, example in enumerate(examples, 1):
        if len(examples) > 1:
            yield f"### Example {number}"
        yield from _shown(example)


def _shown(example: Example) -> Iterator[str]:
    """Show the files of an example, each as it was before and as it is; the same text only once."""
    shown: dict[str, str] = {}
    for path in dict.fromkeys((*(example.base or ()), *example.files, *(example.at or ())[:1])):
        now = _content(example.files, path)
        before = _content(example.base, path) if example.base is not None else None
        changed = before not in (None, now)
        if before is not None and changed:
            yield f"`{path}` before" + (f", deleted now{_place(example, path)}:" if now is None else ":")
            yield _block(path, _excerpt(before, now or CONTACT, None))
        if now in shown:
            yield f"`{path}`{_place(example, path)}: the same as `{shown[now]}`."
        elif now is not None:
            yield f"`{path}`{' after' if changed else ''}{_place(example, path)}:"
            line = example.at[1] if example.at and example.at[0] == path else None
            yield _block(path, _excerpt(now, before if before and changed else _DEFAULTS.get(path, CONTACT), line))
            shown[now] = path


def _place(example: Example, path: str) -> str:
    at = f", at line {example.at[1]}, column {example.at[2]}" if example.at and example.at[0] == path else ""
    return at + (f", as of {example.today}" if example.today != EXAMPLE_TODAY else "")


def _content(files: Mapping[str, str | bytes | None], path: str) -> str | None:
    """Give a file's text as it can be shown; None where there is no such file."""
    if path not in files and path not in _DEFAULTS:
        return None
    content = files.get(path, _DEFAULTS.get(path))
    if content is None:
        return "(cannot be read)"
    text = content.decode(errors="backslashreplace") if isinstance(content, bytes) else content
    return text or "(empty)"


def _excerpt(text: str, other: str, line: int | None) -> Iterator[str]:
    """Give the lines that differ from another text, and the line of the finding, with what stands around them."""
    lines = text.removesuffix("\n").split("\n")
    marked = {line - 1} if line else set()
    for kind, _, _, start, end in SequenceMatcher(
        None, other.removesuffix("\n").split("\n"), lines, autojunk=False
    ).get_opcodes():
        marked |= set(range(start, max(end, start + 1))) if kind != "equal" else set()
    near = [not marked or any(abs(i - mark) <= _CONTEXT for mark in marked) for i in range(len(lines))]
    for is_near, group in groupby(range(len(lines)), key=near.__getitem__):
        shown = [lines[i] for i in group]
        yield from shown if is_near or len(shown) == 1 else ["…"]


def _block(path: str, lines: Iterable[str]) -> str:
    language = "yaml" if path.endswith(".yaml") else "markdown"
    shown = [line if len(line) <= _MOST_COLUMNS else f"{line[: _MOST_COLUMNS - 1]}…" for line in map(_visible, lines)]
    if len(shown) > _MOST_LINES:
        shown[_MOST_LINES:] = ["…"]
    return "\n".join([f"```{language}", *shown, "```"])


def _visible(line: str) -> str:
    return visible(line).replace("\ufeff", "\\ufeff")
