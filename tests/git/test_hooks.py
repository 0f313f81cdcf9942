"""Installing and removing hooks, and what the hook itself does; the program that it runs is a stand-in here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtool import hooks
from crmtool.errors import CrmtoolError
from crmtool.git import Repository

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

BOTH = ("pre-commit", "pre-merge-commit")
THEIRS = b'#!/bin/sh\n# caf\xe9, no end of line\necho "theirs: $0 $*" >&2; exit ${THEIR_STATUS:-0}'


def install(repo: Repo) -> list[str]:
    return hooks.install(Repository.find(repo.top))


def uninstall(repo: Repo) -> list[str]:
    return hooks.uninstall(Repository.find(repo.top))


def state(directory: Path) -> dict[str, tuple[bytes, int, float] | str]:
    """Everything about the hooks that could change."""
    files = [file for file in sorted(directory.iterdir()) if not file.name.endswith(".sample")]
    return {
        file.name: str(file.readlink())
        if file.is_symlink()
        else (file.read_bytes(), file.stat().st_mode, file.stat().st_mtime)
        for file in files
    }


def executable(file: Path, content: bytes | str, mode: int = 0o755) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    file.chmod(mode)
    return file


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for the Python that has crmtool: it tells what it is asked, and ends with $STATUS."""
    script = '#!/bin/sh\nfor last; do :; done; echo "ours: $1 $2 … $last" >&2; exit ${STATUS:-0}\n'
    python = executable(tmp_path / 'it\'s "python" $HOME' / "python", script)
    monkeypatch.setattr(sys, "executable", str(python))
    return python


@pytest.fixture
def without_crmtool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every crmtool from PATH."""
    kept = [folder for folder in os.environ["PATH"].split(":") if not (Path(folder) / "crmtool").exists()]
    monkeypatch.setenv("PATH", ":".join(kept))


# --- installing and removing ---


def test_installed_and_removed(repo: Repo) -> None:
    directory = repo.top / ".git/hooks"
    before = state(directory)
    assert install(repo) == [f"{name}: installed" for name in BOTH]
    for name in BOTH:
        assert (directory / name).stat().st_mode & 0o777 == 0o755
        subprocess.run(["sh", "-n", str(directory / name)], check=True)
    assert set(state(directory)) == {*before, *BOTH}, "no temporary file is left"
    assert uninstall(repo) == [f"{name}: removed" for name in BOTH]
    assert state(directory) == before
    assert uninstall(repo) == [f"{name}: is not installed" for name in BOTH]


def test_installing_again_changes_nothing(repo: Repo) -> None:
    executable(repo.top / ".git/hooks/pre-commit", THEIRS)
    install(repo)
    before = state(repo.top / ".git/hooks")
    assert install(repo) == [f"{name}: is installed already" for name in BOTH]
    assert state(repo.top / ".git/hooks") == before


def test_installing_with_another_python_renews(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    install(repo)
    monkeypatch.setattr(sys, "executable", "/opt/other/python")
    assert install(repo) == [f"{name}: renewed" for name in BOTH]
    assert b"\npython=/opt/other/python\n" in (repo.top / ".git/hooks/pre-commit").read_bytes()


@pytest.mark.parametrize("mode", [0o755, 0o700, 0o644])
def test_a_hook_that_was_there_comes_back_as_it_was(repo: Repo, mode: int) -> None:
    directory = repo.top / ".git/hooks"
    executable(directory / "pre-commit", THEIRS, mode)
    before = state(directory)
    runs = "runs first" if mode & 0o100 else "does not run, since it is not executable"
    kept = f"pre-commit: installed; the hook that was there is kept as pre-commit.before-crmtool and {runs}"
    assert install(repo) == [kept, "pre-merge-commit: installed"]
    assert state(directory)["pre-commit.before-crmtool"] == before["pre-commit"]
    uninstall(repo)
    assert state(directory) == before


@pytest.mark.parametrize("target", ["../../scripts/hook", "absent"])
def test_a_hook_that_is_a_link_comes_back_as_one(repo: Repo, target: str) -> None:
    directory = repo.top / ".git/hooks"
    executable(repo.top / "scripts/hook", THEIRS)
    (directory / "pre-commit").symlink_to(target)
    before = state(directory)
    install(repo)
    assert not (directory / "pre-commit").is_symlink()
    assert (repo.top / "scripts/hook").read_bytes() == THEIRS
    uninstall(repo)
    assert state(directory) == before


def test_no_hook_is_ever_lost(repo: Repo) -> None:
    directory = repo.top / ".git/hooks"
    executable(directory / "pre-merge-commit", THEIRS)
    install(repo)
    executable(directory / "pre-merge-commit", b"#!/bin/sh\n# another program came later")
    before = state(directory)
    with pytest.raises(CrmtoolError, match=r"not crmtool's, and pre-merge-commit\.before-crmtool beside it was kept"):
        install(repo)
    assert state(directory) == before
    assert uninstall(repo) == ["pre-commit: removed", "pre-merge-commit: is not crmtool's, and stays as it is"]
    assert (directory / "pre-merge-commit.before-crmtool").read_bytes() == THEIRS


def test_a_hook_that_is_a_directory(repo: Repo) -> None:
    (repo.top / ".git/hooks/pre-commit").mkdir()
    with pytest.raises(CrmtoolError, match="pre-commit is a directory; move it away"):
        install(repo)


def test_a_failed_writing_leaves_the_old_hook(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = repo.top / ".git/hooks"
    executable(directory / "pre-commit", THEIRS)
    before = state(directory)

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crmtool.writing.tempfile.mkstemp", full)
    with pytest.raises(CrmtoolError, match="cannot be written: No space left on device"):
        install(repo)
    assert state(directory) == before


def test_a_hook_is_executable_whatever_the_umask_and_the_mode_before(repo: Repo) -> None:
    directory = repo.top / ".git/hooks"
    install(repo)
    (directory / "pre-commit").chmod(0o600)
    umask = os.umask(0o077)
    try:
        (directory / "pre-merge-commit").unlink()
        assert install(repo) == ["pre-commit: renewed", "pre-merge-commit: installed"]
    finally:
        os.umask(umask)
    assert [(directory / name).stat().st_mode & 0o777 for name in ("pre-commit", "pre-merge-commit")] == [0o755] * 2


@pytest.mark.parametrize(("method", "change"), [("chmod", install), ("unlink", uninstall)])
def test_a_change_that_fails_halfway_leaves_no_trace(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, method: str, change: Callable[[Repo], list[str]]
) -> None:
    if change is uninstall:
        install(repo)
    before = state(repo.top / ".git/hooks")
    original = getattr(Path, method)

    def refuse(file: Path, *arguments: object, **options: object) -> None:
        if file.name == "pre-commit" or method == "chmod":
            raise PermissionError(1, "Operation not permitted", str(file))
        original(file, *arguments, **options)

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(CrmtoolError, match=r"pre-commit.* cannot be .*: Operation not permitted"):
        change(repo)
    assert state(repo.top / ".git/hooks") == before


def test_a_repository_without_a_hooks_directory(make_repo: MakeRepo) -> None:
    repo = make_repo("plain", "--template=")
    assert not (repo.top / ".git/hooks").exists()
    assert uninstall(repo) == [f"{name}: is not installed" for name in BOTH]
    assert install(repo) == [f"{name}: installed" for name in BOTH]


# --- how far commits are checked ---


def found(repo: Repo) -> str:
    return hooks.state(Repository.find(repo.top))


def test_the_state_of_the_hooks(repo: Repo, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = repo.top / ".git/hooks/pre-commit"
    assert found(repo) == "absent"
    install(repo)
    assert found(repo) == "installed"
    monkeypatch.setattr(sys, "executable", "/opt/other/python")
    assert found(repo) == "installed", "another Python's hook does as well"
    hook.with_name("pre-merge-commit").unlink()
    assert found(repo) == "absent", "both are needed"
    install(repo)
    assert found(repo) == "gone"
    monkeypatch.setattr(sys, "executable", str(program))
    install(repo)
    hook.write_text(hook.read_text("utf-8").replace("--staged", "--staged --strict"), "utf-8")
    assert found(repo) == "outdated"
    hook.write_text(hook.read_text("utf-8").replace("python=", "python='"), "utf-8")
    assert found(repo) == "outdated"
    hook.chmod(0o644)
    assert found(repo) == "absent", "Git does not run what is not executable"


def test_a_hook_of_another_that_runs_crmtool(repo: Repo) -> None:
    for name in BOTH:
        executable(repo.top / ".git/hooks" / name, "#!/bin/sh\ncrmtool check --staged\n")
    assert found(repo) == "elsewhere"


def test_who_manages_the_hooks(repo: Repo) -> None:
    assert hooks.manager(Repository.find(repo.top)) is None
    executable(repo.top / ".git/hooks/pre-commit", "#!/bin/sh\n# File generated by prek: x\n")
    assert hooks.manager(Repository.find(repo.top)) == "prek"


# --- where git looks for hooks ---


def test_a_linked_work_tree_shares_the_hooks(repo: Repo, tmp_path: Path) -> None:
    repo.workspace().commit()
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    assert install(type(repo)(tmp_path / "linked")) == [f"{name}: installed" for name in BOTH]
    assert (repo.top / ".git/hooks/pre-commit").exists()


def test_hooks_path_relative_to_the_top_level(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.git("config", "core.hooksPath", "tools/git hooks")
    (repo.top / "below").mkdir()
    monkeypatch.chdir(repo.top / "below")
    lines = hooks.install(Repository.find(Path()))
    assert set(state(repo.top / "tools/git hooks")) == set(BOTH)
    assert lines[2].startswith("notice: the hooks are in the work tree (")
    assert not (repo.top / ".git/hooks/pre-commit").exists()
    uninstall(repo)
    assert state(repo.top / "tools/git hooks") == {}


def set_for_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hooks_path: str) -> None:
    """Have the user's own settings name the folder of hooks."""
    (tmp_path / "settings").write_text(f"[core]\n\thooksPath = {hooks_path}\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))


def test_hooks_path_outside_of_the_repository(
    repo: Repo, tmp_path: Path, program: Path, make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared hooks"
    set_for_all(monkeypatch, tmp_path, str(shared))
    assert install(repo)[2:] == [
        f"notice: the hooks are in {shared}, for every repository that uses it; without a rule book they do nothing"
    ]
    assert "ours" in repo.workspace().try_commit().stderr
    other = make_repo("other")
    other.stage("contacts/x.md", "not of a workspace")
    program.unlink()
    first = other.try_commit()
    other.git("rm", "-q", "contacts/x.md")
    second = other.try_commit("--allow-empty")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "crmtool" not in first.stderr + second.stderr


@pytest.mark.parametrize("path", ["/dev/null", ""])
def test_hooks_that_are_switched_off(repo: Repo, path: str) -> None:
    repo.git("config", "core.hooksPath", path)
    for change in (install, uninstall):
        with pytest.raises(CrmtoolError, match=r"Git runs no hooks here, since core\.hooksPath is no directory; "):
            change(repo)


def test_hooks_path_in_the_home_directory(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_for_all(monkeypatch, tmp_path, "~/hooks")
    install(repo)
    assert set(state(Path.home() / "hooks")) == set(BOTH)


# --- beside others that manage hooks ---


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        ("# File generated by pre-commit: https://pre-commit.com", "pre-commit manages hooks here; list crmtool in"),
        ("# File generated by prek: https://github.com/j178/prek", "prek manages hooks here; list crmtool in"),
        ("call_lefthook run pre-commit", "lefthook manages hooks here; it may overwrite this hook; put `crmtool check"),
    ],
)
def test_another_manager_of_hooks_is_named_and_called(repo: Repo, program: Path, content: str, notice: str) -> None:
    executable(repo.top / ".git/hooks/pre-commit", f"#!/bin/sh\n{content}\n".replace("call_", "echo theirs >&2 #"))
    lines = install(repo)
    assert lines[2].startswith(f"notice: {notice}")
    assert install(repo)[2:] == lines[2:]


def test_husky_is_named(repo: Repo) -> None:
    repo.git("config", "core.hooksPath", ".husky/_")
    assert [line for line in install(repo) if line.startswith("notice: husky manages hooks here; it may overwrite")]


# --- what the hook does ---


def test_the_hook_decides(repo: Repo, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(repo)
    repo.workspace()
    monkeypatch.setenv("STATUS", "1")
    refused = repo.try_commit()
    assert (refused.returncode, refused.stderr) == (1, "ours: -P -c … --staged\n")
    monkeypatch.setenv("STATUS", "2")
    assert repo.try_commit().returncode == 1
    monkeypatch.setenv("STATUS", "0")
    assert repo.try_commit().returncode == 0


def test_the_hook_that_was_there_runs_first(repo: Repo, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = executable(repo.top / ".git/hooks/pre-commit", THEIRS)
    install(repo)
    repo.workspace()
    monkeypatch.setenv("THEIR_STATUS", "7")
    refused = repo.try_commit()
    assert refused.returncode == 1
    assert refused.stderr == "theirs: .git/hooks/pre-commit.before-crmtool \n"
    assert repo.attempt(str(hook), "one", "two words").returncode == 7
    monkeypatch.setenv("THEIR_STATUS", "0")
    assert [line.split(":")[0] for line in repo.try_commit().stderr.splitlines()] == ["theirs", "ours"]


def test_arguments_and_input_are_passed_on(repo: Repo, program: Path) -> None:
    hook = executable(repo.top / ".git/hooks/pre-commit", '#!/bin/sh\nprintf "%s|" "$@" >&2; cat >&2; echo >&2\n')
    install(repo)
    repo.workspace()
    done = repo.attempt(str(hook), "one", "two words", given="from standard input")
    assert done.stderr.splitlines()[0] == "one|two words|from standard input"


def test_a_hook_that_is_not_executable_is_not_run(repo: Repo, program: Path) -> None:
    executable(repo.top / ".git/hooks/pre-commit", "#!/bin/sh\nexit 9\n", 0o644)
    install(repo)
    assert repo.workspace().try_commit().returncode == 0


def test_the_hook_runs_by_way_of_its_name_alone(repo: Repo, program: Path) -> None:
    install(repo)
    repo.workspace()
    done = repo.attempt("sh", "-e", "pre-commit", cwd=repo.top / ".git/hooks", GIT_DIR="..", GIT_WORK_TREE="../..")
    assert (done.returncode, done.stderr) == (0, "ours: -P -c … --staged\n")


def test_without_a_workspace_nothing_runs(repo: Repo, program: Path) -> None:
    install(repo)
    repo.stage("README.md", "x")
    repo.write("criteria.yaml", "not staged")
    for _ in range(2):
        done = repo.try_commit("--allow-empty")
        assert (done.returncode, done.stderr) == (0, "")


def test_a_rule_book_that_is_dropped_is_looked_at(repo: Repo, program: Path) -> None:
    install(repo)
    repo.workspace("sales/").commit()
    repo.git("rm", "-q", "sales/criteria.yaml")
    assert "ours" in repo.try_commit().stderr


@pytest.mark.parametrize("option", ["--literal-pathspecs", "--glob-pathspecs", "--icase-pathspecs"])
def test_options_for_path_patterns_do_not_switch_the_hook_off(repo: Repo, program: Path, option: str) -> None:
    install(repo)
    repo.workspace("sales/")
    assert "ours" in repo.attempt("git", option, "commit", "-m", "x").stderr


@pytest.mark.usefixtures("without_crmtool")
@pytest.mark.parametrize("gone", ["the python", "crmtool in it"])
def test_crmtool_from_path_where_that_python_is_gone(
    repo: Repo, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    install(repo)
    repo.workspace()
    if gone == "the python":
        program.unlink()
    else:
        executable(program, f'#!/bin/sh\nexec {sys.base_prefix}/bin/python3 -I "$@"\n')
    refused = repo.try_commit()
    assert refused.returncode == 1
    assert refused.stderr == (
        "crmtool is gone, so this commit is not checked and not made: reinstall it and run `crmtool hook install`,"
        " or remove this hook: rm '.git/hooks/pre-commit'\n"
    )
    executable(tmp_path / "bin/crmtool", '#!/bin/sh\necho "from PATH: $*" >&2; exit ${STATUS:-0}\n')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("STATUS", "1")
    assert (repo.try_commit().returncode, repo.try_commit().stderr) == (1, "from PATH: check --staged\n")
    monkeypatch.setenv("STATUS", "0")
    assert repo.try_commit().returncode == 0


@pytest.mark.usefixtures("without_crmtool")
def test_the_advice_for_removing_by_hand_brings_the_old_hook_back(repo: Repo, program: Path) -> None:
    hook = executable(repo.top / ".git/hooks/pre-commit", THEIRS)
    install(repo)
    program.unlink()
    advice = repo.workspace().try_commit().stderr.rpartition("remove this hook: ")[2]
    assert repo.attempt("sh", "-c", advice).returncode == 0
    assert hook.read_bytes() == THEIRS
    assert repo.try_commit().returncode == 0


# --- the command ---


def test_the_command(repo: Repo, tmp_path: Path) -> None:
    done = repo.crmtool("hook", "install")
    expected = "pre-commit: installed\npre-merge-commit: installed\nmerge driver: set up\n"
    assert (done.returncode, done.stdout) == (0, expected)
    done = repo.crmtool("-C", str(repo.top), "hook", "uninstall", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("pre-commit: removed\npre-merge-commit: removed\nmerge driver: removed; ")
    for command in ("install", "uninstall"):
        done = repo.crmtool("hook", command, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr == f"crmtool: {tmp_path} lies in no Git repository; `git init` makes one\n"


def test_the_command_tells_notices_on_standard_error(repo: Repo) -> None:
    repo.git("config", "core.hooksPath", "tools")
    done = repo.crmtool("hook", "install")
    assert "notice" not in done.stdout
    assert done.stderr.startswith("notice: the hooks are in the work tree")


def test_help_begins_with_what_it_is_for(repo: Repo) -> None:
    for arguments in (("hook",), ("hook", "install"), ("hook", "uninstall")):
        text = repo.crmtool(*arguments, "--help").stdout
        assert "Example:\n" in text
        assert text.splitlines()[2].strip()
