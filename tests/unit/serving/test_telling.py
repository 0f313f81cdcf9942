"""What stands at the terminal and on top of the pages while something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crmtool.finding import Finding, Location, Severity
from crmtool.report.language import Language
from crmtool.serving.banner import banner
from crmtool.serving.rounds import BUILD, SCHEMAS, Outcome
from crmtool.serving.telling import Teller, named
from tests.building import day


def error(path: str, line: int = 1, message: str = "wrong", hint: str = "") -> Finding:
    place = Location(path=path, line=line, column=2, end_line=line, end_column=3)
    return Finding(code="schema", severity=Severity.ERROR, location=place, message=message, hint=hint)


def outcome(*errors: Finding, language: str = "en", **more: Any) -> Outcome:
    return Outcome(day=day("2026-11-23"), language=Language(language), errors=errors, **more)


def told(*outcomes: Outcome) -> list[str]:
    """What is told of the last outcome, after those before it."""
    lines: list[str] = []
    teller = Teller(find=lambda text: lines.append(f"> {text}"), note=lines.append)
    for one in outcomes:
        lines.clear()
        teller.tell(one)
    return lines


def test_what_was_built_is_named_but_only_a_few_of_many() -> None:
    assert told(outcome()) == []
    assert told(outcome(changed=("a", "b", "c"))) == ["Rebuilt: a, b, c."]
    assert told(outcome(changed=tuple("abcde"))) == ["Rebuilt: a, b, c and 2 more."]
    assert named(["a\x1b[31m"]) == "a\\u001b[31m"


def test_errors_are_told_once_for_each_change_of_a_file() -> None:
    a, b = error("a.md", hint="mend it"), error("b.md", 3)
    assert told(outcome(a)) == ["> a.md:1:2: error: wrong [schema]\n    mend it"]
    assert told(outcome(a), outcome(a)) == []
    assert told(outcome(a), outcome(a, b, kept=("a.md", "b.md"))) == [
        "> b.md:3:2: error: wrong [schema]",
        "Until mended, shown as before: b.md.",
    ]
    assert told(outcome(a), outcome(error("a.md", 2))) == ["> a.md:2:2: error: wrong [schema]"]
    assert told(outcome(a, b), outcome(b)) == ["Mended: a.md."]
    assert told(outcome(a), outcome(), outcome(a)) == ["> a.md:1:2: error: wrong [schema]\n    mend it"]


def test_refusals_are_told_once_and_when_they_are_mended() -> None:
    refused = outcome(refusals={BUILD: "no\x1b", SCHEMAS: "neither"})
    assert told(refused) == ["crmtool: no\\u001b", "crmtool: neither"]
    assert told(refused, refused) == []
    assert told(refused, outcome(refusals={BUILD: "still no"})) == ["crmtool: still no", "Mended: the schemas."]
    assert told(refused, outcome()) == ["Mended: the build, the schemas."]


def test_a_warning_is_told_until_a_build_has_none() -> None:
    warned = outcome(warnings=("careful",), folder=Path("1"))
    assert told(warned) == ["crmtool: careful"]
    assert told(warned, warned) == []
    assert told(warned, outcome(), warned) == []
    assert told(warned, outcome(folder=Path("2")), warned) == ["crmtool: careful"]


def test_a_site_in_order_has_no_banner() -> None:
    assert banner(outcome()) == ""


def test_the_banner_tells_where_what_and_what_to_do() -> None:
    html = banner(outcome(error("<b>.md", 7, 'a "<i>" \x1b', "do\n<this>"), language="de"))
    assert 'role="alert"' in html
    assert "1\u00a0Fehler ist zu beheben</h2>" in html
    assert "<code>&lt;b&gt;.md:7:2</code> a &#34;&lt;i&gt;&#34; \\u001b" in html
    assert "do\n&lt;this&gt;" in html
    assert "letzten gültigen Stand" in html
    assert "nicht neu bauen" not in html
    assert "style=" not in html


def test_the_banner_tells_that_nothing_could_be_built() -> None:
    html = banner(outcome(refusals={BUILD: "<no>"}))
    assert "&lt;no&gt;" in html
    assert "cannot be built anew" in html
    assert "last valid state" not in html
    assert "last valid state" in banner(outcome(refusals={SCHEMAS: "no"}))


def test_the_banner_lists_a_few_of_many() -> None:
    html = banner(outcome(*(error(f"{number}.md") for number in range(25))))
    assert html.count("<li") == 10
    assert "25\u00a0errors to mend" in html
    assert "and 15\u00a0more" in html
