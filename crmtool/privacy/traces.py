"""What counts as a mention of a person, and where a text has one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from crmtool.contact import FOLDER, SUFFIX, contact_id
from crmtool.details import details_of
from crmtool.phones import Number, number_of
from crmtool.privacy.names import NAME_BEGINS, NAME_ENDS, name_traces, telling_words
from crmtool.privacy.spelling import BEGINS, ENDS, Spelling, joined, spelled
from crmtool.records import dataclass
from crmtool.text import Lines, one_line, transliterated
from crmtool.yaml_reader import Value

_LONGEST_LINE, _MOST_AROUND = 200, 1000
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789"))
_SCHEME = re.compile(r"(?i)^[a-z][a-z0-9+.-]*://")
_WORDS = re.compile(r"[^\W_]+")
_LINE_BREAK, _EMPTY_LINE = re.compile(r"[\r\n]"), re.compile(r"(?:\r\n|\n|\r)[ \t]*[\r\n]")
_BEHIND = re.compile(r"[ \t\"']*(.?)")
_CELL_SIGNS = (",", ";", "|", "\t")
_SHORTEST_PART = 3
_NO_LETTERS = re.compile(r"[\W\d_]+")
_IN_PARTS = re.compile(r"[^\W_][-_ ][^\W_]|\d")
_PATH_BEGINS = r"(?<![^\W_])(?<!\w[-/])"
_PATH_ENDS = r"(?![^\W_]|-\w|/\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Something by which a person is found: `kind` is name, email, phone, url, id or text, `text` what it is like.

    What is not `certain` may mean somebody else. `anchor` (small ASCII letters) or else `digits` is in every text that
    has it; where both are empty that cannot be told.
    """

    kind: str
    text: str
    certain: bool
    pattern: str
    anchor: bytes = b""
    digits: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A trace in a text: the offsets in characters, the line and column from 1, what is written and its whole line."""

    trace: Trace
    start: int
    end: int
    line: int
    column: int
    found: str
    excerpt: str


@dataclass(frozen=True)
class Traces:
    """All traces of a person."""

    all: tuple[Trace, ...]

    def may_be_in(self, data: bytes, *, certainly: bool = False) -> bool:
        """Tell quickly whether bytes need to be looked through; `certainly` for what is certain alone."""
        wanted = self.certain if certainly else self.all
        plain = data.replace(b"\0", b"") if b"\0" in data else data
        small = plain.lower()
        if any(trace.anchor in small for trace in wanted if not trace.digits):
            return True
        numbers = [trace.digits for trace in wanted if trace.digits]
        squeezed = plain.translate(None, _NO_DIGITS) if numbers else b""
        return any(digits in squeezed for digits in numbers)

    def found_in(self, text: str, *, certainly: bool = False) -> tuple[Mention, ...]:
        """List where a text has a trace, in its order; what is certain goes before what is not."""
        found = list(self._matches(text, self._certain_pattern))
        if not certainly:
            starts, ends = [match.start() for match in found], [0, *(match.end() for match in found)]
            doubtful = self._matches(text, self._doubtful_pattern)
            found += [each for each in doubtful if ends[bisect_left(starts, each.end())] <= each.start()]
        lines = Lines(text)
        return tuple(self._mention(match, text, lines) for match in sorted(found, key=lambda each: each.start()))

    def is_in(self, text: str) -> bool:
        """Whether a text has something certain."""
        return next(self._matches(text, self._certain_pattern), None) is not None

    @cached_property
    def in_names(self) -> Traces:
        """Those that count in the name of a file: not its path, which may be somebody else's by now."""
        return Traces(tuple(trace for trace in self.all if trace.kind != "id" or "/" not in trace.text))

    @cached_property
    def certain(self) -> tuple[Trace, ...]:
        """Those that cannot mean anybody else."""
        return tuple(trace for trace in self.all if trace.certain)

    @cached_property
    def _certain_pattern(self) -> re.Pattern[str]:
        return self._compiled(certain=True)

    @cached_property
    def _doubtful_pattern(self) -> re.Pattern[str]:
        return self._compiled(certain=False)

    def _compiled(self, *, certain: bool) -> re.Pattern[str]:
        wanted = [f"(?P<t{i}>{trace.pattern})" for i, trace in enumerate(self.all) if trace.certain is certain]
        return re.compile("|".join(wanted) or "(?!)", re.IGNORECASE)

    def _matches(self, text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (match for match in pattern.finditer(text) if match[0] and not _is_of_two_lines(match))

    def _mention(self, match: re.Match[str], text: str, lines: Lines) -> Mention:
        place = lines.position(match.start())
        start = max(lines.start_of(match.start()), match.start() - _MOST_AROUND)
        end = min(lines.start_after(match.end() - 1), match.end() + _MOST_AROUND)
        trace = self.all[int((match.lastgroup or "t0")[1:])]
        return Mention(
            trace=trace,
            start=match.start(),
            end=match.end(),
            line=place.line,
            column=place.column,
            found=one_line(match[0]),
            excerpt=_clipped(one_line(text[start:end]), one_line(match[0])),
        )


def _is_of_two_lines(match: re.Match[str]) -> bool:
    """Whether what looks like a mention ends one row, key or paragraph and begins the next, and is no broken line."""
    if not _LINE_BREAK.search(match[0]):
        return False
    before = match.string[max(match.start() - 1, 0) : match.start()]
    behind = _BEHIND.match(match.string, match.end())
    sign = behind[1] if behind else ""
    is_cell = before in _CELL_SIGNS or (sign in _CELL_SIGNS and before not in ("", " "))
    return bool(_EMPTY_LINE.search(match[0])) or sign == ":" or (bool(before) and is_cell)


def traces_of(versions: Iterable[tuple[str, Mapping[str, Value]]], also: Iterable[str] = ()) -> Traces:
    """Give the traces of a person, of all versions of their file: the path from the workspace and the front matter.

    The first version is that of now. An older one whose name has no word in common with the names known is another
    person's, and that name only perhaps a trace; so are addresses and numbers that are in no other version. `also` are
    texts that the user adds.
    """
    versions = list(versions)
    fields = [fields for _, fields in versions]
    names = _names(details_of(each).get("name") for each in fields)
    words = _words(name for name, is_own in names.items() if is_own)
    own = [each for each in fields if names.get(str(details_of(each).get("name")), True)]
    found = [*(_text(text) for text in also), *_addresses(own, words)]
    found += [replace(trace, certain=False) for trace in _addresses(fields, words)]
    found += [trace for path in dict.fromkeys(path for path, _ in versions) for trace in _path(path, words)]
    found += [trace for name, is_own in names.items() for trace in _name(name, certain=is_own)]
    unique = {(trace.pattern, trace.certain): trace for trace in reversed(found)}
    certain = {pattern for pattern, is_certain in unique if is_certain}
    kept = [trace for trace in unique.values() if trace.certain or trace.pattern not in certain]
    return Traces(tuple(reversed(kept)))


def _names(told: Iterable[Value]) -> dict[str, bool]:
    """Give the names that a file ever had, and whether they are this person's: the present one, and what is like it."""
    names = [name for name in dict.fromkeys(told) if isinstance(name, str)]
    own = set(names[:1])
    while more := {n for n in names if n not in own and not _words((n,)).isdisjoint(_words(own))}:
        own |= more
    return {name: name in own for name in names}


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in telling_words(name)}


def _addresses(fields: Sequence[Mapping[str, Value]], words: set[str]) -> Iterator[Trace]:
    """Give the traces of the pages, addresses and numbers in front matters."""
    yield from (_url(text, words) for text in _texts(fields, "url"))
    yield from (_email(text) for text in _texts(fields, "email"))
    yield from (_phone(number, text) for text in _texts(fields, "phone") if (number := number_of(text)) is not None)


def _texts(fields: Iterable[Mapping[str, Value]], key: str) -> list[str]:
    found = (value for each in fields for value in _as_list(details_of(each).get(key)))
    return list(dict.fromkeys(value.strip() for value in found if isinstance(value, str) and value.strip()))


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _name(name: str, *, certain: bool) -> Iterator[Trace]:
    for each in name_traces(name):
        yield _trace("name", each.text, each.spelling, certain=each.certain and certain)


def _email(text: str) -> Trace:
    address = text.casefold().removeprefix("mailto:")
    local, _, domain = address.rpartition("@")
    spelling = (
        joined((spelled(local), spelled(domain)), r"(?:@|%40|\s?[\[(]at[\])]\s?|&#64;)") if local else spelled(domain)
    )
    begins, ends = r"(?:(?<![\w.+-])|(?<=%[0-9a-f]{2}))", r"(?![\w-])(?!\.\w)"
    return _trace("email", text, Spelling(pattern=begins + spelling.pattern + ends, anchor=spelling.anchor))


def _phone(number: Number, text: str) -> Trace:
    digits = number.digits.encode()
    return Trace(kind="phone", text=text, certain=number.is_whole, pattern=number.pattern, digits=digits)


def _url(text: str, words: set[str]) -> Trace:
    """Give the trace of an address in the web; a site as a whole is rather a company's, unless it bears the name."""
    bare = _SCHEME.sub("", text.casefold()).removeprefix("www.").rstrip("/")
    spelling = spelled(bare)
    named = len(words & set(_WORDS.findall(transliterated(bare))))
    is_page = bool(words & set(_WORDS.findall(transliterated(bare.partition("/")[2]))))
    deeper = (
        "" if is_page else r"(?!/?[\w~])"
    )  # what lies below a page of somebody's is theirs, below a team's it is not
    pattern = rf"(?:[a-z][a-z0-9+.-]{{0,20}}://)?(?:www\.)?(?<![\w-]){spelling.pattern}/?(?![\w-])(?!\.\w){deeper}"
    is_own = "/" in bare or named > 1
    return _trace("url", text, Spelling(pattern=pattern, anchor=spelling.anchor), certain=is_own)


def _path(path: str, words: set[str]) -> Iterator[Trace]:
    """Give the traces of a file: its path, its id where that has a folder, and its name where it is the person's."""
    id = contact_id(path)
    slug = id.rpartition("/")[2]
    is_called = _is_called(slug, words)
    for each in (f"{FOLDER}{id}{SUFFIX}", f"{FOLDER}{id}"):
        yield _trace("id", each, _between(spelled(each), _PATH_BEGINS, _PATH_ENDS))
    if "/" in id and all(len(_NO_LETTERS.sub("", part)) >= _SHORTEST_PART for part in id.split("/")):
        # Of two plain words, such as sales/team, people speak for other reasons, too.
        is_certain = bool(_IN_PARTS.search(slug)) or is_called
        yield _trace("id", id, _between(spelled(id), _PATH_BEGINS, _PATH_ENDS), certain=is_certain)
    if len(_WORDS.findall(slug)) > 1 and is_called:
        # With one word of the name, such as koehler-gmbh, it may be a company's.
        is_certain = len(_shared(slug, words)) > 1
        yield _trace("id", slug, _between(spelled(slug), NAME_BEGINS, NAME_ENDS), certain=is_certain)


def _is_called(slug: str, words: set[str]) -> bool:
    """Whether a file is called by the person's name."""
    return bool(_shared(slug, words))


def _shared(slug: str, words: set[str]) -> set[str]:
    return {transliterated(part) for part in _WORDS.findall(slug)} & words


def _text(text: str) -> Trace:
    parts = text.split()
    spelling = joined(map(spelled, parts), r"\s+")
    begins = BEGINS if parts[0][:1].isalnum() else ""
    return _trace("text", text, _between(spelling, begins, ENDS if parts[-1][-1:].isalnum() else ""))


def _between(spelling: Spelling, begins: str, ends: str) -> Spelling:
    return Spelling(pattern=begins + spelling.pattern + ends, anchor=spelling.anchor)


def _trace(kind: str, text: str, spelling: Spelling, *, certain: bool = True) -> Trace:
    return Trace(
        kind=kind, text=text, certain=certain, pattern=spelling.pattern, anchor=spelling.anchor.encode("ascii")
    )


def _clipped(line: str, found: str) -> str:
    """Cut a long line so that what was found in it is seen."""
    if len(line) <= _LONGEST_LINE:
        return line
    at = max(0, line.find(found) - _LONGEST_LINE // 3)
    return f"{'…' if at else ''}{line[at : at + _LONGEST_LINE]}{'…' if at + _LONGEST_LINE < len(line) else ''}"
