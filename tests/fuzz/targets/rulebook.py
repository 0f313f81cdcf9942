"""Any bytes as the rule book: read and checked, contacts judged by it, its page made."""

from __future__ import annotations

from hypothesis import given

from crmtool import yaml_reader
from crmtool.check import check as check_content
from crmtool.conditions import Has, Holds, Passed, named_criteria, notation, parse_requires, walk
from crmtool.document import read_yaml
from crmtool.formats import graph
from crmtool.report.edition import edition
from crmtool.report.site import reports
from crmtool.rulebook import RuleBook
from crmtool.snapshot import Content, read_content
from tests.building import InMemory
from tests.conftest import JANA, ROOT, RULEBOOK
from tests.fuzz.html import assert_page
from tests.fuzz.promises import NOW, PATH, SCHEMAS, assert_judged, assert_read, assert_told
from tests.fuzz.target import Target, mangled
from tests.properties.test_reading import PIECES

SMALL = """\
version: 1
name: N
statuses:
  new: {label: L, meaning: M, kind: active, asks: A?, decide_within: 2w, requires: [a]}
  won: {label: L, meaning: M, kind: won}
  end: {label: L, meaning: M, kind: ended}
criteria:
  a: {label: L, question: Q?, valid_for: 3m, evidence: required, weight: 0.5}
  b: {label: L, question: Q?, retired: 2026-01-01}
transitions:
  in: {to: new}
  win: {from: new, to: won, requires: [{at_least: 1, of: [a, {not: {open: a}}]}, {older_than: 3d}], by: [x]}
  stop: {from: "*", to: end, requires: [{score: 1, of: [a]}, {passed: extra.x}, {all: [a]}, {has: revisit}]}
"""
HOSTILE = SMALL.replace("L,", r'"\e[31m",').replace("a: {", r'"\u202ea": {')
SEEDS = (RULEBOOK.encode(), SMALL.encode(), HOSTILE.encode(), (ROOT / "criteria.yaml").read_bytes())
KEYS = (
    "version", "name", "language", "currency", "statuses", "criteria", "transitions", "stop_rules",
    "prequalification", "reasons", "retention", "label", "meaning", "kind", "asks", "decide_within", "limit",
    "requires", "question", "weight", "valid_for", "evidence", "required", "attested_by", "counterparty", "knockout",
    "retired", "from", "to", "since", "by", "four_eyes", "in", "when", "after", "propose", "reason", "because",
    "active", "hold", "won", "ended", "not", "not_met", "open", "any", "all", "at_least", "of", "score", "lost",
    "clarified", "has", "passed", "older_than", "good", "bad", "14d", "6w", "3m", "1y", "9999999999y", "de", "en",
    '"*"', "yes", "1e308", "9e999",
)  # fmt: skip
WORDS = (*PIECES, *KEYS, "\x1b[31m", r'"\e[31m"', r'"\u202e"', r'"\0"', "<script>", "\u202e")
BASE = read_content(InMemory({"criteria.yaml": RULEBOOK, PATH: JANA}), SCHEMAS)


def check(data: bytes) -> None:
    assert_read(read_yaml("criteria.yaml", data))
    content = read_content(InMemory({"criteria.yaml": data, PATH: JANA}), SCHEMAS)
    assert_told(check_content(content, NOW, BASE).findings, content)
    assert_judged(content)
    if content.rulebook is not None:
        assert_shown(content, content.rulebook)


def assert_shown(content: Content, rulebook: RuleBook) -> None:
    graph.as_text(rulebook)
    graph.as_mermaid(rulebook)
    for _, conditions in rulebook.requirements():
        for condition in conditions:
            names = [*named_criteria(condition), *(p.field for p in walk(condition) if isinstance(p, Has | Passed))]
            if yaml_reader.read(f"[{', '.join(names)}]").value != names:
                continue  # an id that needs quotes is told without them
            written = notation(condition)
            value = yaml_reader.read(written if isinstance(condition, Holds) else "{" + written + "}").value
            assert parse_requires([value], ())[0] == (condition,), written
    laid = edition(content.contacts.values(), rulebook, NOW)
    for page in reports(laid):
        if page.name in ("rules", "index", "progress"):
            assert_page(page.html())


@given(mangled(SEEDS, WORDS))
def explore(data: bytes) -> None:
    check(data)


TARGET = Target(name="rulebook", check=check, explore=explore, seeds=SEEDS, words=WORDS)
