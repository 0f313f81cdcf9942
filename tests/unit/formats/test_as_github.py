from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from crmtool.finding import CheckResult, Finding, Location, Severity
from crmtool.formats.as_github import MOST, SUMMARY_BYTES, beyond, render, summary
from crmtool.text import visible
from tests.unit.formats.hostile import COMMIT, HOSTILE, everything_hostile, finding, result

Command = tuple[str, dict[str, str], str]


def commands(text: str) -> list[Command]:
    """Read the commands of a log as the runner does: what begins with two colons, and the older ones anywhere."""
    found: list[Command] = []
    for line in text.split("\n"):
        assert "##[" not in line or line.startswith("::")
        if line.lstrip().startswith("::"):
            name, _, told = line[2:].partition("::")
            name, _, listed = name.partition(" ")
            pairs = (pair.split("=", 1) for pair in listed.split(",") if pair)
            found.append((name, {key: unescaped(value, ":,%") for key, value in pairs}, unescaped(told, "%")))
    return found


def unescaped(text: str, signs: str) -> str:
    for sign in ("\r", "\n", *signs):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def warned(count: int) -> list[Finding]:
    return [finding(f"w{i}", severity=Severity.WARNING) for i in range(count)]


def test_a_finding_is_a_command() -> None:
    assert render(result(finding("100%: a, b", "contacts/a,b:c.md", commit=COMMIT))) == (
        "::error file=contacts/a%2Cb%3Ac.md,line=5,endLine=5,col=3,endColumn=8,title=unknown-key"
        "::100%25: a, b (in commit 0123456789)%0Adid you mean 'email'?"
    )


def test_columns_are_told_within_one_line_only() -> None:
    place = Location(path="a.md", line=1, column=2, end_line=3, end_column=4)
    ((_, properties, _),) = commands(
        render(result(Finding(code="x", severity=Severity.ERROR, location=place, message="")))
    )
    assert properties == {"file": "a.md", "line": "1", "endLine": "3", "title": "x"}


def test_nothing_found_is_nothing_printed() -> None:
    assert render(result(paths=["contacts/a.md"])) == ""


def test_the_most_important_come_first_and_ten_of_each_are_shown() -> None:
    errors = [finding(f"e{i}", commit=COMMIT if i < 5 else None) for i in range(12)]
    checked = result(*warned(12), *errors)
    told = commands(render(checked))
    shown = [text.partition("\n")[0] for name, _, text in told if name in ("error", "warning")]
    assert shown[:MOST] == [*(f"e{i}" for i in range(5, 12)), *(f"e{i} (in commit 0123456789)" for i in range(3))]
    assert shown[MOST:] == [f"w{i}" for i in range(10)]
    assert beyond(checked) == 4
    assert [text for name, _, text in told if name == "group"] == ["4 more findings"]
    folded = render(checked).partition("::group::")[2]
    assert [word in folded for word in ("e3 ", "e4 ", "w10 ", "w11 ", "e5 ", "w9 ")] == [True] * 4 + [False] * 2


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("times", [1, 30])
def test_a_text_never_becomes_a_command(text: str, times: int) -> None:
    told = commands(render(result(*(finding(text, f"::error::/{text}", hint=text) for _ in range(times)))))
    names = [name for name, _, _ in told]
    assert names == ["error"] * min(times, MOST) + (["group", "endgroup"] if times > MOST else [])
    assert told[0][2].split("\n") == [visible(text), *map(visible, text.splitlines())]
    assert told[0][1]["file"] == visible(f"::error::/{text}")


def test_hostile_texts(golden: Callable[[str, str], None]) -> None:
    checked = everything_hostile()
    golden("formats/github.txt", render(checked) + "\n")
    golden("formats/github-summary.md", summary(checked, "6 contacts checked: 12 errors"))
    assert max(map(len, render(checked).split("\n"))) < 2500


class Page(HTMLParser):
    """The cells of the tables of a page and what stands in them, its tags, and all its links."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.feed(MarkdownIt("commonmark").enable("table").render(markdown))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and data != "\n":  # which stands between the elements
            self.rows[-1][-1] += data


OWN_TAGS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "details", "summary", "ul", "li"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_in_its_cell_as_it_is(text: str) -> None:
    page = Page(summary(result(finding(text, f"contacts/{text}.md", hint=text)), "1 error"))
    assert page.tags <= OWN_TAGS
    (_, (severity, where, what)) = page.rows
    assert severity == "error"
    assert where == f"{visible(f'contacts/{text}.md')}:5:3"
    told = "\n".join([visible(text), *map(visible, text.splitlines())])
    assert what.partition(" [unknown-key]")[0] == told


def test_no_sign_that_means_something_to_github_is_left() -> None:
    rows = summary(everything_hostile(), "x").split("\n")[4:]
    told = "\n".join(row.replace("<code>", "").replace("</code>", "").replace("<br>", "") for row in rows)
    assert "@" not in told
    assert "www." not in told
    assert "#12" not in told.replace("&#12", "")


def long_result(count: int) -> CheckResult:
    return result(*(finding(f"number {i}", f"contacts/{i}.md") for i in range(count)))


def test_a_long_table_is_folded() -> None:
    assert "<details>" not in summary(long_result(19), "19 errors")
    folded = summary(long_result(20), "20 errors")
    assert folded.startswith("### 20 errors\n\n<details><summary>Findings (20)</summary>\n\n| |")
    assert folded.endswith("|\n\n</details>\n\n")


def test_it_never_grows_beyond_its_room() -> None:
    checked = long_result(20_000)
    whole = summary(checked, "20000 errors")
    assert SUMMARY_BYTES - 500 < len(whole.encode()) <= SUMMARY_BYTES
    assert "\n20,000 in all; the others have no room here.\n\n</details>\n" in whole
    assert len(Page(whole).rows) > 5000
    for room in range(0, 1500, 7):
        assert len(summary(everything_hostile(), "1 error", room).encode()) <= room
    assert summary(checked, "20000 errors", 20) == "### 20000 errors\n\n"
    assert summary(checked, "20000 errors", 10) == ""


def test_what_a_changed_rule_book_does_stands_below() -> None:
    text = summary(everything_hostile(), "x")
    assert "The changed rule book gives 5 of 6 contacts another verdict or distance:\n\n- <code>ok&#58; plan" in text
