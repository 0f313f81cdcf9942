"""crmtool subject: all that is known of a person, in every form; crmtool erase as JSON fits its schema, too."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.cli import cli, prompting
from tests.cli.test_output_schema import validate
from tests.conftest import TODAY, Run, crmtool, write_files

WHO = "nordlicht/jana-koehler"
OTHER = """\
---
name: Owen Prichard
status: new
decisions: [{date: 2026-11-01, to: new, because: "Jana Koehler named him"}]
---
Frau Köhler again.
"""


def git(root: Path, *words: str) -> str:
    settings = ("-c", "user.name=Mira", "-c", "user.email=mira@crm.example")
    return subprocess.run(["git", *settings, *words], cwd=root, check=True, capture_output=True).stdout.decode()


@pytest.fixture
def told(workspace: Path) -> Path:
    git(workspace, "init", "--quiet", "-b", "main")
    write_files(workspace, {"old.txt": "j.koehler@nordlicht.example\n", "contacts/owen.md": OTHER})
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "With Jana Köhler")
    git(workspace, "rm", "--quiet", "old.txt")
    git(workspace, "mv", f"contacts/{WHO}.md", "contacts/jana.md")
    git(workspace, "commit", "--quiet", "-m", "Moved")
    return workspace


def run(root: Path, *arguments: str) -> Run:
    return crmtool(*arguments, "--today", TODAY, cwd=root)


def subject(root: Path, *options: str) -> dict[str, Any]:
    done = run(root, "subject", "jana", *options, "--format", "json")
    assert done.status == 0, done.err
    validate("subject", done.out)
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_all_of_it_is_told(told: Path) -> None:
    found = subject(told)
    assert found["file"]["path"] == "contacts/jana.md"
    assert found["file"]["fields"]["criteria"]["fit"]["evidence"] == "85 Mitarbeitende, B2B, Bremen"
    assert "Free Markdown notes." in found["file"]["notes"]
    assert (found["derived"]["status"], found["derived"]["verdict"]) == ("clarifying", "clarify")
    assert found["origin"] == {"source": "Empfehlung von Petersen & Co", "imported": []}
    assert found["retention"] == {"ended": "24m", "due": None}
    assert found["history"]["paths"] == ["contacts/jana.md", f"contacts/{WHO}.md"]
    assert [each["subject"] for each in found["history"]["commits"]] == ["Moved", "With Jana Köhler"]
    assert [each["subject"] for each in found["history"]["said"] if each["certain"]] == ["With Jana Köhler"]
    owen, old = found["mentions"]
    assert [(each["line"], each["found"], each["certain"]) for each in owen["mentions"]] == [
        (4, "Jana Koehler", True),
        (6, "Köhler", False),
    ]
    assert (old["path"], old["mentions"][0]["found"]) == ("old.txt", "j.koehler@nordlicht.example")
    assert old["mentions"][0]["commit"] == git(told, "rev-list", "--max-parents=0", "HEAD").strip()
    assert len(found["beyond"]) == 6


def test_what_was_imported_and_when_it_is_due(told: Path) -> None:
    file = told / "contacts/jana.md"
    text = file.read_text("utf-8").replace(
        "status: clarifying", 'status: stopped\nextra: {imported: [{from: hubspot-deals, id: "77", date: 2026-10-20}]}'
    )
    stopped = "  - {date: 2026-11-20, to: stopped, because: x y, reason: no_need}\n"
    file.write_text(text.replace("next_step:", f"{stopped}next_step:"), "utf-8")
    found = subject(told)
    assert found["origin"]["imported"] == [{"from": "hubspot-deals", "id": "77", "date": "2026-10-20"}]
    assert found["retention"] == {"ended": "24m", "due": "2028-11-20"}
    lines = run(told, "subject", "jana").out.splitlines()
    assert "  imported from hubspot-deals, as 77, on 2026-10-20" in lines
    assert "  these are to be erased from 2028-11-20 on" in lines


def test_as_text(told: Path) -> None:
    out = run(told, "subject", "jana").out
    for line in (
        "Nordlicht Logistik GmbH · Jana Köhler: all that is known on 2026-11-23",
        "  name: Jana Köhler",
        "  contacts/owen.md:6: Frau Köhler again. (perhaps)",
        "  status: In Klärung; verdict: clarify",
        f"  former paths: contacts/{WHO}.md",
        "  backups",
    ):
        assert line in out.splitlines()


def test_as_markdown_into_a_file_of_ones_own(told: Path) -> None:
    done = run(told, "subject", "jana", "--format", "markdown", "-o", "answer.md")
    assert (done.status, done.out) == (0, "")
    assert "do not commit it" in done.err
    file = told / "answer.md"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    assert "\n## Where it came from\n\n- source: Empfehlung von Petersen &#38; Co\n" in text
    assert "j.koehler@nordlicht.example" in text
    assert text.startswith("# Nordlicht Logistik GmbH · Jana Köhler")


def test_more_can_be_looked_for(told: Path) -> None:
    write_files(told, {"notes.txt": "JK called\n"})
    assert not any(each["path"] == "notes.txt" for each in subject(told)["mentions"])
    found = {each["path"]: each for each in subject(told, "--also", "JK")["mentions"]}
    assert found["notes.txt"]["mentions"][0]["kind"] == "text"
    assert found["notes.txt"]["tracked"] is False


def test_installed_programs_are_named_and_not_looked_into(told: Path) -> None:
    inside = {f"tools/.venv/{path}": "Jana Köhler\n" for path in ("pyvenv.cfg", "lib/x.py", "lib/node_modules/y.js")}
    others = {"web/node_modules/a/node_modules/z.js": "Jana Köhler\n", "built/page.html": "Jana Köhler\n"}
    write_files(told, {".gitignore": ".venv/\nnode_modules/\nbuilt/\n", **inside, **others})
    found = subject(told)
    paths = {each["path"] for each in found["mentions"]}
    assert "built/page.html" in paths
    assert not any("node_modules" in path or ".venv" in path for path in paths)
    assert found["unread"] == ["tools/.venv/", "web/node_modules/"]


def test_without_a_repository(workspace: Path) -> None:
    assert subject(workspace)["history"] is None
    assert "the workspace lies in no Git repository" in run(workspace, "subject", "jana").out


def test_before_the_first_commit(workspace: Path) -> None:
    git(workspace, "init", "--quiet")
    found = subject(workspace)
    assert found["history"] == {"paths": [f"contacts/{WHO}.md"], "commits": [], "said": [], "cut_off": False}
    assert "the file is not committed yet" in run(workspace, "subject", "jana").out


def test_a_shallow_clone_says_so(told: Path, tmp_path: Path) -> None:
    git(told, "clone", "--quiet", "--depth", "1", f"file://{told}", str(tmp_path / "clone"))
    assert subject(tmp_path / "clone")["history"]["cut_off"] is True
    assert "git fetch --unshallow" in run(tmp_path / "clone", "subject", "jana").out


def test_nobody_of_that_name(told: Path) -> None:
    done = run(told, "subject", "nobody")
    assert (done.status, done.out) == (2, "")
    assert "no contact 'nobody'" in done.err


def _end(root: Path) -> None:
    done = run(root, "stop", "jana", "no_need", "They plan with their own tool", "--commit")
    assert done.status == 0, done.err


@pytest.fixture
def ended(told: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Mira")
        monkeypatch.setenv(f"{name}_EMAIL", "mira@crm.example")
    _end(told)
    return told


def test_erasing_fits_its_schema(ended: Path) -> None:
    for options in ((), ("--mentions", "all"), ("--without-history",), ("--apply", "--mentions", "all")):
        done = run(ended, "erase", "jana", *options, "--format", "json")
        assert done.status == 0, done.err
        validate("erase", done.out)


@pytest.mark.parametrize(("answers", "status"), [("y\ny\ny\n", 0), ("n\ny\ny\n", 1)])
def test_a_person_at_a_terminal_is_asked_file_by_file(
    ended: Path, monkeypatch: pytest.MonkeyPatch, answers: str, status: int
) -> None:
    monkeypatch.setattr(prompting, "can_ask", lambda: True)
    words = ["-C", str(ended), "--today", TODAY, "erase", "jana"]
    dry = CliRunner().invoke(cli, words)
    assert "Mentions in other files that are asked about, one by one\n" in dry.stdout
    refused = CliRunner().invoke(cli, [*words, "--apply"], input="y\ny\nn\n")
    assert refused.exit_code == 1
    assert "nothing was changed" in refused.stderr
    result = CliRunner().invoke(cli, [*words, "--apply"], input=answers)
    assert result.output.index("make a backup first") < result.output.index("Replace the mentions in")
    assert result.exit_code == status, result.output
    assert "Replace the mentions in contacts/owen.md? [y/N]" in result.output
    assert "  contacts/owen.md:4: decisions: " in result.output
    assert ("[gelöscht] named him" in (ended / "contacts/owen.md").read_text("utf-8")) is (status == 0)


def test_what_crmtool_remembers_is_forgotten(ended: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run(ended, "focus")
    assert any((tmp_path / "cache").rglob("*.cache"))
    assert run(ended, "erase", "jana", "--apply", "--mentions", "all").status == 0
    assert not any((tmp_path / "cache").rglob("*.cache*"))
