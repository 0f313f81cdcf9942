"""Contacts as the model sees them: what a file says, its notes and its comments, read without crmtool."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.model.rules import Entry, Front

SLOTS = 4
_COMMENT = re.compile(r"# k\d+\b")
_TOKEN = re.compile(r"\b[ad]\d+\b")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a contact's file says: values (every criterion with a list of answers), notes, comments."""

    front: Front
    body: str
    comments: frozenset[str]

    @property
    def uid(self) -> str:
        """Who it is: the token of the decision by which the contact entered."""
        return min(tokens(self.front["decisions"][0]), key=lambda token: int(token[1:]))


@dataclass(frozen=True, kw_only=True)
class Card:
    """A contact's file: what it says, and its bytes."""

    said: Said
    raw: bytes

    @property
    def doubled(self) -> int:
        """How many comments stand there more than once."""
        return len(_COMMENT.findall(self.raw.decode())) - len(self.said.comments)


Tree = Mapping[str, Card]
"""The contact files of a version, by path."""


def read_card(raw: bytes) -> Card | None:
    """Read a contact's file; None for one that is broken."""
    text = raw.decode().replace("\r\n", "\n")
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0] or "<<<<<<<" in text:
        return None
    try:
        front = yaml.load(parts[1], Loader=yaml.BaseLoader)  # it makes texts of all values
    except yaml.YAMLError:
        return None
    front["criteria"] = {id: _listed(log) for id, log in front.get("criteria", {}).items()}
    if "tags" in front:
        front["tags"].sort()  # their order says nothing
    return Card(said=Said(front=front, body=parts[2], comments=frozenset(_COMMENT.findall(parts[1]))), raw=raw)


def _listed(log: Any) -> list[Entry]:
    return log if isinstance(log, list) else [log]


def tokens(entry: Entry) -> frozenset[str]:
    """Give the tokens of an entry: its own, and those of the entries that it stands for."""
    return frozenset(_TOKEN.findall(f"{entry.get('because', '')} {entry.get('evidence', '')}"))


def entries(front: Front) -> Iterator[Entry]:
    """Go through the decisions and the answers of a contact."""
    yield from front["decisions"]
    for log in front["criteria"].values():
        yield from log


def all_tokens(front: Front) -> frozenset[str]:
    """Give the tokens of all decisions and answers of a contact."""
    return frozenset(token for entry in entries(front) for token in tokens(entry))


def by_uid(tree: Tree) -> dict[str, tuple[str, Card]]:
    """Give path and card of each contact; a contact that is there twice is a fault."""
    found: dict[str, tuple[str, Card]] = {}
    for path, card in tree.items():
        assert card.said.uid not in found, f"{card.said.uid} is in {path} and in {found[card.said.uid][0]}"
        found[card.said.uid] = path, card
    return found


def notes(name: str) -> str:
    """Write notes with places to be changed, far enough apart for Git; no line is like another."""
    lines = [f"\nWhat is known of {name}, in {SLOTS} parts that each can change.\n\n"]
    for i in range(SLOTS):
        lines += [f"Part {i} of {name}: nothing yet.\n", "\n"]
        lines += [f"Between {i} and {i + 1}, {name} said words {j} that nobody ever changes.\n" for j in range(3)]
        lines += ["\n"]
    return "".join(lines)


def with_part(body: str, part: int, text: str) -> str:
    """Change one place of the notes."""
    return re.sub(rf"(?m)^(Part {part} of [^:]*): .*$", rf"\1: {text}", body)


def render(said: Said, *, newline: str = "\n") -> bytes:
    """Write a file anew, as one does who settles a conflict by hand."""
    front = said.front
    lines = [f"{comment}\n" for comment in sorted(said.comments)]
    for key, value in front.items():
        if key == "criteria":
            answered = {id: log for id, log in value.items() if log}
            lines += ["criteria:\n", *_criteria(answered)] if answered else []
        elif key == "decisions":
            lines += ["decisions:\n", *(f"  - {_flow(entry)}\n" for entry in value)]
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    return f"---\n{''.join(lines)}---\n{said.body}".replace("\n", newline).encode()


def _criteria(criteria: Mapping[str, Iterable[Entry]]) -> Iterator[str]:
    for id, log in criteria.items():
        yield f"  {id}:\n"
        yield from (f"    - {_flow(entry)}\n" for entry in log)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if re.fullmatch(r"[\w-]+", str(value)) else f'"{value}"'
