"""The files for servers, as `init --ci` writes them and as this repository has them: what their own linters say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, crmtool

SCHEMAS = {"github": "vendor.github-workflows", "forgejo": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
PLACES = {
    "github": ".github/workflows/{name}.yml",
    "forgejo": ".forgejo/workflows/{name}.yml",
    "gitlab": ".gitlab-ci.yml",
}
WRITTEN = [(kind, prefix, False) for kind in PLACES for prefix in ("", "sales/my team/")]
WRITTEN += [(kind, prefix, True) for kind in ("github", "gitlab") for prefix in ("", "sales/my team/")]
OWN = [
    (".github/workflows/crmtool.yml", "github"),
    (".github/workflows/test.yml", "github"),
    (".forgejo/workflows/crmtool.yml", "forgejo"),
    (".gitlab-ci.yml", "gitlab"),
]
# What needs a look at somebody else's server, whose commits are not known here; the file says how to pin them.
KNOWN = {"github": set[str](), "forgejo": {"unpinned-uses", "unpinned-images"}}


def _git_init(top: Path) -> None:
    subprocess.run(["git", "init", "-q", str(top)], check=True)


@pytest.fixture(params=WRITTEN, ids=lambda case: f"{case[0]}-{case[1] or 'top'}{'-publish' if case[2] else ''}")
def written(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """Give a kind, and the file that is written for a new workspace of a repository."""
    kind, prefix, publish = request.param
    _git_init(tmp_path)
    options = ("--publish",) if publish else ()
    made = crmtool("init", f"./{prefix}", "--ci", kind, *options, cwd=tmp_path)
    assert made.status == 0, made.err
    name = "crmtool-sales-my-team" if prefix else "crmtool"
    return kind, tmp_path / PLACES[kind].format(name=name)


def validate(kind: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[kind], str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def audited(file: Path, tmp_path: Path) -> set[str]:
    """Give what zizmor finds, offline and at its most particular; it knows workflows by where they stand."""
    copy = tmp_path / "audited" / ".github" / "workflows" / file.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(file.read_bytes())
    zizmor = Path(sys.executable).parent / "zizmor"
    options = (
        "--offline",
        "--no-progress",
        "--no-config",
        "--persona=pedantic",
        "--strict-collection",
        "--format=json",
    )
    done = subprocess.run([zizmor, *options, copy], capture_output=True, text=True, check=False)
    return {finding["ident"] for finding in json.loads(done.stdout)}


def scripts(kind: str, text: str) -> Iterator[str]:
    jobs: dict[str, Any] = yaml.safe_load(text)
    if kind == "gitlab":
        for job in jobs.values():
            yield "\n".join((*job.get("before_script", ()), *job.get("script", ())))
    else:
        for job in jobs["jobs"].values():
            yield from (step["run"] for step in job["steps"] if "run" in step)


def check_scripts(kind: str, file: Path) -> None:
    for script in scripts(kind, file.read_text("utf-8")):
        assert "${{" not in script, "what comes from outside reaches a shell only by its environment"
        for shell in ("sh", "bash"):
            done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr


def test_what_is_written_passes_its_linters(written: tuple[str, Path], tmp_path: Path) -> None:
    kind, file = written
    validate(kind, file)
    check_scripts(kind, file)
    if kind in KNOWN:
        assert audited(file, tmp_path) == KNOWN[kind]


@pytest.mark.parametrize(("path", "kind"), OWN)
def test_this_repositorys_own_files_pass_their_linters(path: str, kind: str, tmp_path: Path) -> None:
    validate(kind, ROOT / path)
    check_scripts(kind, ROOT / path)
    if kind in KNOWN:
        assert audited(ROOT / path, tmp_path) == KNOWN[kind]


def test_the_linters_find_something(tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    file.write_text(
        "on: pull_request_target\njobs: {x: {runs-on: a, steps: [{run: 'echo ${{ github.head_ref }}'}]}}", "utf-8"
    )
    assert {"dangerous-triggers", "template-injection", "excessive-permissions"} <= audited(file, tmp_path)
    for schema in ("github", "gitlab"):
        file.write_text("x: {script: 1, when: never, jobs: 1}\n", "utf-8")
        with pytest.raises(AssertionError):
            validate(schema, file)


@pytest.mark.parametrize(("path", "kind"), [case for case in OWN if case[0] != ".github/workflows/test.yml"])
def test_this_repository_has_what_would_be_written_but_installs_itself(path: str, kind: str, tmp_path: Path) -> None:
    _git_init(tmp_path)
    assert crmtool("init", "--ci", kind, cwd=tmp_path).status == 0
    expected = (tmp_path / path).read_text("utf-8").replace("install crmtool\n", "install .\n")
    assert (ROOT / path).read_text("utf-8") == expected.replace("install --quiet crmtool\n", "install --quiet .\n")


@pytest.mark.parametrize("kind", PLACES)
def test_nothing_is_published_and_nothing_written_but_what_is_asked_for(kind: str, tmp_path: Path) -> None:
    assert crmtool("init", "--ci", kind, cwd=tmp_path).status == 0
    text = (tmp_path / PLACES[kind].format(name="crmtool")).read_text("utf-8")
    assert "--publish" not in text
    assert "Nothing is published." in text
    for word in ("pages:", "deploy-pages", "pull_request_target", "secrets.", ": write"):
        assert word not in text
    visibility = '$CI_PROJECT_VISIBILITY != "private"' if kind == "gitlab" else "github.event.repository.private"
    assert visibility in text


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_who_asks_for_publishing_gets_a_job_that_asks_for_the_confirmation(kind: str, tmp_path: Path) -> None:
    assert crmtool("init", "--ci", kind, "--publish", cwd=tmp_path).status == 0
    jobs = yaml.safe_load((tmp_path / PLACES[kind].format(name="crmtool")).read_text("utf-8"))
    job = jobs["jobs"]["publish"] if kind == "github" else jobs["pages"]
    assert job["needs"] in ("check", ["crmtool"])
    steps = [step.get("run", "") for step in job["steps"]] if kind == "github" else job["script"]
    assert [line for line in steps if "site build" in line] == [
        line for line in steps if "site build --publish" in line
    ]


# --- where it is written ---


def test_an_existing_workspace_gets_the_file_alone(tmp_path: Path) -> None:
    assert crmtool("init", cwd=tmp_path).status == 0
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    made = crmtool("init", "--ci", "github", cwd=tmp_path / "contacts")
    assert (made.status, made.out) == (0, "wrote .github/workflows/crmtool.yml\n")
    assert made.err.startswith("before you push it, have its line `pip install crmtool` name where you have it from")
    file = tmp_path / ".github/workflows/crmtool.yml"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before | {file}
    file.write_text("mine\n", "utf-8")
    again = crmtool("init", "--ci", "github", cwd=tmp_path)
    assert (again.status, again.out) == (0, "kept .github/workflows/crmtool.yml\n")
    assert file.read_text("utf-8") == "mine\n"
    asked = crmtool("init", "--ci", "github", "--publish", cwd=tmp_path)
    assert asked.out == "kept .github/workflows/crmtool.yml\n"
    assert "it publishes nothing; move it away to have it written anew" in asked.err


def test_workspaces_of_one_repository_do_not_collide(tmp_path: Path) -> None:
    _git_init(tmp_path)
    for name in ("sales", "hiring"):
        made = crmtool("init", name, "--ci", "github", cwd=tmp_path)
        assert f"wrote ../.github/workflows/crmtool-{name}.yml\n" in made.out
        workflow = yaml.safe_load((tmp_path / f".github/workflows/crmtool-{name}.yml").read_text("utf-8"))
        assert workflow["name"] == f"crmtool-{name}"
        assert workflow["jobs"]["check"]["defaults"]["run"]["working-directory"] == name
        assert workflow["jobs"]["check"]["steps"][-1]["with"]["path"] == f"{name}/site/public"


def test_gitlab_reads_one_file_so_others_are_included(tmp_path: Path) -> None:
    _git_init(tmp_path)
    assert "wrote ../.gitlab-ci.yml\n" in crmtool("init", "sales", "--ci", "gitlab", cwd=tmp_path).out
    second = crmtool("init", "hiring", "--ci", "gitlab", cwd=tmp_path)
    assert "wrote ../.gitlab/ci/crmtool-hiring.yml\n" in second.out
    assert "add to .gitlab-ci.yml: include: [{local: .gitlab/ci/crmtool-hiring.yml}]\n" in second.err
    validate("gitlab", tmp_path / ".gitlab/ci/crmtool-hiring.yml")
    again = crmtool("init", "--ci", "gitlab", cwd=tmp_path / "sales")
    assert (again.out, again.err) == ("kept ../.gitlab-ci.yml\n", "")
    (tmp_path / ".gitlab-ci.yml").write_text("build: {script: [make]}\n", "utf-8")
    first = crmtool("init", "--ci", "gitlab", cwd=tmp_path / "sales")
    assert first.out == "wrote ../.gitlab/ci/crmtool-sales.yml\n"
    assert (tmp_path / ".gitlab-ci.yml").read_text("utf-8") == "build: {script: [make]}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--publish",), "--publish is for the CI file; say which: --ci github or --ci gitlab"),
        (("--ci", "forgejo", "--publish"), "Forgejo has no pages of its own"),
        (("--ci", "travis"), "'travis' is not one of 'github', 'gitlab', 'forgejo'"),
        (('a"b', "--ci", "github"), "is not safe in a CI file"),
        (("a$(b)", "--ci", "gitlab"), "is not safe in a CI file"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    _git_init(tmp_path)
    made = crmtool("init", *arguments, cwd=tmp_path)
    assert (made.status, made.out) == (2, "")
    assert message in made.err
    assert [path.name for path in tmp_path.iterdir()] == [".git"]
