"""crmtool doctor where there is no Git: what concerns the files alone, and how it is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_output_schema import validate
from tests.conftest import ROOT, crmtool, write_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new workspace, outside of any repository."""
    root = tmp_path / "my sales"
    assert crmtool("init", str(root), cwd=tmp_path).status == 0
    return root


def examined(root: Path, code: str) -> dict[str, Any]:
    """Give the check with that code, the one that is worst."""
    run = crmtool("doctor", "--format", "json", cwd=root)
    validate("doctor", run.out)
    told = json.loads(run.out)
    assert run.status == int(told["problems"] > 0)
    assert told["problems"] == sum(check["state"] == "problem" for check in told["checks"])
    found = [check for check in told["checks"] if check["code"] == code]
    return dict(max(found, key=lambda check: ("ok", "notice", "problem").index(check["state"])))


def mend(root: Path, command: str) -> None:
    """Do what is advised."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-ec", command], cwd=root, env={**os.environ, "PATH": path}, check=True, capture_output=True)


def test_outside_of_a_repository_it_tells_the_rest(root: Path) -> None:
    run = crmtool("doctor", cwd=root / "contacts")
    assert run.status == 1
    lines = run.out.splitlines()
    assert lines[0].startswith("ok       crmtool ")
    assert lines[1].startswith("ok       Git ")
    assert lines[2:4] == [
        f"problem  {root} lies in no Git repository; `git init` makes one [repository]",
        f"{'':9}git init .. && crmtool hook install",
    ]
    assert [line for line in lines if "problem" in line] == lines[2:3]
    assert lines[4:] == [
        "ok       no site is built over anything that would be lost [site-folder]",
        "ok       nothing confirms that everybody may read the site, so it is not published [publishing]",
        "ok       schemas/contact.schema.json is the shipped one [schemas]",
        "ok       schemas/criteria.schema.json is the shipped one [schemas]",
    ]


def test_without_a_workspace_there_is_nothing_to_examine(tmp_path: Path) -> None:
    run = crmtool("doctor", cwd=tmp_path)
    assert (run.status, run.out) == (2, "")
    assert "`crmtool init` makes a workspace" in run.err


def test_without_git_it_tells_the_rest(root: Path) -> None:
    run = crmtool("doctor", "--format", "json", cwd=root, env={"PATH": str(root)})
    checks = {check["code"]: check for check in json.loads(run.out)["checks"]}
    assert checks["git"]["state"] == "problem"
    assert checks["git"]["message"] == "the git program is needed for this and was not found on PATH"
    assert checks["schemas"]["state"] == "ok"


@pytest.mark.parametrize(("said", "state"), [("2.23.4", "problem"), ("2.24.0", "ok"), ("3.0.windows.1", "ok")])
def test_the_version_of_git(root: Path, tmp_path: Path, said: str, state: str) -> None:
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho git version {said}\n")
    program.chmod(0o755)
    run = crmtool("doctor", "--format", "json", cwd=root, env={"PATH": str(program.parent)})
    [git] = [check for check in json.loads(run.out)["checks"] if check["code"] == "git"]
    assert git["state"] == state
    assert said in git["message"]


# --- the site ---


@pytest.mark.parametrize("name", ["mkdocs.yml", "properdocs.yml"])
def test_a_configuration_that_would_delete_the_site_folder(root: Path, name: str) -> None:
    write_files(root, {name: "site_name: Docs\nextra: !!python/name:os.system\n"})
    found = examined(root, "site-folder")
    assert found["state"] == "problem"
    assert found["message"] == f"building by {name} would empty site, and delete site"
    mend(root, found["mend"])
    assert examined(root, "site-folder")["state"] == "ok"


@pytest.mark.parametrize(
    ("given", "lost"), [("contacts", "contacts"), ("site", "site"), ("contacts/..", "."), ("../my sales", ".")]
)
def test_a_folder_that_is_set_to_something_precious(root: Path, given: str, lost: str) -> None:
    write_files(root, {"mkdocs.yml": f"site_name: Docs\nsite_dir: {given}\n"})
    found = examined(root, "site-folder")
    assert (found["state"], found["mend"]) == ("problem", "write into mkdocs.yml: site_dir: built")
    assert found["message"].endswith(f"and delete {lost}")


def test_a_site_that_may_be_published(root: Path) -> None:
    file = root / "site/mkdocs.yml"
    confirmed = '[search, {crmtool: {publish: "everybody may read this"}}]'
    file.write_text(file.read_text("utf-8").replace("[crmtool]", confirmed), "utf-8")
    assert examined(root, "publishing")["state"] == "notice"
    file.write_text(file.read_text("utf-8").replace("everybody", "nobody"), "utf-8")
    assert examined(root, "publishing")["state"] == "ok"


@pytest.mark.parametrize("content", ["", "- a\n", "a: [", "\x00", "plugins: crmtool\nsite_dir: public\n"])
def test_a_configuration_that_says_nothing(root: Path, content: str) -> None:
    write_files(root, {"site/mkdocs.yml": content})
    assert examined(root, "publishing")["state"] == "ok"


def test_a_workspace_without_a_site(root: Path) -> None:
    (root / "site/mkdocs.yml").unlink()
    assert examined(root, "site")["state"] == "notice"


# --- the schemas ---


def edit(root: Path, change: str, schema: str = "contact") -> None:
    """Change a workspace's schema as one that is read from JSON, by a statement about `own`."""
    file = root / f"schemas/{schema}.schema.json"
    own = json.loads(file.read_text("utf-8"))
    exec(change, {"own": own})
    file.write_text(json.dumps(own), "utf-8")


@pytest.mark.parametrize(
    ("change", "state", "told"),
    [
        ("", "ok", "is the shipped one"),
        ("own['description'] = 'Ours'", "ok", "is your own, above the shipped one"),
        ("own['properties']['region'] = {'type': 'string'}", "ok", "is your own, above the shipped one"),
        ("own['properties']['extra'] = {'properties': {'region': {}}}", "ok", "is your own, above the shipped one"),
        (
            "del own['properties']['blocked']",
            "problem",
            "lacks blocked, blocked.by, blocked.since, …, which the shipped",
        ),
        ("del own['properties']['next_step']['properties']['owner']", "problem", "lacks next_step.owner, which"),
        (
            "del own['properties']['stop_if']['items']['properties']['by']; own['properties']['region'] = {}",
            "notice",
            "lacks stop_if.by, which the shipped one has; if you did not leave that out on purpose, add it",
        ),
        ("own['type'] = 'nonsense'", "problem", "schemas/contact.schema.json: "),
    ],
)
def test_a_workspaces_own_schema(root: Path, change: str, state: str, told: str) -> None:
    edit(root, change)
    found = examined(root, "schemas")
    assert found["state"] == state
    checks = json.loads(crmtool("doctor", "--format", "json", cwd=root).out)["checks"]
    [message] = [check["message"] for check in checks if "contact.schema" in check["message"]]
    assert told in message
    assert found["mend"] == ("crmtool init --schemas" if state == "problem" else None)


def test_a_workspace_without_schemas(root: Path) -> None:
    (root / "schemas/criteria.schema.json").unlink()
    assert examined(root, "schemas")["state"] == "ok"


# --- this repository ---


def test_the_example_is_in_order_but_for_what_a_clone_has_to_do() -> None:
    checks = json.loads(crmtool("doctor", "--format", "json", cwd=ROOT).out)["checks"]
    repository = {"hook", "merge-driver", "git", "repository", "remote", "history"}
    worse = {check["code"] for check in checks if check["state"] != "ok"}
    assert worse <= repository
