"""What is missing: criteria and contacts as a matrix."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "missing_page": "Missing",
    "missing_page.title": "What is missing for a decision",
    "missing_page.lead": "Which criterion is clarified for which contact, what is missing for the next step, "
    "and what holds up the most.",
    "missing_page.counted": "{n} contact lacks something|{n} contacts lack something",
    "missing_page.none": "No contact is open: everything is decided, so nothing is missing any more.",
    "missing_page.lacking": "{n} of {all} open contacts lacks something for the step forward.|"
    "{n} of {all} open contacts lack something for the step forward.",
    "missing_page.most": "{names} holds up the most: {contacts}.",
    "missing_page.most_each": "{names} hold up the most: {contacts} each.",
    "missing_page.further": "{n} further criterion|{n} further criteria",
    "missing_page.criteria": "{n} criterion|{n} criteria",
    "missing_page.caption": "Matrix: {contacts} in the order of attention, {criteria} in the order of the rule book. "
    "The first row counts how many open contacts each criterion holds up.",
    "missing_page.holds_up": "holds up",
    "missing_page.no_is_good": "no is good here",
    "missing_page.legend": "Signs",
    "missing_page.legend.missing": "bold: missing for the step forward",
    "missing_page.definition": "Holds up: with so many open contacts the criterion is among what is missing for a step "
    "forward, even where another one would do in its place.",
    "missing_page.questions": "The questions behind",
    "missing_page.open": "Open contacts",
    "missing_page.others": "What no answer settles",
    "missing_page.others.question": "Conditions that hang on time or on a field",
    "missing_page.other": "for {status}: {text}",
}
