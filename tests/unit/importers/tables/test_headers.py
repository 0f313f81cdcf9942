"""What headers mean, however they are spelled."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.headers import Meaning, currency_of, is_of_dates, meaning, typo


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("E-Mail-Adresse", "email"), ("EMAIL_ADDRESS", "email"), ("emailAddress", "email"), (" E-mail  2 ", "email"),
        ("\ufeffName", "name"), ("FirstName", "first_name"), ("first_name", "first_name"), ("Vorname", "first_name"),
        ("Telefon geschaeftlich", "phone"), ("Telefon geschäftlich", "phone"), ("☎ Contact", "phone"),
        ("Téléphone", "phone"), ("Firma", "organization"), ("Account Name", "organization"), ("Lead Source", "source"),
        ("Besitzer", "owner"), ("Betrag (EUR)", "value"), ("Amount in €", "value"), ("Deal value", "value"),
        ("Created Date", "date"), ("Geburtstag", "leave_out"), ("GCLID", "leave_out"), ("Bemerkung", "notes"),
        ("Vor- und Nachname", "name"), ("Vorname und Nachname", "name"), ("Vollständiger Name", "name"),
        ("Name, Vorname", "sorted_name"), ("Mobil Nr.", "phone"), ("Mobilnr", "phone"), ("Handynummer", "phone"),
        ("Telefon Nr.", "phone"), ("Tel. Nr.", "phone"), ("Firmenname", "organization"), ("E-Mail Adresse(n)", "email"),
        ("Strasse/Hausnr.", "street"), ("PLZ/Ort", "postal_code_and_city"), ("Bemerkungen", "notes"),
        ("Kundennummer", "id"), ("Deal - Owner", "owner"), ("Account: Phone", "phone"),
        ("Deal - Währung des Werts", "currency"),
    ],
)  # fmt: skip
def test_case_blanks_signs_and_umlauts_do_not_matter(header: str, field: str) -> None:
    found = meaning(header)
    assert found is not None
    assert found.field == field


def test_parts_of_addresses_are_known_with_what_stands_around_them() -> None:
    told = {header: meaning(header) for header in ("Business Street", "Ort privat", "Mailing Zip/Postal Code", "Land")}
    assert told == {
        "Business Street": Meaning("street", "1 work"),
        "Ort privat": Meaning("city", "6 home"),
        "Mailing Zip/Postal Code": Meaning("postal_code", "3 mailing"),
        "Land": Meaning("country", "2"),
    }


def test_what_is_unknown_means_nothing() -> None:
    assert meaning("Keyword") is None
    assert meaning("Revenue (EUR)") is None


@pytest.mark.parametrize(
    ("header", "meant"),
    [("Emial", "Email"), ("Nmae", "Name"), ("Phne", "Phone"), ("Compny", "Company"), ("Fimra", "Firma"),
     ("Adress", "Address"), ("Game", ""), ("Device", ""), ("Ema", "")],
)  # fmt: skip
def test_one_slip_of_the_fingers_is_recognised_but_no_other_word(header: str, meant: str) -> None:
    assert typo(header) == meant


def test_a_header_may_name_a_currency() -> None:
    assert (currency_of("Amount (USD)"), currency_of("Betrag in €"), currency_of("Amount")) == ("USD", "€", "")


def test_a_header_may_promise_dates() -> None:
    assert is_of_dates("contractDate")
    assert is_of_dates("Kunde seit")
    assert not is_of_dates("Candidate")
