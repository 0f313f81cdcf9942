"""Exports of the programs that are known: made up here, with the names of columns that they have."""

from __future__ import annotations

import pytest

from tests.unit.importers.building import claims, reading, record

GOOGLE_OLD = """\
Name,Given Name,Additional Name,Family Name,Name Prefix,Nickname,Birthday,Notes,Photo,Group Membership,\
E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,\
Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Organization 1 - Type,\
Organization 1 - Name,Organization 1 - Title,Organization 1 - Department,Website 1 - Type,Website 1 - Value,\
Custom Field 1 - Type,Custom Field 1 - Value
Jana Köhler,Jana,,Köhler,Frau,JK,1980-01-02,"Messe
in Bremen",,* myContacts ::: Nord,* Work,j.koehler@nordlicht.example ::: jana@nordlicht.example,Home,\
jk@example.org,Work,+49 421 1234 ::: +49 170 5555,Work,"Überseering 7
28195 Bremen",Überseering 7,Bremen,,Nordlicht Logistik GmbH,Leiterin,Dispo,Profile,https://nordlicht.example,\
Kunde,77
"""
GOOGLE_NEW = """\
First Name,Middle Name,Last Name,Phonetic First Name,File As,Organization Name,Organization Title,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,\
Address 2 - City,Event 1 - Label,Event 1 - Value
Jana,M.,Köhler,,,Nordlicht,CEO,* myContacts ::: Nord,* Work,a@example.org,Weg 1,Bremen,28195,Kiel,Anniversary,\
2001-01-01
,,,,"Ohm, Paul",,,,,p@example.org,,,,,,
"""
OUTLOOK = """\
"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street",\
"Business City","Business Postal Code","Business Country/Region","Home Street","Home City","Business Fax",\
"Business Phone","Mobile Phone","Anniversary","Birthday","Categories","E-mail Address","E-mail Type",\
"E-mail Display Name","E-mail 2 Address","Notes","Web Page"
"Ms.","Jana","","Köhler","","Nordlicht","Dispo","CEO","Weg 1","Bremen","28195","Germany","Allee 2","Kiel",\
"+49 421 99","+49 421 1234","+49 170 5555","0/0/00","0/0/00","Messe;Nord","j@example.org","SMTP",\
"Jana Köhler (j@example.org)","k@example.org","Hello","nordlicht.example"
"""
OUTLOOK_DE = """\
"Anrede","Vorname","Nachname","Firma","Position","Straße geschäftlich","Ort geschäftlich",\
"Postleitzahl geschäftlich","Land/Region geschäftlich","Ort privat","Telefon geschäftlich","Mobiltelefon",\
"E-Mail-Adresse","E-Mail 2: Adresse","Geburtstag","Kategorien","Notizen","Vertraulichkeit"
"Frau","Jana","Köhler","Nordlicht GmbH","Leiterin","Überseering 7","Bremen","28195","Deutschland","Kiel",\
"+49 421 1234","+49 170 5555","j@example.org","k@example.org","0.0.00","Messe;Nord","Grüße","Normal"
"""


def test_google_with_its_old_names() -> None:
    read = reading(GOOGLE_OLD)
    (jana,) = read.records
    assert (read.origin, read.label) == ("google", "Google Contacts")
    assert jana.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht Logistik GmbH",
        "role": "Leiterin",
        "email": ["j.koehler@nordlicht.example", "jana@nordlicht.example", "jk@example.org"],
        "phone": ["+49 421 1234", "+49 170 5555"],
        "url": ["https://nordlicht.example"],
        "address": "Überseering 7\n28195 Bremen",
        "tags": ["Nord"],
    }
    assert jana.notes == "Messe\nin Bremen"
    assert claims(jana) == [("Nickname", "JK"), ("Organization 1 - Department", "Dispo"), ("Kunde", "77")]
    assert read.notices == ("left out: Name Prefix, Birthday",)


def test_google_with_its_new_names() -> None:
    read = reading(GOOGLE_NEW)
    jana, paul = read.records
    assert read.origin == "google"
    assert jana.details["name"] == "Jana M. Köhler"
    assert jana.details["address"] == "Weg 1, 28195 Bremen"
    assert claims(jana) == [("Address 2 - City", "Kiel")]
    assert paul.details == {"name": "Paul Ohm", "email": ["p@example.org"]}
    assert read.notices == ("left out: Event 1 - Value",)


def test_outlook() -> None:
    read = reading(OUTLOOK)
    (jana,) = read.records
    assert (read.origin, read.label) == ("outlook", "Outlook")
    assert jana.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht",
        "role": "CEO",
        "email": ["j@example.org", "k@example.org"],
        "phone": ["+49 421 1234", "+49 170 5555"],
        "url": ["nordlicht.example"],
        "address": "Weg 1, 28195 Bremen, Germany",
        "tags": ["Messe", "Nord"],
    }
    assert claims(jana) == [
        ("Department", "Dispo"),
        ("Home Street", "Allee 2, Kiel"),
        ("Business Fax", "+49 421 99"),
    ]
    assert read.notices == ("left out: Title, E-mail Type, E-mail Display Name",)


def test_outlook_in_german_as_windows_1252() -> None:
    read = reading(OUTLOOK_DE.encode("cp1252"))
    (jana,) = read.records
    assert read.origin == "outlook"
    assert jana.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht GmbH",
        "role": "Leiterin",
        "email": ["j@example.org", "k@example.org"],
        "phone": ["+49 421 1234", "+49 170 5555"],
        "address": "Überseering 7, 28195 Bremen, Deutschland",
        "tags": ["Messe", "Nord"],
    }
    assert jana.notes == "Grüße"
    assert "Windows-1252" in read.notices[0]
    assert read.notices[1] == "left out: Anrede, Vertraulichkeit"


def test_linkedin_with_its_notes_above_and_german_names() -> None:
    read = reading(
        'Notes:\n"When exporting, some addresses may be missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Jana,Köhler,https://www.linkedin.com/in/jana-example,,Nordlicht,CEO,23 Nov 2026\n"
    )
    (jana,) = read.records
    assert (read.origin, read.label, jana.line) == ("linkedin", "LinkedIn", 5)
    assert jana.details["url"] == ["https://www.linkedin.com/in/jana-example"]
    assert claims(jana) == [("Connected On", "2026-11-23")]
    german = reading(
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\nJana,Köhler,,,N,CEO,1. Mai 2026\n"
    )
    assert (german.origin, claims(german.records[0])) == ("linkedin", [("Verbunden am", "2026-05-01")])


def test_hubspot_contacts() -> None:
    read = reading(
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Lifecycle Stage,Company name,"
        "Original Source,Associated Company IDs\n"
        "101,Jana,Köhler,j@example.org,+49 421 1,Mira Voss,Open,Lead,Nordlicht,Organic Search,55\n"
        "102,Paul,Ohm,,,,,Customer,,,\n"
    )
    jana, paul = read.records
    assert (read.origin, read.label, jana.id) == ("hubspot", "HubSpot", "101")
    assert (jana.stage, claims(jana)) == ("Open", [("Lifecycle Stage", "Lead")])
    assert (jana.details["owner"], jana.details["source"]) == ("Mira Voss", "Organic Search")
    assert (paul.stage, claims(paul)) == ("Customer", [])
    assert read.notices == ("left out: Associated Company IDs",)


def test_hubspot_deals_belong_to_persons() -> None:
    read = reading(
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Close Date,Deal owner,Associated Contact,"
        "Associated Contact IDs,Associated Company\n"
        "7001,Pilot,Proposal,Sales,15000,EUR,2026-12-01 09:00,Mira,"
        "Jana Köhler (j@example.org);Paul Ohm (p@example.org),101;102,Nordlicht GmbH (nordlicht.example)\n"
        "7002,Relaunch,Lost,Sales,9000,USD,,,,,\n"
    )
    pilot, relaunch = read.records
    assert (read.origin, read.label, pilot.id, pilot.stage) == ("hubspot-deals", "HubSpot deals", "7001", "Proposal")
    assert pilot.persons == (("hubspot", "101"), ("hubspot", "102"))
    assert pilot.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht GmbH",
        "email": ["j@example.org"],
        "owner": "Mira",
        "value": 15000,
    }
    assert claims(pilot) == [
        ("Deal Name", "Pilot"),
        ("Pipeline", "Sales"),
        ("Close Date", "2026-12-01"),
        ("Deal owner", "Mira"),
        ("Associated Contact", "Paul Ohm (p@example.org)"),
    ]
    assert relaunch.details == {"name": "Relaunch"}
    assert claims(relaunch)[-2:] == [("Amount", "9000"), ("Currency", "USD")]
    assert relaunch.doubts == ("Amount: '9000' is in USD, not in EUR",)


def test_hubspot_companies_are_records_of_their_own() -> None:
    read = reading("Record ID,Company name,Company Domain Name,City\n55,Nordlicht GmbH,nordlicht.example,Bremen\n")
    assert (read.origin, read.records[0].id) == ("hubspot-companies", "55")
    assert read.records[0].details["name"] == "Nordlicht GmbH"


def test_pipedrive_persons_organizations_and_deals() -> None:
    persons = reading(
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,"
        "Person - Phone - Mobile,Person - Label,Person - Owner,Organization - ID,Organization - Address\n"
        '501,Jana Köhler,Nordlicht,j@example.org,k@example.org,+49 170 1,"Hot lead, Customer",Mira,7,"Weg 1, Bremen"\n'
    )
    (jana,) = persons.records
    assert (persons.origin, persons.label, jana.id) == ("pipedrive", "Pipedrive", "501")
    assert jana.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht",
        "email": ["j@example.org", "k@example.org"],
        "phone": ["+49 170 1"],
        "address": "Weg 1, Bremen",
        "owner": "Mira",
        "tags": ["Hot lead", "Customer"],
    }
    organizations = reading("Organization - ID,Organization - Name,Organization - Address\n7,Nordlicht,Weg 1\n")
    assert (organizations.origin, organizations.records[0].id) == ("pipedrive-organizations", "7")
    assert organizations.records[0].details == {"name": "Nordlicht", "organization": "Nordlicht", "address": "Weg 1"}
    deals = reading(
        "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency,Deal - Contact person,"
        "Deal - Organization,Deal - Expected close date,Person - ID\n"
        "9,Pilot,Proposal Made,open,4000,EUR,Jana Köhler,Nordlicht,2026-12-31,501\n"
    )
    (deal,) = deals.records
    assert (deals.origin, deal.id, deal.stage) == ("pipedrive-deals", "9", "Proposal Made")
    assert deal.persons == (("pipedrive", "501"),)
    assert deal.details == {"name": "Jana Köhler", "organization": "Nordlicht", "value": 4000}
    assert claims(deal) == [
        ("Deal - Title", "Pilot"),
        ("Deal - Status", "open"),
        ("Deal - Expected close date", "2026-12-31"),
    ]


def test_pipedrive_without_prefixes_and_in_german() -> None:
    plain = reading("ID,Name,Organization,Email - Work,Phone - Work,Open deals\n501,Jana,Nordlicht,j@example.org,,2\n")
    assert (plain.origin, plain.records[0].id) == ("pipedrive", "501")
    german = reading(
        "Person - ID;Person - Name;Person - Organisation;Person - E-Mail-Adresse - Büro;Person - Telefon - Büro;"
        "Person - Besitzer;Person - Geschlecht\n501;Jana Köhler;Nordlicht;j@example.org;+49 421 1;Mira;w\n"
    )
    assert german.records[0].details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht",
        "email": ["j@example.org"],
        "phone": ["+49 421 1"],
        "owner": "Mira",
    }
    assert german.notices == ("left out: Person - Geschlecht",)
    deal = record(
        "Deal - ID;Deal - Titel;Deal - Phase;Deal - Wert;Deal - Währung;Deal - Kontaktperson;Deal - Organisation\n"
        "9;Pilot;Angebot;12.345;EUR;Jana Köhler;Nordlicht\n"
    )
    assert (deal.stage, deal.details["value"], deal.details["name"]) == ("Angebot", 12345, "Jana Köhler")
    other = reading("ID,Title,Value,Currency,Contact person,Stage,Status\n9,Pilot,5,EUR,Jana Köhler,Won,won\n")
    assert (other.origin, other.records[0].stage) == ("pipedrive-deals", "Won")
    organizations = reading("ID,Name,People,Open deals,Address\n7,Nordlicht,3,1,Weg 1\n")
    assert (organizations.origin, organizations.records[0].id) == ("pipedrive-organizations", "7")


def test_salesforce_reports() -> None:
    read = reading(
        '"First Name","Last Name","Account Name","Title","Email","Phone","Lead Source","Contact ID","Mailing City"\n'
        '"Jana","Köhler","Nordlicht","CEO","j@example.org","+49 421 1","Web","003A0000011abcD","Bremen"\n\n\n'
        '"Contacts"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n"Nordlicht"\n'
    )
    (jana,) = read.records
    assert (read.origin, read.label) == ("salesforce", "Salesforce")
    assert jana.id == "003A0000011abcDIAQ"  # with the letters that check its capitals, as other exports have it
    assert jana.details["role"] == "CEO"
    assert read.notices == ("left out: 3 lines of the report around the table",)
    leads = reading("First Name,Last Name,Company / Account,Lead Status,Lead Owner,Email\nJana,Köhler,N,Open,Mira,\n")
    assert (leads.origin, leads.records[0].stage, leads.records[0].details["owner"]) == ("salesforce", "Open", "Mira")


@pytest.mark.parametrize("owner", ["Account-Inhaber", "Inhaber des Accounts"])
def test_salesforce_reports_in_german(owner: str) -> None:
    read = reading(f"Vorname;Nachname;Titel;Accountname;{owner}\nJana;Köhler;Leiterin;Nordlicht;Mira\n")
    assert read.origin == "salesforce"
    assert read.records[0].details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht",
        "role": "Leiterin",
        "owner": "Mira",
    }


def test_salesforce_opportunities() -> None:
    read = reading(
        "Opportunity Name,Account Name,Stage,Amount,Amount Currency,Close Date,Opportunity Owner,Opportunity ID,"
        "Contact ID\n"
        'Pilot,Nordlicht,Negotiation,"12,000.50",EUR,11/23/2026,Mira,006A0000011abcDIAQ,003A0000011abcD\n'
        'Grand Totals (1 record),,,"12,000.50"\n',
        date_format="MM/DD/YYYY",
    )
    (deal,) = read.records
    assert (read.origin, deal.id, deal.stage) == ("salesforce-deals", "006A0000011abcDIAQ", "Negotiation")
    assert deal.persons == (("salesforce", "003A0000011abcDIAQ"),)
    assert deal.details == {"name": "Pilot", "organization": "Nordlicht", "owner": "Mira", "value": 12000.5}
    assert ("Close Date", "2026-11-23") in claims(deal)


def test_programs_that_share_names_with_known_ones_are_not_taken_for_them() -> None:
    assert (
        reading("Record Id,Lead Owner,Lead Owner.id,First Name,Last Name,Lead Status\nz,M,1,Jana,K,New\n").origin
        == "csv"
    )
    assert reading("Lead Name,Email,Lead Source,Lead Owner,Lead Status\nJana,,Web,Mira,New\n").origin == "csv"
    assert reading("Lead ID,Contact Name,Email,Lead Owner,Source\nLD-1,Jana,,Mira,Web\n").origin == "csv"


def test_google_labels_its_faxes_and_escapes_colons() -> None:
    found = record(
        "First Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Website 1 - Value\n"
        "Jana,* Work Fax,+49 421 99,Mobile,+49 170 5555,http\\://nordlicht.example\n"
    )
    assert found.details == {"name": "Jana", "phone": ["+49 170 5555"], "url": ["http://nordlicht.example"]}
    assert claims(found) == [("Work Fax", "+49 421 99")]


def test_titles_are_kept_only_where_a_full_name_has_them() -> None:
    new = record("First Name,Last Name,Name Prefix,E-mail 1 - Value\nJana,Köhler,Prof. Dr.,j@example.org\n")
    old = record("Name,Given Name,Family Name,Name Prefix,E-mail 1 - Value\nFrau Dr. Jana Köhler,Jana,Köhler,Dr.,\n")
    assert (new.details["name"], old.details["name"]) == ("Jana Köhler", "Dr. Jana Köhler")
    header = "Title,First Name,Last Name,Job Title,Business Phone,E-mail 2 Address"
    outlook = reading(f"{header}\nDr.,Jana,Köhler,CEO,,\n")
    assert (outlook.origin, outlook.notices) == ("outlook", ("left out: Title",))
    assert outlook.records[0].details == {"name": "Jana Köhler", "role": "CEO"}
    roles = record("Title,First Name,Last Name,Business Phone,E-mail 2 Address\nCEO,Jana,Köhler,,\n")
    assert roles.details["role"] == "CEO"


def test_a_title_elsewhere_is_a_role_unless_it_says_how_people_are_addressed() -> None:
    assert record("Name,Title\nJana Köhler,Professor\n").details["role"] == "Professor"
    read = reading("Name,Title\nJana Köhler,Frau Dr.\nPaul Ohm,Dr.\n")
    assert ("role" in read.records[1].details, read.notices) == (False, ("left out: Title",))


def test_pipedrive_organizations_and_labels_in_german() -> None:
    read = reading(
        "Organisation - ID,Organisation - Name,Organisation - Kennzeichnung,Organisation - Adresse,"
        "Organisation - Personen,Organisation - Besitzer\n7,Nordlicht GmbH,Kunde,Weg 1,3,Mira\n"
    )
    (nordlicht,) = read.records
    assert (read.origin, nordlicht.id, claims(nordlicht)) == ("pipedrive-organizations", "7", [])
    assert nordlicht.details == {
        "name": "Nordlicht GmbH",
        "organization": "Nordlicht GmbH",
        "address": "Weg 1",
        "owner": "Mira",
        "tags": ["Kunde"],
    }
    person = record("Person - ID,Person - Name,Person - Kennzeichnung\n1,Jana Köhler,Heißer Lead\n")
    assert person.details["tags"] == ["Heißer Lead"]


def test_a_german_deal_in_another_currency_has_no_value() -> None:
    found = record(
        "Deal - ID,Deal - Titel,Deal - Wert,Deal - Währung des Werts,Deal - Organisation ID,Deal - Phase\n"
        "9,Pilot,7500,USD,7,Angebot\n"
    )
    assert (found.doubts, "value" in found.details) == (("Deal - Wert: '7500' is in USD, not in EUR",), False)
    assert (found.stage, found.stage_label) == ("Angebot", "Deal - Phase")
    assert ("Deal - Organisation ID", "7") not in claims(found)


def test_ids_of_other_records_are_left_out_and_the_records_own_is_kept() -> None:
    contacts = reading("Last Name,Account Name,Contact ID,Account ID\nKöhler,N,003A0000011abcD,001A0000011abcD\n")
    assert (contacts.notices, claims(contacts.records[0])) == (("left out: Account ID",), [])
    accounts = reading("Account Name,Account ID,Account Owner\nNordlicht,001A0000011abcD,Mira\n")
    assert (accounts.origin, accounts.records[0].id) == ("salesforce", "001A0000011abcDIAQ")
    assert reading("Name,Company ID,Company\nJana,7654321,N\n").notices == ("left out: Company ID",)
    assert record("Company,Company ID\nNordlicht,7654321\n").id == "7654321"
