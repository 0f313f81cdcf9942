from __future__ import annotations

import pytest

from crmtool.assist.suggestions import MOST
from crmtool.report.contact_links import linked_contact
from tests.unit.assist.completed import in_jana, other
from tests.unit.assist.opened import JANA_PATH

IDA = other("contacts/petersen/ida-baer.md", "Jana Köhler", "Ida Bär", "Nordlicht Logistik GmbH", "Petersen & Co")
UWE = other("contacts/nordlicht/uwe (alt) #1.md", "Jana Köhler", "Uwe")
BODY = "Free Markdown notes."


def test_links_lead_to_the_other_contacts_those_of_the_same_folder_first() -> None:
    found = in_jana(BODY, "Von [Ida](¦", others=(IDA, UWE))
    assert found.labels == ["uwe%20%28alt%29%20%231.md", "../petersen/ida-baer.md"]
    ida = found.of("../petersen/ida-baer.md")
    assert ida.detail == "Petersen & Co · Ida Bär"
    assert "Ida Bär" in ida.filter
    assert "petersen/ida-baer" in ida.filter


def test_a_link_leads_to_the_contact() -> None:
    found = in_jana(BODY, "Von [Uwe](¦)", others=(IDA, UWE))
    for contact, label in ((UWE, "uwe%20%28alt%29%20%231.md"), (IDA, "../petersen/ida-baer.md")):
        assert linked_contact(JANA_PATH, found.of(label).insert) == contact.path


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[Ida](¦", "[Ida](../petersen/ida-baer.md)"),
        ("[Ida](¦)", "[Ida](../petersen/ida-baer.md)"),
        ("[Ida](../pe¦t)", "[Ida](../petersen/ida-baer.md)"),
        ("[Ida](Ida B¦", "[Ida](../petersen/ida-baer.md)"),
        ("[Ida](<¦", "[Ida](<../petersen/ida-baer.md>)"),
        ("[Ida](<¦>)", "[Ida](<../petersen/ida-baer.md>)"),
        ("[a](b.md) [Ä 🚚](¦ und mehr", "[a](b.md) [Ä 🚚](../petersen/ida-baer.md) und mehr"),
    ],
)
def test_what_is_typed_is_replaced_and_the_link_closed(written: str, expected: str) -> None:
    assert in_jana(BODY, written, others=(IDA,)).taken("../petersen/ida-baer.md").endswith(f"\n\n{expected}\n")


@pytest.mark.parametrize(
    "written", ["¦", "(¦", "[Ida]¦", "[Ida](x.md) ¦", "[Ida](x.md¦)¦".replace("¦", "", 1), "[Ida]\n(¦"]
)
def test_nothing_is_offered_elsewhere_in_the_notes(written: str) -> None:
    assert in_jana(BODY, written, others=(IDA,)).labels == []


def test_of_very_many_contacts_those_are_offered_that_match() -> None:
    many = tuple(other(f"contacts/many/c{i}.md", "Jana Köhler", f"Nr {i}") for i in range(MOST + 5))
    assert len(in_jana(BODY, "[x](¦", others=many).found) == MOST
    assert in_jana(BODY, "[x](c1003¦", others=many).labels == ["../many/c1003.md"]
