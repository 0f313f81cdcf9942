"""Editing a body alone changes no finding, no verdict, no date, no number and no order in any report."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st

from crmtool.assessment import assess, assess_all
from crmtool.contact import contact_from
from crmtool.document import MAX_BYTES, read_contact
from crmtool.rulebook import RuleBook
from tests.building import contact_of, day, rulebook_of, shipped_schema
from tests.conftest import JANA, RULEBOOK
from tests.properties.test_reading import PIECES

BOOK: RuleBook = rulebook_of(RULEBOOK)
HEAD = JANA[: JANA.rindex("---\n") + 4].encode()
OTHER = HEAD.replace(b"clarifies: buyer", b"clarifies: fit").replace(b"42000", b"1")
BODIES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300),
    st.lists(
        st.sampled_from([p for p in PIECES if "\0" not in p and "\ud7ff" not in p] + ["status: won\n", HEAD.decode()]),
        max_size=30,
    ).map("".join),
)
DAYS = [day(text) for text in ("2026-10-20", "2026-11-04", "2026-11-23", "2026-12-05", "2027-03-01")]


@given(BODIES, st.sampled_from(DAYS))
@example("---\nstatus: won\n---\n", DAYS[2])
@example("<<<<<<< HEAD\n=======\n>>>>>>> x\n", DAYS[2])
@example("\ufeff---\n", DAYS[2])
@example("x" * (MAX_BYTES - len(HEAD)), DAYS[2])
def test_a_body_changes_nothing(body: str, on: date) -> None:
    before = read_contact("contacts/x.md", HEAD)
    after = read_contact("contacts/x.md", HEAD + body.encode())
    assert after.values == before.values
    assert after.problems == before.problems == ()
    assert shipped_schema("contact").shape(after) == shipped_schema("contact").shape(before) == ()
    assert contact_from(after) == contact_from(before)
    assert after.body == body
    for place in ((), ("name",), ("criteria", "budget", 1, "not_met"), ("decisions", 1)):
        assert after.locate(place) == before.locate(place)
    assert assess(contact_of(after), BOOK, on) == assess(contact_of(before), BOOK, on)


@given(BODIES, BODIES)
def test_bodies_change_no_order(one: str, other: str) -> None:
    def order(first: bytes, second: bytes) -> list[str]:
        documents = [read_contact("contacts/a.md", HEAD + first), read_contact("contacts/b.md", OTHER + second)]
        return [found.contact.id for found in assess_all(map(contact_of, documents), BOOK, DAYS[2])]

    assert order(one.encode(), other.encode()) == order(b"", b"") == ["b", "a"]


@given(BODIES)
def test_problems_of_the_front_matter_stay_the_same(body: str) -> None:
    bad = HEAD.replace(b"value: 42000", b"value: *x\nname: y")
    before, after = read_contact("contacts/x.md", bad), read_contact("contacts/x.md", bad + body.encode())
    assert [problem.code for problem in before.problems] == ["alias-not-allowed"]
    assert after.problems == before.problems


@given(st.binary(max_size=50))
def test_only_what_is_no_text_or_too_much_of_it_is_told_of_a_body(body: bytes) -> None:
    document = read_contact("contacts/x.md", HEAD + body)
    try:
        is_text = "\0" not in body.decode()
    except UnicodeDecodeError:
        is_text = False
    assert (document.problems == ()) == is_text
    assume(not is_text)
    (problem,) = document.problems
    assert problem.code in ("not-utf8", "yaml-syntax")
    assert document.location(problem.span).line > HEAD.count(b"\n")
