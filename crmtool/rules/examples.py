"""The rule book and the contact that the rules' examples build on."""

from __future__ import annotations

RULEBOOK_PATH = "criteria.yaml"
CONTACT_PATH = "contacts/ada.md"

RULEBOOK = """\
version: 1
name: New customers
language: en
currency: EUR
statuses:
  new: {label: New, meaning: Worth attention or not is open, kind: active, asks: "Worth it?", decide_within: 14d}
  clarifying: {label: Clarifying, meaning: Fits, kind: active, asks: "Anything to decide?", decide_within: 30d,
               limit: 2, requires: [fit]}
  parked: {label: Parked, meaning: Put off on purpose to a date, kind: hold}
  agreed: {label: Agreed, meaning: The contact agreed, kind: won}
  stopped: {label: Stopped, meaning: Ended on purpose, kind: ended}
criteria:
  fit: {label: Fits the profile, question: "10 to 200 people?", weight: 2}
  pain: {label: Problem named, question: "Did they name the problem?", attested_by: counterparty, weight: 3}
  budget: {label: Budget confirmed, question: "Is the budget confirmed?", valid_for: 90d, evidence: required}
  conflict: {label: Conflict, question: "Is there a reason against it?", knockout: true}
reasons:
  stopped: {no_fit: Does not fit, our_no: Our own no}
transitions:
  capture: {to: new}
  qualify: {from: new, to: clarifying, requires: [fit, {not_met: conflict}]}
  agree: {from: clarifying, to: agreed, requires: [pain, budget], by: [mira, jonas]}
  park: {from: clarifying, to: parked, requires: [{has: revisit}]}
  resume: {from: parked, to: clarifying, requires: [{clarified: 1}]}
  stop: {from: "*", to: stopped}
  reopen: {from: stopped, to: clarifying, requires: [{clarified: 1}], four_eyes: true}
stop_rules:
  no_pain: {in: clarifying, when: [{not: pain}], after: 60d, propose: stop, reason: no_fit, because: No problem no need}
"""

CONTACT = """\
---
name: Ada Example
status: clarifying
criteria:
  fit: {met: 2026-11-03, evidence: 85 people}
  conflict: {not_met: 2026-11-03}
decisions:
  - {date: 2026-10-20, to: new, because: Recommended by a customer}
  - {date: 2026-11-05, to: clarifying, because: Fits the profile}
---

Notes.
"""


def contact(*changes: str) -> dict[str, str]:
    """Give the example contact with texts in it replaced; `changes` are old, new, old, new and so on."""
    return {CONTACT_PATH: _changed(CONTACT, changes)}


def rulebook(*changes: str) -> dict[str, str]:
    """Give the example rule book with texts in it replaced; `changes` are old, new, old, new and so on."""
    return {RULEBOOK_PATH: _changed(RULEBOOK, changes)}


def _changed(text: str, changes: tuple[str, ...]) -> str:
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the example")
        text = text.replace(old, new)
    return text
