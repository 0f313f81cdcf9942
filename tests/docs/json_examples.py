"""The workspace of the examples in docs/reference/json.md, and what is typed in it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import write_files

TODAY = "2026-11-23"
RULEBOOK = """\
version: 1
name: Customers
language: en
currency: EUR
statuses:
  new:        {label: New, meaning: "Is it worth attention?", kind: active, asks: "Worth it?", decide_within: 14d}
  clarifying: {label: Clarifying, meaning: "Anything to decide?", kind: active, asks: "Go on?", decide_within: 30d}
  agreed:     {label: Agreed, meaning: "They said yes", kind: won}
  stopped:    {label: Stopped, meaning: "Ended on purpose", kind: ended}
criteria:
  fit:    {label: Fits, question: "Do they fit?"}
  buyer:  {label: Buyer known, question: "Who signs?", weight: 2}
  budget: {label: Budget confirmed, question: "Is the budget confirmed?", valid_for: 90d}
reasons:
  stopped: {no_need: No need, no_decision: They do not decide}
transitions:
  capture: {to: new}
  qualify: {from: new, to: clarifying, requires: [fit]}
  agree:   {from: clarifying, to: agreed, requires: [buyer, budget]}
  stop:    {from: "*", to: stopped}
stop_rules:
  no_buyer: {in: clarifying, when: [{not: buyer}], after: 30d, propose: stop, because: "Nobody decides without a buyer"}
retention: {ended: 24m}
"""
JANA = """\
---
name: Jana Köhler
organization: Northwind Logistics
owner: mira
value: 42000
status: clarifying
criteria:
  fit: {met: 2026-11-03, evidence: "85 people"}
  budget: {met: 2026-11-12, evidence: "In the plan for 2027"}
decisions:
  - {date: 2026-10-20, to: new, because: "Recommended"}
  - {date: 2026-11-05, to: clarifying, because: "Fits", chance: 0.4}
next_step: {do: "Ask who signs", clarifies: buyer, due: 2026-11-28}
---

Notes.
"""
OTTO = """\
---
name: Otto Brandt
organization: Old Mill
status: stopped
decisions:
  - {date: 2024-09-02, to: new, because: "Asked us"}
  - {date: 2024-09-30, to: stopped, reason: no_need, because: "They plan with their own tool"}
---
"""
BEFORE = JANA.replace('  budget: {met: 2026-11-12, evidence: "In the plan for 2027"}\n', "")
LEADS = "Name;E-Mail;Status\nIda Bergmann;ida@bergmann.example;Qualified\n;;Lost\n"
BROKEN = (
    "---\nname: Anton Wels\nstatus: clarifying\ndecisions:\n  - {date: 2026-11-20, to: new, because: Asked us}\n---\n"
)
STRICTER = RULEBOOK.replace("after: 30d", "after: 14d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What is typed, in a workspace that some files are added to, and what of the output is left out."""

    typed: str
    cuts: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    status: int = 0


EXAMPLES = {
    "check": Example(typed="check", files=(("contacts/wels/anton-wels.md", BROKEN),), status=1),
    "why": Example(typed="why jana"),
    "focus": Example(typed="focus", cuts=("contacts.*",)),
    "list": Example(typed="list --owner mira"),
    "board": Example(typed="board", cuts=("statuses",)),
    "log": Example(typed="log --since 1m"),
    "progress": Example(typed="progress --since 7d --all"),
    "retention": Example(typed="retention"),
    "blame": Example(typed="blame jana", cuts=("entries",)),
    "diff": Example(typed="diff HEAD~1..HEAD"),
    "doctor": Example(typed="doctor", cuts=("checks.*.message", "checks"), status=1),
    "export": Example(typed="export --status clarifying", cuts=("contacts.*.fields", "contacts.*.why")),
    "import": Example(typed="import leads.csv --dry-run", files=(("leads.csv", LEADS),), status=1),
    "subject": Example(
        typed="subject jana", cuts=("file.fields", "derived", "looked_for", "history.commits.*.id", "beyond")
    ),
    "erase": Example(typed="erase otto", cuts=("tombstone", "looked_for", "tips", "by_hand")),
    "rules_impact": Example(typed="rules impact stricter.yaml", files=(("stricter.yaml", STRICTER),)),
}
"""By the name of the definition; a star stands for each item of a list."""


def make(folder: Path) -> Path:
    """Make the workspace: two commits, the same ids every time."""
    write_files(folder, {"criteria.yaml": RULEBOOK, "contacts/old-mill/otto-brandt.md": OTTO})
    write_files(folder, {"contacts/northwind/jana-koehler.md": BEFORE})
    _git(folder, "2026-11-10", "init", "--quiet", "--initial-branch=main", "--object-format=sha1")
    _commit(folder, "2026-11-10", "Jana fits")
    write_files(folder, {"contacts/northwind/jana-koehler.md": JANA})
    _commit(folder, "2026-11-16", "Jana has a budget")
    return folder


def _commit(folder: Path, day: str, message: str) -> None:
    _git(folder, day, "add", ".")
    _git(folder, day, "commit", "--quiet", "--message", message)


def _git(folder: Path, day: str, *arguments: str) -> None:
    who = {"NAME": "Mira", "EMAIL": "mira@crm.example", "DATE": f"{day}T09:00:00+00:00"}
    environment = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **environment}, check=True)
