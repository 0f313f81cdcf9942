"""Who the contacts are, and where their files stand. All of them are invented."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bench.making.dice import Dice

IN_A_FOLDER = 20

FIRST_NAMES = (
    *("Jana", "Uwe", "Aylin", "Björn", "Clara", "Dörte", "Emil", "Frieda", "Götz", "Hanna", "Ines", "Jörg", "Katrin"),
    *("Lukas", "Mareike", "Nils", "Özlem", "Paul", "Renate", "Sönke", "Tessa", "Ulrike", "Valentin", "Wiebke"),
    *("Alice", "Brian", "Carol", "Declan", "Eleanor", "Fergus", "Grace", "Hugh", "Isobel", "Keiran", "Maeve"),
)
LAST_NAMES = (
    *("Köhler", "Richter", "Aydın", "Brandt", "Claassen", "Dressler", "Eichhorn", "Fröhlich", "Grünwald", "Hölscher"),
    *("Imhof", "Jäger", "Kessler", "Lübbers", "Mühlbauer", "Niemann", "Oßwald", "Pfeiffer", "Quandt", "Rößler"),
    *("Stürmer", "Thielen", "Ullmann", "Voß", "Wittig", "Zöllner", "Barlow", "Corrigan", "Ellwood", "Hathaway"),
    *("Kinsella", "Marlowe", "Pemberton", "Sheridan", "Thornbury", "Whitcombe", "Yardley"),
)
PLACES = (
    *(
        "Nordlicht",
        "Elbtor",
        "Hansa",
        "Brüggewind",
        "Donauknie",
        "Federlift",
        "Bodan",
        "Aarezug",
        "Strandfeld",
        "Kiefer",
    ),
    *("Rheinbogen", "Taubertal", "Wendland", "Moorhof", "Silberberg", "Lindau", "Greystone", "Harbour", "Kingsmere"),
)
TRADES = (
    *(
        "Logistik",
        "Metallbau",
        "Gerüste",
        "Fruchtkontor",
        "Werkzeuge",
        "Spedition",
        "Möbel",
        "Lüftung",
        "Druck",
        "Labor",
    ),
    *("Fördertechnik", "Tiefbau", "Optik", "Logistics", "Packaging", "Engineering", "Foods", "Instruments"),
)
LEGAL_FORMS = ("GmbH", "AG", "GmbH & Co. KG", "KG", "e. K.", "Ltd")
ROLES = (
    *("Leiterin Disposition", "Geschäftsführer", "Einkauf", "Werkleitung", "Leiterin Verwaltung", "IT-Leitung"),
    *("Operations Manager", "Head of Purchasing", "Managing Director", "Plant Manager"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact's name, work and place in the tree: `contact_id` is the path below contacts/ without `.md`."""

    number: int
    name: str
    organization: str
    role: str
    contact_id: str
    domain: str
    german: bool

    @property
    def path(self) -> str:
        """Tell where the file stands in the workspace."""
        return f"contacts/{self.contact_id}.md"


def slug(text: str) -> str:
    """Write a name in the letters of an address: `Voß` becomes `voss`, `Aydın` `aydin`."""
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ı", "i")):
        text = text.lower().replace(letter, plain)
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(plain_text.replace(".", " ").replace("&", " ").split())


@lru_cache(maxsize=64)
def _organization(number: int) -> tuple[str, str]:
    dice = Dice("organization", number)
    place, trade = dice.pick(PLACES), dice.pick(TRADES)
    return f"{place} {trade} {dice.pick(LEGAL_FORMS)}", slug(f"{place} {trade} {number:04}")


def person(number: int) -> Person:
    """Tell who the contact of this number is."""
    dice = Dice("person", number)
    organization, folder = _organization(number // IN_A_FOLDER)
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    return Person(
        number=number,
        name=name,
        organization=organization,
        role=dice.pick(ROLES),
        contact_id=f"{folder}/{slug(name)}-{number % IN_A_FOLDER:02}",
        domain=f"{folder}.example",
        german=dice.chance(70),
    )
