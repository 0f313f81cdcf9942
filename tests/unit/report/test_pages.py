"""Whole pages: golden, escaped, and moved by a body nowhere but in its own notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from crmtool.report.edition import Edition
from crmtool.report.site import Page, contact_pages, reports
from tests.conftest import JANA, ROOT, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
DECISIONS = """decisions:
  - {date: 2026-10-01, to: new, because: "Messe"}
  - {date: 2026-10-12, to: clarifying, because: "Passt"}
"""
CONTACTS = {
    "nordlicht/jana-koehler": JANA,
    "hansa metall/uwe-richter": f"---\nname: Uwe Richter\norganization: Hansa\nstatus: clarifying\n{DECISIONS}---\n",
    "grün": "---\nname: Ada Grün\nstatus: new\ndecisions:\n  - {date: 2026-11-20, to: new, because: Anruf}\n---\n",
    "park": "---\nname: Ben Park\nstatus: parked\nrevisit: 2026-12-01\ndecisions:\n"
    "  - {date: 2026-11-18, to: parked, because: Umzug, reason: timing}\n---\n",
    "ja": "---\nname: Eva Ja\nstatus: agreed\nvalue: 12000\ndecisions:\n"
    "  - {date: 2026-10-18, to: new, because: Messe}\n  - {date: 2026-11-19, to: agreed, because: Zusage}\n---\n",
    "nein": "---\nname: Jan Nein\nstatus: stopped\ndecisions:\n  - {date: 2026-10-18, to: new, because: Messe}\n"
    "  - {date: 2026-11-20, to: stopped, because: Kein Bedarf, reason: no_need}\n---\n",
}

EXAMPLE_RULES = (ROOT / "criteria.yaml").read_text("utf-8")
EXAMPLE = {
    file.relative_to(ROOT / "contacts").with_suffix("").as_posix(): file.read_text("utf-8")
    for file in sorted((ROOT / "contacts").rglob("*.md"))
    if file.name != "README.md"
}


def all_pages(edition: Edition) -> dict[str, str]:
    found: list[Page] = [*reports(edition), *contact_pages(edition)]
    return {page.name: page.html() for page in found}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "name",
    [
        *("index", "pipeline", "decisions", "missing", "blocked", "stop"),
        *("progress", "rules", "contacts", "contacts/nordlicht/jana-koehler"),
    ],
)
def test_golden(lay: Lay, golden: Callable[[str, str], None], name: str, language: str) -> None:
    # The figures of progress need more than a handful of cases.
    contacts, rules = (EXAMPLE, EXAMPLE_RULES) if name == "progress" else (CONTACTS, RULEBOOK)
    laid = lay(contacts, rules=rules.replace("language: de", f"language: {language}"))
    golden(f"site/{language}-{name.rpartition('/')[2]}.html", all_pages(laid)[name])


def hostile(text: str) -> str:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    return re.sub(
        r'"[^"\n]*"|(?<=name: ).*|(?<=organization: ).*|(?<=role: ).*|(?<=source: ).*', lambda _: quoted, text
    )


def test_whatever_a_contact_or_the_rule_book_says_is_escaped(lay: Lay) -> None:
    rules = re.sub(r'(?<=label: )[^,}\n]+|"[^"\n]*"(?!:)(?!\])', lambda found: _if_text(found[0]), RULEBOOK)
    waits = JANA.replace("next_step:", 'blocked: {by: "x", since: 2026-11-20}\nnext_step:')
    laid = lay({"a": hostile(JANA) + HOSTILE, "b": hostile(waits)}, rules=rules)
    for html in all_pages(laid).values():
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script" in html


def _if_text(found: str) -> str:
    return found if found == '"*"' else "'" + HOSTILE.replace("'", "''") + "'"


def test_no_page_has_inline_styles_scripts_or_handlers(lay: Lay) -> None:
    for html in all_pages(lay(CONTACTS)).values():
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)


def test_every_link_leads_to_a_page(lay: Lay) -> None:
    pages = all_pages(lay(CONTACTS))
    names = {"contacts/hansa%20metall/uwe-richter", "contacts/gr%C3%BCn", *pages}
    for name, html in pages.items():
        for href in re.findall(r'href="([^"#:]+)"', html):
            folder = name.split("/")[:-1]
            up = href.count("../")
            target = "/".join([*folder[: len(folder) - up], href.replace("../", "")])
            assert target.removesuffix(".html") in names, (name, href)


def test_a_body_changes_nothing_but_its_own_notes(lay: Lay) -> None:
    before = all_pages(lay(CONTACTS))
    for id, text in CONTACTS.items():
        after = all_pages(lay({**CONTACTS, id: text + "\nstatus: agreed, heute angerufen, 2026-11-22\n"}))
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {f"contacts/{id}"}
        notes = '<section class="notes'
        assert after[f"contacts/{id}"].partition(notes)[0] == before[f"contacts/{id}"].partition(notes)[0]
