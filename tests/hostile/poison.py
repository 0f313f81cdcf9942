"""A workspace in which every text holds what a terminal, a log or a server would obey."""

from __future__ import annotations

import re
from pathlib import Path

from tests.git.conftest import Repo

RAW = "\x1b[31m\x1b]8;;https://x.example\x07X\x1b]52;c;ZQ==\x07\x9b2J\x9d0;t\x9c\u202eabc\u2066\x7f\x08"
"""Colours, a link, the clipboard, the screen erased, the window's title, text turned around, and signs taken back."""
WRITTEN = (
    r"\e[31m\e]8;;https://x.example\aX\e]52;c;ZQ==\a\x9b2J\x9d0;t\x9c\u202eabc\u2066\x7f\b"
    r"\r\n::error::x%0A::set-output name=x::y"
)
"""The same in YAML, with a line break and a command of a workflow behind it."""
IN_NAMES = "\x1b]52;c;ZQ==\x07\u202ey\nz\x9b"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\n *(?:::|##\\[)|^ *::")
"""What is never to reach a terminal or a log."""


def q(text: str) -> str:
    """Write a poisoned text in YAML."""
    return f'"{text}{WRITTEN}"'


RULES = f"""\
version: 1
name: {q("Kunden")}
language: en
currency: EUR
statuses:
  new: {{label: {q("New")}, meaning: {q("Worth")}, kind: active, asks: {q("Worth it?")}, decide_within: 14d, limit: 1}}
  ready: {{label: {q("Ready")}, meaning: {q("All")}, kind: active, asks: {q("Yes?")}, decide_within: 21d}}
  held: {{label: {q("Held")}, meaning: {q("M")}, kind: hold}}
  agreed: {{label: {q("Agreed")}, meaning: {q("yes")}, kind: won}}
  stopped: {{label: {q("Stopped")}, meaning: {q("no")}, kind: ended}}
criteria:
  fit: {{label: {q("Fits")}, question: {q("Between?")}}}
  budget: {{label: {q("Budget")}, question: {q("Budget?")}}}
reasons:
  stopped: {{no_fit: {q("nofit")}}}
transitions:
  capture: {{to: new}}
  mature: {{from: new, to: ready, requires: [fit]}}
  agree: {{from: ready, to: agreed, requires: [budget]}}
  hold: {{from: [new, ready], to: held}}
  back: {{from: held, to: new}}
  stop: {{from: "*", to: stopped}}
stop_rules:
  r1: {{in: new, when: [{{not: fit}}], after: 5d, propose: stop, reason: no_fit, because: {q("because")}}}
retention: {{ended: 1m}}
"""
GOOD = f"""\
---
name: {q("Jana")}
organization: {q("Org")}
role: {q("role")}
email: {q("e@x")}
phone: {q("123")}
url: {q("https://x")}
source: {q("src")}
owner: {q("own")}
tags: [{q("tag")}]
status: new
criteria:
  fit: {{not_met: 2026-11-03, evidence: {q("ev")}, by: {q("by")}}}
decisions:
  - {{date: 2026-11-01, to: new, because: {q("Asked")}, by: {q("by")}}}
next_step: {{do: {q("do")}, clarifies: budget, due: 2026-11-20, owner: {q("o")}}}
blocked: {{by: {q("blk")}, since: 2026-11-02}}
stop_if:
  - {{when: {q("when")}, by: 2026-11-10}}
extra: {{{q("k")}: {q("v")}}}
---
Notes {RAW}
"""
ENDED = f"""\
---
name: {q("Ended")}
status: stopped
decisions:
  - {{date: 2026-01-01, to: new, because: {q("Asked")}}}
  - {{date: 2026-02-01, to: stopped, because: {q("No")}, reason: no_fit}}
---
"""
BROKEN = {
    "b1": f"---\nname: {q('x')}\nstatus: {q('nope')}\n{q('unk')}: 1\ncriteria: {{{q('c')}: {{met: {q('d')}}}}}\n"
    f"decisions: [{{date: {q('d')}, to: {q('t')}, because: {q('b')}, reason: {q('r')}}}]\n---\n",
    "b2": f"---\nname: {q('x')}\nstatus: ready\ndecisions:\n  - {{date: 2026-11-01, to: new, because: {q('b')}}}\n"
    f"  - {{date: 2026-11-01, to: ready, because: {q('b')}, by: {q('x')}}}\n---\n",
    "b3": f"---\n{q('a')}: 1\n{q('a')}: 2\n---\n",
    "b4": f"---\nname: x{RAW}\n---\n",
    "b5": "---\nname: &x\u202e y\n---\n",
    "b6": "---\nname: !t\u202e\x9b y\n---\n",
    "b7": f"---\nname: [\u202e{RAW}\n---\n",
    "b8": f"no{RAW}\n",
    "b9": "---\nname: N\nstatus: gone\n\u202e\x9b: 3\ndecisions: []\n---\n",
}
CSV = f'Name;Firma;E-Mail\n"Ida{RAW}";"../../x{RAW}";"a@b.example"\n;"{RAW}";\n"x";"y";"{RAW}@b"\n'
CARDS = f"BEGIN:VCARD\nVERSION:3.0\nFN:V{RAW}\nORG:..{RAW}\nTEL:{RAW}\nX{RAW}:y\nEND:VCARD\nBEGIN:VCARD\nFN{RAW}\n"


def poisoned(repo: Repo) -> Path:
    """Commit the workspace twice, by an author of that kind; put what is broken beside it."""
    author = {"GIT_AUTHOR_NAME": f"A{RAW}", "GIT_COMMITTER_NAME": f"C{RAW}"}
    message = f"Subject{RAW}\n\n::error::x\nBody{RAW}"
    repo.write("criteria.yaml", RULES)
    repo.write("contacts/jana.md", GOOD)
    repo.write(f"contacts/dir{IN_NAMES}/anna{IN_NAMES}.md", GOOD.replace("Jana", "Anna"))
    repo.write("contacts/ended.md", ENDED)
    repo.git("add", ".")
    repo.git("commit", "-q", "--no-verify", "-m", message, **author)
    repo.write(
        "contacts/jana.md", GOOD.replace("not_met: 2026-11-03", "met: 2026-11-04").replace('"Asked', '"Was asked')
    )
    repo.write("criteria.yaml", RULES.replace("limit: 1", "limit: 2").replace('"Fits', '"Suits'))
    repo.git("commit", "-q", "--no-verify", "-a", "-m", message, **author)
    repo.git("branch", "b\u202ex")
    repo.git("config", "remote.origin.url", f"https://x{RAW}/z")
    for name, text in BROKEN.items():
        repo.write(f"contacts/{name}{IN_NAMES if name == 'b1' else ''}.md", text)
    repo.write("in\u202e\x9b.csv", CSV)
    repo.write("in.vcf", CARDS)
    repo.write("map.yaml", f"{q('columns')}: 3\n")
    return repo.top
