"""What counts as an activity, and what never does."""

from __future__ import annotations

import pytest

from crmtool import yaml_reader
from crmtool.document import read_contact
from crmtool.wording import names_activity
from tests.conftest import JANA, ROOT, RULEBOOK
from tests.effort import calls

ACTIVITIES = """\
Angebot verschickt
called twice
Zweimal angerufen
Sent the proposal
Meeting gehabt
Angebot raus
Follow-up
Anruf
Call
Meeting 2
Demo gezeigt
Termin gehabt
Gespräch geführt
Gespräch mit dem CFO geführt
Workshop hat stattgefunden
Mail zugeschickt
Unterlagen gesendet
Telefoniert
Mit Frau Ostler telefoniert
nachgefasst
Per Mail nachgefasst
Infos gemailt
Kunden besucht
Auf der Messe getroffen
Called
Called Jana
We called again
emailed the CFO
e-mailed twice
Sent an email
Sent our quote
Sent the contract to Jana
followed up
Followed up twice by mail
met with the CEO
had a call
had a meeting with the CFO
Had a quick chat
left voicemail
left a voicemail
demo given
Demo was given
pinged
reached out
Reached out on LinkedIn
2. Anruf
Telefonat mit Frau Müller
Erstgespräch
Erstgespräch geführt
Second call with the buyer
Angebot ist raus
Angebot per Post geschickt
Vertrag zur Ansicht zugeschickt und telefoniert
Angerufen und gemailt
Called and emailed
Wurde das Angebot verschickt?
Have we called?
Did we send the quote?
Haben wir mit dem Entscheider gesprochen?
Proposal sent
Offer sent, called
Quote is out
Spoke to the CFO
Mit der Chefin gesprochen
Nachgefasst, angerufen, Mail
ANGEBOT VERSCHICKT
Angebot verschickt.
Zum zweiten Mal nachgefasst
E-Mail an Jana
Erinnerung
Reminder
Visited the depot
Rückruf
Demo
"""

OUTCOMES = """\
Entscheidung getroffen
Vereinbarung über den Preis getroffen
Kredit gesprochen
Budget am Telefon bestätigt, Angebot verschickt
Angerufen: will erst 2027 entscheiden
CFO hat angerufen und zugesagt
Jana called and wants to decide in December
The tender was called off
They called for a tender
The project is called Nordlicht
Called because the budget is approved
Met the criteria
Sent by a customer
Recommended by a customer
Fits the profile
Signed by the buyer
Angebot angenommen
Angebot abgelehnt
Contract signed
Vertrag unterschrieben
Termin genannt
Budget bestätigt
Problem benannt
Entscheider bekannt
Wer unterschreibt?
Bis wann entscheidet der Kontakt?
Nicht mehr angerufen, weil der Bedarf fehlt
Passt ins Profil, Ausschluss geprüft
Nach dem Gespräch ist klar, wer unterschreibt
Termin mit CFO hat nicht stattgefunden
Hat unseren Vortrag besucht und fragt nach Preisen
She has no need after the demo
Fragt im Auftrag ihres Chefs nach Wartungsplanung
Name fiel zweimal bei anderen Speditionen
Meeting the CFO's date is impossible
Anruf von Petersen & Co: Lagerlogistik passt
Geschickt gelöst
Gut besuchte Messe
Von der Krise hart getroffen, Kurzarbeit ab Januar
Call for tenders lost
The call centre plans by hand
Call centre with 80 people
Mail order business with 40 drivers
Meeting rooms are planned by hand
Treffen unser Profil genau
Besuchsplanung im Aussendienst
Besuch beim Kunden wird heute per Zettel geplant
Demo-Daten reichen ihm aus
After three calls nobody knows who decides
Drei Angebote liegen vor
Offer accepted
Visits 40 customers a day
They visited our booth asking for route planning
She spoke of 22 hours a head, not 12
Erinnerungen an Wartungstermine fehlen
Die Demo hat gezeigt, was fehlt
Gespräch ergab: Tarifvertrag
Der CFO hat die Mittel freigegeben
Messebesucher aus der Zielgruppe
Der Besuch der Filialen ist ihr Geschäft
Neue Geschäftsführerin seit Mai
Kommt von selbst auf uns zu
Kunde sagt ab
Called it a day
Zusage liegt schriftlich vor
Sent home half of the drivers
Termin steht
Worth it?
Erinnerung an Wartungstermine fehlt
Besuch im Depot zeigte Chaos
Mail to drivers fails
Anything to decide?
No problem no need
"""


@pytest.mark.parametrize("text", ACTIVITIES.splitlines())
def test_an_activity_is_named(text: str) -> None:
    phrase = names_activity(text)
    assert phrase
    assert phrase in text


@pytest.mark.parametrize("text", OUTCOMES.splitlines())
def test_an_outcome_is_let_pass(text: str) -> None:
    assert names_activity(text) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Angebot verschickt", "verschickt"),
        ("Zweimal angerufen", "angerufen"),
        ("Gestern  den\nKunden angerufen.", "angerufen"),
        ("We had a call on Monday", "had a call"),
        ("Sent the proposal", "Sent the proposal"),
        ("2. Anruf bei Frau Ostler!", "2. Anruf bei Frau Ostler"),
    ],
)
def test_the_words_that_name_it_are_given(text: str, phrase: str) -> None:
    assert names_activity(text) == phrase


def test_nothing_is_no_activity() -> None:
    assert names_activity("") is None
    assert names_activity(" \n.") is None


def test_no_because_of_the_example_contacts_is_accused() -> None:
    files = [path for path in (ROOT / "contacts").rglob("*.md") if path.name != "README.md"]
    assert files
    assert [because for path in files for because in _becauses(path.read_bytes()) if names_activity(because)] == []
    assert [because for because in _becauses(JANA.encode()) if names_activity(because)] == []


@pytest.mark.parametrize("text", [(ROOT / "criteria.yaml").read_text("utf-8"), RULEBOOK], ids=["example", "format"])
def test_no_wording_of_the_example_rule_books_is_accused(text: str) -> None:
    assert [words for words in _texts(yaml_reader.read(text).value) if names_activity(words)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Angebot " + "-" * 20_000,
        "a" * 50_000,
        "mit " * 10_000,
        "sent the " * 5_000,
        "1. " * 10_000,
        "Call " * 10_000,
        "had " + "good " * 8_000,
        "sent " + "the " * 10_000,
        "erste " * 10_000,
    ],
    ids=["dashes", "letters", "mit", "sent", "numbers", "calls", "good", "the", "first"],
)
def test_no_text_takes_long(text: str) -> None:
    assert calls(names_activity, text) < 100


def test_the_beginning_of_a_long_text_is_judged() -> None:
    assert names_activity("Angebot verschickt" + " " * 1_000) == "verschickt"
    assert names_activity("x " * 300 + "Angebot verschickt") is None


def _becauses(data: bytes) -> list[str]:
    values = read_contact("contacts/x.md", data).values
    assert values
    decisions = values["decisions"]
    assert isinstance(decisions, list)
    return [str(decision["because"]) for decision in decisions if isinstance(decision, dict)]


def _texts(value: yaml_reader.Value) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
