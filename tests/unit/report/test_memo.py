"""What an edition takes over of the one before: all of it but what changed, and never anything wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtool.assessment import Assessment, assess, attention
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.memo import Memo, Part, split
from crmtool.report.search import search_script
from crmtool.report.site import reports
from tests.unit.report.conftest import lay_out
from tests.unit.report.crowd import crowd


@pytest.fixture
def many() -> Edition:
    return lay_out(crowd(300))


def renamed(edition: Edition, rank: int) -> Edition:
    """Give an edition in which one contact has another name, and all others are the very same."""
    old = edition.assessments[rank]
    new = assess(replace(old.contact, name="Neu Benannt"), edition.rulebook, edition.day)
    assert new is not None
    changed = (new if each is old else each for each in edition.assessments)
    return replace(edition, assessments=tuple(sorted(changed, key=attention)))


def pages(edition: Edition) -> dict[str, str]:
    return {page.name: page.html() for page in reports(edition)} | {"search": search_script(edition)}


def test_parts_hold_each_contact_once_and_follow_from_the_ids_alone(many: Edition) -> None:
    parts = split(many.assessments)
    assert sorted(a.contact.id for part in parts for a in part) == sorted(many.by_id)
    assert len(parts) > 2
    assert split(tuple(reversed(many.assessments))) == parts


def test_after_an_edit_one_part_alone_is_looked_at_again(many: Edition) -> None:
    looked: list[Part] = []

    def look(_: Edition, part: Part) -> int:
        looked.append(part)
        return len(part)

    first = many.each_part(look)
    assert len(looked) == len(first) == len(split(many.assessments))
    looked.clear()
    after = renamed(many, 40)
    assert after.each_part(look) == first
    assert [[a.contact.name for a in part if a.contact.name == "Neu Benannt"] for part in looked] == [["Neu Benannt"]]


def test_pages_of_a_next_edition_are_those_of_a_fresh_one(many: Edition) -> None:
    pages(many)
    after = renamed(many, 40)
    assert after.memo is many.memo
    told = pages(after)
    assert "Neu Benannt" in told["contacts"]
    assert told == pages(replace(after, memo=Memo()))


def test_another_day_or_language_takes_nothing_over(many: Edition) -> None:
    pages(many)
    english = replace(many, language=Language("en"))
    assert pages(english) == pages(replace(english, memo=Memo()))
    later = lay_out(crowd(300), today="2026-12-20")
    assert pages(replace(later, memo=many.memo)) == pages(replace(later, memo=Memo()))


def test_equal_contacts_that_are_others_are_looked_at_again(many: Edition) -> None:
    looked: list[Assessment] = []

    def look(_: Edition, part: Part) -> None:
        looked.extend(part)

    many.each_part(look)
    again = replace(many, assessments=lay_out(crowd(300)).assessments)
    again.each_part(look)
    assert len(looked) == 600


def test_what_is_asked_once_is_worked_out_once_for_each_edition(many: Edition) -> None:
    asked: list[Edition] = []

    def ask(edition: Edition) -> int:
        asked.append(edition)
        return len(edition.assessments)

    assert [many.once(ask), many.once(ask)] == [300, 300]
    after = renamed(many, 3)
    assert after.once(ask) == 300
    assert [each is many for each in asked] == [True, False]
