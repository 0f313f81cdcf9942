"""crmtool init, git init, crmtool hook install, and the first commits: the way of a new user."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from crmtool.app import templates
from tests.conftest import ROOT, TODAY, Run, crmtool


def _git(*arguments: str, cwd: Path) -> Run:
    environment = {
        **os.environ,
        "CRMTOOL_TODAY": TODAY,
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@t.example",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@t.example",
    }
    done = subprocess.run(["git", *arguments], cwd=cwd, env=environment, capture_output=True, check=False)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


_SALES = {"plain": (), "named": ("--template", "sales")}


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_new_workspace_is_sound(tmp_path: Path, language: str) -> None:
    made = crmtool("init", "sales", "--language", language, "--today", TODAY, cwd=tmp_path)
    assert made.status == 0
    root = tmp_path / "sales"
    check = crmtool("check", "--strict", "--today", TODAY, cwd=root)
    assert (check.status, check.out) == (0, "")
    assert crmtool("check", "--today", "2028-06-01", cwd=root).status == 0
    focus = json.loads(crmtool("focus", "--today", TODAY, "--format", "json", cwd=root).out)
    assert [(found["status"], found["verdict"]) for found in focus["contacts"]] == [("new", "clarify")]
    assert (root / ".gitignore").read_text("utf-8").split() == ["site/public/"]
    assert (root / ".gitattributes").read_text("utf-8").splitlines()[-1] == "contacts/**/*.md merge=crmtool"
    site = crmtool("site", "build", "--strict", "--today", TODAY, cwd=root)
    assert site.status == 0, site.err


@pytest.mark.parametrize(("language", "word"), [("en", "keep this repository private"), ("de", "bleibt privat")])
def test_a_new_workspace_says_plainly_that_it_is_private(tmp_path: Path, language: str, word: str) -> None:
    made = crmtool("init", "--language", language, "--today", TODAY, cwd=tmp_path)
    assert "Contacts are personal data: keep the repository private." in made.err
    told = " ".join((tmp_path / "contacts/README.md").read_text("utf-8").split())
    assert word in told
    for command in ("retention", "erase", "subject"):
        assert f"`crmtool {command}`" in told
    rules = (tmp_path / "criteria.yaml").read_text("utf-8")
    assert {"en": "keep the repository private", "de": "Repository bleibt privat"}[language] in rules
    assert "`crmtool retention`" in rules


def test_the_german_template_is_the_example_rule_book() -> None:
    template = ROOT / "crmtool" / "templates" / "sales" / "de" / "criteria.yaml"
    assert template.read_text("utf-8") == (ROOT / "criteria.yaml").read_text("utf-8")


def test_without_a_template_it_is_for_sales(tmp_path: Path) -> None:
    runs = [crmtool("init", name, *more, "--today", TODAY, cwd=tmp_path) for name, more in _SALES.items()]
    assert runs[0].out == runs[1].out
    first, second = ({p.relative_to(tmp_path / n): p.read_bytes() for p in _files(tmp_path / n)} for n in _SALES)
    assert first == second
    assert b"Jo Example" in first[Path("contacts/example-and-sons/jo-example.md")]


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / "README.md").write_text("mine\n", "utf-8")
    (tmp_path / ".gitignore").write_text("*.log", "utf-8")
    made = crmtool("init", cwd=tmp_path)
    assert "kept contacts/README.md" in made.out
    assert (tmp_path / "contacts" / "README.md").read_text("utf-8") == "mine\n"
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*.log\nsite/public/\n"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = crmtool("init", cwd=tmp_path)
    assert (again.status, again.err) == (2, f"crmtool: {tmp_path} holds a workspace already: criteria.yaml is there\n")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"site/public/\n"),
        (b"*.log", b"*.log\nsite/public/\n"),
        (b"*.log\r\n/b\xfccher\r\n", b"*.log\r\n/b\xfccher\r\nsite/public/\r\n"),
        (b"*.log\r\n*.tmp", b"*.log\r\n*.tmp\r\nsite/public/\r\n"),
        (b"# site/public/\n", b"# site/public/\nsite/public/\n"),
        (b"site/public/\r\n*.log\r\n", b"site/public/\r\n*.log\r\n"),
    ],
)
def test_what_git_ignores_already_is_kept_byte_for_byte(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(before)
    assert crmtool("init", cwd=tmp_path).status == 0
    assert (tmp_path / ".gitignore").read_bytes() == after


@pytest.mark.parametrize("name", [".gitignore", ".gitattributes"])
def test_nothing_is_written_where_a_list_is_a_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    made = crmtool("init", cwd=tmp_path)
    assert (made.status, made.out, made.err) == (2, "", f"crmtool: {tmp_path / name} is not a file\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_nobody_is_sent_to_where_they_are(tmp_path: Path) -> None:
    assert "  git init\n  crmtool hook install" in crmtool("init", ".", cwd=tmp_path).err
    assert "  cd a/b && git init\n" in crmtool("-C", "a", "init", "b", cwd=_made(tmp_path / "a").parent).err


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


@pytest.mark.parametrize("language", templates.LANGUAGES)
@pytest.mark.parametrize("template", templates.TEMPLATES)
def test_what_is_to_be_done_next_fits_a_window_and_names_the_example(
    tmp_path: Path, template: str, language: str
) -> None:
    told = crmtool("init", "new crm", "--template", template, "--language", language, cwd=tmp_path).err
    assert max(map(len, told.splitlines())) <= 80
    command, purpose = told.splitlines()[-1].strip().split("  ", 1)
    assert purpose.strip() == "delete the example before the first commit"
    assert "  cd 'new crm' && git init\n" in told
    subprocess.run(shlex.split(command), cwd=tmp_path / "new crm", check=True)
    assert [path.name for path in (tmp_path / "new crm" / "contacts").rglob("*")] == ["README.md"]


def test_no_contact_but_the_example_is_to_be_deleted(tmp_path: Path) -> None:
    (tmp_path / "contacts/example-and-sons").mkdir(parents=True)
    (tmp_path / "contacts/example-and-sons/mine.md").write_text("mine\n", "utf-8")
    told = crmtool("init", cwd=tmp_path).err
    assert "  rm contacts/example-and-sons/jo-example.md  delete the example" in told
    (tmp_path / "criteria.yaml").unlink()
    assert "delete the example" not in crmtool("init", cwd=tmp_path).err


def test_within_a_repository_git_learns_to_merge_contacts(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes(b"*.png binary\r\n")
    assert _git("init", "-q", cwd=tmp_path).status == 0
    made = crmtool("init", "sales", cwd=tmp_path)
    assert "wrote .gitattributes\n" in made.out
    assert made.out.endswith("merge driver: set up\n")
    assert "crmtool hook install" in made.err
    assert "merge-driver" in _git("config", "merge.crmtool.driver", cwd=tmp_path).out
    assert (tmp_path / ".gitattributes").read_bytes() == b"*.png binary\r\n"
    assert crmtool("init", cwd=tmp_path).status == 0
    added = (tmp_path / ".gitattributes").read_bytes()
    assert added.startswith(b"*.png binary\r\n\r\n#")
    assert added.endswith(b"contacts/**/*.md merge=crmtool\r\n")


def test_schemas_are_written_anew_only_where_nothing_is_lost(tmp_path: Path) -> None:
    assert crmtool("init", cwd=tmp_path).status == 0
    own = tmp_path / "schemas" / "contact.schema.json"
    shipped = own.read_bytes()
    own.write_text("{}", "utf-8")
    refused = crmtool("init", "--schemas", cwd=tmp_path)
    assert (refused.status, own.read_text("utf-8")) == (2, "{}")
    assert "schemas/contact.schema.json is not committed as it is, and would be lost" in refused.err
    own.unlink()
    assert crmtool("init", "--schemas", cwd=tmp_path).status == 0
    assert own.read_bytes() == shipped
    (tmp_path / "criteria.yaml").unlink()
    assert "`crmtool init` makes a workspace" in crmtool("init", "--schemas", cwd=tmp_path).err


@pytest.mark.parametrize("today", ["0001-01-03", "9999-12-31"])
def test_the_calendar_may_end(tmp_path: Path, today: str) -> None:
    for command in (["init"], ["check"], ["focus"], ["board"], ["site", "build"]):
        run = crmtool("--today", today, *command, cwd=tmp_path)
        assert run.status == 0, run.err


def test_init_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    made = crmtool("init", "file", cwd=tmp_path)
    assert (made.status, made.out) == (2, "")
    assert made.err == f"crmtool: {tmp_path / 'file'} is not a directory\n"


def test_a_commit_without_the_criteria_is_refused_and_with_them_it_goes_through(tmp_path: Path) -> None:
    assert crmtool("init", "--today", TODAY, cwd=tmp_path).status == 0
    assert _git("init", "-q", "-b", "main", cwd=tmp_path).status == 0
    assert crmtool("hook", "install", cwd=tmp_path).status == 0
    _git("add", "-A", cwd=tmp_path)
    first = _git("commit", "-m", "start", cwd=tmp_path)
    assert first.status == 0, first.err

    contact = tmp_path / "contacts" / "example-and-sons" / "jo-example.md"
    text = contact.read_text("utf-8").replace("status: new ", "status: clarifying ")
    decision = f'  - {{date: {TODAY}, to: clarifying, because: "Fits, nothing speaks against it"}}\nnext_step:'
    contact.write_text(text.replace("next_step:", decision), "utf-8")
    refused = _git("commit", "-am", "move on", cwd=tmp_path)
    assert refused.status == 1
    said = refused.out + refused.err
    assert "Traceback" not in said
    assert "[criteria-missing]" in said
    for criterion, question in (("fit", "10 to 200 people, B2B, in our market?"), ("conflict", "a reason against it?")):
        assert criterion in said
        assert question in said
    assert _git("rev-list", "--count", "HEAD", cwd=tmp_path).out == "1\n"

    # The template's own commented answers are what the hint asks for.
    text = contact.read_text("utf-8").replace("#criteria:", "criteria:").replace("#  ", "  ")
    contact.write_text(text.replace("clarifies: fit", "clarifies: buyer"), "utf-8")
    passed = _git("commit", "-am", "move on", cwd=tmp_path)
    assert passed.status == 0, passed.out + passed.err
