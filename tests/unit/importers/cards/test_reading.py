"""What becomes of a card: small ones, each with an oddity that address books are known for."""

from __future__ import annotations

import base64
import sys
from typing import Any

import pytest

from crmtool.errors import CrmtoolError
from crmtool.importers.cards.reading import read_cards
from crmtool.importers.record import Claim, Reading, Record


def reading(*lines: str) -> Reading:
    return read_cards("\r\n".join((*lines, "")).encode())


def record(*lines: str, version: str = "3.0") -> Record:
    """Read one card that consists of these lines."""
    read = reading("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD").records
    assert len(read) == 1
    return read[0]


def details(*lines: str, version: str = "3.0") -> dict[str, Any]:
    return dict(record(*lines, version=version).details)


def claims(*lines: str, version: str = "3.0") -> dict[str, str]:
    return {claim.label: claim.value for claim in record(*lines, version=version).claims}


def test_a_card_of_an_address_book() -> None:
    read = reading(
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Köhler;Jana;Maria;Dr.;",
        "FN:Dr. Jana Köhler",
        "ORG:Nordlicht Logistik GmbH;Disposition;Nacht",
        "TITLE:Leiterin",
        "EMAIL;TYPE=INTERNET,HOME:jana@home.example",
        "EMAIL;TYPE=INTERNET,WORK,PREF:j.koehler@nordlicht.example",
        "TEL;TYPE=WORK,FAX:+49 421 99",
        "TEL;TYPE=CELL:+49 170 1234",
        "item1.URL;TYPE=pref:https\\://nordlicht.example/a\\,b",
        "item1.X-ABLabel:_$!<HomePage>!$_",
        "ADR;TYPE=HOME:;;Gasse 1;Bremen;;28195;",
        "ADR;TYPE=WORK:Postfach 7;Hof 2;Kai 3\\, links;Bremen;HB;28217;Deutschland",
        "NOTE:Zeile 1\\nZeile 2\\; und mehr",
        "NOTE:Noch eine",
        "CATEGORIES:Kunde,Messe 2026,Kunde,myContacts",
        "UID:4711-ab",
        "END:VCARD",
    )
    assert (read.origin, read.label, read.notices, read.problem) == ("vcard", "vCard", (), "")
    assert read.records == (
        Record(
            line=1,
            id="4711-ab",
            details={
                "name": "Dr. Jana Köhler",
                "organization": "Nordlicht Logistik GmbH",
                "role": "Leiterin",
                "email": ["j.koehler@nordlicht.example", "jana@home.example"],
                "phone": ["+49 170 1234"],
                "url": ["https://nordlicht.example/a,b"],
                "address": "Postfach 7, Hof 2, Kai 3, links, 28217 Bremen, HB, Deutschland",
                "tags": ["Kunde", "Messe 2026"],
            },
            claims=(
                Claim(label="Department", value="Disposition, Nacht"),
                Claim(label="Fax (work)", value="+49 421 99"),
                Claim(label="Address (home)", value="Gasse 1, 28195 Bremen"),
            ),
            notes="Zeile 1\nZeile 2; und mehr\n\nNoch eine",
        ),
    )


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN: Jana  Köhler ", "N:X;Y"), "Jana Köhler"),
        (("FN;PREF=2:B", "FN;PREF=1:A"), "A"),
        (("FN:", "N:Köhler;Jana;Maria,Eva;Dr.;MBA"), "Jana Maria Eva Köhler"),
        (("N:Köhler",), "Köhler"),
        (("N:;;;Dr.;", "ORG:;Einkauf", "NICKNAME:Jani,J"), "Jani"),
        (("N:;;;;", "ORG:Nordlicht"), "Nordlicht"),
        (("EMAIL:a@b.example", "TEL:1"), "a@b.example"),
        (("TEL:+49 1",), "+49 1"),
        (("FN:Köhler, Jana",), "Köhler, Jana"),
        (("FN:C:\\temp\\",), "C:\\temp\\"),
        (("FN:a\\nb\x07\x00c",), "a bc"),
    ],
)
def test_what_a_card_is_called_by(lines: tuple[str, ...], name: str) -> None:
    assert details(*lines)["name"] == name
    assert record(*lines).refused == ""


@pytest.mark.parametrize("lines", [(), ("FN: ", "N:;;;;", "NOTE:wer?"), ("N:;;;Dr.;", "EMAIL:", "TEL:tel:")])
def test_a_card_without_any_name_is_refused(lines: tuple[str, ...]) -> None:
    read = record(*lines)
    assert read.refused == "no name, no organization, no nickname, no e-mail address and no phone number"
    assert read.details == {}


def test_version_2_with_its_encodings_and_words_without_names() -> None:
    read = record(
        "N;CHARSET=ISO-8859-1;ENCODING=quoted-printable:K=F6hler;Jana",
        "FN;quoted-printable;CHARSET=utf-8:Jana K=C3=",
        "=B6hler",
        "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;Hof;Kai 3=0D=0Alinks;Bremen;;2821=",
        "7;=",
        "",
        "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Kai 3=0D=0ABremen",
        "TEL;PAGER:1",
        "TEL;WORK;VOICE:2",
        "NOTE;ENCODING=BASE64:" + base64.b64encode("Grüße".encode()).decode()[:4],
        " " + base64.b64encode("Grüße".encode()).decode()[4:],
        "",
        version="2.1",
    )
    assert read.details == {
        "name": "Jana Köhler",
        "phone": ["2"],
        "address": "Hof, Kai 3, links, 28217 Bremen",
    }
    assert (read.notes, read.doubts, read.claims) == ("Grüße", (), (Claim(label="Pager", value="1"),))


def test_letters_in_another_encoding_than_is_named() -> None:
    read = record("FN;ENCODING=QUOTED-PRINTABLE:J=F6rg", "TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=klingon:=C3=BC")
    assert (read.details["name"], read.details["role"]) == ("Jörg", "ü")
    assert read.doubts == (
        "line 3: FN is not in the encoding that it names; look at its umlauts",
        "line 4: TITLE is not in the encoding that it names; look at its umlauts",
    )


def test_version_4() -> None:
    read = record(
        "FN:Jana",
        'TEL;VALUE=uri;PREF=2;TYPE="voice,home":tel:+49-30-1',
        "TEL;VALUE=uri;PREF=1:tel:+49-30-2",
        "EMAIL;PREF=99:mailto:a@b.example?subject=x",
        "EMAIL:Jana K <c@d.example>",
        "URL:https://a.example/?q=1;2,3",
        'ADR;LABEL="Kai 3:\\nBremen":;;Kai 3;;;;',
        "PHOTO:data:image/jpeg;base64,AAAA",
        "RELATED;TYPE=spouse:urn:uuid:1",
        "GENDER:F",
        version="4.0",
    )
    assert read.details == {
        "name": "Jana",
        "email": ["a@b.example", "c@d.example"],
        "phone": ["+49-30-2", "+49-30-1"],
        "url": ["https://a.example/?q=1;2,3"],
        "address": "Kai 3",
    }
    assert (read.claims, read.doubts) == ((), ())


def test_the_same_number_or_address_counts_once() -> None:
    found = details(
        "FN:J",
        "TEL:+49 170 1",
        "TEL:tel:+491701",
        "TEL:\u202a+49 (170) 1\u202c",
        "EMAIL:A@b.example",
        "EMAIL:a@B.example",
    )
    assert (found["phone"], found["email"]) == (["+49 170 1"], ["A@b.example"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a@b.example, c@d.example;e@f.example", ["a@b.example", "c@d.example", "e@f.example"]),
        ("MailTo: a@b.example", ["a@b.example"]),
        ("Jana K <a@b.example>", ["a@b.example"]),
        ("semi\\;colon@b.example", ["semi;colon@b.example"]),
    ],
)
def test_how_mail_addresses_are_written(written: str, read: list[str]) -> None:
    assert details("FN:J", f"EMAIL:{written}")["email"] == read


def test_what_is_no_mail_address_becomes_a_claim() -> None:
    read = record("FN:J", "EMAIL:on request", "EMAIL:")
    assert "email" not in read.details
    assert read.claims == (Claim(label="E-mail", value="on request"),)
    assert read.doubts == ("line 4: no e-mail address, so it became a claim",)


def test_a_label_counts_where_there_is_no_address() -> None:
    assert details("FN:J", "ADR:;;;;;;", "LABEL;TYPE=WORK:Kai 3\\nBremen")["address"] == "Kai 3\nBremen"
    assert details("FN:J", "ADR:;;Kai 3;Bremen;;;", "LABEL:Anders")["address"] == "Kai 3, Bremen"


def test_the_role_is_the_title_or_else_the_role() -> None:
    assert details("FN:J", "ROLE:Einkauf")["role"] == "Einkauf"
    assert claims("FN:J", "ROLE:Einkauf") == {}
    assert details("FN:J", "ROLE:Einkauf", "TITLE:Leitung")["role"] == "Leitung"
    assert claims("FN:J", "ROLE:Einkauf", "TITLE:Leitung", "TITLE:CFO") == {"Title": "CFO", "Role": "Einkauf"}


def test_what_somebody_typed_beside_the_details_is_claimed() -> None:
    found = claims(
        "FN:Jana",
        "NICKNAME:Jana,Jani",
        "IMPP;X-SERVICE-TYPE=Jabber;TYPE=work:xmpp:j@x.example",
        "X-SKYPE:jana.k",
        "X-SOCIALPROFILE;type=linkedin:https://social.example/jana",
        "X-EVOLUTION-MANAGER:Petra Ohm",
        "item1.X-ABRELATEDNAMES:Uwe Lenz",
        "item1.X-ABLabel:_$!<Assistant>!$_",
        "item2.X-KUNDENNUMMER:K-17\\, alt",
        "item2.X-ABLabel:Kundennummer",
        "X-LEER:",
        "ORG:A;B",
        "ORG:C",
    )
    assert found == {
        "Department": "B",
        "Organization": "C",
        "Nickname": "Jani",
        "Messaging (work)": "xmpp:j@x.example",
        "Skype": "jana.k",
        "Profile (linkedin)": "https://social.example/jana",
        "Manager": "Petra Ohm",
        "Assistant": "Uwe Lenz",
        "Kundennummer": "K-17, alt",
    }


def test_what_is_personal_is_left_out_and_counted() -> None:
    read = reading(
        "BEGIN:VCARD",
        "FN:A",
        "BDAY:1990-01-01",
        "PHOTO;ENCODING=b:AAAA",
        " BBBB",
        "X-SPOUSE:Otto",
        "item1.X-ABRELATEDNAMES:Otto",
        "item1.X-ABLabel:_$!<Spouse>!$_",
        "END:VCARD",
        "BEGIN:VCARD",
        "FN:B",
        "PHOTO;BASE64:",
        "  CCCC",
        "BDAY:",
        "PRODID:-//Some//Program",
        "REV:2026-01-01",
        "X-DESIGN:" + "x" * 600,
        "END:VCARD",
    )
    assert read.notices == ("left out: PHOTO (2), BDAY (1), X-ABRELATEDNAMES (1), X-DESIGN (1), X-SPOUSE (1)",)
    assert all(each.claims == () and each.doubts == () for each in read.records)


@pytest.mark.parametrize(
    "line", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group", "X-EVOLUTION-LIST:TRUE", "KIND:Group"]
)
def test_groups_are_left_out(line: str) -> None:
    read = record("N:Alle;;;;", "FN:Alle", line, "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
    assert (read.left_out, read.refused, read.claims) == ("a group of contacts", "", ())
    assert record(line).refused == ""


def test_people_and_organizations_are_not_left_out() -> None:
    assert record("FN:A", "KIND:individual").left_out == ""
    assert record("FN:A", "KIND:org").left_out == ""
    assert record("FN:A", "KIND:location").left_out == "a place"


def test_a_bad_line_costs_nothing_else() -> None:
    read = record(
        "FN:Jana",
        "this is no property at all, and it is rather long for one",
        "NOTE;ENCODING=b:***",
        'TEL;TYPE=WORK;;"x:1',
        "TEL;TYPE=a,b;c,d;=;e f:2",
        "E",
    )
    assert read.details == {"name": "Jana", "phone": ["1", "2"]}
    assert read.doubts == (
        "line 4: no property, and left out: this is no property at all, and it is r…",
        "line 5: NOTE cannot be read and was left out",
        "line 8: no property, and left out: E",
    )


def test_cards_that_crmtool_wrote_say_which_contact_they_are() -> None:
    read = record(
        "FN:Jana  K", "X-CRMTOOL-ID:a  b/jana", "X-CRMTOOL-VERSION:00000000", "X-CRMTOOL-VALUE:4.5", "EMAIL:x"
    )
    assert (read.contact, read.version) == ("a  b/jana", "00000000")
    assert read.details == {"name": "Jana K", "email": ["x"], "value": 4.5}
    assert read.claims == ()


@pytest.mark.parametrize("value", ["x", "-1", "true", "NaN", "Infinity", "1e999", "[1]", "null", ""])
def test_a_value_that_is_none(value: str) -> None:
    assert "value" not in details("FN:J", "X-CRMTOOL-ID:j", f"X-CRMTOOL-VALUE:{value}")


def test_another_programs_card_has_no_value_or_owner() -> None:
    assert details("FN:J", "X-CRMTOOL-VALUE:5", "X-CRMTOOL-OWNER:mira") == {"name": "J"}


def test_files_in_other_encodings() -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen\r\nEND:VCARD\r\n"
    for encoding, guesses in (("utf-8-sig", 0), ("utf-16", 0), ("utf-16-le", 0), ("cp1252", 1)):
        read = read_cards(text.encode(encoding))
        assert [each.details["name"] for each in read.records] == ["Jürgen"]
        assert len(read.notices) == guesses


@pytest.mark.parametrize("data", [b"", b"name,email\nJana,j@x.example\n", b"FN:Jana\nEND:VCARD\n", b"\x00\xff"])
def test_a_file_without_cards_is_refused(data: bytes) -> None:
    read = read_cards(data)
    assert (read.records, read.problem) == ((), "there is no vCard in this file")
    assert "BEGIN:VCARD" in read.advice


def test_without_vobject_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vobject.base", None)
    with pytest.raises(CrmtoolError) as told:
        reading("BEGIN:VCARD", "FN:A", "END:VCARD")
    assert told.value.advice == ("pip install 'crmtool[vcard]'",)


def test_what_programs_and_telephones_add_is_left_out() -> None:
    assert not claims(
        "FN:Jana",
        "X-ALTBDAY;CALENDAR=chinese:20200101",
        "WALLPAPER:x",
        "X-SHARED-PHOTO-DISPLAY-PREF:PROMPT",
        "VND-63-SENSITIVE-CONTENT-CONFIG:x",
    )
    assert claims("FN:Jana", "SOCIALPROFILE:https://social.example/@jana", version="4.0") == {
        "Profile": "https://social.example/@jana"
    }


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("tel:+1-418-656-9254;ext=102", "+1-418-656-9254 ext. 102"),
        ("tel:9254;ext=7;phone-context=+1-418-656", "9254 ext. 7"),
        ("tel:+49-421-1;isub=9", "+49-421-1"),
        ("+49 421 1;5", "+49 421 1;5"),
    ],
)
def test_what_stands_behind_the_number_of_an_address(written: str, phone: str) -> None:
    assert details("FN:Jana", f"TEL;VALUE=uri:{written}", version="4.0")["phone"] == [phone]


def test_faxes_and_pagers_are_claims_unless_one_can_speak_there_as_well() -> None:
    read = record(
        "FN:Jana",
        "TEL;TYPE=FAX,WORK:tel:+49 421 99",
        "TEL;TYPE=PAGER:98",
        "TEL;TYPE=VOICE,FAX:+49 421 97",
        "item1.TEL:96",
        "item1.X-ABLabel:_$!<HomeFAX>!$_",
        "item2.TEL:95",
        "item2.X-ABLabel:Lager",
        "TEL;TYPE=FAX:",
    )
    assert read.details["phone"] == ["+49 421 97", "95"]
    told = [(claim.label, claim.value) for claim in read.claims]
    assert told == [("Fax (work)", "+49 421 99"), ("Pager", "98"), ("HomeFAX", "96")]


def test_a_card_with_a_fax_alone_is_called_by_nothing() -> None:
    assert record("TEL;TYPE=FAX:1").refused.startswith("no name")


def test_how_people_are_addressed_is_no_part_of_their_name() -> None:
    assert details("FN:Herr Dr. Tom Sommer")["name"] == "Dr. Tom Sommer"
    assert details("N:Sommer;Frau Eva;;;")["name"] == "Eva Sommer"
    assert details("FN:Herr Tom Sommer", "X-CRMTOOL-ID:tom")["name"] == "Herr Tom Sommer"
    assert details("ORG:Frau Holle")["name"] == "Frau Holle"
