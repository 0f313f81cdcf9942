"""rules-misread-id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from crmtool.finding import Observation, Place
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.text import one_line
from crmtool.yaml_reader import plain_value

_WORD = re.compile(r"[^\W\d][\w-]*")
_RESOLVER: Any = yaml.resolver.Resolver()
# YAML 1.1 has these as truth values, too; PyYAML leaves them out, other readers do not.
_LETTERS = frozenset("yYnN")


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each id that some YAML programs would not read as the text that it is."""
    for what, place, ids in _defined(subject.rulebook):
        for id in ids:
            why = misread(id)
            if why:
                yield Observation(
                    message=f"the id of the {what} '{one_line(id)}' {why}",
                    hint=f"{word_hint(id)}; change it where contacts use it, too",
                    place=(*place, id),
                    on_key=True,
                )


def _defined(book: RuleBook) -> Iterator[tuple[str, Place, Iterable[str]]]:
    yield "status", ("statuses",), book.statuses
    yield "criterion", ("criteria",), book.criteria
    for status in book.statuses.values():
        yield "reason", ("reasons", status.id), status.reasons
    yield "transition", ("transitions",), book.transitions
    yield "stop rule", ("stop_rules",), book.stop_rules


def misread(id: str) -> str | None:
    """Tell what is wrong with an id, as what follows it in a sentence; None where all programs read it as the text."""
    tag = "bool" if id in _LETTERS else _resolved(id)
    if tag == "str" and not isinstance(plain_value(id), str):
        tag = "float"  # 1e3 is a number since YAML 1.2
    if tag != "str":
        return f"is read as {_KINDS.get(tag, 'something else')} by many YAML programs"
    return None if _WORD.fullmatch(id) else "is not a plain word"


def _resolved(id: str) -> str:
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, id, (True, False))
    return tag.rpartition(":")[2]


_KINDS = {
    "bool": "true or false",
    "null": "nothing",
    "int": "a number",
    "float": "a number",
    "timestamp": "a point in time",
}


def word_hint(id: str) -> str:
    """Tell what to take in the place of an id that is misread."""
    return f"take a word of letters, digits, _ and - that begins with a letter, such as '{_better(id)}'"


def _better(id: str) -> str:
    words = re.sub(r"[^\w-]+", "_", id).strip("_-")
    return f"is_{words}" if words and (words[0].isdigit() or misread(words)) else words or "other"


RULE = RuleBookRule(
    code="rules-misread-id",
    title="An id that YAML programs read as something else",
    why="Text stays text in crmtool; but an editor, a script or another tool that reads the same files takes `no` for "
    "false and `12:30` for a number of minutes. An id must mean the same to all of them.",
    remedy="Take a plain word: letters, digits, `_` and `-`, with a letter first. The label may say anything.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook("our_no: Our own no", "größe-2: Too small, no_2: Our own no")),
    ),
    invalid=(
        Example(files=rulebook("our_no: Our own no", "no: Our own no"), at=(RULEBOOK_PATH, 18, 35)),
        Example(files=rulebook("our_no: Our own no", '"1e3": Below a thousand'), at=(RULEBOOK_PATH, 18, 35)),
        Example(files=rulebook("our_no: Our own no", "our no: Our own no"), at=(RULEBOOK_PATH, 18, 35)),
        Example(files=rulebook("park: {from", "on: {from"), at=(RULEBOOK_PATH, 23, 3)),
        Example(files=rulebook("no_pain: {in", "12:30: {in"), at=(RULEBOOK_PATH, 28, 3)),
    ),
    check=check,
)
