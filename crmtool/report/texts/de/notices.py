"""Hinweise auf Dateien mit Fehlern."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "notice.unjudged": "{n} Datei lässt sich nicht beurteilen und fehlt in den Berichten:|"
    "{n} Dateien lassen sich nicht beurteilen und fehlen in den Berichten:",
    "notice.flawed": "{n} Datei hat Fehler; gezeigt wird, was sich beurteilen lässt:|"
    "{n} Dateien haben Fehler; gezeigt wird, was sich beurteilen lässt:",
    "notice.hint": "crmtool check nennt jeden Fehler mit Zeile und Abhilfe.",
}
