"""Which definitions count as the same under another id, and what contacts then said."""

from __future__ import annotations

import re

import pytest

from crmtool.impact import effects
from crmtool.redefining import Redefined, redefined
from tests.building import contact_document, contact_of, day, rulebook_of
from tests.conftest import JANA, RULEBOOK, TODAY

BOOK = rulebook_of(RULEBOOK)
STOPPED = JANA.replace("status: clarifying", "status: stopped").replace(
    "next_step:", "  - {date: 2026-11-20, to: stopped, because: No, reason: no_need}\nnext_step:"
)
BUDGET = "  budget:   {label: Budget bestätigt"


def renamed(text: str, *pairs: tuple[str, str]) -> str:
    """Write other ids wherever the old ones stand as words of their own."""
    for old, new in pairs:
        text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text)
    return text


def ids(after: str, before: str = RULEBOOK) -> Redefined:
    return redefined(rulebook_of(before), rulebook_of(after))


def test_a_criterion_that_only_has_another_id_is_the_same() -> None:
    found = ids(renamed(RULEBOOK, ("budget", "funds")))
    assert (found.criteria, found.statuses, found.reasons) == ({"budget": "funds"}, {}, {})


def test_several_at_once_are_told_from_each_other_by_what_they_say() -> None:
    found = ids(renamed(RULEBOOK, ("budget", "funds"), ("deadline", "term"), ("fit", "profile"), ("ready", "ripe")))
    assert found.criteria == {"fit": "profile", "budget": "funds", "deadline": "term"}
    assert found.statuses == {"ready": "ripe"}, "what it requires names `profile` now"


@pytest.mark.parametrize(
    "requires",
    [
        "{any: [fit, pain]}",
        "{all: [fit, {not: fit}]}",
        "{at_least: 1, of: [{open: fit}, {not_met: fit}]}",
        "{score: 1, of: [fit, pain]}",
        "{lost: [fit]}",
        "{has: criteria.fit.evidence}",
        "{passed: criteria.fit.met}",
        "{clarified: 1}",
    ],
)
def test_what_a_status_requires_may_name_a_criterion_that_was_renamed(requires: str) -> None:
    book = RULEBOOK.replace("requires: [fit, pain, buyer]", f"requires: [{requires}]")
    now = book.replace("criteria.fit", "criteria.profile")
    assert ids(renamed(now, ("fit", "profile"), ("ready", "ripe")), book).statuses == {"ready": "ripe"}


def test_reasons_belong_to_their_status() -> None:
    found = ids(renamed(RULEBOOK, ("stopped", "over"), ("no_need", "needless"), ("timing", "too_early")))
    assert found.statuses == {"stopped": "over"}
    assert found.reasons == {"parked": {"timing": "too_early"}, "over": {"no_need": "needless"}}
    assert found.back.reasons == {"parked": {"too_early": "timing"}, "stopped": {"needless": "no_need"}}


@pytest.mark.parametrize(
    "after",
    [
        RULEBOOK.replace(BUDGET, "  funds:   {label: Geld"),
        RULEBOOK.replace("stopped:    {label: Beendet", "over:    {label: Zu"),
        RULEBOOK.replace("timing: Falscher Zeitpunkt", "too_early: Zu früh"),
        RULEBOOK.replace("weight: 2, valid_for: 90d", "weight: 3, valid_for: 90d").replace("  budget:", "  funds:"),
        RULEBOOK.replace("fit, pain, buyer]}", "fit, buyer]}").replace("  ready:", "  ripe:"),
    ],
)
def test_one_that_says_something_else_is_another_one(after: str) -> None:
    book = rulebook_of(after)
    assert (book.statuses.keys(), book.criteria.keys()) != (BOOK.statuses.keys(), BOOK.criteria.keys()) or (
        book.statuses["parked"].reasons.keys() != BOOK.statuses["parked"].reasons.keys()
    ), "an id is another one"
    found = ids(after)
    assert (found.criteria, found.statuses, found.reasons) == ({}, {}, {})


def test_one_in_another_place_is_another_one() -> None:
    [line] = [line for line in RULEBOOK.splitlines(keepends=True) if line.startswith(BUDGET)]
    first = RULEBOOK.replace(line, "").replace("criteria:\n", "criteria:\n" + line.replace("budget:", "funds:"))
    assert ids(first).criteria == {}


def test_two_that_say_the_same_are_not_told_apart() -> None:
    [line] = [line for line in RULEBOOK.splitlines(keepends=True) if line.startswith(BUDGET)]
    both = RULEBOOK.replace(line, line.replace("budget:", "funds:") + line.replace("budget:", "money:"))
    assert ids(both).criteria == {}
    assert ids(RULEBOOK.replace("  budget:", "  cash:"), both).criteria == {}


def test_an_id_that_both_have_is_never_another_one() -> None:
    swapped = renamed(RULEBOOK, ("budget", "deadline_"), ("deadline", "budget"), ("deadline_", "deadline"))
    assert ids(swapped).criteria == {}


def test_a_contact_says_the_same_by_the_new_ids_and_back() -> None:
    pairs = (("budget", "funds"), ("buyer", "signer"), ("stopped", "over"), ("no_need", "needless"), ("new", "fresh"))
    found = ids(renamed(RULEBOOK, *pairs))
    old, new = (contact_of(contact_document(text)) for text in (STOPPED, renamed(STOPPED, *pairs)))
    assert found.read(old) == new
    assert found.back.read(new) == old
    assert list(found.read(old).criteria) == list(new.criteria), "the order stays"


def test_no_answer_is_lost_where_the_new_id_was_in_use_without_a_definition() -> None:
    text = JANA.replace("criteria:\n", "criteria:\n  funds: {met: 2026-11-01}\n")
    found = ids(renamed(RULEBOOK, ("budget", "funds")))
    read = found.read(contact_of(contact_document(text)))
    assert [len(read.criteria[id]) for id in ("funds", "budget")] == [1, 2]


@pytest.mark.parametrize("old", ["stopped", "no_need"])
def test_what_was_renamed_by_half_is_read_whole(old: str) -> None:
    pairs = [("stopped", "over"), ("no_need", "needless")]
    found = ids(renamed(RULEBOOK, *pairs))
    half = renamed(STOPPED, *(pair for pair in pairs if pair[0] != old))
    assert found.read(contact_of(contact_document(half))) == contact_of(contact_document(renamed(STOPPED, *pairs)))


@pytest.mark.parametrize("form", ["{}", "[{}]", "[{}, no entry]", "{{contact: x, extra: {{joined: {}}}}}"])
def test_what_is_kept_of_a_contact_that_was_joined_is_read_by_the_new_ids_too(form: str) -> None:
    pairs = (("budget", "funds"), ("stopped", "over"), ("no_need", "needless"))
    found = ids(renamed(RULEBOOK, *pairs))
    entry = (
        "{contact: budget-ag, status: stopped, criteria: {budget: {met: 2026-11-01}}, "
        "decisions: [{date: 2026-11-20, to: stopped, because: No, reason: no_need}]}"
    )
    joined = JANA.replace("status:", f"extra: {{size: budget, joined: {form.format(entry)}}}\nstatus:", 1)
    read = found.read(contact_of(contact_document(joined)))
    now = renamed(entry, *pairs)
    text = JANA.replace("status:", f"extra: {{size: budget, joined: {form.format(now)}}}\nstatus:", 1)
    assert read.fields["extra"] == contact_of(contact_document(text)).fields["extra"]


def test_a_rename_alone_judges_nobody_otherwise() -> None:
    pairs = (("budget", "funds"), ("clarifying", "looking"), ("buyer", "signer"))
    book = rulebook_of(renamed(RULEBOOK, *pairs))
    (effect,) = effects([contact_of(contact_document(renamed(JANA, *pairs)))], BOOK, book, day(TODAY))
    assert not effect.differs
    assert effect.before.missing == ("signer", "funds", "deadline")


@pytest.mark.parametrize("pair", [("no_buyer", "no_signer"), ("conflict", "rival")])
def test_a_reason_to_stop_under_another_id_is_the_same(pair: tuple[str, str]) -> None:
    met = JANA.replace("not_met: 2026-11-03", "met: 2026-11-03")
    contact = contact_of(contact_document(renamed(met, pair)))
    (effect,) = effects([contact], BOOK, rulebook_of(renamed(RULEBOOK, pair)), day("2026-12-10"))
    assert pair[1] in effect.after.stops
    assert not effect.differs


def test_a_stop_rule_that_asks_for_something_else_is_another_one() -> None:
    after = renamed(RULEBOOK, ("no_buyer", "no_signer"), ("clarifying", "looking"), ("buyer", "signer"))
    assert ids(after).stop_rules == {"no_buyer": "no_signer"}
    assert ids(after.replace("after: 30d", "after: 20d")).stop_rules == {}
