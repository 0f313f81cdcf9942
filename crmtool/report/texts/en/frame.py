"""The frame: what stands on every page."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "as_of": "As of {day}",
    "skip": "Skip to content",
    "nav": "Reports",
    "search": "Find a contact",
    "search.found": "Contacts found",
    "search.none": "No contact fits.",
    "search.more": "all {n} in the list",
    "rules_of": "Rule book: {name}",
    "switch_theme": "Light or dark",
    "data": "Data: {commit} of {day}",
    "data_unknown": "Data without a Git version",
    "not_found": "This page does not exist",
    "not_found_text": "A contact may have been renamed. Focus shows what is to be decided today.",
    "quote": "“{text}”",
    "list_and": " and ",
}
