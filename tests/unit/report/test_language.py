from __future__ import annotations

import re
from datetime import date

import pytest

from crmtool.days import Duration
from crmtool.report.edition import Edition
from crmtool.report.focus import focus
from crmtool.report.language import Language
from crmtool.report.texts import de, en
from crmtool.telling import TEMPLATES

DE, EN = Language("de"), Language("en")
DAY = date(2026, 11, 5)


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_the_catalogues_have_the_same_keys_with_the_same_fields() -> None:
    assert {key: _fields(text) for key, text in de.TEXTS.items()} == {
        key: _fields(text) for key, text in en.TEXTS.items()
    }


@pytest.mark.parametrize("words", [de.CONDITIONS, en.CONDITIONS])
def test_conditions_are_told_with_the_fields_of_the_core(words: dict[str, str]) -> None:
    assert {key: _fields(text) for key, text in words.items()} == {
        key: _fields(text) for key, text in TEMPLATES.items()
    }


@pytest.mark.parametrize("texts", [de.TEXTS, en.TEXTS])
def test_counted_texts_have_two_forms_and_nothing_exclaims(texts: dict[str, str]) -> None:
    assert all(text.count("|") <= 1 for text in texts.values())
    assert not any("!" in text for text in texts.values())


@pytest.mark.parametrize("texts", [de.TEXTS, en.TEXTS])
def test_a_total_is_worded_for_each_group_of_the_focus(texts: dict[str, str], jana: Edition) -> None:
    shown = {f"total.{group.mark.name}" for group in focus(jana).groups}
    assert {key for key in texts if key.startswith("total.")} == shown


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    assert DE.day(DAY) == "05.11.2026"
    assert EN.day(DAY) == "5\u00a0Nov\u00a02026"
    assert DE.short_day(DAY, date(2026, 11, 23)) == "05.11."
    assert DE.short_day(DAY, date(2027, 1, 1)) == "05.11.2026"
    assert DE.number(1234.5) == "1.234,5"
    assert EN.number(1234.5) == "1,234.5"
    assert DE.percent(0.625) == "62\u00a0%"


def test_amounts_have_cents_only_where_they_are_given() -> None:
    assert DE.money(1234, "EUR") == "1.234\u00a0€"
    assert DE.money(1234.5, "EUR") == "1.234,50\u00a0€"
    assert EN.money(1234, "EUR") == "€1,234"
    assert EN.money(1234, "CHF") == "CHF1,234"


def test_counts_take_the_form_of_their_number_and_stay_with_their_unit() -> None:
    assert DE.count("days", 1) == "1\u00a0Tag"
    assert DE.count("days", 12) == "12\u00a0Tage"
    assert DE.ago(0) == "seit heute"
    assert DE.ago(12) == "seit 12\u00a0Tagen"
    assert DE.ahead(1) == "in 1\u00a0Tag"
    assert EN.duration(Duration(6, "w")) == "6\u00a0weeks"


def test_an_unknown_language_reads_english() -> None:
    assert Language("fr")("focus") == "Focus"
    assert Language("fr").tag == "en"


def test_lists_read_as_a_sentence() -> None:
    assert DE.enumerate(["a"]) == "a"
    assert DE.enumerate(["a", "b", "c"]) == "a, b und c"


def test_the_largest_numbers_that_a_file_may_hold_are_written() -> None:
    assert len(DE.number(1e308)) > 300
    assert DE.money(1e300, "EUR").endswith("€")
    assert DE.money(1e27 + 0.5, "EUR")


@pytest.mark.parametrize("zeroes", [(0.0, -0.0), (-0.0, 0.0)])
def test_a_zero_has_no_sign_whichever_is_written_first(zeroes: tuple[float, float]) -> None:
    for zero in zeroes:
        assert (DE.number(zero), DE.percent(zero), DE.decimal(zero)) == ("0", "0\u00a0%", "0,00")
        assert DE.money(zero, "EUR") == "0\u00a0€"


def test_languages_of_one_code_are_equal_and_as_good_as_one() -> None:
    assert Language("de") == DE
    assert len({Language("de"), DE, EN}) == 2
    assert Language("xx").tag == "en"
