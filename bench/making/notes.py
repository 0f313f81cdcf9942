"""The notes below a contact's front matter: some paragraphs of Markdown, with links to other contacts."""

from __future__ import annotations

from itertools import islice
from posixpath import dirname, relpath

from bench.making.dice import Dice
from bench.making.people import Person, person

HEADINGS = {
    True: ("Wie es dazu kam", "Was wir wissen", "Gespräch", "Nachgefragt", "Zum Stand"),
    False: ("How it began", "What we know", "Talk", "Asked again", "Where it stands"),
}
SENTENCES = {
    True: (
        "Freundlich und sachlich, nimmt sich {n} Minuten und kennt die Zahlen.",
        "Plant mit einer Tabelle, die „nur noch ich verstehe“.",
        "Zwei Hallen, eine dritte ist im Bau; die Verwaltung sitzt woanders.",
        "Die Nachtschicht arbeitet nach Zuruf, und *niemand* schreibt mit.",
        "Im Sommer gab es schon einmal einen Anlauf, der im Sand verlaufen ist.",
        "Wer bei ihnen **unterschreibt**, blieb offen.",
        "Die Aushilfen wechseln alle paar Monate, deshalb geht viel Wissen verloren.",
        "Gefragt, was es koste, wenn alles bleibt, kam eine lange Pause.",
        "Der Einkauf will drei Vorschläge sehen, auch wenn die Fachabteilung nur einen will.",
        "Sie hat die Liste von sich aus geschickt: {n} Vorfälle in vier Wochen.",
        "Das alte System heißt `LAGER-{n}` und stammt aus dem Jahr 2009.",
        "Vor dem Jahresabschluss passiert dort nichts, danach soll es schnell gehen.",
    ),
    False: (
        "Friendly and to the point, takes {n} minutes and knows the figures.",
        "Plans in a sheet that “only I can still read”.",
        "Two halls, a third is being built; the office is elsewhere.",
        "The night shift works by word of mouth, and *nobody* takes notes.",
        "There was an attempt last summer, and it came to nothing.",
        "Who **signs** was left open.",
        "Temporary staff change every few months, so much knowledge is lost.",
        "Asked what it costs to leave things as they are, there was a long pause.",
        "Purchasing wants to see three proposals even where the department wants one.",
        "She wrote down {n} incidents in four weeks without being asked.",
        "The old system is called `STORE-{n}` and dates from 2009.",
        "Nothing happens there before the year is closed; after that it is to go fast.",
    ),
}
LINKS = {
    True: "Kennt {link} von früher und spricht gut darüber.",
    False: "Knows {link} from an earlier job and speaks well of it.",
}


def notes(who: Person, count: int) -> str:
    """Write the notes of a contact, in a workspace of so many contacts."""
    dice = Dice("notes", who.number)
    said = iter(dice.some(SENTENCES[who.german], len(SENTENCES[who.german])))
    parts: list[str] = []
    for heading in dice.some(HEADINGS[who.german], dice.between(1, 3)):
        section = [text.format(n=dice.between(5, 90)) for text in islice(said, dice.between(4, 6))]
        parts += [f"## {heading}", *_section(dice.below(3), section)] if section else []
    for _ in range(dice.between(0, 2)):
        other = person(dice.below(count))
        parts.append(LINKS[who.german].format(link=f"[{other.name}]({_way(who, other)})"))
    return "\n\n".join(parts) + "\n"


def _section(form: int, said: list[str]) -> list[str]:
    if form == 0:
        return [" ".join(said[:2]), "\n".join(f"- {one}" for one in said[2:])]
    if form == 1:
        return ["\n".join(said[:2]), f"> {' '.join(said[2:])}"]
    return [" ".join(said)]


def _way(start: Person, to: Person) -> str:
    return relpath(to.path, dirname(start.path))
