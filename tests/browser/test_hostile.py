"""Hostile texts in every field, in the rule book, in file names and in bodies: nothing of them runs in the browser.

The pages are opened with their Content-Security-Policy switched off, so that escaping alone has to hold.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.payloads import IN_BODIES, IN_FIELDS
from tests.browser.watched import Watched, pages
from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files
from tests.site.conftest import CONFIGURATION

pytestmark = pytest.mark.browser

STRANGE = """() => {
  const inside = [...document.querySelectorAll('.crm *')];
  const foreign = /^(script|style|iframe|object|embed|img|video|math|form|base|meta|link|foreignobject|animate)$/i;
  const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:', 'file:']);
  const address = one => typeof one.href === 'string' ? one.href : one.href && one.href.baseVal;
  return [
    ...[...document.scripts].filter(one => !one.src.startsWith(location.href.split('/public/')[0])),
    ...inside.filter(one => foreign.test(one.localName)),
    ...inside.filter(one => one.getAttributeNames().some(name => name.startsWith('on') || name === 'style')),
    ...inside.filter(one => address(one) && !allowed.has(new URL(address(one), location.href).protocol)),
  ].map(one => one.outerHTML.slice(0, 200));
}"""
HANDLERS = """() => document.querySelectorAll(':not(.search-box)').forEach(one => {
  for (const name of ['mouseover', 'focus', 'toggle', 'error', 'load']) one.dispatchEvent(new Event(name));
})"""


def test_the_payloads_are_at_least_thirty_and_all_different() -> None:
    assert len(set(IN_FIELDS)) == len(IN_FIELDS) >= 30
    assert len(set(IN_BODIES)) == len(IN_BODIES)


def test_nothing_hostile_runs(browser: Browser, tmp_path: Path) -> None:
    root = write_files(tmp_path, {**contacts(), "criteria.yaml": rules(), "site/mkdocs.yml": CONFIGURATION})
    (root / "site/pages").mkdir()
    run = crmtool("--today", TODAY, "site", "build", cwd=root)
    assert run.status == 0, run.err
    site = root / "site/public"
    built = pages(site)
    assert len(built) > len(IN_BODIES)
    seen = Watched(browser, bypass_csp=True)
    seen.page.add_init_script("window.pwned = () => { window.ran = true; }")
    for file in built:
        seen.page.goto(file.as_uri())
        seen.page.evaluate(HANDLERS)
        assert seen.page.evaluate("window.ran") is None, file
        assert seen.page.evaluate(STRANGE) == [], file
    search(seen)
    assert seen.troubles == []
    assert seen.asked_outside(site) == set()
    seen.close()


def test_the_payloads_would_run_if_they_were_let(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<!doctype html><body>{IN_FIELDS[0]}{IN_FIELDS[4]}", "utf-8")
    seen = Watched(browser)
    seen.page.add_init_script("window.pwned = () => { window.ran = (window.ran || 0) + 1; }")
    seen.page.goto((tmp_path / "page.html").as_uri())
    seen.page.wait_for_function("window.ran === 2")
    seen.close()


def search(seen: Watched) -> None:
    for query in ("script", "img", "pwned"):
        box = seen.page.get_by_role("combobox")
        box.fill(query)
        seen.page.get_by_role("option").first.wait_for()
        seen.page.evaluate(HANDLERS)
        assert seen.page.evaluate("window.ran") is None
        assert seen.page.locator(".search-found :is(img, script, svg)").count() == 0


def contacts() -> dict[str, str]:
    """One contact for each payload, which stands in every one of its fields and in its body."""
    bodies = list(IN_BODIES)
    found = {f"contacts/{i}.md": contact(IN_FIELDS[i % len(IN_FIELDS)], bodies[i]) for i in range(len(bodies))}
    for i, payload in enumerate(IN_FIELDS[:12]):
        name = re.sub(r"[/\x00]", "", payload)
        found[f"contacts/{i} {name}.md"] = contact("harmless", "harmless")
    found["contacts/jana.md"] = JANA
    return found


def contact(payload: str, body: str) -> str:
    fields: dict[str, Any] = {
        **dict.fromkeys(("name", "organization", "role", "address", "source", "owner", "email", "phone"), payload),
        "url": [payload, f"https://ok.example/{payload}"],
        "tags": [payload],
        "extra": {payload: payload},
        "status": "clarifying",
        "criteria": {
            "fit": {"met": "2026-11-02", "evidence": payload, "by": payload},
            "budget": [{"met": "2026-11-01", "evidence": payload}, {"not_met": "2026-11-03", "evidence": payload}],
            "conflict": {"met": "2026-11-20", "evidence": payload},
        },
        "decisions": [
            {"date": "2026-10-01", "to": "new", "because": payload, "by": payload, "confirmed_by": payload},
            {"date": "2026-10-05", "to": "stopped", "because": payload, "reason": payload},
            {"date": "2026-10-12", "to": "clarifying", "because": payload, "chance": 0.4},
        ],
        "next_step": {"do": payload, "clarifies": "buyer", "due": "2026-11-28", "owner": payload},
        "blocked": {"by": payload, "since": "2026-11-01"},
        "stop_if": [{"when": payload, "by": "2026-11-01"}, {"when": payload, "by": "2026-12-01"}],
    }
    return f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n\n{body}\n"


def rules() -> str:
    """The rule book with another payload in each of its texts."""
    payloads = iter(IN_FIELDS * 4)

    def hostile(match: re.Match[str]) -> str:
        return match[1] + json.dumps(next(payloads), ensure_ascii=False)

    named = RULEBOOK.replace("name: Neukunden", f"name: {json.dumps(IN_FIELDS[0])}")
    return re.sub(r'((?:label|meaning|asks|question|because): )("[^"]*"|[^,}"]+)', hostile, named)
