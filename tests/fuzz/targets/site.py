"""Any texts in contacts, notes and the rule book: pages that are well formed, say them, and run nothing of them."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.contact import contact_from
from crmtool.document import read_contact
from crmtool.mkdocs_plugin.frames import PageFrame, cut
from crmtool.mkdocs_plugin.marks import CONTENT, TITLE, Marks
from crmtool.report.edition import Edition, edition
from crmtool.report.frame import counts_script, frame
from crmtool.report.search import search_script
from crmtool.report.site import contact_pages, reports
from crmtool.text import printable
from tests.browser.payloads import IN_BODIES, IN_FIELDS
from tests.building import rulebook_of
from tests.fuzz.html import assert_page, text_of
from tests.fuzz.promises import NOW
from tests.fuzz.target import structured

LINKS = (
    "../x/y.md",
    "b.md",
    "/b.md",
    "b.md#x",
    "b%2emd",
    "//evil.example",
    "\\\\evil.example",
    "javascript:x",
    "DATA:x",
    " x",
)
MARKDOWN = (
    "# ", "## ", "- ", "1. ", "> ", "```", "~~~", "    ", "*", "**", "_", "~~", "`", "[", "](", ")", "![", "<", ">",
    "&", "&#0;", "&lt;", "|", "\n", "\n\n", "\r\n", "\\", "---\n", "| a | b |\n|---|---|\n", "[x]: ", '"', "'", "(",
    "\t", "http://a.example", "<http://a.example>", "a", "ü", "\u202e", "\x00", "\x1b", "\u2028",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(IN_FIELDS),
    st.text(min_size=1, max_size=20).filter(str.strip),
    st.lists(st.sampled_from([*MARKDOWN, "{{", "}}", "{%", "%}", "x y"]), min_size=1, max_size=8)
    .map("".join)
    .filter(str.strip),
)
BODIES = st.lists(
    st.sampled_from(MARKDOWN) | st.sampled_from(LINKS) | st.sampled_from(IN_BODIES) | st.text(max_size=5), max_size=30
).map("".join)
FRAME = '<p title="{title}">{title}</p>\n<section>{content}</section>'
"""A theme's page: what MkDocs hands it as a title is HTML already."""


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule book whose every text may be anything."""

    def status(kind: str, **more: Any) -> dict[str, Any]:
        return {"label": draw(TEXTS), "meaning": draw(TEXTS), "kind": kind, **more}

    said = draw(TEXTS)
    return {
        "name": draw(TEXTS),
        "language": draw(st.sampled_from(["de", "en"])),
        "statuses": {
            "new": status("active", asks=said, decide_within="5d", requires=["fit"]),
            "held": status("hold"),
            "won": status("won"),
            "ended": status("ended"),
        },
        "criteria": {
            "fit": {"label": draw(TEXTS), "question": said},
            "out": {"label": said, "question": said, "knockout": True, "valid_for": "3d"},
        },
        "transitions": {
            "in": {"to": "new"},
            "win": {"from": "new", "to": "won", "requires": ["fit", {"not": "out"}, {"has": "extra.x"}], "by": [said]},
            "hold": {"from": "new", "to": "held", "requires": [{"has": "revisit"}]},
            "stop": {"from": "*", "to": "ended"},
        },
        "stop_rules": {"late": {"in": "new", "when": [{"not": "fit"}], "after": "8d", "because": draw(TEXTS)}},
        "reasons": {"ended": {"no": draw(TEXTS)}},
    }


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a contact whose every text may be anything."""
    said, day = draw(TEXTS), st.sampled_from(["2026-11-02", "2026-11-12", "2026-11-20"])
    fields: dict[str, Any] = {
        "name": draw(TEXTS),
        "organization": draw(TEXTS),
        "email": [said, draw(TEXTS)],
        "phone": draw(TEXTS),
        "url": draw(st.sampled_from(["https://", "http://", "javascript:", ""])) + said,
        "tags": [said],
        "status": draw(st.sampled_from(["new", "new", "held", "won", "ended"])),
        "next_step": {"do": said, "clarifies": "fit", "due": draw(day)},
        "stop_if": [{"when": said, "by": draw(day)}],
        "criteria": {draw(st.sampled_from(["fit", "out"])): {"met": draw(day), "evidence": said, "by": said}},
        "extra": {draw(TEXTS): said, "x": draw(TEXTS)},
    }
    fields |= draw(st.sampled_from([{}, {"role": said, "address": said, "source": said, "owner": said}]))
    fields |= draw(st.sampled_from([{}, {"blocked": {"by": said, "since": "2026-11-01"}}, {"revisit": "2026-11-20"}]))
    fields["decisions"] = [{"date": "2026-11-01", "to": "new", "because": draw(TEXTS), "by": said, "chance": 0.5}]
    if fields["status"] != "new":
        fields["decisions"] += [{"date": draw(day), "to": fields["status"], "because": said, "reason": "no"}]
    return fields


IDS = st.lists(TEXTS.map(lambda text: text.replace("/", "").strip(" .")[:40] or "x"), min_size=1, max_size=3).map(
    "/".join
)
FILES = st.dictionaries(
    IDS.filter(lambda id: not id.startswith(".")), st.tuples(contacts(), BODIES), min_size=1, max_size=3
)


def _json(value: object) -> str:
    """Write JSON that is YAML, too: astral characters as they are, control characters as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def laid_out(book: dict[str, Any], files: dict[str, tuple[dict[str, Any], str]]) -> Edition:
    read, bodies = [], {}
    for id, (fields, body) in files.items():
        contact = contact_from(read_contact(f"contacts/{id}.md", f"---\n{_json(fields)}\n---\n".encode()))
        assert contact is not None
        read.append(contact)
        bodies[contact.id] = body
    return edition(read, rulebook_of(_json(book)), NOW, bodies=bodies)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(rules(), FILES)
def explore(book: dict[str, Any], files: dict[str, tuple[dict[str, Any], str]]) -> None:
    laid = laid_out(book, files)
    for page in reports(laid):
        assert_page(page.html())
    theme = _theme()
    for assessment, page in zip(laid.assessments, contact_pages(laid), strict=True):
        content, contact = page.html(), assessment.contact
        assert_page(content)
        told = _folded(text_of(content))
        for text in (contact.name, contact.text("organization"), *(d.because for d in contact.decisions)):
            assert _folded(printable(text)) in told, (text, told)
        before, after = (part.decode() for part in theme.around(("", page.title)))
        assert_page(before + content + after)
    _assert_scripts(laid)


def _theme() -> PageFrame:
    marks = Marks("1" * 24)
    made = cut(FRAME.format(title=html.escape(marks.of(TITLE)), content=marks.of(CONTENT)), marks)
    assert made is not None
    return made


def _assert_scripts(laid: Edition) -> None:
    """A script is one call with JSON, which has no text in it that a browser would take for the script's end."""
    for script, name in ((search_script(laid), "crmtoolContacts"), (counts_script(frame(laid, None)), "crmtoolCounts")):
        opening, end = f"{name}(", ");\n"
        assert script.startswith(opening)
        assert script.endswith(end)
        json.loads(f"[{script.removeprefix(opening).removesuffix(end)}]")


def _folded(text: str) -> str:
    return " ".join(text.split())


TARGET = structured("site", explore, size=3000)
