"""The three versions of a contact file as they are merged: their parts, without differences of line ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from crmtool.document import read_contact
from crmtool.merge.marking import picked
from crmtool.merge.slots import ABSENT, UNKNOWN, same
from crmtool.text import LINE_BREAK
from crmtool.yaml_reader import Value

PATH = "contacts/merged.md"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: its fences as written, the YAML between them with what it says, and the notes below."""

    opening: str = "---\n"
    yaml: str = ""
    closing: str = "---\n"
    body: str = ""
    values: Mapping[str, Value]

    def file(self, yaml: str, body: str) -> str:
        """Give a file with these fences and another content."""
        ended = self.closing if not body or self.closing.endswith(("\n", "\r")) else f"{self.closing}\n"
        return f"{self.opening}{yaml}{ended}{body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Three versions that can be read; `bom` and `newline` are what is left to be put back into their merge."""

    base: Version
    ours: Version
    theirs: Version
    bom: bool
    newline: str

    @property
    def sides(self) -> tuple[Version, Version, Version]:
        """The three: what both come from, ours and theirs."""
        return self.base, self.ours, self.theirs

    @property
    def differ_in_frame_alone(self) -> bool:
        """Whether ours and theirs say the same in the same words, within other fences or with other line ends."""
        return (self.ours.yaml, self.ours.body) == (self.theirs.yaml, self.theirs.body)

    def swapped(self) -> Versions:
        """Give the same with theirs as ours."""
        return replace(self, ours=self.theirs, theirs=self.ours)

    def data(self, text: str) -> bytes:
        """Give a merged text as the bytes of the file."""
        written = text.replace("\n", self.newline)
        return f"{_BOM if self.bom else ''}{written}".encode()


def read_versions(base: bytes, ours: bytes, theirs: bytes) -> Versions | None:
    """Read three versions of a contact file (base empty: there was none); None where that cannot be done."""
    try:
        written = [data.decode() for data in (base, ours, theirs)]
    except UnicodeDecodeError:
        return None
    texts, newline = _levelled([text.removeprefix(_BOM) for text in written])
    before, mine, other = _base(texts[0]), _version(texts[1]), _version(texts[2])
    if before is None or mine is None or other is None:
        return None
    marked = [text.startswith(_BOM) for text in written]
    bom = marked[1] if marked[0] == marked[2] else marked[2]
    return Versions(base=before, ours=mine, theirs=other, bom=bom, newline=newline)


def _levelled(texts: list[str]) -> tuple[list[str], str]:
    """Give texts with the same line ends, and those that their merge should have; mixed ones stay as they are."""
    kinds = [sorted(set(LINE_BREAK.findall(text))) for text in texts]
    if any(len(each) > 1 for each in kinds):
        return texts, "\n"
    base, ours, theirs = ("".join(each) for each in kinds)
    newline = theirs if base == ours else ours if base == theirs else max(ours, theirs)
    return [LINE_BREAK.sub("\n", text) for text in texts], newline


def _version(text: str) -> Version | None:
    document = read_contact(PATH, text.encode())
    if document.values is None:
        return None
    span, body = document.yaml_span, document.body
    return Version(
        opening=text[: span.start],
        yaml=text[span.start : span.end],
        closing=text[span.end : len(text) - len(body)],
        body=body,
        values=document.values,
    )


def _base(text: str) -> Version | None:
    """Read what two versions come from; where that was in conflict itself, its values are unknown.

    Where two branches were merged into each other, Git first merges what both come from, and takes that as their base.
    """
    if not text:
        return Version(values={})
    found = _version(text)
    if found is not None:
        return found
    one, other = (_version(picked(text, side)) for side in (0, 1))
    if one is None or other is None:
        return None
    document = read_contact(PATH, text.encode())
    body = one.body if one.body == other.body else document.body
    return replace(one, body=body, values=_known(one.values, other.values))


def _known(one: Mapping[str, Value], other: Mapping[str, Value]) -> dict[str, Value]:
    known: dict[str, Value] = {}
    for key in dict.fromkeys((*one, *other)):
        mine, theirs = one.get(key, ABSENT), other.get(key, ABSENT)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            known[key] = _known(mine, theirs)
        else:
            known[key] = mine if mine is not ABSENT and same(mine, theirs) else UNKNOWN
    return known
