"""Where a person is mentioned, told in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crmtool.contact import SUFFIX
from crmtool.privacy.findings import FileMentions, Said
from crmtool.privacy.traces import Mention, Trace, Traces
from crmtool.text import short_id

_KINDS = {"id": "file", "text": "as you asked"}


def looked_for(found: Traces, *, certain: bool) -> str:
    """Name what is looked for, by kind."""
    told: dict[str, dict[str, None]] = {}
    for trace in found.all:
        if trace.certain is certain and not _is_told(trace):
            told.setdefault(_KINDS.get(trace.kind, trace.kind), {})[trace.text] = None
    return "; ".join(f"{kind}: {', '.join(texts)}" for kind, texts in told.items())


def file_lines(found: FileMentions, most: int | None = None) -> Iterator[str]:
    """Give the lines of a file with mentions, each with its place as editors and `git show` take it."""
    told = [_line(found.path, each) for each in found.now]
    told += [_line(f"{short_id(commit)}:{found.path}", each) for commit, each in found.past]
    lines = list(dict.fromkeys(told))
    if found.named:
        yield f"{found.path}: the path itself"
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"{found.path}: and {len(lines) - most} more"


def said_lines(found: Iterable[Said]) -> Iterator[str]:
    """Give a line for each commit and tag that says something of the person, or was made by them."""
    for each in found:
        is_certain = any(mention.trace.certain for mention in each.mentions)
        doubt = "" if is_certain or not each.mentions else " (perhaps)"
        makers = f" ({', '.join(sorted(each.people))}: the person)" if each.people else ""
        yield f"{each.name}: {each.subject}{doubt}{makers}"


def _is_told(trace: Trace) -> bool:
    """Whether a trace is told by another one: a path with its suffix tells of the id."""
    return trace.kind == "id" and "/" in trace.text and not trace.text.endswith(SUFFIX)


def _line(where: str, mention: Mention) -> str:
    doubt = "" if mention.trace.certain else " (perhaps)"
    return f"{where}:{mention.line}: {mention.excerpt}{doubt}"
