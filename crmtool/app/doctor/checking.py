"""Whether commits are checked: by a hook before they are made, by a server when they are pushed."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from crmtool import hooks
from crmtool.app.ci_files import installs_by_name
from crmtool.app.doctor import commands
from crmtool.app.doctor.remotes import hosts
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import as_text
from crmtool.workspace import beginning

_FRAMEWORK = ".pre-commit-config.yaml"
_CI_FILES = {
    "github": (".github/workflows/*.y*ml",),
    "forgejo": (".forgejo/workflows/*.y*ml", ".gitea/workflows/*.y*ml", ".github/workflows/*.y*ml"),
    "gitlab": (".gitlab-ci.yml", ".gitlab/ci/*.yml"),
}
_FURTHER_CI_FILES = (
    ".woodpecker.y*ml", ".woodpecker/*.y*ml", ".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml",
    "Jenkinsfile",
)  # fmt: skip
_CHECKS = re.compile(r"\bcrmtool\b[^\n|;&]*\bcheck\b([^\n|;&]*)")
_BY_ADDRESS = "pip install 'crmtool @ git+https://HOST/OWNER/crmtool@COMMIT', or a wheel in the repository"
_SIGNS = {
    "gitlab": ("gitlab", ".gitlab-ci.yml"),
    "forgejo": ("codeberg.org", ".forgejo"),
    "github": ("github", ".github"),
}
"""By which a server is told: a part of its name, and what lies in the repository for it."""


def examine(repository: Repository, root: Path) -> Iterator[Check]:
    """Look at the history, the hooks and the files of a server."""
    if repository.is_shallow():
        told = "a part of the history is missing here, so ranges cannot be checked"
        yield notice("history", told, commands.git(repository, "fetch", "--unshallow"))
    yield _hook(repository, commands.crmtool(root, "hook", "install"))
    yield _ci(repository, root)


def _hook(repository: Repository, install: str) -> Check:
    try:
        state, manager = hooks.state(repository), hooks.manager(repository)
    except CrmtoolError as error:
        return problem("hook", str(error), _switched_on(repository, install))
    if state == "installed" or (state == "gone" and shutil.which("crmtool")):
        return ok("hook", "every commit is checked before it is made")
    if state == "elsewhere":
        return ok("hook", "a hook of your own runs crmtool")
    if _framework_runs_crmtool(repository):
        return _framework(repository, manager)
    if state == "absent":
        return problem("hook", "no commit is checked before it is made", install)
    told = "the hook is of another version of crmtool" if state == "outdated" else "the hook's Python is gone"
    return problem("hook", told, install)


def _switched_on(repository: Repository, install: str) -> str:
    # Who includes a file of settings has it in that one, where neither --local nor --global would find it.
    found = as_text(repository.run("config", "--show-origin", "-z", "--default", "", "--get", "core.hooksPath"))
    origin, _, value = found.partition("\0")
    if origin.startswith("file:"):
        file = repository.top / origin.removeprefix("file:")
        unset = commands.git(repository, "config", "--file", str(file), "--unset-all", "core.hooksPath")
        return f"{unset} && {install}"
    if value.strip("\0"):
        return f"set core.hooksPath no more, here by {origin.rstrip(':')}; then: {install}"
    return f"move .git/hooks away, which is no directory; then: {install}"


def _framework(repository: Repository, manager: str | None) -> Check:
    if manager in ("pre-commit", "prek"):
        return ok("hook", f"{manager} runs crmtool, as {_FRAMEWORK} says")
    program = "prek" if shutil.which("prek") and not shutil.which("pre-commit") else "pre-commit"
    install = f"{program} install --hook-type pre-commit --hook-type pre-merge-commit"
    if Path.cwd() != repository.top.resolve():
        install = f"(cd {shlex.quote(str(repository.top))} && {install})"
    return problem("hook", f"{_FRAMEWORK} lists crmtool, but its hooks are not installed here", install)


def _framework_runs_crmtool(repository: Repository) -> bool:
    return bool(re.search(r"^[^#\n]*\b(id|entry): *[\"']?crmtool\b", _text(repository.top / _FRAMEWORK), re.MULTILINE))


def _ci(repository: Repository, root: Path) -> Check:
    checks = {name: _CHECKS.findall(_uncommented(repository.top / name)) for name in _ci_files(repository)}
    running = [name for name, options in checks.items() if options]
    if not running:
        return _no_ci(repository, root)
    by_name = next((name for name in running if installs_by_name(_uncommented(repository.top / name))), None)
    if by_name:
        told = f"{by_name} installs crmtool by its name alone, which no registry has yet and anybody could take"
        return notice("ci", told, f"edit {shlex.quote(by_name)}: {_BY_ADDRESS}")
    committed = [name for name in running if repository.run("ls-files", "--", name)]
    if not committed:
        add = commands.git(repository, "add", path=repository.top / running[0])
        return notice("ci", f"{running[0]} is not in Git yet, so no server knows it", add)
    if any("--range" in given or "--base" in given for name in committed for given in checks[name]):
        return ok("ci", f"what is pushed is checked, as {committed[0]} says")
    told = f"{committed[0]} checks the last state alone, and would not see what was rewritten"
    return notice("ci", told, 'add: crmtool check --range "$BEFORE..$AFTER"')


def _ci_files(repository: Repository) -> list[str]:
    """List the files that the servers read which the remotes name; of a server that is not known any may be."""
    names = hosts(repository)
    kinds = [next((kind for kind, (host, _) in _SIGNS.items() if host in name), None) for name in names]
    patterns = [pattern for kind in kinds if kind for pattern in _CI_FILES[kind]]
    if not names or None in kinds:
        patterns = [pattern for group in (*_CI_FILES.values(), _FURTHER_CI_FILES) for pattern in group]
    files = [file for pattern in dict.fromkeys(patterns) for file in sorted(repository.top.glob(pattern))]
    found = [file.relative_to(repository.top).as_posix() for file in files]
    included = _text(repository.top / ".gitlab-ci.yml")
    return [name for name in found if not name.startswith(".gitlab/") or name in included]


def _uncommented(file: Path) -> str:
    return re.sub(r"(^|\s)(#|//).*", "", _text(file), flags=re.MULTILINE)


def _no_ci(repository: Repository, root: Path) -> Check:
    known = " ".join(hosts(repository))
    signs = {kind: host in known or (repository.top / file).exists() for kind, (host, file) in _SIGNS.items()}
    kind = next((kind for kind, seen in signs.items() if seen), "github")
    mend = commands.crmtool(root, "init", "--ci", kind)
    if not known:
        return notice("ci", "no CI file runs `crmtool check`; with a server there should be one", mend)
    return problem("ci", "no CI file runs `crmtool check`, so what is pushed without the hook is unchecked", mend)


def _text(file: Path) -> str:
    try:
        return beginning(file).decode("utf-8", "replace")
    except OSError:
        return ""
