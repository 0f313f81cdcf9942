"""What is promised of any workspace, whatever stands in its files."""

from __future__ import annotations

import json
from collections.abc import Iterable

from crmtool.assessment import assess
from crmtool.check import in_order
from crmtool.document import Document
from crmtool.finding import CheckResult, Finding, Location
from crmtool.formats import as_github, as_text
from crmtool.formats.assessment_json import why
from crmtool.schema import Schemas
from crmtool.snapshot import RULEBOOK, Content
from crmtool.text import visible
from tests.building import day, shipped_schema
from tests.conftest import TODAY
from tests.properties.test_reading import lines_of, places

SCHEMAS = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
PATH = "contacts/x.md"
NOW = day(TODAY)
_MOST_PLACES = 60


def assert_told(findings: Iterable[Finding], content: Content) -> None:
    """Each finding says what, where and what to do, and a terminal and a log show it without obeying it."""
    result = CheckResult(today=NOW, paths=content.paths, findings=in_order(findings))
    documents = {**content.documents, RULEBOOK: content.rulebook_document}
    for path, document in documents.items():
        here = [found for found in result.findings if found.location.path == path]
        assert_inside(document, [found.location for found in here])
    assert all(found.message and found.hint and found.location.path in documents for found in result.findings)
    told = as_text.render(result).split("\n")
    assert all(visible(line) == line for line in told)
    assert sum(not line.startswith(" ") for line in told if line) == len(result.findings)
    commands = as_github.render(result).split("\n")
    assert sum(line.startswith(("::error ", "::warning ")) for line in commands) <= len(result.findings)
    assert all(visible(line) == line for line in commands)


def assert_read(document: Document) -> None:
    """A document has values or problems, and each place in it can be found."""
    assert (document.values is None) == bool(document.problems)
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(document.text) + 1
    at = places(document.values)[:_MOST_PLACES] if document.values is not None else [()]
    assert_inside(document, [document.locate(place, on_key=on_key) for place in at for on_key in (False, True)])
    assert document.body in document.text


def assert_inside(document: Document, locations: Iterable[Location]) -> None:
    """Each location lies in the file."""
    lengths = [len(line) for line in lines_of(document.text)]
    for place in locations:
        for line, column in ((place.line, place.column), (place.end_line, place.end_column)):
            # Between CR and LF is a place, too: behind the last character that is to be seen.
            assert 1 <= line <= len(lengths)
            assert 1 <= column <= lengths[line - 1] + 2
        assert (place.line, place.column) <= (place.end_line, place.end_column)


def assert_judged(content: Content) -> None:
    """Assess each contact that can be judged, and tell of it."""
    for contact in content.contacts.values():
        assessment = assess(contact, content.rulebook, NOW) if content.rulebook else None
        if assessment is not None:
            json.dumps(why(assessment)).encode()
            assert assessment.clarity is None or 0 <= assessment.clarity <= 1
