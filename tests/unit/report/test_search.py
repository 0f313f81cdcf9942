from __future__ import annotations

from typing import TYPE_CHECKING

from crmtool.report.search import search_script
from tests.conftest import JANA
from tests.unit.report.crowd import told_by

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def test_each_contact_has_its_row(lay: Lay) -> None:
    text = JANA.replace("owner: mira", "owner: mira\ntags: [logistik, nord]")
    assert told_by(search_script(lay({"nordlicht/jana köhler": text}))) == [
        {
            "title": "Nordlicht Logistik GmbH · Jana Köhler",
            "address": "contacts/nordlicht/jana%20k%C3%B6hler.html",
            "sign": "●",
            "verdict": "Klären",
            "status": "In Klärung",
            "words": "Nordlicht Logistik GmbH · Jana Köhler nordlicht/jana köhler In Klärung Klären "
            "Leiterin Disposition mira Empfehlung von Petersen & Co logistik nord",
        }
    ]


def test_notes_are_not_searched(lay: Lay) -> None:
    assert search_script(lay({"a": JANA})) == search_script(lay({"a": JANA + "Heute angerufen."}))


def test_without_contacts_the_list_is_empty(lay: Lay) -> None:
    assert told_by(search_script(lay({}))) == []
