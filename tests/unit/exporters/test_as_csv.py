from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from crmtool.details import version_of
from crmtool.exporters.as_csv import GERMAN_EXCEL, PLAIN, Dialect, render
from tests.conftest import JANA
from tests.unit.report.conftest import lay_out


def rows(text: str, dialect: Dialect = PLAIN) -> list[dict[str, str]]:
    edition = lay_out({"nordlicht/jana-koehler": text})
    written = render(edition.assessments, dialect).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(written, newline=""), delimiter=dialect.delimiter))


def with_detail(key: str, value: Any) -> str:
    return JANA.replace("role: Leiterin Disposition\n", f"{key}: {json.dumps(value)}\n")


def test_the_contact_of_the_format() -> None:
    edition = lay_out({"nordlicht/jana-koehler": JANA})
    (row,) = rows(JANA)
    assert row == {
        "crmtool_id": "nordlicht/jana-koehler",
        "crmtool_version": version_of(edition.assessments[0].contact.fields),
        "name": "Jana Köhler",
        "organization": "Nordlicht Logistik GmbH",
        "role": "Leiterin Disposition",
        "email": "j.koehler@nordlicht.example",
        "phone": "",
        "url": "",
        "address": "",
        "source": "Empfehlung von Petersen & Co",
        "owner": "mira",
        "tags": "",
        "value": "42000",
        "status": "clarifying",
        "status_label": "In Klärung",
        "since": "2026-11-05",
        "verdict": "clarify",
        "overdue": "false",
        "clarity": "0.6154",
        "distance": "3",
        "next_step": "Mit CFO klären, ob Q1 gilt",
        "next_due": "2026-11-28",
        "clarifies": "buyer",
    }


def test_a_proposed_step_has_no_date() -> None:
    (row,) = rows("\n".join(line for line in JANA.splitlines() if not line.startswith("next_step")))
    assert (row["next_step"], row["next_due"], row["clarifies"]) == ("Wer unterschreibt?", "", "buyer")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("+49 40 1", "'+49 40 1"),
        (["+49 40 1", "2"], "'+49 40 1; 2"),
        (["a", "b", "c"], "a; b; c"),
        (["a;b", "c"], "a;b\nc"),
        (["a;b"], "a;b\n"),
        (["=a;b"], "'=a;b\n"),
        (["a\nb", "c"], "a b; c"),
        ([], ""),
        ("", ""),
        (["", "a"], "a"),
        ([5, "a"], "a"),
        (5, ""),
        ({"a": 1}, ""),
    ],
)
def test_lists_can_be_told_apart_again(value: Any, cell: str) -> None:
    (row,) = rows(with_detail("phone", value))
    assert row["phone"] == cell


@pytest.mark.parametrize(
    ("value", "plain", "german"),
    [
        (0, "0", "0"),
        (1234.5, "1234.5", "1234,5"),
        (1e22, "1e+22", "1e+22"),
        (10**30, str(10**30), str(10**30)),
        ("5", "", ""),
        (True, "", ""),
    ],
)
def test_numbers_are_written_as_each_reader_takes_them(value: Any, plain: str, german: str) -> None:
    text = JANA.replace("value: 42000", f"value: {json.dumps(value)}")
    assert rows(text)[0]["value"] == plain
    assert rows(text, GERMAN_EXCEL)[0]["value"] == german
    assert rows(text, GERMAN_EXCEL)[0]["clarity"] == "0,6154"


def test_german_excel_opens_it_by_a_double_click() -> None:
    edition = lay_out({"nordlicht/jana-koehler": with_detail("address", "Hafenstraße 1\n28195 Bremen")})
    written = render(edition.assessments, GERMAN_EXCEL)
    assert written.startswith("\ufeffcrmtool_id;name;")
    assert written.count("\r\n") == 2
    assert '"Hafenstraße 1\n28195 Bremen"' in written
    assert ";2026-11-05;" in written
    assert ";'" not in written


def test_without_contacts_there_is_a_header() -> None:
    assert render([]).startswith("crmtool_id,name,")
    assert render([]).count("\n") == 1
