"""Findings as they come, and findings whose texts try to be something else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crmtool.finding import CheckResult, Finding, Impact, Location, Severity
from crmtool.rules import ALL_RULES

DAY = date(2026, 11, 23)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
HOSTILE = (
    "quotes \" ' ` and \\",
    "two\nlines\r\n::error file=x::y",
    "::set-output name=a::b",
    "##[add-mask]secret",
    "100% of it, then: more",
    "]]> </failure><failure>",
    "a | b \\| c || d",
    "<script>alert(1)</script> <!-- --> &amp; </code></details>",
    "@team @mira#12 mira@nordlicht.example see #12 GH-12",
    "[click](https://evil.example) ![x](http://evil.example/x.png) [x](1) www.evil.example",
    "*bold* _it_ ~~gone~~ `code` :tada: $x^2$",
    "[[ATTACHMENT|/etc/passwd]]",
    "emoji 👩‍👩‍👧 and Ünïcödé „…“",
    "turned \u202eright to left\u202c and \u200f marks",
    "bell \x07 escape \x1b[31m nul \x00 next \x85 none \ufffe\uffff",
    "lone \udcff\ud800 surrogate",
    "{0} {{1}}",
)
PATHS = (
    "contacts/ok.md",
    "contacts/köhler & söhne/a,b:c%d.md",
    "contacts/sub/::error::x.md",
    "contacts/line\nbreak|<b>@team.md",
    "contacts/not\udcfftext.md",
)


def finding(message: str = "unknown key 'emial'", path: str = "contacts/a.md", **values: object) -> Finding:
    """Make a finding; `line` may be given beside the fields of a finding."""
    line = int(str(values.pop("line", 5)))
    place = Location(path=path, line=line, column=3, end_line=line, end_column=8)
    fields = {"code": "unknown-key", "severity": Severity.ERROR, "hint": "did you mean 'email'?", **values}
    return Finding(location=place, message=message, **fields)  # type: ignore[arg-type]


def result(*findings: Finding, paths: Iterable[str] = (), impact: tuple[Impact, ...] = ()) -> CheckResult:
    """Make the result of a check in which all files with findings were looked at."""
    looked_at = dict.fromkeys((*paths, *(found.location.path for found in findings)))
    contacts = tuple(path for path in looked_at if path.endswith(".md"))
    return CheckResult(today=DAY, paths=contacts, findings=findings, impact=impact)


def everything_hostile() -> CheckResult:
    """Give findings of all kinds, with every hostile text as message and as hint, and every hostile path."""
    codes = list(ALL_RULES)
    findings = [
        Finding(
            code="rules-idle-criterion",
            severity=Severity.WARNING,
            location=Location(path="criteria.yaml", line=12, column=3, end_line=13, end_column=1),
            message="the criterion 'size' decides nothing",
            hint="name it where it decides\n  or stop asking",
        ),
        Finding(code="unreadable", severity=Severity.ERROR, location=Location(path=PATHS[0]), message="no", hint=""),
    ]
    for i, text in enumerate(HOSTILE):
        code = codes[i * 3 % len(codes)]
        path = PATHS[i % len(PATHS)]
        place = Location(path=path, line=i + 1, column=2, end_line=i + 1, end_column=9)
        severity = ALL_RULES[code].severity
        hint = f"write {text}\n{text}"
        commit = COMMIT if i % 5 == 4 else None
        findings.append(Finding(code=code, severity=severity, location=place, message=text, hint=hint, commit=commit))
    findings.append(finding("very long: " + "lang " * 2000, PATHS[0], line=99))
    impact = tuple(
        Impact(
            contact=path.removeprefix("contacts/").removesuffix(".md"),
            verdict_before="plan",
            verdict_after="stop" if i else None,
            distance_before=2,
            distance_after=i or None,
        )
        for i, path in enumerate(PATHS)
    )
    return result(*findings, paths=("contacts/sound.md", *PATHS), impact=impact)
