"""Bytes → Document: what a file says, where, and why it cannot be read. Nothing here raises for a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from typing import Any, Self

import yaml
from frontmatter.default_handlers import BaseHandler

from crmtool import yaml_reader
from crmtool.finding import Location, Place
from crmtool.records import dataclass
from crmtool.text import Lines, Span
from crmtool.yaml_problems import Problem
from crmtool.yaml_reader import Value

MAX_BYTES = 1024 * 1024
_FENCE = r"---[ \t]*(?:\r\n|\n|\r|\Z)"
_BOUNDARY = re.compile(rf"(?:\A|(?<=[\r\n])){_FENCE}")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_CONFLICT_SIGNS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)
BYTE_ORDER_MARK = "\ufeff"


class ContactHandler(BaseHandler):
    """The front matter of a contact, for python-frontmatter: `frontmatter.load(path, handler=ContactHandler())`.

    The fences are stricter than its own: exactly three dashes, the first of them on the first line.
    """

    FM_BOUNDARY = _BOUNDARY
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str) -> dict[str, Any]:
        """Read front matter; raises ValueError with the first problem's message where it cannot be read."""
        reading = yaml_reader.read(fm)
        if reading.problems:
            raise ValueError(reading.problems[0].message)
        return reading.value if isinstance(reading.value, dict) else {}


_HANDLER = ContactHandler()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as read.

    `values` are the front matter's (or the YAML file's) values, None where a problem keeps them from being read;
    `yaml_span` is where the YAML stands in `text`, which has no byte order mark.
    """

    path: str
    text: str
    yaml_span: Span
    values: dict[str, Value] | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self._body_start :]

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins, from 1."""
        return self._lines.position(self._body_start).line

    @property
    def _body_start(self) -> int:
        match = _BOUNDARY.match(self.text, self.yaml_span.end)
        return match.end() if match else len(self.text)

    def locate(self, place: Place, *, on_key: bool = False) -> Location:
        """Resolve a symbolic place; an absent one to the nearest thing that exists around it."""
        if self._node is None:
            return self.location(Span(0, 0))
        span = yaml_reader.locate(self._node, place, on_key=on_key)
        return self.location(
            Span(span.start + self.yaml_span.start, self._trimmed(span.end + self.yaml_span.start, span))
        )

    def location(self, span: Span) -> Location:
        """Turn offsets in `text` into a location."""
        start, end = self._lines.position(span.start), self._lines.position(span.end)
        return Location(path=self.path, line=start.line, column=start.column, end_line=end.line, end_column=end.column)

    def _trimmed(self, end: int, span: Span) -> int:
        # A block collection's node ends where the next one begins; white space and comments are not part of it.
        written = self.text[span.start + self.yaml_span.start : end]
        lines = written.splitlines(keepends=True)
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        return span.start + self.yaml_span.start + len("".join(lines).rstrip())

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _node(self) -> yaml.Node | None:
        # Composed again instead of kept: places are asked for only where something was found.
        return (
            yaml_reader.compose(self.text[self.yaml_span.start : self.yaml_span.end])
            if self.values is not None
            else None
        )


class LateDocument(Document):
    """A file without problems whose values are known already: its text is read when it is first asked for.

    By then it may say something else, so this is for showing what it says, not for finding places in it. `content_id`
    is that of the file's bytes as they were looked at last.
    """

    content_id: str
    _read: Callable[[], tuple[Document, str]]

    @classmethod
    def of(cls, path: str, values: dict[str, Value], content_id: str, read: Callable[[], tuple[Document, str]]) -> Self:
        """Make the document of a file that `read` reads, giving its content's id too."""
        document = cls.__new__(cls)
        document.__dict__.update(path=path, values=values, problems=(), content_id=content_id, _read=read)
        return document

    def __getattr__(self, name: str) -> Any:
        """Read the text, where it is that which is missing."""
        if name not in ("text", "yaml_span"):
            raise AttributeError(name)
        now, content_id = self._read()
        self.__dict__.update(text=now.text, yaml_span=now.yaml_span, content_id=content_id)
        return self.__dict__[name]


def read_contact(path: str, data: bytes) -> Document:
    """Read a Markdown file with YAML front matter."""
    text, problem = _decode(data)
    if problem:
        return _unreadable(path, text, problem)
    if not _opening(text):
        return _unreadable(path, text, _conflict(text, 0, _first_fence(text)) or _no_front_matter(text))
    parts = [match.span() for match in _first_two_fences(text)]
    if len(parts) == 1:
        return _unreadable(path, text, _conflict(text, 0, len(text)) or _not_closed(text))
    return _read_values(path, text, Span(parts[0][1], parts[1][0]), "front matter")


def read_contact_text(path: str, data: bytes) -> Document:
    """Read a Markdown file's text and where its front matter stands, not its values, which take most of the time."""
    text, problem = _decode(data)
    fences = [match.span() for match in _first_two_fences(text)] if not problem and _opening(text) else []
    if len(fences) < 2:
        return read_contact(path, data)
    return Document(path=path, text=text, yaml_span=Span(fences[0][1], fences[1][0]))


def read_yaml(path: str, data: bytes) -> Document:
    """Read a file that is YAML as a whole, such as the rule book."""
    text, problem = _decode(data)
    if problem:
        return _unreadable(path, text, problem)
    return _read_values(path, text, Span(0, len(text)), "file")


def unreadable(path: str, reason: str, hint: str) -> Document:
    """Make the document of a file whose bytes could not be had."""
    return _unreadable(path, "", Problem(code="unreadable", span=Span(0, 0), message=reason, hint=hint))


def _read_values(path: str, text: str, span: Span, what: str) -> Document:
    conflicts = tuple(_conflicts(text, span.start, span.end))
    if conflicts:
        return Document(path=path, text=text, yaml_span=span, problems=conflicts)
    reading = yaml_reader.read(text[span.start : span.end])
    problems = tuple(_shifted(problem, span.start) for problem in reading.problems)
    values = reading.value
    if not problems and not isinstance(values, dict):
        problems = (_no_mapping(span, what, empty=values is None),)
    return Document(
        path=path, text=text, yaml_span=span, values=values if isinstance(values, dict) else None, problems=problems
    )


def _decode(data: bytes) -> tuple[str, Problem | None]:
    if len(data) > MAX_BYTES:
        return "", Problem(
            code="too-large",
            span=Span(0, 0),
            message=f"the file has more than {MAX_BYTES:,} bytes",
            hint="move long notes and attachments to files of their own and link them",
        )
    try:
        text = data.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        text = data[: error.start].decode().removeprefix(BYTE_ORDER_MARK)
        return text, Problem(
            code="not-utf8",
            span=Span(len(text), len(text)),
            message=f"the byte 0x{data[error.start]:02X} is not UTF-8",
            hint="save the file as UTF-8; it may be UTF-16, Latin-1 or Windows-1252 now",
        )
    nul = text.find("\0")
    if nul >= 0:
        return text, Problem(
            code="yaml-syntax", span=Span(nul, nul + 1), message="the file holds a NUL byte", hint="remove the NUL byte"
        )
    return text, None


def _opening(text: str) -> bool:
    return _HANDLER.detect(text)


def _first_two_fences(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = 0
    # A text is searched for dashes much faster than for the beginnings of its lines.
    while len(found) < 2 and (at := text.find("---", at)) >= 0:
        if match := _BOUNDARY.match(text, at):
            found.append(match)
        at = match.end() if match else at + 1
    return found


def _first_fence(text: str) -> int:
    match = _BOUNDARY.search(text)
    return match.start() if match else len(text)


def _no_front_matter(text: str) -> Problem:
    hint = "begin the file with a line `---`, the keys, and another line `---`"
    message = "the file does not begin with front matter"
    if not text.strip():
        message = "the file is empty"
    elif text.startswith("+++"):
        message = "TOML front matter (+++) is not read"
        hint = "write the front matter as YAML between two lines `---`"
    elif re.match(r"\s+---[ \t]*$", text, re.MULTILINE):
        message = "the front matter does not begin on the first line, at its left edge"
        hint = "remove the blanks before the first `---`"
    return Problem(code="front-matter-missing", span=Span(0, 0), message=message, hint=hint)


def _not_closed(text: str) -> Problem:
    return Problem(
        code="front-matter-missing",
        span=Span(0, min(3, len(text))),
        message="the front matter is not closed",
        hint="add a line `---` after the last key",
    )


def _no_mapping(span: Span, what: str, *, empty: bool) -> Problem:
    return Problem(
        code="schema",
        span=Span(span.start, span.start),
        message=f"the {what} is empty" if empty else f"the {what} is not a mapping of keys to values",
        hint="write `key: value` lines",
    )


def _conflict(text: str, start: int, end: int) -> Problem | None:
    return next(iter(_conflicts(text, start, end)), None)


def _conflicts(text: str, start: int, end: int) -> list[Problem]:
    """Find each conflict that Git left behind, or the first stray marker of one."""
    if not any(sign in text for sign in _CONFLICT_SIGNS):  # much faster than to look at each line
        return []
    markers = list(_CONFLICT.finditer(text, start, end))
    opening = [match for match in markers if match[0][0] == "<"] or markers[:1]
    return [
        Problem(
            code="merge-conflict",
            span=Span(match.start(), match.end()),
            message="a merge conflict is not resolved",
            hint="keep what is right of both sides and remove the lines <<<<<<<, ======= and >>>>>>>",
        )
        for match in opening
    ]


def _shifted(problem: Problem, by: int) -> Problem:
    span = Span(problem.span.start + by, problem.span.end + by)
    return Problem(code=problem.code, span=span, message=problem.message, hint=problem.hint)


def _unreadable(path: str, text: str, problem: Problem) -> Document:
    return Document(path=path, text=text, yaml_span=Span(0, 0), problems=(problem,))
