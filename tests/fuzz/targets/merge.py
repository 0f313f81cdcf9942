"""Two versions of a contact, changed by commands, by hand or by accident: nothing of either is lost without a word."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.check import check_contact
from crmtool.contact import contact_from
from crmtool.document import Document, read_contact
from crmtool.finding import Severity
from crmtool.merge import Conflicted, Marks, Resolved, merge3
from crmtool.snapshot import read_content
from tests.building import InMemory
from tests.fuzz.lines import LineMerge
from tests.fuzz.promises import NOW, PATH, SCHEMAS
from tests.fuzz.target import mangled, structured
from tests.fuzz.targets.reader import WORDS
from tests.properties.test_editing import RULES
from tests.properties.test_merging import Fork, Statement, forks, picked, statements

RULEBOOK = read_content(InMemory({"criteria.yaml": RULES}), SCHEMAS).rulebook
TEXT = LineMerge(Marks())
_COMMENT = re.compile(r"# c[0-9]+: “ü”")


def judge(data: bytes) -> list[str]:
    document = read_contact(PATH, data)
    shapes = SCHEMAS.contact.shape(document)
    found = check_contact(document, shapes, contact_from(document), RULEBOOK, NOW).findings
    return [each.message for each in found if each.severity is Severity.ERROR]


def merge(base: bytes, ours: bytes, theirs: bytes) -> Resolved | Conflicted:
    return merge3(base, ours, theirs, text=TEXT, judge=judge)


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Draw a contact and what two people made of it; some of them have no idea of YAML."""
    fork: Fork = draw(forks())
    base, ours, theirs = fork.base, fork.ours, fork.theirs
    if draw(st.integers(0, 2)) == 0:
        ours = draw(mangled((ours, base or ours), WORDS))
    if draw(st.integers(0, 2)) == 0:
        theirs = draw(mangled((theirs, base or theirs), WORDS))
    return base, ours, theirs


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(versions())
def explore(sides: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = sides
    assert merge(base, ours, base) == merge(base, base, ours) == merge(base, ours, ours) == Resolved(ours)
    result, swapped = merge(base, ours, theirs), merge(base, theirs, ours)
    assert type(result) is type(swapped), sides
    if base in (ours, theirs) or ours == theirs:
        return
    if isinstance(result, Resolved):
        assert_complete(sides, result.data)
        one, other = read_contact(PATH, result.data), read_contact(PATH, swapped.data)
        assert (one.values, one.body) == (other.values, other.body), sides
    else:
        assert result.conflicts
        assert_to_be_resolved(sides, result)


def assert_complete(sides: tuple[bytes, bytes, bytes], data: bytes) -> None:
    """A merge without a conflict is in order and has all that a side added, and what neither removed."""
    documents = [read_contact(PATH, side) for side in sides]
    assert judge(data) == []
    merged = read_contact(PATH, data)
    if any(side.values is None for side in documents[1:]) or (documents[0].values is None and sides[0]):
        return  # then it was merged line by line
    base, ours, theirs = (set(statements(side.values or {})) for side in documents)
    wanted = (ours & theirs) | (ours - base) | (theirs - base)
    found = set(statements(merged.values))
    assert found == wanted, (sides, data, _differing(found, wanted))
    for count in (comments_of, lines_of):
        before, mine, other, now = map(count, (*documents, merged))
        assert (mine & other) | (mine - before) | (other - before) <= now, (sides, data)


def _differing(found: set[Statement], wanted: set[Statement]) -> Any:
    return {"too much": found - wanted, "lost": wanted - found}


def comments_of(document: Document) -> set[str]:
    return set(_COMMENT.findall(document.text[: document.yaml_span.end]))


def lines_of(document: Document) -> set[str]:
    return {line for line in re.split(r"[\r\n]+", document.body) if line}


def assert_to_be_resolved(sides: tuple[bytes, bytes, bytes], result: Conflicted) -> None:
    """Both sides stand between the marks; each can be chosen, and says no more than the two sides did."""
    if b"\0" in b"".join(sides):
        assert result.data == sides[1]
        return
    assert b"<<<<<<< ours" in result.data, sides
    said = [read_contact(PATH, side).values for side in sides[1:]]
    if any(values is None for values in said):
        return
    both = {s for values in said for s in statements(values)}
    for side in (0, 1):
        kept = read_contact(PATH, picked(result.data, side))
        assert kept.values is not None, (sides, result.data)
        assert set(statements(kept.values)) <= both, (sides, result.data)


TARGET = structured("merge", explore)
