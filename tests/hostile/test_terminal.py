"""No command prints raw what a terminal, a log or a server would obey, wherever it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.git.conftest import Repo
from tests.hostile.conftest import told
from tests.hostile.poison import IN_NAMES, OBEYED, RAW, poisoned

LOOKS = (
    "check",
    "check --strict",
    "check --base HEAD~1",
    "check --range HEAD~1..HEAD",
    "check --staged",
    "focus",
    "board",
    "list",
    "list --owner nobody",
    "log",
    "progress --since 2026-11-01",
    "diff",
    "diff HEAD~1",
    "diff HEAD~1..HEAD",
    "doctor",
    "rules check",
    "rules graph",
    "rules graph --format mermaid",
    "rules impact HEAD~1",
    "retention",
    "list --rev HEAD~1",
    "check contacts/b1",
    "diff HEAD~1..HEAD --format markdown",
    "retention --format json",
    "subject jana --format markdown",
    *(
        f"{command} --format json"
        for command in ("check", "focus", "list", "board", "log", "progress", "diff HEAD~1..HEAD", "doctor")
    ),
    *(f"check --format {form}" for form in ("gitlab", "sarif", "junit")),
    "export",
    "export --format ics --names",
    "export --format atom --names",
)
OF_ONE = (
    ("why",),
    ("why", "--format", "json"),
    ("blame",),
    ("subject",),
    ("log",),
    ("answer", "fit", "met", "--dry-run"),
    ("decide", "ready", "--because", "x", "--dry-run"),
    ("decide", "agreed", "--because", "x", "--dry-run"),
    ("stop", "--dry-run"),
    ("stop", "no_fit", "x", "--dry-run"),
    ("next", "--do", "x", "--clarifies", "fit", "--due", "7d", "--dry-run"),
    ("block", "--by", "x", "--dry-run"),
    ("revisit", "7d", "--dry-run"),
    ("correct",),
    ("edit",),
    ("erase",),
    ("correct", "fit", "--because", "y", "--evidence", "z", "--dry-run"),
    ("merge-contacts", "ended", "--dry-run"),
)
GIVEN = RAW.replace("\0", "")
WITH_ARGUMENTS = (
    ("why", GIVEN),
    ("list", "--rev", GIVEN),
    ("list", "--rev", "b\u202ex"),
    ("check", "--base", GIVEN),
    ("check", f"--range={GIVEN}..x"),
    ("check", GIVEN),
    ("diff", GIVEN),
    ("diff", GIVEN, GIVEN),
    ("why", "jana", "--rev", "b\u202ex"),
    ("rules", "impact", GIVEN),
    ("new", GIVEN, "--because", "b"),
    ("new", "Zed", "--because", "b", "--id", GIVEN),
    ("import", GIVEN),
    ("import", "in\u202e\x9b.csv", "--dry-run"),
    ("import", "in.vcf", "--dry-run"),
    ("import", "in\u202e\x9b.csv", "--mapping", "map.yaml"),
    ("import", "in.vcf", "--mapping", GIVEN, "--dry-run"),
    ("import", "in\u202e\x9b.csv", "--mapping", "new\x9b.yaml"),
    ("import", "in\u202e\x9b.csv"),
    ("import", "in.vcf"),
    ("import", "in.vcf", "--format", "json"),
    ("-C", GIVEN, "check"),
    ("--today", GIVEN, "check"),
    ("explain", GIVEN),
    (GIVEN,),
    ("check", f"--{GIVEN}"),
    ("check", "--format", GIVEN),
    ("answer", "jana", GIVEN, "met"),
    ("answer", "jana", "fit", GIVEN),
    ("decide", "jana", GIVEN, "--because", "x"),
    ("log", "--to", GIVEN),
    ("log", "--since", GIVEN),
    ("list", "--status", GIVEN),
    ("list", "--verdict", GIVEN),
    ("list", "--tag", GIVEN),
    ("export", "-o", GIVEN),
    ("export", "-o", "x\x9b.json"),
    ("subject", "jana", "-o", "x\x9b.txt"),
    ("init", "x\x9b\u202e"),
    ("init", "--ci", "github", "y\x9b\u202e"),
    ("merge-driver", GIVEN, "b", "c", GIVEN),
    ("hook", "install"),
    ("answer", "jana", "budget", "met", "--evidence", "ok", "--commit"),
    ("decide", "jana", "ready", "--because", "ok", "--commit"),
    ("new", "Neu", "--because", "b", "--commit"),
    ("hook", "uninstall"),
)


@pytest.fixture
def here(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("COLUMNS")  # what is piped is not broken into lines
    return poisoned(repo)


def obeyed(*arguments: str, at: Path) -> list[str]:
    done = told(*arguments, at=at)
    return [
        text[max(0, match.start() - 60) : match.end() + 20]
        for text in (done.out, done.err)
        for match in OBEYED.finditer(text)
    ]


def obeyed_of_data(*arguments: str, at: Path) -> list[str]:
    """Like `obeyed` for what has line ends of its own kind."""
    text = told(*arguments, at=at).out.replace("\r\n ", "").replace("\r\n", "\n")
    return [match[0] for match in OBEYED.finditer(text)]


def test_the_poison_is_poison() -> None:
    assert OBEYED.search(RAW)
    assert OBEYED.search(IN_NAMES)
    assert OBEYED.search("x\n::error::")


def test_commands_that_look(here: Path) -> None:
    for look in LOOKS:
        find = obeyed_of_data if look.startswith("export") else obeyed
        assert (look, find(*look.split(), at=here)) == (look, [])


def test_commands_about_one_contact(here: Path) -> None:
    for command, *rest in OF_ONE:
        for who in ("jana", "anna", "b1", "b9", "an"):
            assert (command, rest, who, obeyed(command, who, *rest, at=here)) == (command, rest, who, [])


def test_commands_with_arguments_that_write(here: Path) -> None:
    for arguments in WITH_ARGUMENTS:
        assert (arguments, obeyed(*arguments, at=here)) == (arguments, [])


def test_workflow_commands_are_those_of_crmtool_alone(here: Path) -> None:
    lines = told("check", "--format", "github", at=here).out.splitlines()
    assert len(lines) > 5
    for line in lines:
        is_own = line.startswith(("::error file=", "::warning file=", "::group::", "::endgroup::"))
        assert is_own or ":" not in line[:3], line
        assert not OBEYED.search(line.removeprefix("::"))
        assert "%0A::" not in line.replace("%250A", "")


def test_reports_of_servers_can_be_read(here: Path) -> None:
    found = json.loads(told("check", "--format", "json", at=here).out)["findings"]
    cases = ElementTree.fromstring(told("check", "--format", "junit", at=here).out).iter("failure")
    assert len(list(cases)) >= len({each["path"] for each in found if each["severity"] == "error"})
    assert len(json.loads(told("check", "--format", "gitlab", at=here).out)) == len(found)
    assert len(json.loads(told("check", "--format", "sarif", at=here).out)["runs"][0]["results"]) == len(found)
    paths = {each["path"] for each in found}
    assert any(IN_NAMES in path for path in paths), "what is escaped means the same"


def test_json_says_what_the_file_says(here: Path) -> None:
    (one,) = (
        each
        for each in json.loads(told("list", "--format", "json", at=here).out)["contacts"]
        if each["contact"] == "jana"
    )
    assert "\u202eabc\u2066\x7f" in one["name"]


SHELL = "$(touch made)`touch made`;touch made;'\"x &>made"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_completed_is_not_run(repo: Repo, shell: str) -> None:
    """Each shell gets one word, which it would take back as it stands; bash, which quotes nothing, gets it quoted."""
    name = SHELL.replace("/", "")
    repo.workspace().write(f"contacts/zz{name}.md", repo.good)
    environment = {
        **os.environ,
        "_CRMTOOL_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "crmtool\nwhy\nzz" if shell == "bash" else "crmtool why zz",
        "COMP_CWORD": "zz" if shell == "fish" else "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "crmtool"], cwd=repo.top, env=environment, capture_output=True, check=True
    )
    written = done.stdout.decode()
    assert f"zz{name}" in written.replace("\\", "")
    if shell == "bash":
        word = written.partition(",")[2].strip()
        script = 'IFS=, read kind word; eval "set -- $word"; printf %s "$1"'  # as click's script and then bash read it
        back = subprocess.run(
            ["bash", "-c", script], cwd=repo.top, input=f"plain,{word}\n".encode(), capture_output=True, check=True
        )
        assert back.stdout.decode() == f"zz{name}"
    assert not list(repo.top.glob("made*"))
