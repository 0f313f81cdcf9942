from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmtool.check import check
from crmtool.finding import Finding
from crmtool.formats.fingerprint import fingerprints
from crmtool.rules import ALL_RULES
from crmtool.rules.base import Example
from crmtool.rules.examples import CONTACT, CONTACT_PATH, RULEBOOK_PATH
from crmtool.snapshot import read_content
from tests.rules.conftest import SCHEMAS, base_of, snapshot_of
from tests.unit.formats.hostile import everything_hostile, finding

EXAMPLES = [
    pytest.param(example, id=f"{rule.code}-{i}")
    for rule in ALL_RULES.values()
    for i, example in enumerate(rule.invalid)
]
Place = tuple[str, str, int, int]


def found(example: Example, later: int = 0) -> list[Finding]:
    base = base_of(example)
    day = date.fromisoformat(example.today) + timedelta(days=later)
    before = read_content(base, SCHEMAS) if base else None
    return list(check(read_content(snapshot_of(example), SCHEMAS), day, before).findings)


def by_place(findings: list[Finding]) -> dict[Place, set[str]]:
    places: dict[Place, set[str]] = {}
    for each, fingerprint in zip(findings, fingerprints(findings), strict=True):
        place = each.location
        places.setdefault((each.code, place.path, place.line, place.column), set()).add(fingerprint)
    return places


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_found_again_on_another_day_is_the_same(example: Example) -> None:
    today = by_place(found(example))
    for days in (1, 2, 40):
        later = by_place(found(example, days))
        assert {place: made for place, made in later.items() if place in today} == {
            place: made for place, made in today.items() if place in later
        }


@pytest.mark.parametrize("code", ["limit-exceeded", "definition-removed"])
def test_what_is_found_of_all_contacts_is_the_same_with_another_one(code: str) -> None:
    for example in ALL_RULES[code].invalid:
        # The other contact is as the first one, which has what the rule is about.
        first = example.files.get(CONTACT_PATH, CONTACT)
        with_more = replace(example, files={**example.files, "contacts/zoe.md": first})
        before, after = (
            [each for each in found(one) if each.code == code and each.location.path == RULEBOOK_PATH]
            for one in (example, with_more)
        )
        assert [each.message for each in before] != [each.message for each in after]
        assert fingerprints(before) == fingerprints(after)


def test_a_status_that_rests_on_less_and_less_is_the_same() -> None:
    told = "what the status 'ready' rests on does not hold: "
    less, more = (finding(told + missing, code="status-no-longer-holds") for missing in ("fit (expired)", "x; y"))
    assert fingerprints([less]) == fingerprints([more])


def test_it_does_not_depend_on_lines_severity_hint_or_what_else_is_found() -> None:
    one = finding("a", line=4)
    (alone,) = fingerprints([one])
    moved = replace(finding("a", line=40, hint="another"), commit="f" * 40)
    assert fingerprints([finding("b"), finding("a", "contacts/b.md"), moved])[2] == alone


def test_code_path_and_message_make_it_and_repeats_are_numbered() -> None:
    different = [finding("a"), finding("b"), finding("a", "contacts/b.md"), finding("a", code="schema"), finding("a")]
    made = fingerprints(different)
    assert len(set(made)) == len(different)
    assert fingerprints(different[:4]) == made[:4]


def test_numbers_and_dates_tell_one_entry_from_another() -> None:
    removed = [finding(f"the answer to 'budget' of 2026-11-{day} was removed") for day in ("02", "03")]
    assert fingerprints(removed[1:]) == fingerprints(removed)[1:]


def test_they_are_unique_and_made_of_any_text() -> None:
    made = fingerprints(everything_hostile().findings)
    assert len(set(made)) == len(made)
    assert all(len(each) == 32 for each in made)
