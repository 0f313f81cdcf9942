"""The rules about what a change did, beyond their examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtool.rules.base import Example
from crmtool.rules.examples import CONTACT, CONTACT_PATH, RULEBOOK_PATH, contact, rulebook

if TYPE_CHECKING:
    from tests.rules.conftest import Find

DECISION = "{date: 2026-11-05, to: clarifying, because: Fits the profile}"
ANSWER = "{met: 2026-11-03, evidence: 85 people}"


def told(find: Find, files: dict[str, str], base: dict[str, str]) -> list[tuple[str, str]]:
    found = find(Example(files=files, base=base))
    return [
        (finding.code, finding.message)
        for finding in found
        if finding.code.endswith(("-rewritten", "-deleted", "-removed"))
    ]


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ("{date: 2026-11-05, to: clarifying, because: Fits}", "because 'Fits the profile' → 'Fits'"),
        ("{date: 2026-11-06, to: clarifying, because: Fits the profile}", "date '2026-11-05' → '2026-11-06'"),
        (
            "{date: 2026-11-05, to: clarifying, because: Fits the profile, chance: 0.4, by: mira}",
            "chance 0.4 added, by 'mira' added",
        ),
    ],
)
def test_what_was_changed_is_told(after: str, message: str, find: Find) -> None:
    assert told(find, contact(DECISION, after), contact()) == [
        ("decision-rewritten", f"the decision of 2026-11-05 to clarifying was changed: {message}")
    ]


def test_of_long_texts_the_place_is_told_where_they_differ(find: Find) -> None:
    long = "x" * 100
    [(_, message)] = told(find, contact("85 people", f"{long}ONE{long}"), contact("85 people", f"{long}TWO{long}"))
    assert message.endswith(f"evidence …{'x' * 20}TWO{'x' * 17}… → …{'x' * 20}ONE{'x' * 17}…")


def test_an_answer_that_is_turned_round(find: Find) -> None:
    after = contact(ANSWER, "{not_met: 2026-11-04, evidence: 85 people}")
    assert told(find, after, contact()) == [
        ("answer-rewritten", "the answer to fit 'met 2026-11-03' was changed: met 2026-11-03 → not_met 2026-11-04")
    ]


def test_one_answer_becomes_a_list(find: Find) -> None:
    listed = contact(
        ANSWER, "\n    - met: 2026-11-03\n      evidence: '85 people'\n    - {met: 2026-11-20, evidence: ninety}"
    )
    assert told(find, listed, contact()) == []
    [(code, message)] = told(find, contact(), listed)
    assert (code, message) == ("answer-rewritten", "the answer to fit 'met 2026-11-20' was removed")


def test_all_answers_removed(find: Find) -> None:
    none = contact("criteria:\n  fit: {met: 2026-11-03, evidence: 85 people}\n  conflict: {not_met: 2026-11-03}\n", "")
    assert [code for code, _ in told(find, none, contact())] == ["answer-rewritten"] * 2
    found = find(Example(files=none, base=contact()))
    assert all(finding.location.path == CONTACT_PATH for finding in found)


@pytest.mark.parametrize("old", ["Notes.", "name: Ada Example"])
def test_other_things_may_be_rewritten(old: str, find: Find) -> None:
    assert told(find, contact(old, old + " Lovelace"), contact()) == []


def test_a_renamed_contact_is_the_same(find: Find) -> None:
    moved = {"contacts/acme/ada-example.md": CONTACT.replace("because: Fits the profile", "because: Fits")}
    kept = {CONTACT_PATH: CONTACT.replace("Ada", "Eve").replace("Recommended by a customer", "Met at a fair")}
    other = {"contacts/ada-old.md": CONTACT}
    assert [code for code, _ in told(find, kept | moved, kept | other)] == ["decision-rewritten"]


@pytest.mark.parametrize(("status", "codes"), [("stopped", []), ("agreed", []), ("parked", ["contact-deleted"])])
def test_only_undecided_contacts_must_not_be_deleted(status: str, codes: list[str], find: Find) -> None:
    gone = CONTACT.replace("status: clarifying", f"status: {status}").replace("to: clarifying", f"to: {status}")
    assert [code for code, _ in told(find, contact(), contact() | {"contacts/bob.md": gone})] == codes


def test_a_definition_that_is_used_must_stay(find: Find) -> None:
    size = rulebook(
        "  conflict: {label", "  size: {label: Size, question: How many?, knockout: true}\n  conflict: {label"
    )
    using = CONTACT.replace("decisions:", "next_step: {do: Ask, clarifies: size, due: 2026-11-28}\ndecisions:")
    files = {f"contacts/{name}.md": using for name in ("ada", "bob", "eve", "joe", "zoe")}
    assert told(find, rulebook() | files, size | files) == [
        ("definition-removed", "the criterion 'size' was removed and is still used by ada, bob, eve and 2 more")
    ]
    broken = {RULEBOOK_PATH: "statuses: {}\n"}
    assert told(find, broken | files, size | files) == []
    assert told(find, rulebook() | files, broken | files) == []


def test_without_a_rule_book_nothing_is_said_of_what_was_deleted(find: Find) -> None:
    broken = {RULEBOOK_PATH: "statuses: {}\n"}
    bob = {"contacts/bob.md": CONTACT}
    assert told(find, broken | contact(), broken | contact() | bob) == []
    assert [code for code, _ in told(find, rulebook() | contact(), broken | contact() | bob)] == ["contact-deleted"]


def test_a_correction_is_itself_not_rewritten(find: Find) -> None:
    before = contact(ANSWER, "{met: 2026-11-03, evidence: eighty, corrected: {date: 2026-11-20, because: Mistyped}}")
    after = contact(ANSWER, "{met: 2026-11-03, evidence: seventy, corrected: {date: 2026-11-20, because: Mistyped}}")
    again = contact(
        ANSWER, "{met: 2026-11-03, evidence: seventy, corrected: {date: 2026-11-21, because: Mistyped again}}"
    )
    assert told(find, after, before) == [
        ("answer-rewritten", "the answer to fit 'met 2026-11-03' was changed: evidence 'eighty' → 'seventy'")
    ]
    assert told(find, again, before) == []
    assert told(find, contact(ANSWER, "{met: 2026-11-03, evidence: eighty}"), before) == [
        ("answer-rewritten", "the answer to fit 'met 2026-11-03' was changed: corrected removed")
    ]


BOB = "contacts/bob.md"
BOBS = CONTACT.replace("decisions:", "  budget: {met: 2026-11-06, evidence: In the plan}\ndecisions:")
KEPT = """\
extra:
  joined:
    contact: bob
    decisions:
      - {date: 2026-10-20, to: new, because: Recommended by a customer}
      - {date: 2026-11-05, to: clarifying, because: Fits the profile}
    criteria:
      budget: {met: 2026-11-06, evidence: In the plan}
"""
HOLDING = {CONTACT_PATH: CONTACT.replace("status:", f"{KEPT}status:")}
LISTED = KEPT.replace("    contact: bob\n", "  - contact: bob\n")


def test_a_contact_that_was_joined_is_kept_whole(find: Find) -> None:
    base = contact() | {BOB: BOBS}
    assert told(find, HOLDING, base) == []
    deleted = ("contact-deleted", "the contact bob was deleted while in 'clarifying', without a decision")
    for lost in ("Recommended by a customer}\n      - {date", "evidence: In the plan"):
        lacking = HOLDING[CONTACT_PATH].replace(f"because: {lost}" if "\n" in lost else lost, "because: x, date2")
        assert deleted in told(find, {CONTACT_PATH: lacking}, base)
    [found] = [found for found in find(Example(files=contact(), base=base)) if found.code == "contact-deleted"]
    assert "merge-contacts" not in found.hint


def test_what_was_joined_is_past_too(find: Find) -> None:
    text = HOLDING[CONTACT_PATH]
    assert told(find, {CONTACT_PATH: text}, HOLDING) == []
    assert told(find, contact(), HOLDING) == [
        ("answer-rewritten", "the answer to budget 'met 2026-11-06' of the joined contact bob was removed"),
        ("decision-rewritten", "the decision of 2026-10-20 to new of the joined contact bob was removed"),
        ("decision-rewritten", "the decision of 2026-11-05 to clarifying of the joined contact bob was removed"),
    ]
    more = LISTED + "  - contact: tom\n    decisions: []\n"
    assert told(find, {CONTACT_PATH: text.replace(KEPT, more)}, HOLDING) == []
    changed = text.replace("      - {date: 2026-11-05", "      - {date: 2026-11-06")
    [found] = [found for found in find(Example(files={CONTACT_PATH: changed}, base=HOLDING)) if "rewr" in found.code]
    assert (found.location.line, found.location.column) == (8, 9)


def test_a_past_that_no_contact_can_have_is_compared_all_the_same(find: Find) -> None:
    # That which made it so may be mended.
    broken = contact("{met: 2026-11-03, evidence: 85", "{met: 2026-11-31, evidence: 85")
    mended = contact("Fits the profile}", "Fits well}")
    assert told(find, mended, broken) == [
        (
            "decision-rewritten",
            "the decision of 2026-11-05 to clarifying was changed: because 'Fits the profile' → 'Fits well'",
        ),
    ]


RENAMED = {"fit": "profile", "budget": "funds", "clarifying": "looking"}


def renamed(files: dict[str, str]) -> dict[str, str]:
    """Write other ids wherever the old ones stand, and leave texts as they are."""
    ids = rf"(?m)\b({'|'.join(RENAMED)})(?=[:,\]}}]|$)"
    return {path: re.sub(ids, lambda found: RENAMED[found[1]], text) for path, text in files.items()}


def test_ids_may_be_renamed_in_what_is_kept_of_a_contact_too(find: Find) -> None:
    for kept in (KEPT, LISTED):
        before = rulebook() | {CONTACT_PATH: CONTACT.replace("status:", f"{kept}status:")}
        assert told(find, renamed(before), before) == []
        smoothed = {path: text.replace("In the plan", "In the bank") for path, text in renamed(before).items()}
        assert told(find, smoothed, before) == [
            (
                "answer-rewritten",
                "the answer to funds 'met 2026-11-06' of the joined contact bob was changed: "
                "evidence 'In the plan' → 'In the bank'",
            )
        ]


def test_contacts_may_be_joined_by_the_change_that_renames_ids(find: Find) -> None:
    before = rulebook() | contact() | {BOB: BOBS}
    assert told(find, renamed(rulebook() | HOLDING), before) == []
    lacking = {path: text.replace("In the plan", "x") for path, text in renamed(rulebook() | HOLDING).items()}
    assert [code for code, _ in told(find, lacking, before)] == ["contact-deleted"]


MARKED = {CONTACT_PATH: CONTACT.replace("status:", "extra: {erased: true, joined: {contact: bob}}\nstatus:")}
ERASED = re.sub("because: [^}]+", "because: erased", CONTACT)


def test_a_mark_alone_erases_nobody(find: Find) -> None:
    deleted = [("contact-deleted", "the contact bob was deleted while in 'clarifying', without a decision")]
    marked = CONTACT.replace("status:", "extra: {erased: true}\nstatus:")
    for gone in (CONTACT, marked, ERASED):
        assert told(find, MARKED, contact() | {BOB: gone}) == deleted
    assert told(find, MARKED, contact() | {BOB: ERASED.replace("status:", "extra: {erased: true}\nstatus:")}) == []


TAKEN_OVER = CONTACT.replace("decisions:", "  budget: {met: 2026-11-06, evidence: In the plan}\ndecisions:").replace(
    "status:", LISTED.partition("    criteria:")[0] + "status:"
)


@pytest.mark.parametrize("holder", [HOLDING[CONTACT_PATH], TAKEN_OVER])
def test_contacts_that_were_joined_by_mistake_can_be_parted(holder: str, find: Find) -> None:
    joined = {CONTACT_PATH: holder}
    assert told(find, joined, contact() | {BOB: BOBS}) == []
    assert told(find, contact() | {BOB: BOBS}, joined) == []
    for back in ({BOB: BOBS.replace("Fits the profile", "Fits well")}, {"contacts/tom.md": BOBS}):
        assert (
            "decision-rewritten",
            "the decision of 2026-11-05 to clarifying of the joined contact bob was removed",
        ) in (told(find, contact() | back, joined))
    smoothed = {BOB: BOBS.replace("In the plan", "In the bank")}
    assert "answer-rewritten" in [code for code, _ in told(find, contact() | smoothed, joined)]


def test_who_is_parted_takes_along_who_was_joined_to_it_before(find: Find) -> None:
    entry = LISTED.partition("  joined:\n")[2]
    bobs = BOBS.replace("status:", "extra:\n  joined:\n" + entry.replace("contact: bob", "contact: tom") + "status:")
    both = LISTED + entry.replace("contact: bob", "contact: tom")
    joined = {CONTACT_PATH: CONTACT.replace("status:", f"{both}status:")}
    assert told(find, contact() | {BOB: bobs}, joined) == []
    assert {
        message.partition(" of the joined contact ")[2] for _, message in told(find, contact() | {BOB: BOBS}, joined)
    } == {"tom was removed"}


OWN = "pain: {met: 2026-11-20, evidence: She said so}"
JOINED_ON = KEPT.replace("    contact: bob\n", "    contact: bob\n    date: 2026-11-08\n")
ANSWERED = {
    CONTACT_PATH: HOLDING[CONTACT_PATH].replace(KEPT, JOINED_ON).replace("decisions:\n  -", f"  {OWN}\ndecisions:\n  -")
}
LOST = ("answer-rewritten", "the answer to pain 'met 2026-11-20' was removed")


def test_who_is_parted_takes_no_answers_along_that_came_later(find: Find) -> None:
    claiming = {BOB: BOBS.replace("decisions:", f"  {OWN}\ndecisions:")}
    assert told(find, ANSWERED | {BOB: BOBS}, ANSWERED) == []
    assert LOST in told(find, contact() | claiming, ANSWERED)


def test_who_is_there_already_or_decided_more_takes_nothing_along(find: Find) -> None:
    there = {BOB: BOBS}
    assert len(told(find, contact() | {BOB: f"{BOBS}More.\n"}, HOLDING | there)) == 3
    ended = BOBS.replace("status: clarifying", "status: stopped").replace(
        "Fits the profile}", "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: No, reason: no_fit}"
    )
    assert len(told(find, contact() | {BOB: ended}, HOLDING)) == 3


def test_what_keeps_nothing_of_a_contact_gives_nothing_back(find: Find) -> None:
    claim = "extra: {joined: {contact: bob}}\nstatus:"
    holder = {CONTACT_PATH: CONTACT.replace("status:", claim).replace("decisions:", f"  {OWN}\ndecisions:")}
    claiming = {BOB: BOBS.replace("decisions:", f"  {OWN}\ndecisions:")}
    assert told(find, {CONTACT_PATH: CONTACT.replace("status:", claim)} | claiming, holder) == [LOST]


def test_nobody_undecided_goes_with_an_ended_contact(find: Find) -> None:
    end = "\n  - {date: DATE, to: stopped, because: No need, reason: no_need}"
    ended = {
        day: CONTACT.replace("Fits the profile}\n", f"Fits the profile}}{end.replace('DATE', day)}\n")
        .replace("status: clarifying", "status: stopped")
        .replace("criteria:", JOINED_ON.replace("decisions:", "status: clarifying\n    decisions:") + "criteria:")
        for day in ("2026-11-07", "2026-11-20")
    }
    deleted = "the contact ann was deleted with bob, which was joined to it while in 'clarifying', without a decision"
    assert told(find, {BOB: CONTACT}, {BOB: CONTACT, "contacts/ann.md": ended["2026-11-07"]}) == [
        ("contact-deleted", deleted)
    ]
    assert told(find, {BOB: CONTACT}, {BOB: CONTACT, "contacts/ann.md": ended["2026-11-20"]}) == []


MISSPELT = "fti: {met: 2026-11-03, evidence: 85 people}"
REMOVED = ("answer-rewritten", "the answer to fti 'met 2026-11-03' was removed")
SPELT = MISSPELT.replace("fti", "fit")


def test_an_answer_may_go_to_the_criterion_that_was_meant(find: Find) -> None:
    assert told(find, contact(), contact(SPELT, MISSPELT)) == []
    more = MISSPELT.replace("{", "[{not_met: 2026-11-01}, {") + "]"
    assert told(find, contact(SPELT, more.replace("fti", "fit")), contact(SPELT, more)) == []
    beside = contact(SPELT, f"fit: {{not_met: 2026-11-01}}\n  {MISSPELT}")
    assert told(find, contact(SPELT, more.replace("fti", "fit")), beside) == []


def test_answers_go_together_and_in_their_order(find: Find) -> None:
    two = "fti: [{met: 2026-11-03}, {not_met: 2026-11-03}]"
    for after in (
        "fit: [{not_met: 2026-11-03}, {met: 2026-11-03}]",
        "fit: {met: 2026-11-03}\n  fits: {not_met: 2026-11-03}",
    ):
        assert REMOVED in told(find, contact(SPELT, after), contact(SPELT, two))


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("fit: {met: 2026-11-03, evidence: 86 people}", MISSPELT),
        ("ift: {met: 2026-11-03, evidence: 85 people}", MISSPELT),
        (SPELT, f"{SPELT}\n  {MISSPELT}"),
        (SPELT, f"{MISSPELT}\n  {MISSPELT.replace('fti', 'ift')}"),
        (SPELT, "pain: {met: 2026-11-03, evidence: 85 people}"),
        ("pain: {met: 2026-11-03, evidence: 85 people}", MISSPELT),
    ],
    ids=["another answer", "unknown, too", "there before", "one for two", "known before", "another question"],
)
def test_what_goes_elsewhere_otherwise_was_rewritten(after: str, before: str, find: Find) -> None:
    [(code, message)] = told(find, contact(SPELT, after), contact(SPELT, before))
    assert code == "answer-rewritten"
    assert "was removed" in message


def test_what_was_known_by_one_of_both_rule_books_is_not_misspelt(find: Find) -> None:
    fti = ("  fit: {label", "  fti: {label: Size, question: How many?, weight: 2}\n  fit: {label")
    before = contact(SPELT, MISSPELT)
    assert told(find, contact() | rulebook(), before | rulebook(*fti)) == [REMOVED]
    assert told(find, contact() | rulebook(*fti), before | rulebook()) == [REMOVED]
    assert told(find, contact() | rulebook(), before | {RULEBOOK_PATH: "statuses: {}\n"}) == [REMOVED]
