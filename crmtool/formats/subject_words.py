"""All that is known of a person, told in sections: as plain text, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.edit.render import in_line
from crmtool.edit.style import Style
from crmtool.formats import privacy_words
from crmtool.formats.markdown import literal
from crmtool.privacy.findings import FileMentions
from crmtool.privacy.subject import BEYOND, Subject
from crmtool.records import dataclass
from crmtool.text import one_line, short_id, visible
from crmtool.yaml_reader import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the answer: its title, and its lines, each a fact."""

    title: str
    lines: tuple[str, ...]


def sections(found: Subject, derived: Iterable[tuple[str, str]]) -> tuple[Section, ...]:
    """Give the parts of the answer; `derived` are the four questions answered, as rows of a lead and a text."""
    certain = [file for file in found.files if file.is_certain]
    doubtful = [file for file in found.files if not file.is_certain]
    parts = (
        ("What is stored", _stored(found.contact, found)),
        ("What follows from it", _derived(found.assessment, derived)),
        ("Where it came from", _origin(found)),
        ("How long it is kept", _retention(found)),
        ("What was looked for", _looked_for(found)),
        ("Mentions elsewhere", _files(certain)),
        ("Perhaps mentions: somebody else may be meant", _files(doubtful)),
        ("The history of the file", _history(found)),
        ("What commits and tags say", _said(found)),
        ("What could not be looked into", found.unread or ("nothing",)),
        ("Where crmtool does not look", BEYOND),
    )
    return tuple(Section(title=title, lines=tuple(lines)) for title, lines in parts)


def as_text(head: str, parts: Iterable[Section]) -> str:
    """Write it as plain text."""
    lines = [visible(head)]
    for part in parts:
        lines += ["", part.title, *(f"  {visible(line)}" for line in part.lines)]
    return "\n".join(lines)


def as_markdown(head: str, parts: Iterable[Section]) -> str:
    """Write it as Markdown: headings and lists."""
    lines = [f"# {literal(head)}"]
    for part in parts:
        lines += ["", f"## {literal(part.title)}", "", *map(_bullet, part.lines)]
    return "\n".join(lines)


def _bullet(line: str) -> str:
    return f"{'  ' if line.startswith(' ') else ''}- {literal(line)}"


def _stored(contact: Contact, found: Subject) -> Iterator[str]:
    yield f"file: {found.path}"
    for key, value in contact.fields.items():
        yield from _field(key, value)
    if found.notes:
        yield "notes:"
        yield from (f"  {line}" for line in found.notes.splitlines() if line.strip())


def _field(key: str, value: Value) -> Iterator[str]:
    if isinstance(value, dict) and any(isinstance(inner, dict | list) for inner in value.values()):
        yield f"{key}:"
        yield from (f"  {inner}: {_value(each)}" for inner, each in value.items())
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield f"{key}:"
        yield from (f"  {_value(each)}" for each in value)
    else:
        yield f"{key}: {_value(value)}"


def _value(value: Value) -> str:
    return one_line(value) if isinstance(value, str) else in_line(value, Style(), ())


def _derived(judged: Assessment | None, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    if judged is None:
        yield "nothing: it cannot be judged on that day"
        return
    yield f"status: {judged.status.label}; verdict: {judged.verdict.value}"
    for lead, text in rows:
        yield f"{lead}: {text}" if lead else f"  {text}"


def _origin(found: Subject) -> Iterator[str]:
    source = found.contact.text("source")
    yield f"source: {one_line(source)}" if source else "source: none is written down"
    for entry in found.imported:
        yield f"imported from {_told(entry, 'from')}, as {_told(entry, 'id')}, on {_told(entry, 'date')}"


def _told(entry: dict[str, Value], key: str) -> str:
    value = entry.get(key)
    return "?" if value is None else _value(value)


def _retention(found: Subject) -> Iterator[str]:
    if found.retention is None:
        yield "the rule book does not say"
        return
    yield f"data of ended contacts are to be erased {found.retention.ended} after they ended"
    if found.retention.due:
        yield f"these are to be erased from {found.retention.due} on"


def _looked_for(found: Subject) -> Iterator[str]:
    yield privacy_words.looked_for(found.traces, certain=True)
    doubtful = privacy_words.looked_for(found.traces, certain=False)
    if doubtful:
        yield f"perhaps: {doubtful}"


def _files(files: Iterable[FileMentions]) -> tuple[str, ...]:
    return tuple(line for file in files for line in privacy_words.file_lines(file)) or ("none",)


def _history(found: Subject) -> Iterator[str]:
    if not found.has_history:
        yield "none: the workspace lies in no Git repository"
        return
    if found.is_cut_off:
        yield "this clone is shallow and lacks a part of it: `git fetch --unshallow` brings it"
    former = found.paths[1:]
    if former:
        yield f"former paths: {', '.join(former)}"
    for each in found.own_commits:
        yield f"{short_id(each.id)} {each.day} {each.author}: {each.subject} ({each.path})"
    if not found.own_commits:
        yield "none: the file is not committed yet"


def _said(found: Subject) -> tuple[str, ...]:
    return tuple(privacy_words.said_lines(found.said)) or ("nothing",)
