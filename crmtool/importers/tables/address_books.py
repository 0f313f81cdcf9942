"""Address books that export tables: Google Contacts, Outlook in English and German, LinkedIn."""

from __future__ import annotations

from crmtool.importers.tables.program import Program

GOOGLE = Program(
    origin="google",
    label="Google Contacts",
    marks=(
        ("E-mail 1 - Value",),
        ("Phone 1 - Value",),
        ("Given Name", "Family Name", "Group Membership"),
        ("Organization Name", "Organization Title", "Labels"),
    ),
    names={
        "leave_out": ("Mileage", "Sensitivity", "Priority", "Subject", "Directory Server"),
        "claim": ("Location", "Occupation", "Short Name", "Maiden Name", "Nickname", "Organization Department"),
    },
)
OUTLOOK = Program(
    origin="outlook",
    label="Outlook",
    hints=(
        "Business Street", "Business Phone", "Business Fax", "Business City", "Business Country/Region",
        "E-mail 2 Address", "E-mail Display Name", "E-mail Type", "Home Phone 2", "Business Phone 2", "Primary Phone",
        "Other Phone", "Company Main Phone", "Assistant's Phone", "Web Page", "Personal Web Page", "Home Street",
        "Home Address", "Office Location", "Given Yomi", "Surname Yomi", "Organizational ID Number",
        "Straße geschäftlich", "Telefon geschäftlich", "Ort geschäftlich", "Postleitzahl geschäftlich",
        "Fax geschäftlich", "E-Mail 2: Adresse", "E-Mail: Angezeigter Name", "E-Mail-Typ", "Telefon Firma",
        "Weitere Vornamen", "Telefon privat", "Land/Region geschäftlich", "Region geschäftlich", "Mobiltelefon",
        "Haupttelefon",
    ),
    least=2,
    lacks=("Record ID",),
    names={
        "leave_out": (
            "Sensitivity", "Vertraulichkeit", "Priority", "Priorität", "Private", "Privat",
            "Directory Server", "Verzeichnisserver", "E-mail Type", "E-mail 2 Type", "E-mail 3 Type",
            "E-mail Display Name", "E-mail 2 Display Name", "E-mail 3 Display Name", "E-Mail-Typ", "E-Mail 2: Typ",
            "E-Mail 3: Typ", "E-Mail: Angezeigter Name", "E-Mail 2: Angezeigter Name", "E-Mail 3: Angezeigter Name",
            "Internet Free Busy", "Internet-Frei/Gebucht", "Language", "Sprache", "Given Yomi", "Mileage",
            "Reisekilometer", "Organizational ID Number", "Organisationsnr.",
        ),
        "email": ("E-mail 2 Address", "E-mail 3 Address", "E-Mail 2: Adresse", "E-Mail 3: Adresse",
                  "E-Mail 2 Adresse", "E-Mail 3 Adresse", "E-mail 1 Address"),
        "role ~": ("Title", "Titel"),
        "claim": ("Account", "Location", "Business", "Rückmeldung", "Callback"),
    },
)  # fmt: skip
LINKEDIN = Program(
    origin="linkedin",
    label="LinkedIn",
    marks=(
        ("First Name", "Connected On"),
        ("Vorname", "Verbunden am"),
        ("Vorname", "Vernetzt am"),
        ("Vorname", "Kontakt seit"),
        ("Vorname", "Connected On"),
        ("First Name", "Last Name", "URL", "Email Address", "Company", "Position"),
    ),
)
