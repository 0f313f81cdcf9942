"""The files for servers at work: their steps are run as a server runs them, in clones as it makes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import yaml

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

ZEROS = "0" * 40
RAN = ["Check all contacts", "Check what is new, commit by commit", "Tell what was decided"]


@pytest.fixture
def shared(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Repo:
    """A repository with a workspace in a folder and its files for servers; crmtool is on PATH."""
    program = tmp_path / "bin" / "crmtool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m crmtool "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    made = repo.crmtool("init", "sales team", "--ci", "github")
    assert made.returncode == 0, made.stderr
    for kind in ("gitlab", "forgejo"):
        assert repo.crmtool("init", "--ci", kind, cwd=repo.top / "sales team").returncode == 0
    repo.git("add", ".")
    repo.commit()
    return repo


def decide(repo: Repo, name: str, *, is_good: bool = True) -> str:
    """Commit a decision about a new contact."""
    text = repo.good if is_good else repo.good.replace("status: new", "status: ready")
    repo.stage(f"sales team/contacts/{name}.md", text.replace("Jana Köhler", name))
    return repo.commit()


def clone(repo: Repo, make_repo: MakeRepo, *, merged: str | None = None) -> Repo:
    """Make what actions/checkout makes with fetch-depth 0: all branches of the server, and what is to be looked at."""
    copy = make_repo("checkout")
    copy.git("remote", "add", "origin", str(repo.top))
    merge = (f"+{merged}:refs/remotes/merge",) if merged else ()
    copy.git("fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", *merge)
    copy.git("checkout", "-q", "--detach", "refs/remotes/merge" if merged else f"origin/{branch_of(repo)}")
    return copy


def branch_of(repo: Repo) -> str:
    return repo.git("branch", "--show-current").strip()


@dataclass
class Server:
    """Runs the steps of a workflow's job as its runner does, but for those that install something."""

    repo: Repo
    context: Mapping[str, str]
    workflow: str = ".github/workflows/crmtool-sales-team.yml"
    environment: dict[str, str] = field(default_factory=dict)
    ran: dict[str, subprocess.CompletedProcess[str]] = field(default_factory=dict)

    def run(self) -> Server:
        job = yaml.safe_load((self.repo.top / self.workflow).read_text("utf-8"))["jobs"]["check"]
        self.environment |= job["env"]
        for name in ("GITHUB_ENV", "GITHUB_STEP_SUMMARY"):
            self.environment[name] = str(self.repo.top.parent / name)
            Path(self.environment[name]).write_text("", "utf-8")
        for step in job["steps"]:
            if "run" in step and "install" not in step["run"] and self._is_wanted(step.get("if")):
                self._run(step, job["defaults"]["run"]["working-directory"])
        return self

    @property
    def status(self) -> int:
        return max(done.returncode for done in self.ran.values())

    @property
    def summary(self) -> str:
        return Path(self.environment["GITHUB_STEP_SUMMARY"]).read_text("utf-8")

    def _is_wanted(self, condition: str | None) -> bool:
        has_failed = any(done.returncode for done in self.ran.values())
        wanted = {
            None: not has_failed,
            "${{ !cancelled() && env.RANGE }}": "RANGE" in self.environment,
            "${{ github.event.repository.private }}": not has_failed and self.context["event.repository.private"],
        }
        return bool(wanted[condition])

    def _run(self, step: dict[str, Any], folder: str) -> None:
        given = {name: self._expanded(value) for name, value in step.get("env", {}).items()}
        bash = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        variables = [f"{name}={value}" for name, value in (self.environment | given).items()]
        self.ran[step["name"]] = self.repo.attempt("env", *variables, *bash, cwd=self.repo.top / folder)
        lines = Path(self.environment["GITHUB_ENV"]).read_text("utf-8").splitlines()
        self.environment |= dict(line.split("=", 1) for line in lines)

    def _expanded(self, value: str) -> str:
        return re.sub(r"\$\{\{ github\.([\w.]+) \}\}", lambda found: self.context[found[1]], value)


def event(
    *, before: str = "", target: str = "", private: str = "", branch: str = "main", default: str = "main"
) -> dict[str, str]:
    repository = {"event.repository.private": private, "event.repository.default_branch": default}
    return {"event.before": before, "base_ref": target, "ref_name": branch, **repository}


def pull_request(shared: Repo, make_repo: MakeRepo, private: str = "") -> Server:
    """Look at the checked out branch as a pull request to main: what is checked out is the merge of both."""
    branch = branch_of(shared)
    shared.git("switch", "-q", "--detach", "main")
    shared.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge", branch)
    shared.git("update-ref", "refs/pull/1/merge", "HEAD")
    shared.git("switch", "-q", branch)
    return Server(clone(shared, make_repo, merged="refs/pull/1/merge"), event(target="main", private=private)).run()


def test_a_pull_request_is_checked_told_and_shown(shared: Repo, make_repo: MakeRepo) -> None:
    shared.git("switch", "-qc", "topic")
    decide(shared, "first")
    shared.git("switch", "-q", "main")
    decide(shared, "meanwhile")
    shared.git("switch", "-q", "topic")
    server = pull_request(shared, make_repo, private="true")
    assert server.environment["RANGE"] == "origin/main..HEAD"
    assert list(server.ran) == ["Tell what is new", *RAN, "Build the report site"]
    assert server.status == 0, [done.stderr for done in server.ran.values()]
    assert "first" in server.summary
    assert "meanwhile" not in server.summary
    assert (server.repo.top / "sales team/site/public/index.html").is_file()


def test_what_the_rules_refuse_fails_and_is_told_all_the_same(shared: Repo, make_repo: MakeRepo) -> None:
    shared.git("switch", "-qc", "topic")
    decide(shared, "second", is_good=False)
    server = pull_request(shared, make_repo, private="true")
    assert [done.returncode for done in server.ran.values()] == [0, 1, 1, 0], "the site is not built"
    annotation = next(line for line in server.ran[RAN[1]].stdout.splitlines() if line.startswith("::error "))
    assert "file=sales team/contacts/second.md" in annotation
    assert "second" in server.summary


def test_what_was_rewritten_within_a_pull_request_is_found(shared: Repo, make_repo: MakeRepo) -> None:
    decide(shared, "third")
    shared.git("switch", "-qc", "topic")
    original = (shared.top / "sales team/contacts/third.md").read_text("utf-8")
    shared.stage("sales team/contacts/third.md", original.replace("Asked us", "Called us"))
    shared.commit()
    shared.stage("sales team/contacts/third.md", original)
    shared.commit()
    server = pull_request(shared, make_repo)
    assert [done.returncode for done in server.ran.values()] == [0, 0, 1, 0]
    assert "decision-rewritten" in server.ran[RAN[1]].stdout


def test_a_push_is_checked_from_where_the_branch_was(shared: Repo, make_repo: MakeRepo) -> None:
    before = decide(shared, "old", is_good=False)
    decide(shared, "new")
    server = Server(clone(shared, make_repo), event(before=before)).run()
    assert server.environment["RANGE"] == f"{before}..HEAD"
    assert list(server.ran) == ["Tell what is new", *RAN], "of what is not private there is no site"
    assert [done.returncode for done in server.ran.values()] == [0, 1, 0, 0]
    assert "new" in server.summary
    assert "old" not in server.summary


@pytest.mark.parametrize("before", [ZEROS, "1234567890" * 4], ids=["a new branch", "a force push"])
def test_a_branch_without_a_past_is_checked_for_what_no_other_has(
    shared: Repo, make_repo: MakeRepo, before: str
) -> None:
    decide(shared, "known", is_good=False)
    shared.git("switch", "-qc", "topic")
    decide(shared, "fresh")
    context = event(before=before, branch="topic", default="gone")
    server = Server(clone(shared, make_repo), context).run()
    assert server.environment["RANGE"] == f"{ZEROS}..HEAD"
    assert [done.returncode for done in server.ran.values()] == [0, 1, 0, 0]
    assert "fresh" in server.summary
    assert "known" not in server.summary


@pytest.mark.parametrize("kind", ["github", "forgejo"])
def test_a_push_of_another_branch_is_checked_as_its_pull_request_will_be(
    shared: Repo, make_repo: MakeRepo, kind: str
) -> None:
    """What was merged into it in the meantime is not its own."""
    shared.git("switch", "-qc", "topic")
    before = decide(shared, "fresh")
    shared.git("switch", "-q", "main")
    decide(shared, "known", is_good=False)
    shared.git("switch", "-q", "topic")
    shared.git("merge", "-q", "--no-verify", "-m", "x", "main")
    workflow = f".{kind}/workflows/crmtool-sales-team.yml"
    server = Server(clone(shared, make_repo), event(before=before, branch="topic"), workflow).run()
    assert server.environment["RANGE"] == "origin/main..HEAD"
    assert [done.returncode for done in server.ran.values()] == [0, 1, 0, 0]
    told = server.summary + server.ran[RAN[2]].stdout
    assert "fresh" in told
    assert "known" not in told


def test_the_first_push_of_all_is_checked_as_a_whole(shared: Repo, make_repo: MakeRepo) -> None:
    decide(shared, "first")
    server = Server(clone(shared, make_repo), event(before=ZEROS)).run()
    assert server.status == 0, [done.stderr for done in server.ran.values()]
    assert "first" in server.summary


def test_forgejo_tells_in_the_log(shared: Repo, make_repo: MakeRepo) -> None:
    before = shared.head()
    decide(shared, "first")
    workflow = ".forgejo/workflows/crmtool-sales-team.yml"
    server = Server(clone(shared, make_repo), event(before=before), workflow).run()
    assert server.status == 0, [done.stderr for done in server.ran.values()]
    assert "first" in server.ran["Tell what was decided"].stdout
    assert server.summary == ""


@pytest.mark.parametrize("is_good", [True, False])
@pytest.mark.parametrize("of", ["merge request", "merged result", "branch", "push", "new branch"])
def test_gitlab_gets_its_reports(shared: Repo, make_repo: MakeRepo, is_good: bool, of: str) -> None:
    before = shared.head()
    shared.git("switch", "-qc", "topic")
    decide(shared, "first", is_good=is_good)
    copy = clone(shared, make_repo)
    variables = {
        "CI_PROJECT_DIR": str(copy.top),
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": before if of == "merged result" else "",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": {"merge request": before, "merged result": f"{before}^"}.get(of, ""),
        "CI_COMMIT_BRANCH": "topic" if of not in ("merge request", "merged result") else "",
        "CI_DEFAULT_BRANCH": "topic" if of in ("push", "new branch") else "main",
        "CI_COMMIT_BEFORE_SHA": before if of == "push" else ZEROS,
    }
    jobs = yaml.safe_load((copy.top / ".gitlab-ci.yml").read_text("utf-8"))
    before_script = [line for line in jobs[".crmtool-sales-team"]["before_script"] if "install" not in line]
    job = jobs["crmtool-sales-team"]
    script = "\n".join((*before_script, *job["script"]))
    given = [f"{name}={value}" for name, value in variables.items()]
    done = copy.attempt("env", *given, "bash", "-eo", "pipefail", "-c", script)
    assert done.returncode == int(not is_good), done.stderr
    [told] = job["artifacts"]["paths"]
    assert "first" in done.stdout
    assert "first" in (copy.top / told).read_text("utf-8")
    reports = job["artifacts"]["reports"]
    quality = json.loads((copy.top / reports["codequality"]).read_text("utf-8"))
    assert bool(quality) is not is_good
    assert all(each["location"]["path"] == "sales team/contacts/first.md" for each in quality)
    assert ElementTree.fromstring((copy.top / reports["junit"]).read_bytes()).tag in ("testsuites", "testsuite")


def test_the_hook_of_a_server_that_the_docs_show(shared: Repo, make_repo: MakeRepo) -> None:
    bare = make_repo("server", "--bare")
    page = (Path(__file__).parents[2] / "docs/reference/ci.md").read_text("utf-8")
    hook = bare.write("hooks/pre-receive", page.partition("```sh\n")[2].partition("```")[0])
    hook.chmod(0o755)
    shared.git("remote", "add", "origin", str(bare.top))
    shared.git("push", "-q", "origin", "main")
    shared.git("switch", "-qc", "topic")
    decide(shared, "good")
    shared.git("push", "-q", "origin", "topic")
    accepted = shared.head()
    decide(shared, "bad", is_good=False)
    refused = shared.attempt("git", "push", "origin", "topic", "topic:another")
    assert refused.returncode == 1
    assert "sales team/contacts/bad.md" in refused.stderr
    assert bare.git("for-each-ref", "--format=%(refname:short) %(objectname)").splitlines()[1:] == [f"topic {accepted}"]
    shared.git("push", "-q", "origin", ":topic")
    assert bare.git("for-each-ref", "--format=%(refname:short)") == "main\n"
