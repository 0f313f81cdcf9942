"""Two versions of a whole workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from crmtool.difference import Compared, Difference, Obstacle, Version, difference
from crmtool.difference.rules import Edit, Use
from crmtool.difference.totals import totals
from crmtool.formats.diff_words import rules_headline
from crmtool.schema import Schemas
from crmtool.snapshot import Content, UnreadableError, read_content
from tests.building import InMemory, day, shipped_schema
from tests.conftest import JANA, RULEBOOK, TODAY

COMPARED = Compared(base="b" * 40, end=None, names=("b" * 10, "the work tree"))
SCHEMAS = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
BASE = {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA, "contacts/uwe.md": JANA.replace("Jana", "Uwe")}
BUYER = ("decisions:", '  buyer: {met: 2026-11-20, evidence: "She signs"}\ndecisions:')
ENDED = JANA.replace("status: clarifying", "status: stopped").replace(
    "next_step:", '  - {date: 2026-11-20, to: stopped, because: "No need", reason: no_need}\nnext_step:'
)
BROKEN = JANA.replace("name:", "name: [")


def content(files: Mapping[str, str], only: tuple[str, ...] | None = None) -> Content:
    return read_content(InMemory(files), SCHEMAS, only)


def compared(after: Mapping[str, str], before: Mapping[str, str] = BASE, **renamed: str) -> Difference:
    paths = {f"contacts/{new}.md": f"contacts/{old}.md" for new, old in renamed.items()}
    return difference(content(before), content(after), paths, day(TODAY), COMPARED)


def test_nothing_differs_from_itself() -> None:
    found = compared(BASE)
    assert (found.contacts, found.rules, found.unjudged) == ((), None, ())


def test_notes_and_comments_make_no_difference() -> None:
    noted = {path: text.replace("---\n", "--- \n# a comment\n", 1) + "\nMore notes\n" for path, text in BASE.items()}
    noted["criteria.yaml"] = RULEBOOK.replace("version: 1", "# a comment\nversion: 1")
    assert compared(noted) == compared(BASE)


def test_the_most_important_stands_first() -> None:
    before = {f"contacts/{name}.md": JANA.replace("Jana", name) for name in "abcd"} | {"criteria.yaml": RULEBOOK}
    after = before | {
        "contacts/a.md": before["contacts/a.md"].replace("owner: mira", "owner: jonas"),
        "contacts/b.md": before["contacts/b.md"].replace(*BUYER),
        "contacts/c.md": before["contacts/c.md"].replace("40 T€", "50 T€"),
        "contacts/d.md": ENDED.replace("Jana", "d"),
        "contacts/e.md": before["contacts/a.md"].replace("name: a", "name: e"),
    }
    found = compared(after, before)
    assert [each.contact.id for each in found.contacts] == ["d", "e", "c", "b", "a"]
    counts = totals(found)
    assert (counts.entered, counts.clarified, counts.rewritten, len(counts.outcomes)) == (1, 5, 1, 2)


def test_a_renamed_contact_is_the_same() -> None:
    moved = {("contacts/nord/jana.md" if path == "contacts/jana.md" else path): text for path, text in BASE.items()}
    found = difference(
        content(BASE), content(moved), {"contacts/nord/jana.md": "contacts/jana.md"}, day(TODAY), COMPARED
    )
    (each,) = found.contacts
    assert (each.renamed_from, each.contact.id, each.decided) == ("jana", "nord/jana", ())
    assert totals(found).deleted == 0


def test_what_only_got_another_id_in_the_rule_book_differs_in_no_contact() -> None:
    def renamed(text: str) -> str:
        return re.sub(r"\b(budget|clarifying|no_need)\b", lambda match: f"{match[0]}_", text)

    after = {path: renamed(text) for path, text in (BASE | {"contacts/uwe.md": ENDED}).items()}
    after["contacts/jana.md"] = after["contacts/jana.md"].replace("40 T€", "50 T€")
    found = compared(after, BASE | {"contacts/uwe.md": ENDED})
    (each,) = found.contacts
    (past,) = each.past
    assert (each.contact.id, past.keys, found.unjudged) == ("jana", ("evidence",), ())
    assert each.clarified == ()
    assert found.rules is not None
    assert found.rules.affected == ()


def test_what_was_not_read_since_it_is_the_same_is_not_new() -> None:
    after = BASE | {"criteria.yaml": RULEBOOK.replace("after: 30d", "after: 3d")}
    found = difference(content(BASE, ()), content(after), {}, day(TODAY), COMPARED)
    assert found.contacts == ()
    assert found.rules is not None
    assert [effect.after.stops for effect in found.rules.affected] == [("no_buyer",), ("no_buyer",)]


@pytest.mark.parametrize(
    ("before", "after", "sides"),
    [
        (JANA, BROKEN, [Version.END]),
        (BROKEN, JANA, [Version.BASE]),
        (BROKEN, BROKEN.replace("42000", "43000"), [Version.BASE, Version.END]),
        (BROKEN, BROKEN + "more notes", []),
        ("No front matter", "No front matter", []),
        (JANA.replace("name: Jana Köhler\n", ""), JANA.replace("name: Jana Köhler\n", "") + "notes", []),
    ],
)
def test_a_broken_file_is_named(before: str, after: str, sides: list[Version]) -> None:
    found = compared(BASE | {"contacts/jana.md": after}, BASE | {"contacts/jana.md": before})
    assert [(each.path, each.version, each.obstacle) for each in found.unjudged] == [
        ("contacts/jana.md", side, Obstacle.ERRORS) for side in sides
    ]
    assert found.contacts == ()
    assert totals(found).unjudged == bool(sides)


def test_a_broken_file_that_is_unchanged_is_named_where_the_rules_change() -> None:
    files = BASE | {"contacts/jana.md": BROKEN}
    after = files | {"criteria.yaml": RULEBOOK.replace("after: 30d", "after: 3d")}
    found = difference(content(files, ()), content(after), {}, day(TODAY), COMPARED)
    assert [each.path for each in found.unjudged] == ["contacts/jana.md"]


def test_a_folder_that_cannot_be_looked_into_deletes_nobody() -> None:
    after = InMemory({"criteria.yaml": RULEBOOK}, {"contacts/": UnreadableError("no", "x")})
    found = difference(content(BASE), read_content(after, SCHEMAS), {}, day(TODAY), COMPARED)
    assert found.contacts == ()
    assert [each.path for each in found.unjudged] == ["contacts/"]


def test_a_status_that_the_rule_book_lacks_is_told() -> None:
    after = BASE | {"contacts/jana.md": JANA.replace("clarifying", "gone")}
    found = compared(after)
    assert [(each.version, each.obstacle) for each in found.unjudged] == [(Version.END, Obstacle.UNKNOWN_STATUS)]
    assert [each.judged_after for each in found.contacts] == [None]


def test_a_version_without_anything() -> None:
    found = compared(BASE, {})
    assert found.rules is not None
    assert (found.rules.before, found.rules.after, found.rules.effects) == (Use.ABSENT, Use.USABLE, ())
    assert {each.edit for each in found.rules.definitions} == {Edit.ADDED}
    assert totals(found).entered == 2
    gone = compared({}, BASE)
    assert totals(gone).deleted == 2
    assert all(each.judged_before for each in gone.contacts)


def test_a_rule_book_that_cannot_be_used_judges_by_the_one_before() -> None:
    found = compared({**BASE, "criteria.yaml": "statuses: 1\n", "contacts/jana.md": JANA.replace(*BUYER)})
    assert found.rules is not None
    assert (found.rules.after, found.rules.effects) == (Use.BROKEN, ())
    (each,) = found.contacts
    assert each.judged_after is not None
    assert each.judged_after.distance == 2


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("x: [", RULEBOOK, "the rule book can be used again"),
        (RULEBOOK, "x: [", "the rule book has errors and cannot be used"),
        ("x: [", "y: [", "the rule book has errors and cannot be used"),
        ("x: [", "x: [", ""),
        ("x: 1", "x: 1  # the same", ""),
        (None, RULEBOOK, "the rule book is new"),
        (RULEBOOK, None, "the rule book was deleted"),
        (RULEBOOK, RULEBOOK.replace("after: 30d", "after: 29d"), "the changed rule book judges none of 2 contacts"),
    ],
)
def test_what_became_of_the_rule_book(before: str | None, after: str | None, told: str) -> None:
    people = {path: text for path, text in BASE.items() if path != "criteria.yaml"}
    old, new = (people if book is None else {**people, "criteria.yaml": book} for book in (before, after))
    found = compared(new, old).rules
    assert (rules_headline(found) if found else "").removesuffix(" differently") == told


def test_no_rule_book_judges_nobody_and_tells_the_entries_all_the_same() -> None:
    files = {"contacts/jana.md": JANA}
    found = compared({"contacts/jana.md": JANA.replace(*BUYER)}, files)
    assert found.rules is None
    (each,) = found.contacts
    assert [answer.criterion for answer in each.clarified] == ["buyer"]
    assert each.judged_after is None


def edits(*changes: tuple[str, str]) -> list[tuple[str, str, Edit, tuple[str, ...]]]:
    book = RULEBOOK
    for old, new in changes:
        assert old in book
        book = book.replace(old, new)
    found = compared(BASE | {"criteria.yaml": book}).rules
    return [(each.section, each.id, each.edit, each.keys) for each in found.definitions] if found else []


def test_definitions() -> None:
    assert edits(("valid_for: 90d", "valid_for: 60d")) == [("criteria", "budget", Edit.CHANGED, ("valid_for",))]
    assert edits(("no_need: Kein Bedarf, ", "")) == [("reasons", "stopped", Edit.CHANGED, ("no_need",))]
    assert edits(("  no_deadline:", "  no_term:")) == [
        ("stop_rules", "no_deadline", Edit.REMOVED, ()),
        ("stop_rules", "no_term", Edit.ADDED, ()),
    ]
    assert edits(("currency: EUR", "currency: CHF")) == [("currency", "", Edit.CHANGED, ())]
    assert edits(("good: [fit, pain]", "good: [fit]")) == [("prequalification", "", Edit.CHANGED, ())]
    assert (
        edits(
            ("no_need: Kein Bedarf, no_decision:", "no_decision:"), ("competitor:", "no_need: Kein Bedarf, competitor:")
        )
        == []
    )


def test_the_order_counts_where_it_decides() -> None:
    lines = RULEBOOK.splitlines(keepends=True)
    one = next(i for i, line in enumerate(lines) if line.startswith("  ready:"))
    lines[one - 1 : one + 1] = lines[one], lines[one - 1]
    found = compared(BASE | {"criteria.yaml": "".join(lines)}).rules
    assert found is not None
    assert [(each.section, each.id, each.edit) for each in found.definitions] == [("statuses", "", Edit.REORDERED)]
    assert found.affected
