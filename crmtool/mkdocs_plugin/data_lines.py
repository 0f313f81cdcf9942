"""All contacts as JSON, a line each; the file of the build before gives the lines of those that did not change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from crmtool import cache
from crmtool.assessment import Assessment
from crmtool.exporters import as_json
from crmtool.formats.assessment_json import why
from crmtool.mkdocs_plugin.inputs import Inputs, shared, text_id
from crmtool.mkdocs_plugin.page_writing import put
from crmtool.parallel import mapped
from crmtool.report.edition import Edition
from crmtool.report.memo import Part
from crmtool.snapshot import Content

Line = tuple[bytes, str]
"""A contact as it is written, and the id of the text that it was written of."""
_KIND = "data"
_SHARE = 400
"""Fewer contacts than this are written sooner than another process is started."""
_BETWEEN = len(b",\n")


def write_lines(file: Path, site: Path, content: Content, edition: Edition, made_of: Sequence[Inputs] | None) -> None:
    """Let a file hold all contacts; `made_of` tells what their files said when they were listed.

    With it, lines are taken over from what the file holds, where that is what the build before left in this `site`,
    and what is left now is remembered for the next build.
    """
    about = shared(content, edition).hexdigest()
    known = {} if made_of is None else _known(file, site, about)
    lines = _lines(content, edition, known, made_of)
    data = as_json.document((line for line, _ in lines), edition.rulebook, edition.day)
    put(str(file), data)
    if made_of is not None:
        paths = [assessment.contact.path for assessment in edition.assessments]
        places = _places(data, dict(zip(paths, lines, strict=True)))
        kept = {"about": about, "file": cache.content_id(data), "lines": places}
        cache.store(_KIND, str(site.resolve()), json.dumps(kept).encode("ascii"))


def data_of(edition: Edition) -> bytes:
    """Write all contacts; what an edition before wrote of those that did not change is taken over."""
    lines = dict(chain.from_iterable(edition.each_part(_part_lines)))
    ordered = (lines[assessment.contact.id] for assessment in edition.assessments)
    return as_json.document(ordered, edition.rulebook, edition.day)


def _part_lines(_edition: Edition, part: Part) -> list[tuple[str, bytes]]:
    return [(assessment.contact.id, _line(assessment)) for assessment in part]


def _line(assessment: Assessment) -> bytes:
    # Without its notes: editing a body changes that contact's page alone.
    return as_json.line(assessment, None, why)


def _lines(
    content: Content, edition: Edition, known: Mapping[str, Line], made_of: Sequence[Inputs] | None
) -> list[Line]:
    """Give the line of each contact, in the order of attention."""
    found: list[Line | None] = [known.get(assessment.contact.path) for assessment in edition.assessments]
    for rank, about in enumerate(made_of or ()):
        if (line := found[rank]) is not None and line[1] != about.text:
            found[rank] = None
    missing = [rank for rank, line in enumerate(found) if line is None]
    made = iter(chain.from_iterable(mapped(partial(_made, content, edition), missing, least=_SHARE)))
    lines = [next(made) if line is None else line for line in found]
    if made_of is None:
        return lines
    # Of a file that was saved since it was listed, values and notes may not belong together: not to be taken over.
    return [(line, text if text == about.text else "") for (line, text), about in zip(lines, made_of, strict=True)]


def _made(content: Content, edition: Edition, ranks: Sequence[int]) -> list[Line]:
    assessments = (edition.assessments[rank] for rank in ranks)
    return [(_line(each), text_id(content.documents[each.contact.path])) for each in assessments]


def _known(file: Path, site: Path, about: str) -> dict[str, Line]:
    """Give the lines that the build before left, by path; none where they hold no longer, or the file is another."""
    stored = cache.load(_KIND, str(site.resolve()))
    kept: dict[str, Any] = json.loads(stored) if stored else {}
    if kept.get("about") != about:
        return {}
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    # The file's times tell nothing: it was moved aside.
    if cache.content_id(data) != kept["file"]:
        return {}
    return {path: (data[start:end], text) for path, (text, start, end) in kept["lines"].items()}


def _places(data: bytes, lines: Mapping[str, Line]) -> dict[str, tuple[str, int, int]]:
    """Tell of what text each line was written, and where in the whole it stands."""
    places: dict[str, tuple[str, int, int]] = {}
    start = data.find(b"\n") + 1
    for path, (line, text) in lines.items():
        places[path] = (text, start, start + len(line))
        start += len(line) + _BETWEEN
    return places
