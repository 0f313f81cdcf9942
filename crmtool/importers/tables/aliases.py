"""Names of columns that mean the same, in English and German; a few more languages where a word alone tells it.

The keys are fields, or field and group with a blank between; see `crmtool.importers.tables.headers.Meaning`.
"""

from __future__ import annotations

ADDRESS_AFFIXES = {
    "1 work": ("Business", "Work", "Office", "Company", "Firmen", "Geschäftlich", "Arbeit", "Dienstlich", "Büro"),
    "2": ("", "Primary", "Person", "Contact", "Kontakt"),
    "3 mailing": ("Mailing", "Postal", "Post"),
    "4 billing": ("Billing", "Rechnungs", "Rechnung", "Invoice", "Legal"),
    "5 shipping": ("Shipping", "Liefer", "Lieferung", "Delivery"),
    "6 home": ("Home", "Private", "Personal", "Privat"),
    "7 other": ("Other", "Weitere", "Weiterer", "Weiteres", "Weiteres/r", "Weiteres/e", "Alternate", "Secondary"),
}
"""What stands before or behind the parts of an address, the preferred address first."""

ADDRESS_PARTS = {
    "street": (
        "Street", "Street Address", "Address Line", "Address Street", "Street and number", "Street Name", "Straße",
        "Strasse", "Strassenname", "Straße und Hausnummer", "Straße Hausnummer", "Straße & Nr.", "Straße/Hausnr.",
        "Straße, Nr.", "Straße/Nr.", "Straße und Nr.", "Str.", "Str. Nr.", "Str. und Hausnummer",
        "Straße Nr", "Anschrift Straße", "Adresszeile", "Adresszusatz", "Extended Address",
    ),
    "house_number": ("House number", "Hausnummer", "Hausnr.", "Haus-Nr."),
    "postal_code": ("Postal Code", "Zip", "Zip Code", "Zip/Postal Code", "Postcode", "Post Code", "PLZ",
                    "Postleitzahl"),
    "city": ("City", "Town", "City/Town", "Ort", "Stadt", "Wohnort"),
    "postal_code_and_city": ("PLZ Ort", "PLZ/Ort", "PLZ und Ort", "Postleitzahl Ort", "PLZ, Ort", "PLZ + Ort",
                             "Postleitzahl und Ort",
                             "Zip City"),
    "region": (
        "State", "Region", "Province", "State/Province", "State/Region", "County", "State or Province", "Bundesland",
        "Bundesland/Kanton", "Kanton", "Bundesland/Region", "State Code",
    ),
    "country": ("Country", "Country/Region", "Land", "Land/Region", "Country Code ISO"),
    "po_box": ("PO Box", "P.O. Box", "Postfach"),
    "formatted": ("Full Address", "Formatted Address", "Address Formatted", "Vollständige Adresse", "Adresse komplett"),
    "address": (
        "Address", "Adresse", "Anschrift", "Postanschrift", "Postal Address", "Entity address",
    ),
}  # fmt: skip

GENERAL = {
    "name": (
        "Name", "Full Name", "Display Name", "Contact Name", "Person", "Person Name", "Contact Full Name", "Lead",
        "Name des Ansprechpartners", "Ansprechpartner Name", "Name Ansprechpartner", "Vor- und Nachname",
        "Vorname und Nachname", "Vorname Nachname", "Vorname/Nachname", "Vor-/Nachname", "Vor- & Nachname",
        "First and Last Name", "First Name Last Name", "Kompletter Name", "Ganzer Name",
        "Anzeigename", "Vollständiger Name", "Voller Name", "Kontaktname", "Name des Kontakts", "Displayname",
        "Nom complet", "Nombre completo", "Nome completo", "Volledige naam",
        "Applicant", "Applicant Name", "Candidate", "Candidate Name", "Bewerber", "Bewerberin", "Bewerber/in",
        "Kandidat", "Kandidatin", "Kandidat/in",
    ),
    "name 1": (
        "Lead Name", "Client Name", "Customer Name", "Contact", "Contact Person", "Primary Contact", "Main Contact",
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechperson", "Ansprechp.", "Kontakt", "Kontaktperson",
        "Kundenname", "Nom", "Nombre",
        "Nome", "Naam", "Imię i nazwisko", "Name Surname", "الاسم", "नाम", "姓名", "名前", "氏名",
        "Имя", "ФИО",
    ),
    "first_name": (
        "First Name", "Given Name", "Forename", "FName", "First", "Vorname", "Vornamen", "Rufname", "Prénom",
        "Primer nombre", "Voornaam", "Vorname Ansprechpartner", "Ansprechpartner Vorname", "Contact First Name",
        "Lead First Name", "Person First Name",
    ),
    "middle_name": ("Middle Name", "Additional Name", "Weitere Vornamen", "Weiterer Vorname", "Zweiter Vorname",
                    "Middle Initial"),
    "last_name": (
        "Last Name", "Family Name", "Surname", "LName", "Last", "Nachname", "Familienname", "Zuname", "Nom de famille",
        "Nachname Ansprechpartner", "Ansprechpartner Nachname", "Apellido", "Apellidos", "Cognome", "Achternaam",
        "Contact Last Name", "Lead Last Name", "Person Last Name",
    ),
    "sorted_name": (
        "File As", "Last, First", "Last Name, First Name", "Name (Last, First)", "Speichern unter", "Sortiername",
        "Sort Name", "Nachname, Vorname", "Name, Vorname", "Nachname Vorname", "Nach- und Vorname",
        "Name und Vorname", "Name Vorname",
    ),
    "organization": (
        "Company", "Company Name", "Organization", "Organisation", "Organization Name", "Account Name", "Firma",
        "Firmenname", "Unternehmen", "Unternehmensname", "Unternehmen Name", "Name des Unternehmens",
        "Company / Account", "Organisationsname", "Arbeitgeber", "Employer", "Company Name Account", "Business Name",
        "Business", "Entreprise", "Société", "Empresa", "Azienda", "Bedrijf", "Bedrijfsnaam", "Firma/Organisation",
        "Entity name", "Legal entity name", "Firmenbezeichnung", "Firma/Unternehmen", "Unternehmen/Firma",
        "Firma/Kunde", "Kunde/Firma", "Name der Firma", "Name der Organisation", "Betrieb",
    ),
    "organization 1": (
        "Account", "Customer", "Client", "Kunde", "Associated Company", "Primary Company",
        "Primary Associated Company", "Zugeordnetes Unternehmen", "Verknüpftes Unternehmen", "Org",
        "Account: Account Name", "Company name (legal)",
    ),
    "role": (
        "Title", "Job Title", "Position", "Role", "Job", "Job Role", "Job Position", "Designation", "Function",
        "Funktion", "Rolle", "Stelle", "Stellenbezeichnung", "Berufsbezeichnung", "Jobtitel", "Job-Titel",
        "Titel/Position", "Position/Funktion", "Funktion/Position", "Organization Title", "Contact Title", "Beruf",
        "Occupation", "Poste", "Fonction", "Cargo",
        "Puesto", "Headline",
    ),
    "email": (
        "Email", "E-Mail", "Mail", "Email Address", "E-mail Address", "Mail Address", "E-Mail-Adresse", "Mailadresse",
        "Emailadresse", "Emails", "E-Mails", "Mails", "E-Mail-Adressen", "Email Addresses", "Mailadressen",
        "Kontakt E-Mail", "E-Mail Firma", "Firmen-E-Mail", "E-Mail beruflich", "Work Email", "Business Email",
        "Personal Email", "Home Email", "Private Email", "Other Email",
        "Primary Email", "Secondary Email", "Additional Email", "Alternative Email", "Email Work", "Email Home",
        "Email Other", "Email Private", "Email Business", "Email (Work)", "E-Mail geschäftlich", "E-Mail privat",
        "E-Mail Büro", "E-Mail Arbeit", "E-Mail Sonstige", "E-Mail Sonstiger", "Weitere E-Mail", "Contact Email",
        "E-Mail-Adresse Büro", "E-Mail-Adresse Privat", "E-Mail-Adresse Sonstiger", "E-Mail-Adresse Sonstige",
        "E-Mail-Adresse geschäftlich", "E-Mail-Adresse dienstlich", "Lead Email", "User Email", "Customer Email",
        "Client Email", "Person Email", "Company Email", "Email / Phone", "E-Mail / Telefon", "Email or Phone",
        "Additional email addresses", "Correo", "Correo electrónico", "Courriel", "Adresse e-mail",
        "Posta elettronica", "البريد", "البريد الإلكتروني", "ईमेल",
    ),
    "phone": (
        "Phone", "Phone Number", "Telephone", "Telephone Number", "Tel", "Tel.", "Tel. Nr.", "Phone No", "Phone #",
        "Mobile", "Mobile Phone", "Mobile Phone Number", "Mobile Number", "Mobile No", "Cell", "Cell Phone",
        "Work Phone", "Business Phone", "Office Phone", "Home Phone", "Other Phone", "Primary Phone", "Main Phone",
        "Company Main Phone", "Company Phone", "Secondary Phone", "Direct Phone", "Direct Dial", "Phone Work",
        "Phone Home", "Phone Mobile", "Phone Other", "Phone (Work)", "Phone / Email", "Telefon / E-Mail",
        "Contact Number", "Contact Phone", "Contact No", "Lead Phone", "User Phone", "WhatsApp", "WhatsApp Number",
        "WhatsApp Phone Number", "Telefon", "Telefonnummer", "Telefon-Nr.", "Tel.-Nr.", "Rufnummer", "Fon",
        "Telefonnummern", "Tel. geschäftlich", "Tel. privat", "Tel. mobil", "Tel. Büro", "Tel. dienstlich",
        "Telefon beruflich", "Telefon/Mobil", "Mobil-Nr.", "Mobile Nr.", "Mobil Tel.", "Mobiltel.", "Mobilfunk",
        "Mobilfunknummer", "Handy-Nr.", "Handynr.", "Telefon geschäftlich", "Telefon dienstlich", "Telefon privat",
        "Telefon Firma", "Telefon Büro",
        "Telefon Arbeit", "Telefon Mobil", "Telefon Sonstiger", "Telefon Sonstige", "Telefon Zentrale", "Haupttelefon",
        "Weiteres Telefon", "Mobiltelefon", "Mobil", "Mobilnummer", "Mobiltelefonnummer", "Handy", "Handynummer",
        "Durchwahl", "Festnetz", "Festnetznummer", "Autotelefon", "Car Phone", "Mobil privat", "Mobil geschäftlich",
        "Phone Contact", "Téléphone", "Teléfono", "Telefono", "Telefoon", "Móvil", "Celular", "الهاتف", "فون", "फ़ोन",
        "फोन",
    ),
    "url": (
        "URL", "Website", "Web Site", "Web Page", "Webpage", "Homepage", "Web", "Website URL", "Company Website",
        "Company Domain Name", "Domain", "Domain Name", "Personal Web Page", "Business Web Page", "Personal Website",
        "LinkedIn", "LinkedIn URL", "LinkedIn Profile", "LinkedIn Profile URL", "LinkedIn Page", "LinkedIn Bio",
        "Company LinkedIn Page", "LinkedIn Company Page", "LinkedIn-Profil", "LinkedIn-Seite", "LinkedIn-URL", "XING",
        "XING-Profil", "XING URL", "Profile URL", "Profil-URL", "Webseite", "Internetseite", "Internet",
        "Internetadresse", "Website-URL", "Web-Adresse", "Site web", "Sitio web",
    ),
    "source": (
        "Source", "Lead Source", "Original Source", "Contact Source", "Account Source", "Data Source", "Deal Source",
        "Original Source Type", "Lead Origin", "Quelle", "Herkunft", "Lead-Quelle", "Leadquelle", "Kontaktquelle",
        "Originalquelle", "Ursprüngliche Quelle", "Ursprung", "Source channel", "Referred By", "Empfehlungsgeber",
    ),
    "owner": (
        "Owner", "Lead Owner", "Contact owner", "Deal owner", "Company owner", "Account Owner", "Opportunity Owner",
        "Record Owner", "Owner Alias", "Owner Name", "Owner Full Name", "Assigned To", "Sales Rep", "Salesperson",
        "Account Manager", "HubSpot Owner", "Lead Owner Alias", "Account Owner Alias", "Opportunity Owner Alias",
        "Besitzer", "Inhaber", "Kontaktinhaber", "Deal-Inhaber", "Kontakt-Owner", "Betreuer", "Kundenbetreuer",
        "Verantwortlich", "Verantwortlicher", "Zuständig", "Zuständiger Mitarbeiter",
        "Für Kontakt zuständiger Mitarbeiter", "Für Deal zuständiger Mitarbeiter", "Zugewiesen an", "Lead-Inhaber",
        "Inhaber des Leads",
    ),
    "tags": (
        "Tags", "Tag", "Labels", "Label", "Group Membership", "Groups", "Group", "Categories", "Category",
        "Kategorien", "Kategorie", "Gruppen", "Gruppe", "Schlagworte", "Schlagwörter", "Stichwörter", "Etiketten",
        "Segment", "Etiqueta", "Kennzeichnung", "Kennzeichnungen",
    ),
    "value": (
        "Amount", "Value", "Deal Value", "Deal Amount", "Opportunity Amount", "Opportunity Value", "Lead Value",
        "Estimated Value", "Expected Revenue", "Budget", "Wert", "Betrag", "Deal-Wert", "Auftragswert",
        "Auftragsvolumen", "Angebotssumme", "Angebotswert", "Summe", "Volumen", "Verkaufschance Betrag", "Montant",
    ),
    "currency": ("Currency", "Deal Currency", "Currency Code", "Amount Currency", "Currency of value", "Währung",
                 "Währungscode", "Amount Currency Code", "Deal Currency Code"),
    "notes": (
        "Notes", "Note", "Description", "Comment", "Comments", "Remarks", "Remark", "Memo", "Message", "Background",
        "Lead Notes", "Contact Notes", "Notizen", "Notiz", "Bemerkung", "Bemerkungen", "Kommentar", "Kommentare",
        "Anmerkung", "Anmerkungen", "Beschreibung", "Hinweise", "Freitext", "Nachricht", "Remarques", "Notas",
        "Rückmeldung", "Deal Description", "Deal-Beschreibung", "Additional Notes", "Contact Description",
        "Lead Description",
    ),
    "id": (
        "Record ID", "ID", "Contact ID", "Lead ID", "Record ID - Contact", "Customer ID", "Client ID", "Person ID",
        "UID", "UUID", "GUID", "External ID", "Datensatz-ID", "Kontakt-ID", "Kontaktnummer", "Kunden-ID",
        "Kundennummer", "Kunden-Nr.", "Kd-Nr.", "KdNr", "Customer Number", "Customer No", "18 Digit ID",
        "Contact 18 Digit ID",
    ),
    "stage 0": ("Deal Stage", "Opportunity Stage", "Deal-Phase", "Dealphase", "Verkaufsphase", "Sales Stage",
                "Pipeline Stage", "Stage"),
    "stage 1": ("Lead Status", "Lead-Status", "Leadstatus", "Lead Stage", "CRM Status"),
    "stage 2": ("Lifecycle Stage", "Lifecycle-Phase", "Lebenszyklusphase", "Lifecycle-Stage"),
    "stage 3": ("Status", "Phase", "Contact Status", "Kontaktstatus", "Statut", "Estado", "Account Status",
                "Deal Status",
                "Stadium"),
    "date": (
        "Created Date", "Create Date", "Created", "Created At", "Created On", "Created Time", "Date Created",
        "Creation Date", "Erstellt", "Erstellt am", "Erstelldatum", "Erstellungsdatum", "Angelegt am", "Anlagedatum",
        "Connected On", "Verbunden am", "Vernetzt am", "Kontakt seit",
        "Close Date", "Closing Date", "Closed Date", "Expected Close Date", "Abschlussdatum",
        "Erwartetes Abschlussdatum", "Voraussichtliches Abschlussdatum", "Schlusstermin", "First Contact",
        "First Contact Date", "Erstkontakt", "Erster Kontakt", "Datum Erstkontakt", "Last Stage Change", "Date",
        "Datum", "Won time", "Lost time", "Signup Date", "Conversion Time",
        "Wiedervorlage", "Fällig am", "Follow-up Date",
    ),
    "leave_out": (
        "Birthday", "Birth Date", "Birthdate", "Date of Birth", "Geburtstag", "Geburtsdatum", "Gender", "Geschlecht",
        "Sex", "Anrede", "Salutation", "Name Prefix", "Name Suffix", "Prefix", "Suffix", "Photo", "Foto", "Photo URL",
        "Picture", "Profile picture", "Image", "Image URL", "Avatar", "Avatar URL", "Bild", "Spouse", "Partner",
        "Ehepartner", "Ehepartner/Partner", "Partner/in", "Partner Phone",
        "Partner's Phone", "Telefon Partner", "Children", "Kinder", "Anniversary", "Jahrestag", "Hobby",
        "Hobbys", "Hobbies", "Marital Status", "Familienstand", "Religion", "Religionszugehörigkeit", "Nationality",
        "Nationalität", "Government ID Number", "Social Security Number", "Regierungsnr.", "Steuer-ID", "Initials",
        "Initialen", "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name", "Yomi Name",
        "Given Name Yomi", "Additional Name Yomi", "Family Name Yomi", "Company Yomi", "Surname Yomi", "GCLID",
        "Google Click ID", "Google ad click id", "Facebook click id", "FBCLID", "MSCLKID", "Hash", "Email Hash", "MD5",
        "SHA256", "Cookie", "User Agent", "IP Address", "IP-Adresse", "Password", "Passwort", "ETag", "IBAN", "BIC",
    ),
}  # fmt: skip
"""What a column holds, whatever the program. What is left out decides nothing, and some of it nobody should keep."""

OFTEN_MISTYPED = (
    "Name", "First Name", "Last Name", "Email", "E-Mail-Adresse", "Email Address", "Phone", "Phone Number", "Mobile",
    "Company", "Organization", "Position", "Job Title", "Status", "Notes", "Website", "Address", "Source", "Owner",
    "Vorname", "Nachname", "Firma", "Unternehmen", "Telefon", "Telefonnummer", "Notizen", "Straße", "Webseite",
)  # fmt: skip
"""Headers that a slip of the fingers is recognised of."""
