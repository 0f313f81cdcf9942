"""Wie Bedingungen erzählt werden."""

from __future__ import annotations

from collections.abc import Mapping

CONDITIONS: Mapping[str, str] = {
    "score": "Punktestand {wanted} oder mehr, jetzt {score}",
    "score_of": "Punktestand {wanted} oder mehr aus {criteria}, jetzt {score}",
    "score_rule": "Punktestand {wanted} oder mehr",
    "score_of_rule": "Punktestand {wanted} oder mehr aus {criteria}",
    "any": "eines von: {parts}",
    "at_least": "{count} von: {parts}",
    "all": "alles von: {parts}",
    "not": "nicht: {part}",
    "not_met": "ein Nein zu {criterion}",
    "open": "keine gültige Antwort zu {criterion}",
    "lost": "ein Kriterium, das am {entered} galt und nicht mehr gilt: {criteria}",
    "lost_entering": "ein Kriterium, das nicht mehr gilt: {criteria}",
    "clarified": "Antworten nach dem {entered}: {count} oder mehr, jetzt {now}",
    "clarified_entering": "Antworten seit dem jetzigen Status: {count} oder mehr",
    "has": "die Angabe {field}",
    "passed": "das Datum {field} erreicht, jetzt {value}",
    "passed_absent": "das Datum {field} erreicht; es fehlt noch",
    "passed_rule": "das Datum {field} erreicht",
    "older_than": "{duration} in diesem Status, also ab {day}",
    "older_than_entering": "{duration} im jetzigen Status",
}
"""Wie Bedingungen erzählt werden; dieselben Schlüssel wie `crmtool.telling.TEMPLATES`."""
