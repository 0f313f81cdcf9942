"""What is written into the contacts, in German and in English: evidence, reasons, steps, and sentences of notes."""

from __future__ import annotations

EVIDENCE = {
    True: {
        ("fit", True): ("{n} Mitarbeitende, B2B, Bremen", "{n} Leute an zwei Standorten, B2B, Sitz in Graz"),
        ("fit", False): ("{n} Mitarbeitende, verkauft nur an Privatleute", "Konzern mit {n}000 Leuten"),
        ("conflict", False): ("Kein Wettbewerber unter den Kunden", "Nichts, was dagegen spricht"),
        ("pain", True): ("'Wir verlieren {n} Stunden pro Woche'", "'Jede {n}. Lieferung kommt zu spät an'"),
        ("pain", False): ("'Im Grunde läuft es doch'", "Nennt kein Problem, obwohl gefragt"),
        ("buyer", True): ("Die Geschäftsführung unterschreibt", "Bis {n} T€ unterschreibt sie selbst"),
        ("buyer", False): ("Noch nicht benannt", "Beide Brüder, und sie sind uneins"),
        ("budget", True): ("{n} T€ im Plan", "Der Beirat hat {n} T€ bewilligt"),
        ("budget", False): ("Auf das nächste Jahr verschoben", "Alles über {n} T€ ist gesperrt"),
        ("deadline", True): ("Der Beirat tagt in {n} Tagen", "Vor dem Umzug in die neue Halle"),
    },
    False: {
        ("fit", True): ("{n} people, B2B, Leeds", "{n} staff on two sites, sells to trade only"),
        ("fit", False): ("{n} people, sells to consumers only", "A group of {n}000 people"),
        ("conflict", False): ("No competitor among its customers", "Nothing that speaks against it"),
        ("pain", True): ("'We lose {n} hours every week'", "'One delivery in {n} arrives late'"),
        ("pain", False): ("'It works well enough'", "Names no problem though asked"),
        ("buyer", True): ("The managing director signs", "Signs alone up to {n}k"),
        ("buyer", False): ("Not named yet", "Both partners, and they disagree"),
        ("budget", True): ("{n}k in this year's plan", "The board granted {n}k"),
        ("budget", False): ("Put off until next year", "Everything above {n}k is frozen"),
        ("deadline", True): ("The board meets in {n} days", "Before they move into the new hall"),
    },
}

BECAUSE = {
    True: {
        "capture": (
            "Empfehlung; passt ins Raster",
            "Hat sich selbst gemeldet",
            "Branche, in der wir drei Kunden haben",
        ),
        "qualify": ("Passt ins Profil, Ausschluss geprüft", "Größe und Markt stimmen, nichts spricht dagegen"),
        "mature": ("Alle wissen, worum es geht", "Problem, Entscheider und Frist sind benannt"),
        "agree": ("Zusage für ein Jahr", "Budget und Termin stehen, sie will es"),
        "park": ("Vor dem Umbau entscheidet dort niemand", "Erst wenn der neue Haushalt steht"),
        "resume": ("Das Budget ist jetzt da", "Was fehlte, ist geklärt"),
        "stop": ("Niemand dort will es entscheiden", "Es gibt dort keinen Bedarf", "Hat sich anders entschieden"),
        "refuse": ("Passt nicht zu dem, was wir gut können", "Verkauft an Privatleute, das tragen wir nicht"),
        "reopen": ("Es hat sich etwas geklärt", "Die Lage dort ist eine andere"),
    },
    False: {
        "capture": ("Recommended; fits our pattern", "Came to us on their own", "We have three customers in the trade"),
        "qualify": ("Fits the profile, nothing rules it out", "Size and market are right"),
        "mature": ("Everybody knows what is to be decided", "Problem, signature and date are known"),
        "agree": ("Said yes for a year", "Budget and date are settled, and she wants it"),
        "park": ("Nobody decides before the rebuilding", "Only when the new budget stands"),
        "resume": ("The budget is there now", "What was missing is settled"),
        "stop": ("Nobody there wants to decide it", "There is no need", "Chose somebody else"),
        "refuse": ("Not what we do well", "Sells to consumers, which we do not carry"),
        "reopen": ("Something was settled", "Things stand differently there now"),
    },
}

STEPS = {
    True: {
        "fit": "Größe und Markt klären",
        "pain": "Klären, was der heutige Weg sie kostet",
        "buyer": "Klären, wer am Ende unterschreibt",
        "budget": "Mit dem CFO klären, ob das Budget steht",
        "deadline": "Klären, bis wann sie entscheiden wollen",
    },
    False: {
        "fit": "Find out size and market",
        "pain": "Find out what today's way costs them",
        "buyer": "Find out who signs in the end",
        "budget": "Ask the CFO whether the budget stands",
        "deadline": "Find out by when they want to decide",
    },
}

STOP_IF = {True: "Kein Termin mit der Geschäftsführung", False: "No date with the managing director"}
BLOCKED = {True: "Rückkehr der Geschäftsführung aus dem Urlaub", False: "The managing director's return from leave"}
SOURCES = {True: ("Empfehlung von Petersen & Co", "Messe in Hannover", "Vortrag in Linz", "Eigene Anfrage"),
           False: ("Recommended by Petersen & Co", "Trade fair in Hanover", "Came on their own")}  # fmt: skip
