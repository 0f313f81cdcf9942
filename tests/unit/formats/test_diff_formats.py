"""The difference between two versions as text, as Markdown and as JSON, with texts that try to be something else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt

from crmtool.cli.diff import drawings
from crmtool.cli.session import Session
from crmtool.cli.terminal import drawn
from crmtool.difference import Compared, Difference, difference
from crmtool.formats import diff_json, diff_markdown, diff_words
from crmtool.formats.as_json import dumps
from crmtool.renames import pair_renames
from crmtool.schema import Schemas
from crmtool.snapshot import read_content
from tests.building import InMemory, shipped_schema
from tests.conftest import JANA, ROOT, RULEBOOK, TODAY
from tests.unit.formats.hostile import HOSTILE

COMPARED = Compared(base="b" * 40, end=None, names=("b" * 10, "the work tree"))
SCHEMAS = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
OUTPUT: dict[str, Any] = json.loads((ROOT / "schemas" / "output.schema.json").read_text("utf-8"))
BUYER = "  buyer: {met: 2026-11-20, evidence: She signs, attested_by: counterparty, by: Mira}\ndecisions:"
NEXT = "next_step:", "old_step:"
ENDED = JANA.replace("status: clarifying", "status: stopped").replace(
    "next_step:",
    '  - {date: 2026-11-20, to: stopped, because: "No need", reason: no_need, by: A, confirmed_by: B}\nnext_step:',
)
STEP = '{do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}'


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    def texts(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
        return {path: text for path, text in one.items() if path.startswith("contacts/") and path not in other}

    renamed = pair_renames(texts(before, after), texts(after, before))
    old, new = (read_content(InMemory(files), SCHEMAS) for files in (before, after))
    return difference(old, new, renamed, date.fromisoformat(TODAY), COMPARED)


def quoted(text: str) -> str:
    """Write a text as YAML that this program reads, without what no file can hold."""
    kept = re.sub("[\ud800-\udfff\x00\ufffe\uffff]", "", text)
    return f'"{"".join(each if ord(each) > 0xFFFF else json.dumps(each)[1:-1] for each in kept)}"'


def everything() -> Difference:
    """Compare two versions that differ in everything that can differ."""
    base = {
        "criteria.yaml": RULEBOOK,
        "contacts/changed.md": JANA,
        "contacts/ended.md": JANA.replace("Jana", "Erika"),
        "contacts/gone.md": JANA.replace("Jana", "Gerd").replace("2026-10-20", "2026-10-21"),
        "contacts/old/name.md": JANA.replace("Jana", "Rena").replace("2026-10-20", "2026-10-22"),
        "contacts/broken.md": JANA,
    }
    changed = (
        JANA.replace("decisions:", BUYER)
        .replace("40 T€ im Plan 2026", "50 T€")
        .replace(STEP, STEP.replace("CFO", "CEO"))
    )
    changed = changed.replace(
        '85 Mitarbeitende, B2B, Bremen"', '80", corrected: {date: 2026-11-20, because: "Zwei Werke"}'
    )
    changed = changed.replace("by: 2026-12-15", "by: 2026-11-15").replace("value: 42000", "value: 50000\nextra: {x: 1}")
    return compared(
        base,
        {
            "criteria.yaml": RULEBOOK.replace("decide_within: 30d", "decide_within: 10d").replace(
                "valid_for: 45d", "valid_for: 9d"
            ),
            "contacts/changed.md": changed.replace("owner: mira", "owner: jonas"),
            "contacts/ended.md": ENDED.replace("Jana", "Erika"),
            "contacts/nord/name.md": base["contacts/old/name.md"],
            "contacts/new.md": JANA.replace("Jana Köhler", "Xaver Y").replace("2026-10-20", "2026-10-23"),
            "contacts/broken.md": "---\nname: [\n---\n",
        },
    )


def hostile() -> Difference:
    """Let every text that a file holds try to be something else."""
    book = RULEBOOK.replace("label: In Klärung", f"label: {quoted(HOSTILE[6] + HOSTILE[7])}")
    book = book.replace("label: Entscheider bekannt", f"label: {quoted(HOSTILE[8])}")
    base, after = {"criteria.yaml": book}, {"criteria.yaml": book.replace("valid_for: 45d", "valid_for: 9d")}
    for i, text in enumerate(HOSTILE):
        written = JANA.replace("Jana Köhler", quoted(text)).replace("Nordlicht Logistik GmbH", quoted(text[::-1]))
        written = written.replace("2026-10-20", f"2026-09-{i + 1:02}")
        path = f"contacts/{i:02} {'' if i % 3 else '@a #1 | <b>]('}.md"
        base[path] = written
        after[path] = written.replace("decisions:", BUYER.replace("She signs", quoted(text))).replace(
            STEP, STEP.replace('"Mit CFO klären, ob Q1 gilt"', quoted(text))
        )
        if i % 2:
            stopped = f"{{date: 2026-11-20, to: stopped, because: {quoted(text)}, reason: {quoted(text)}}}"
            after[path] = (
                after[path]
                .replace("status: clarifying", "status: stopped")
                .replace(
                    "next_step:",
                    f"  - {stopped}\nnext_step:",
                )
            )
    after["contacts/<b>@team.md"] = "no front matter"
    return compared(base, after)


def text_of(found: Difference, monkeypatch: pytest.MonkeyPatch, width: int = 80) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    return "".join(f"{line}\n" for line in drawn(Session(), *drawings(found)))


@pytest.mark.parametrize("make", [everything, hostile], ids=["everything", "hostile"])
def test_golden(
    make: Callable[[], Difference], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, name = make(), make.__name__
    golden(f"diff/{name}.txt", text_of(found, monkeypatch))
    golden(f"diff/{name}.md", diff_markdown.render(found))
    golden(f"diff/{name}.json", dumps(diff_json.diff(found)) + "\n")


@pytest.mark.parametrize("make", [everything, hostile], ids=["everything", "hostile"])
def test_the_json_fits(make: Callable[[], Difference]) -> None:
    schema = {"$ref": "#/$defs/diff", "$defs": OUTPUT["$defs"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(dumps(diff_json.diff(make()))))


def test_the_totals_are_those_of_the_contacts() -> None:
    values = diff_json.diff(everything())
    counts, contacts = values["totals"], values["contacts"]
    assert counts["contacts"] == len(contacts) == 5
    outcomes = [decision["outcome"] for contact in contacts for decision in contact["decided"]]
    assert (counts["decisions"], counts["no"]) == (2, outcomes.count("no"))
    assert counts["entries"] == outcomes.count("entry") == 1
    assert counts["deleted"] == sum(contact["file"] == "deleted" for contact in contacts) == 1
    assert counts["renamed"] == sum(contact["renamed_from"] is not None for contact in contacts) == 1
    kinds = [past["kind"] for contact in contacts for past in contact["past"]]
    assert (counts["corrected"], counts["rewritten"]) == (kinds.count("corrected"), kinds.count("changed")) == (1, 1)


def test_a_terminal_obeys_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = text_of(hostile(), monkeypatch, 200)
    assert not set(told) & set("\x00\x07\x1b\u202e\u200f\x85")
    assert "bell \\u0007 escape \\u001b[31m" in told


def test_a_page_shows_texts_as_texts() -> None:
    markdown = diff_markdown.render(hostile())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    kinds = {each.type for token in tokens for each in (token, *(token.children or []))}
    assert not kinds & {"link_open", "image", "html_inline", "code_inline", "em_open", "s_open", "heading_open", "hr"}
    html = {token.content.strip() for token in tokens if token.type == "html_block"}
    assert html == {
        "<details>\n<summary>Details</summary>",
        "</details>",
        "<details>\n<summary>Rule book: the changed rule book judges none of 17 contacts differently</summary>",
    }
    text = unescape(markdown)
    assert "@\u200bteam" in text
    assert not re.search(r"[@#]\w|://|www\.|GH-\d", text)
    assert {line.count("|") for line in markdown.splitlines() if line.startswith("|")} == {5}


def test_no_personal_data_beyond_the_name() -> None:
    found = everything()
    markdown, values = diff_markdown.render(found), dumps(diff_json.diff(found))
    assert "Jana Köhler" in markdown
    assert "j.koehler" not in markdown + values


def test_nothing() -> None:
    files = {"criteria.yaml": RULEBOOK, "contacts/a.md": JANA}
    found = compared(files, files)
    assert diff_words.headline(found) == "nothing was decided or clarified"
    assert diff_markdown.render(found).splitlines()[0] == "**Nothing was decided or clarified**"
    assert "<details>" not in diff_markdown.render(found)


def many(count: int) -> Difference:
    base = {f"contacts/{i:04}.md": JANA.replace("Jana", f"J{i}") for i in range(count)} | {"criteria.yaml": RULEBOOK}
    after = {path: text.replace("decisions:", BUYER) for path, text in base.items()}
    return compared(base, after | {"criteria.yaml": RULEBOOK.replace("decide_within: 30d", "decide_within: 10d")})


def test_what_is_too_long_is_cut_between_contacts_and_says_so() -> None:
    found = many(300)
    for most in (diff_markdown.MOST, 10_000):
        markdown = diff_markdown.render(found, most)
        assert most * 0.9 < len(markdown) <= most
        rows = len(re.findall(r"^\| Nordlicht.* \|$", markdown, re.MULTILINE))
        blocks = markdown.partition("<details>")[2].partition("</details>")[0].count("\n**Nordlicht")
        affected = markdown.rpartition("<details>")[2].count("\n**Nordlicht")
        told = [int(n) for n in re.findall(r"^(\d+) more contacts? left out here", markdown, re.MULTILINE)]
        assert told == [300 - rows, 300 - blocks, 300 - affected]
        assert markdown.count("<details>") == markdown.count("</details>") == 2


def test_a_single_text_cannot_fill_it() -> None:
    files = {"criteria.yaml": RULEBOOK, "contacts/a.md": JANA}
    after = files | {"contacts/a.md": JANA.replace("decisions:", BUYER.replace("She signs", quoted("@x|" * 100_000)))}
    markdown = diff_markdown.render(compared(files, after))
    assert len(markdown) < 20_000
    assert "…" in markdown
