"""Programs with pipelines that export tables of contacts, organizations and deals: HubSpot, Pipedrive, Salesforce."""

from __future__ import annotations

from crmtool.importers.tables.program import Program

_DEAL_COLUMNS = {
    "person_name": ("Associated Contact", "Contact person", "Contact", "Contact Name", "Primary Contact",
                    "Kontaktperson", "Person", "Person - Name", "Zugeordneter Kontakt", "Verknüpfter Kontakt",
                    "Opportunity Contact"),
    "person_id": ("Associated Contact IDs", "Associated Contact ID", "Contact ID", "Contact person ID", "Person ID",
                  "Primary Contact ID", "Kontaktperson ID", "IDs der zugeordneten Kontakte"),
    "deal_name": ("Deal Name", "Deal-Name", "Title", "Titel", "Opportunity Name", "Opportunity: Opportunity Name",
                  "Name der Opportunity", "Name der Verkaufschance"),
    "organization": ("Associated Company", "Organization", "Organisation", "Account Name", "Organization - Name",
                     "Organisation - Name", "Zugeordnetes Unternehmen", "Verknüpftes Unternehmen"),
    "claim": ("Type", "Probability (%)"),
    "leave_out": ("Organization ID", "Organisation ID", "Account ID"),
}  # fmt: skip
_PERSON_DETAILS = ("First Name", "Last Name", "Vorname", "Nachname", "Email", "Lifecycle Stage")

HUBSPOT_DEALS = Program(
    origin="hubspot-deals",
    label="HubSpot deals",
    marks=(
        ("Deal Name", "Deal Stage"), ("Deal Name", "Record ID"), ("Deal-Name", "Deal-Phase"),
        ("Deal-Name", "Datensatz-ID"), ("Record ID - Deal",), ("Deal ID", "Deal Name"),
    ),
    names=_DEAL_COLUMNS | {
        "id": ("Record ID", "Record ID - Deal", "Deal ID", "Datensatz-ID", "Deal-ID"),
        "claim": (*_DEAL_COLUMNS["claim"], "Amount in company currency", "Weighted amount", "Forecast amount"),
    },
    persons="hubspot",
)  # fmt: skip
HUBSPOT_COMPANIES = Program(
    origin="hubspot-companies",
    label="HubSpot companies",
    marks=(
        ("Record ID", "Company name"),
        ("Record ID - Company",),
        ("Datensatz-ID", "Unternehmensname"),
        ("Record ID", "Company Domain Name"),
    ),
    lacks=_PERSON_DETAILS,
    names={
        "id": ("Record ID", "Record ID - Company", "Datensatz-ID"),
        "organization": ("Name", "Company name", "Unternehmensname"),
        "claim": ("Parent Company", "Type"),
    },
)
HUBSPOT = Program(
    origin="hubspot",
    label="HubSpot",
    marks=(("Record ID",), ("Record ID - Contact",), ("Contact ID", "Lifecycle Stage"), ("Datensatz-ID",)),
    hints=(
        "Lifecycle Stage", "Lead Status", "Original Source", "Contact owner", "Marketing contact status",
        "Associated Company", "Associated Company IDs", "Last Activity Date", "Create Date", "Lifecycle-Phase",
        "Lead-Status", "Kontaktinhaber", "Originalquelle", "Primary Company", "Number of Associated Deals",
        "Company name", "Phone Number", "Record ID - Contact", "Zuständiger Mitarbeiter",
        "Für Kontakt zuständiger Mitarbeiter", "Unternehmensname", "Telefonnummer", "Erstelldatum",
    ),
    least=1,
    lacks=("Deal Name", "Deal-Name", "Lead Owner", "Lead Owner.id", "Contact Owner.id", "Lead Name"),
    names={
        "id": ("Record ID", "Record ID - Contact", "Contact ID", "Datensatz-ID"),
        "leave_out": (
            "Record ID - Company", "IP City",
            "IP Country", "IP State/Region", "IP Timezone", "IP Country Code", "First Page Seen", "Last Page Seen",
            "Number of Pageviews", "Number of Sessions", "First Referring Site", "Last Referring Site",
            "Marketing emails delivered", "Marketing emails opened", "Marketing emails clicked",
            "Marketing contact status", "Original Source Drill-Down 1", "Original Source Drill-Down 2",
            "Latest Source", "Latest Source Drill-Down 1", "Latest Source Drill-Down 2", "Email Domain",
            "HubSpot Score", "Persona", "Average Pageviews", "Event Revenue", "Time Zone", "Twitter Profile Photo",
        ),
        "claim": ("Recent Deal Amount", "Recent Deal Close Date", "Total Revenue", "Annual Revenue"),
    },
)  # fmt: skip
PIPEDRIVE_DEALS = Program(
    origin="pipedrive-deals",
    label="Pipedrive deals",
    marks=(
        ("Deal - Title",), ("Deal - ID",), ("Deal - Titel",), ("Title", "Value", "Stage"), ("Title", "Contact person"),
        ("Titel", "Wert", "Phase"), ("Titel", "Kontaktperson"),
    ),
    lacks=("Person - Organization", "Person - Organisation", "Record ID", "First Name", "Vorname"),
    names=_DEAL_COLUMNS | {
        "id": ("Deal - ID", "ID"),
        "stage 3": ("Deal - Status", "Status"),
        "stage 0": ("Deal - Stage", "Stage", "Deal - Phase", "Phase"),
        "person_name": ("Deal - Contact person", "Deal - Kontaktperson", "Person - Name",
                        *_DEAL_COLUMNS["person_name"]),
        "person_id": ("Deal - Contact person ID", "Deal - Person ID", "Person - ID", *_DEAL_COLUMNS["person_id"]),
        "claim": ("Weighted value", "Deal - Weighted value", "Deal - Gewichteter Wert", *_DEAL_COLUMNS["claim"]),
        "leave_out": ("Organization - ID", "Organisation - ID", *_DEAL_COLUMNS["leave_out"]),
    },
    persons="pipedrive",
)  # fmt: skip
PIPEDRIVE = Program(
    origin="pipedrive",
    label="Pipedrive",
    marks=(
        ("Person - Name",),
        ("Person - ID",),
        ("Person - First name", "Person - Last name"),
        ("Person - Vorname", "Person - Nachname"),
    ),
    names={
        "id": ("Person - ID",),
        "claim": ("Person - Titel",),
        "leave_out": ("Organization - ID", "Organisation - ID", "Organization ID", "Organisation ID", "Deal - ID"),
        "organization": (
            "Person - Organization",
            "Person - Organisation",
            "Organization - Name",
            "Organisation - Name",
        ),
    },
)
PIPEDRIVE_PLAIN = Program(
    origin="pipedrive",
    label="Pipedrive",
    marks=(("Name", "Organization"), ("Name", "Organisation")),
    hints=(
        "Email - Work", "Phone - Work", "Email - Home", "Phone - Home", "Phone - Mobile", "Open deals", "Closed deals",
        "Next activity date", "Won deals", "Lost deals", "Person created", "Activities to do", "Visible to",
        "Offene Deals", "E-Mail - Büro", "Telefon - Büro", "E-Mail-Adresse - Büro", "Telefon - Mobil",
        "Datum der nächsten Aktivität", "Marketing status", "Total activities", "Email messages count", "Label",
        "Labels", "Owner", "Besitzer",
    ),
    least=1,
    lacks=("Record ID", "Contact ID", "First Name", "Given Name", "Group Membership"),
    names={"leave_out": ("Organization ID", "Organisation ID")},
)  # fmt: skip
PIPEDRIVE_ORGANIZATIONS = Program(
    origin="pipedrive-organizations",
    label="Pipedrive organizations",
    marks=(("Organization - Name",), ("Organization - ID",), ("Organisation - Name",), ("Organisation - ID",)),
    names={
        "id": ("Organization - ID", "Organisation - ID"),
        "organization": ("Organization - Name", "Organisation - Name"),
        "leave_out": ("People", "Personen", "Organization - People", "Organisation - Personen"),
    },
)
PIPEDRIVE_ORGANIZATIONS_PLAIN = Program(
    origin="pipedrive-organizations",
    label="Pipedrive organizations",
    marks=(("Name", "People"), ("Name", "Number of people"), ("Name", "Personen")),
    hints=(
        "Open deals",
        "Closed deals",
        "Won deals",
        "Lost deals",
        "Next activity date",
        "Address",
        "Offene Deals",
        "Adresse",
    ),
    least=1,
    names={"organization": ("Name",), "leave_out": ("People", "Personen", "Number of people")},
)
SALESFORCE_DEALS = Program(
    origin="salesforce-deals",
    label="Salesforce opportunities",
    marks=(("Opportunity Name",), ("Opportunity: Opportunity Name",), ("Opportunity ID", "Stage"),
           ("Name der Opportunity",)),
    names=_DEAL_COLUMNS | {
        "id": ("Opportunity ID", "18 Digit Opportunity ID", "Opportunity 18 Digit ID", "ID"),
        "owner": ("Opportunity Owner", "Owner"),
    },
    persons="salesforce",
)  # fmt: skip
SALESFORCE = Program(
    origin="salesforce",
    label="Salesforce",
    marks=(
        ("Last Name",), ("Full Name",), ("Contact Name", "Account Name"), ("Nachname",), ("Account Name", "Account ID"),
        ("Account Name", "Account Owner"),
    ),
    hints=(
        "Account Name", "Lead Status", "Owner Alias", "Lead Owner", "OwnerId", "Lead ID", "Contact ID", "Account ID",
        "Account Owner", "Mailing Street", "Mailing City", "Company / Account", "LeadSource", "Lead Source",
        "Accountname", "Account: Account Name", "Rating", "Converted", "AccountId", "Mailing State/Province",
        "Lead-Quelle", "Lead-Inhaber", "Account-Inhaber", "Inhaber des Accounts",
    ),
    least=2,
    lacks=("Record ID", "Lifecycle Stage", "Lead Name"),
    names={
        "id": ("Contact ID", "Lead ID", "ID", "Contact 18 Digit ID", "Lead 18 Digit ID"),
        "organization": ("Account Name", "Company / Account", "Company", "Accountname"),
        "organization_id": ("Account ID", "AccountId"),
        "role": ("Titel",),
        "owner": ("Account-Inhaber", "Inhaber des Accounts"),
        "claim": ("Rating",),
    },
)  # fmt: skip
SALESFORCE_FEW = Program(
    origin="salesforce",
    label="Salesforce",
    marks=(("Last Name", "Account Name"), ("Full Name", "Account Name", "Title")),
    lacks=SALESFORCE.lacks,
    names=SALESFORCE.names,
)
