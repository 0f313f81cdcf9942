"""Any bytes as a contact file: read, checked, judged and told; every finding points into the file."""

from __future__ import annotations

from hypothesis import given

from crmtool.check import check_changes, check_contact
from crmtool.contact import contact_from
from crmtool.document import read_contact, read_contact_text
from crmtool.snapshot import read_content, with_contact
from tests.building import InMemory
from tests.conftest import JANA, RULEBOOK
from tests.fuzz.promises import NOW, PATH, SCHEMAS, assert_judged, assert_read, assert_told
from tests.fuzz.target import Target, mangled
from tests.properties.test_reading import PIECES

CONTENT = read_content(InMemory({"criteria.yaml": RULEBOOK}), SCHEMAS)
RULES = CONTENT.rulebook
BASE = with_contact(CONTENT, read_contact(PATH, JANA.encode()))
SHORT = "---\nname: A\nstatus: new\ndecisions:\n  - {date: 2026-11-01, to: new, because: b}\n---\n"
FULL = JANA.replace(
    "next_step:",
    "tags: [a]\nblocked: {by: x, since: 2026-11-01, until: 2026-12-01}\nrevisit: 2026-12-01\n"
    "extra:\n  a: |\n    b\nnext_step:",
)
HOSTILE = SHORT.replace("status: new", r'"status\e[31m": "\u202e\0"' "\nstatus: new")
SEEDS = (
    JANA.encode(),
    SHORT.encode(),
    FULL.encode(),
    HOSTILE.encode(),
    b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode(),
)
KEYS = (
    "organization", "role", "email", "phone", "url", "address", "source", "owner", "tags", "value", "status",
    "criteria", "decisions", "next_step", "blocked", "stop_if", "revisit", "extra", "date", "to", "because",
    "reason", "by", "confirmed_by", "chance", "evidence", "attested_by", "counterparty", "corrected", "do",
    "clarifies", "due", "when", "until", "since", "met", "not_met", "clarifying", "ready", "parked", "agreed",
    "stopped", "2026-11-23",
)  # fmt: skip
WORDS = (*PIECES, *KEYS, "\x1b[31m", r'"\e[31m"', r'"\u202e"', r'"\0"', "\u202e")


def check(data: bytes) -> None:
    document = read_contact(PATH, data)
    assert_read(document)
    contact_from(document)
    alone = read_contact_text(PATH, data)
    assert (alone.text, alone.yaml_span, alone.body) == (document.text, document.yaml_span, document.body)
    content = with_contact(CONTENT, document)
    found = check_contact(document, content.shapes.get(PATH, ()), content.contacts.get(PATH), RULES, NOW).findings
    assert_told((*found, *check_changes(content, BASE)), content)
    assert_judged(content)


@given(mangled(SEEDS, WORDS))
def explore(data: bytes) -> None:
    check(data)


TARGET = Target(name="reader", check=check, explore=explore, seeds=SEEDS, words=WORDS)
