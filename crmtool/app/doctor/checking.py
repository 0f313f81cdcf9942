"""Whether commits are checked: by a hook before they are made, by a server when they are pushed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from crmtool import hooks
from crmtool.app.doctor.remotes import hosts
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.errors import CrmtoolError
from crmtool.git import Repository

_FRAMEWORK = ".pre-commit-config.yaml"
_CI_FILES = (
    ".github/workflows/*.y*ml", ".forgejo/workflows/*.y*ml", ".gitea/workflows/*.y*ml", ".gitlab-ci.yml",
    ".gitlab/ci/*.yml", ".woodpecker.y*ml", ".woodpecker/*.y*ml", ".circleci/config.yml", "azure-pipelines.yml",
    "bitbucket-pipelines.yml", "Jenkinsfile",
)  # fmt: skip
_CHECKS = re.compile(r"\bcrmtool\b[^\n|;&]*\bcheck\b([^\n|;&]*)")
_SIGNS = {
    "gitlab": ("gitlab", ".gitlab-ci.yml"),
    "forgejo": ("codeberg.org", ".forgejo"),
    "github": ("github", ".github"),
}


def examine(repository: Repository) -> Iterator[Check]:
    """Look at the history, the hooks and the files of a server."""
    if repository.is_shallow():
        yield notice(
            "history", "a part of the history is missing here, so ranges cannot be checked", "git fetch --unshallow"
        )
    yield _hook(repository)
    yield _ci(repository)


def _hook(repository: Repository) -> Check:
    try:
        state, manager = hooks.state(repository), hooks.manager(repository)
    except CrmtoolError as error:
        return problem("hook", str(error), "git config --unset core.hooksPath && crmtool hook install")
    if state == "installed" or (state == "gone" and shutil.which("crmtool")):
        return ok("hook", "every commit is checked before it is made")
    if state == "elsewhere":
        return ok("hook", "a hook of your own runs crmtool")
    if _framework_runs_crmtool(repository):
        return _framework(manager)
    if state == "absent":
        return problem("hook", "no commit is checked before it is made", "crmtool hook install")
    told = "the hook is of another version of crmtool" if state == "outdated" else "the hook's Python is gone"
    return problem("hook", told, "crmtool hook install")


def _framework(manager: str | None) -> Check:
    if manager in ("pre-commit", "prek"):
        return ok("hook", f"{manager} runs crmtool, as {_FRAMEWORK} says")
    install = "pre-commit install --hook-type pre-commit --hook-type pre-merge-commit"
    return problem("hook", f"{_FRAMEWORK} lists crmtool, but its hooks are not installed here", install)


def _framework_runs_crmtool(repository: Repository) -> bool:
    return bool(re.search(r"^[^#\n]*\b(id|entry): *[\"']?crmtool\b", _text(repository.top / _FRAMEWORK), re.MULTILINE))


def _ci(repository: Repository) -> Check:
    found = [file for pattern in _CI_FILES for file in sorted(repository.top.glob(pattern))]
    checks = {file.relative_to(repository.top).as_posix(): _CHECKS.findall(_uncommented(file)) for file in found}
    running = [name for name, options in checks.items() if options]
    if not running:
        return _no_ci(repository)
    if any("--range" in given or "--base" in given for options in checks.values() for given in options):
        return ok("ci", f"what is pushed is checked, as {running[0]} says")
    told = f"{running[0]} checks the last state alone, and would not see what was rewritten"
    return notice("ci", told, 'add: crmtool check --range "$BEFORE..$AFTER"')


def _uncommented(file: Path) -> str:
    return re.sub(r"^\s*(#|//).*", "", _text(file), flags=re.MULTILINE)


def _no_ci(repository: Repository) -> Check:
    known = " ".join(hosts(repository))
    signs = {kind: host in known or (repository.top / file).exists() for kind, (host, file) in _SIGNS.items()}
    mend = f"crmtool init --ci {next((kind for kind, seen in signs.items() if seen), 'github')}"
    if not known:
        return notice("ci", "no CI file runs `crmtool check`; with a server there should be one", mend)
    return problem("ci", "no CI file runs `crmtool check`, so what is pushed without the hook is unchecked", mend)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
