"""Cards that other programs read, and that come back to crmtool as they were."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.contact import Contact
from crmtool.details import details_of, version_of
from crmtool.exporters.vcard import Version, render, uid
from crmtool.importers.cards.reading import read_cards

JANA: dict[str, Any] = {
    "name": "Jana Maria Köhler",
    "organization": "Nordlicht; Logistik, GmbH",
    "role": "Leiterin",
    "email": "j.koehler@nordlicht.example",
    "phone": ["+49 421 1", "+49 170 2"],
    "url": "https://nordlicht.example/?a=1,2;3",
    "address": "Kai 3\n28217 Bremen",
    "source": "Empfehlung",
    "owner": "mira",
    "tags": ["Messe, 2026", "A\\B"],
    "value": 42000,
    "status": "clarifying",
}
VERSIONS: tuple[Version, ...] = ("3.0", "4.0")


def contact(id: str = "nordlicht/jana", **fields: Any) -> Contact:
    path = f"contacts/{id}.md"
    return Contact(id=id, path=path, name=fields["name"], status="new", decisions=(), criteria={}, fields=fields)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_card(version: Version) -> None:
    unfolded = render([contact(**JANA)], version).replace("\r\n ", "")
    assert unfolded.split("\r\n") == [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        "UID:urn:uuid:7a2ce259-f455-592f-916a-41602fc1cf75",
        "FN:Jana Maria Köhler",
        "N:Köhler;Jana Maria;;;",
        "ORG:Nordlicht\\; Logistik\\, GmbH",
        "TITLE:Leiterin",
        "ADR:;;Kai 3\\n28217 Bremen;;;;",
        "TEL:+49 421 1",
        "TEL:+49 170 2",
        "EMAIL:j.koehler@nordlicht.example",
        "URL:https://nordlicht.example/?a=1,2;3",
        "CATEGORIES:Messe\\, 2026,A\\\\B",
        "X-CRMTOOL-ID:nordlicht/jana",
        f"X-CRMTOOL-VERSION:{version_of(JANA)}",
        "X-CRMTOOL-SOURCE:Empfehlung",
        "X-CRMTOOL-OWNER:mira",
        "X-CRMTOOL-VALUE:42000",
        "END:VCARD",
        "",
    ]


def test_a_name_alone() -> None:
    assert "N:Nordlicht;;;;\r\n" in render([contact(name="Nordlicht")], "3.0")
    assert render([], "4.0") == ""


def test_the_uid_stays_the_same() -> None:
    assert uid("nordlicht/jana") == "urn:uuid:7a2ce259-f455-592f-916a-41602fc1cf75"
    assert uid("nordlicht/jan") != uid("nordlicht/jana")


@pytest.mark.parametrize("version", VERSIONS)
def test_no_line_is_longer_than_75_octets(version: Version) -> None:
    for name in ("ä" * 200, "🎉" * 100, "a" * 71 + "ü" * 5, "x " * 100, "a" * 72, "a" * 73):
        card = render([contact(name=name)], version)
        assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
        assert card.replace("\r\n ", "").split("\r\n")[3] == f"FN:{name}"


def test_vobject_reads_the_cards_too() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vobject

        cards = list(vobject.readComponents(render([contact(**JANA), contact("x", name="X")], "3.0")))
    jana = cards[0]
    assert len(cards) == 2
    assert (jana.fn.value, jana.n.value.family, jana.n.value.given) == ("Jana Maria Köhler", "Köhler", "Jana Maria")
    assert jana.org.value == ["Nordlicht; Logistik, GmbH"]
    assert jana.adr.value.street == "Kai 3\n28217 Bremen"
    assert [each.value for each in jana.tel_list] == JANA["phone"]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_changed_elsewhere_comes_back_changed(version: Version) -> None:
    card = (
        render([contact(**JANA)], version).replace("TITLE:Leiterin", "TITLE: Chefin ").replace("TEL:+49 170 2\r\n", "")
    )
    record = read_cards(card.encode()).records[0]
    assert (record.contact, record.version) == ("nordlicht/jana", version_of(JANA))
    assert record.details == details_of(JANA | {"role": "Chefin", "phone": ["+49 421 1"]})


def test_what_cannot_stand_in_a_card_is_left_out() -> None:
    card = render([contact(name="A\x07B\x85", address="a\r\nb\rc\x0b", tags=["\ud800x", ""], phone=[4, None])], "4.0")
    record = read_cards(card.encode()).records[0]
    assert record.details == {"name": "AB", "address": "a\nb\nc", "tags": ["x"]}


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t,;\\:\"= 'n"), max_size=40) | (
    st.sampled_from(["🎉" * 90, "אבג דה", "u\u0308ü", "a" * 300, "\\n", " x ", "tel:1", "<a@b>", "BEGIN:VCARD", "=C3"])
)
lists = texts | st.lists(texts, max_size=3)
people = st.fixed_dictionaries(
    {"name": texts.filter(str.strip)},
    optional={
        "organization": texts,
        "role": texts,
        "email": lists,
        "phone": lists,
        "url": lists,
        "address": texts,
        "source": texts,
        "owner": texts,
        "tags": st.lists(texts, max_size=3),
        "value": st.integers(0, 10**12) | st.floats(0, 1e12),
    },
)


@given(st.lists(people, min_size=1, max_size=3), st.sampled_from(VERSIONS))
def test_every_detail_comes_back(fields: list[dict[str, Any]], version: Version) -> None:
    contacts = [contact(f"a  b/{number}, ü", **each) for number, each in enumerate(fields)]
    card = render(contacts, version)
    read = read_cards(card.encode())
    assert read.notices == ()
    for each, record in zip(contacts, read.records, strict=True):
        assert (record.contact, record.version) == (each.id, version_of(each.fields))
        assert (record.id, record.details) == (uid(each.id), details_of(each.fields))
        assert (record.claims, record.notes, record.doubts, record.refused) == ((), "", (), "")
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
