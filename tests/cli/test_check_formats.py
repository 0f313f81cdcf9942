"""crmtool check --format for servers, as a workflow runs it: what goes where, and under which names."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, Run, crmtool, write_files

CONTACT = "contacts/nordlicht/jana-koehler.md"
WRONG = JANA.replace("email:", "emial:")
FORMATS = ("github", "gitlab", "sarif", "junit")
LATE = "2026-12-01"


def paths_in(form: str, out: str) -> list[str | None]:
    """Give the paths of the findings of a report."""
    match form:
        case "github":
            return [line.partition("file=")[2].partition(",")[0] for line in out.splitlines()]
        case "gitlab":
            return [issue["location"]["path"] for issue in json.loads(out)]
        case "sarif":
            places = [found["locations"][0]["physicalLocation"] for found in json.loads(out)["runs"][0]["results"]]
            return [place["artifactLocation"]["uri"] for place in places]
        case _:
            return [case.get("file") for case in ET.fromstring(out).iterfind(".//testcase[failure]")]


def check(form: str, *options: str, cwd: Path, command: str = "check", **env: str) -> Run:
    return crmtool(*command.split(), "--format", form, "--today", TODAY, *options, cwd=cwd, env=env)


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    """The file of a step's summary, in which something stands already."""
    file = tmp_path / "summary.md"
    file.write_bytes(b"# Before\n")
    return file


@pytest.mark.parametrize("form", FORMATS)
def test_a_sound_workspace_gives_an_empty_report(form: str, workspace: Path) -> None:
    run = check(form, cwd=workspace)
    assert run.status == 0
    assert paths_in(form, run.out) == []
    assert run.err == "1 contact checked: nothing to mend\n"


@pytest.mark.parametrize("form", FORMATS)
def test_an_error_is_reported_on_standard_output_and_fails(form: str, workspace: Path) -> None:
    write_files(workspace, {CONTACT: WRONG})
    run = check(form, cwd=workspace)
    assert run.status == 1
    assert paths_in(form, run.out) == [CONTACT]
    assert run.err == "1 contact checked: 1 error\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_warning_fails_with_strict_alone(form: str, workspace: Path) -> None:
    run, strict = (check(form, "--today", LATE, *options, cwd=workspace) for options in ((), ("--strict",)))
    assert (run.status, strict.status) == (0, 1)
    assert paths_in(form, strict.out) == [CONTACT]
    assert paths_in(form, run.out) == ([] if form == "junit" else [CONTACT])


@pytest.fixture
def below(tmp_path: Path) -> Path:
    """A workspace two folders below the top of a repository, with an error in the rule book and in a contact."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return write_files(tmp_path / "sales" / "dach", {"criteria.yaml": RULEBOOK + "foo: 1\n", CONTACT: WRONG})


FROM_TOP = ["sales/dach/criteria.yaml", f"sales/dach/{CONTACT}"]


@pytest.mark.parametrize("form", FORMATS)
def test_files_are_named_from_the_top_of_the_repository(form: str, below: Path) -> None:
    assert paths_in(form, check(form, cwd=below / "contacts").out) == FROM_TOP


def test_so_they_are_where_git_distrusts_the_checkout(below: Path) -> None:
    run = check("gitlab", "contacts/nordlicht", cwd=below, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert paths_in("gitlab", run.out) == FROM_TOP


def test_and_so_is_the_rule_book_when_it_is_checked_alone(below: Path) -> None:
    assert paths_in("sarif", check("sarif", cwd=below, command="rules check").out) == FROM_TOP[:1]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_staged_is_named_from_the_top_already(form: str, tmp_path: Path) -> None:
    root = write_files(tmp_path / "sales", {"criteria.yaml": RULEBOOK, CONTACT: WRONG})
    for arguments in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    assert paths_in(form, check(form, "--staged", cwd=root).out) == [f"sales/{CONTACT}"]


@pytest.mark.parametrize("form", [*FORMATS, "text", "json"])
def test_what_one_commit_of_a_range_had_wrong_names_the_commit(form: str, workspace: Path) -> None:
    def commit(content: str) -> str:
        write_files(workspace, {CONTACT: content})
        who = ["-c", "user.name=Mira", "-c", "user.email=mira@crm.example"]
        for arguments in (["add", "."], [*who, "commit", "--quiet", "-m", "a change"]):
            subprocess.run(["git", *arguments], cwd=workspace, check=True)
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=workspace, check=True, capture_output=True)
        return done.stdout.decode().strip()

    subprocess.run(["git", "init", "--quiet", str(workspace)], check=True)
    start, wrong, _ = commit(JANA), commit(WRONG), commit(JANA + "More.\n")
    run = check(form, "--range", f"{start}..", cwd=workspace)
    assert run.status == 1
    assert (wrong if form in ("json", "sarif") else f"(in commit {wrong[:10]})") in run.out
    assert ("`git reset --soft`" in run.err) == (form != "json")


def test_text_and_json_keep_the_names_of_the_workspace(below: Path) -> None:
    assert [line.partition(":")[0] for line in check("text", cwd=below).out.splitlines()[::2]] == [
        "criteria.yaml",
        CONTACT,
    ]
    assert [found["path"] for found in json.loads(check("json", cwd=below).out)["findings"]] == [
        "criteria.yaml",
        CONTACT,
    ]


def test_a_report_is_utf_8_whatever_the_terminal_has(workspace: Path) -> None:
    write_files(workspace, {"contacts/köhler.md": WRONG.replace("emial", "größe")})
    for form in FORMATS:
        run = check(form, cwd=workspace, PYTHONIOENCODING="latin-1", PYTHONUTF8="0", LC_ALL="C")
        assert "größe" in run.out


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_text(workspace: Path) -> None:
    name = os.fsdecode(b"contacts/\xff.md")
    try:
        (workspace / name).write_text(WRONG, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    expected = dict.fromkeys(FORMATS, "contacts/\\udcff.md") | {"sarif": "contacts/%FF.md"}
    for form in FORMATS:
        assert expected[form] in paths_in(form, check(form, cwd=workspace).out)


def many_wrong(workspace: Path, count: int = 13) -> None:
    write_files(workspace, {f"contacts/{i:02}.md": WRONG for i in range(count)})


def test_what_github_does_not_show_stands_in_the_summary(
    workspace: Path, summary: Path, golden: Callable[[str, str], None]
) -> None:
    many_wrong(workspace)
    run = check("github", cwd=workspace, GITHUB_STEP_SUMMARY=str(summary))
    assert run.status == 1
    assert run.out.count("::error ") == 10
    seen = "14 contacts checked: 13 errors, 1 warning"
    assert run.err == f"{seen}; 3 more findings than GitHub shows in place: see the step's summary\n"
    golden("cli/check-summary.md", summary.read_text("utf-8"))
    check("github", cwd=workspace, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text("utf-8").count(f"\n### {seen}\n") == 2  # added, not replaced


def test_the_log_has_all_where_there_is_no_summary(workspace: Path) -> None:
    many_wrong(workspace)
    run = check("github", cwd=workspace)
    assert "::group::3 more findings\n| contacts/10.md:5:1: error: unknown key 'emial' [unknown-key]\n" in run.out
    assert run.err.endswith("; 3 more findings than GitHub shows in place: see the log\n")


def test_a_summary_that_is_full_or_cannot_be_written_hides_nothing(workspace: Path, summary: Path) -> None:
    many_wrong(workspace)
    summary.write_bytes(b"x" * (1024 * 1024))
    run = check("github", cwd=workspace, GITHUB_STEP_SUMMARY=str(summary))
    assert run.err.endswith("see the log\n")
    assert summary.stat().st_size == 1024 * 1024
    run = check("github", cwd=workspace, GITHUB_STEP_SUMMARY=str(workspace))
    assert run.status == 1
    assert run.err.startswith("crmtool: the step's summary was not written: ")
    assert run.err.endswith("see the log\n")


@pytest.mark.parametrize("form", ["text", "json", "gitlab"])
def test_other_formats_leave_the_summary_alone(form: str, workspace: Path, summary: Path) -> None:
    write_files(workspace, {CONTACT: WRONG})
    check(form, cwd=workspace, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_bytes() == b"# Before\n"
