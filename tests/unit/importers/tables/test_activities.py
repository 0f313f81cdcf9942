"""Columns that count or date activity, and those that only look like it."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.headers import meaning
from tests.unit.importers.building import claims, reading


@pytest.mark.parametrize(
    "header",
    [
        "Age", "Alter", "Lead age (days)", "Last Activity", "Last Activity Date", "LastActivityDate", "Last Contacted",
        "Last Contact", "Letzter Kontakt", "Zuletzt kontaktiert am", "Last Modified Date", "Last Modified By",
        "Updated At", "Deal - Update time", "Geändert am", "Letzte Änderung", "Aktualisiert am", "Next Activity Date",
        "Datum der nächsten Aktivität", "Datum der letzten Aktivitaet", "Number of Sales Activities",
        "Number of times contacted", "Number of Associated Deals", "Anzahl der zugeordneten Deals", "Total activities",
        "Person - Done activities", "Activities to do", "Zu erledigende Aktivitäten", "Aktivitäten gesamt",
        "Organization - Open deals", "Offene Deals", "Won deals", "Lost deals", "Closed deals", "Gewonnene Deals",
        "Email messages count", "Anzahl E-Mail-Nachrichten", "Last email sent date", "Letzte gesendete E-Mail",
        "Days To Close", "Days since last contact", "Tage seit letztem Kontakt", "Stage Duration", "Visible to",
        "Associated Company IDs", "IDs der zugeordneten Unternehmen", "Owner ID", "campaign_id",
    ],
)  # fmt: skip
def test_what_counts_or_dates_activity_is_left_out(header: str) -> None:
    found = meaning(header)
    assert found is not None
    assert found.field == "leave_out"


@pytest.mark.parametrize(
    "header",
    [
        "Number of Employees", "Anzahl Mitarbeiter", "Next Step", "Nächster Termin", "Aktivitäten", "Total Deal Value",
        "Open deals value", "Last Call Notes", "Alter Status", "Lost Reason", "Do not call", "Last Stage Change Date",
        "Latest Source", "Days per week", "Average age range", "Last Order",
    ],
)  # fmt: skip
def test_what_may_decide_something_is_not(header: str) -> None:
    found = meaning(header)
    assert found is None or found.field != "leave_out"


@pytest.mark.parametrize(
    ("header", "field"),
    [("Last Name", "last_name"), ("Contact Last Name", "last_name"), ("Closed Date", "date"), ("Emails", "email"),
     ("Wiedervorlage", "date"), ("Contact No", "phone"), ("Kontakt seit", "date"), ("Erstkontakt", "date")],
)  # fmt: skip
def test_well_known_names_go_before_their_words(header: str, field: str) -> None:
    found = meaning(header)
    assert found is not None
    assert found.field == field


def test_they_are_named_once_and_another_import_finds_nothing_new() -> None:
    table = "Name,Last Activity,Open deals,Age\nJana,{day},{count},{age}\n"
    read = reading(table.format(day="2026-11-03", count=1, age=40))
    assert read.notices == ("left out: Last Activity, Open deals, Age",)
    assert claims(read.records[0]) == []
    assert read.records == reading(table.format(day="2026-11-23", count=2, age=60)).records
