"""A repository beside another one that borrows its objects: what is rewritten there changes nothing here."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import PathFinder
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git import history_filter
from crmtool.git.program import git_command, message_of, run_git
from crmtool.git.readiness import git_directory
from crmtool.git.repository import Repository
from crmtool.git.rewriting_plan import HistoryPlan

INSTALL = "pip install 'crmtool[erase]'"
_MODULE, _PROGRAM = "git_filter_repo", "git-filter-repo"
_PREFIX = "crmtool-aside-"
_FILTER = "crmtool_history_filter"
_CALLBACK = "import sys\n{folder!r} in sys.path or sys.path.insert(0, {folder!r})\nimport {filter}\n{filter}.{call}\n"
_CALLS = {"commit": "change_commit(commit, FileChange)", "tag": "change_tag(tag)"}
_OPTIONS = (
    "--force",  # it is no fresh clone; what that is to guard against has been looked at
    "--partial",  # remotes' branches stay what they are
    "--quiet",
    "--preserve-commit-encoding",  # the places in messages are counted in bytes
    "--prune-empty=never",
    "--prune-degenerate=never",
)
# Where these are set, as in hooks, git would work elsewhere.
_ELSEWHERE = (
    *("GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"),
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_QUARANTINE_PATH"),
)


def filter_program() -> tuple[str, ...]:
    """Give the words that run git-filter-repo; raises CrmtoolError with the line that installs it.

    Nothing is taken from the directory that crmtool was called in: that may be anybody's.
    """
    module = _module()
    if module is not None:
        return sys.executable, "-I", "-B", "-X", "utf8", module
    program = shutil.which(_PROGRAM)
    if program is None or not Path(program).is_absolute():
        raise CrmtoolError(
            "the history can only be rewritten by git-filter-repo, which is not installed",
            (INSTALL, "or erase from the files of now alone: --without-history"),
        )
    return (program,)


def _module() -> str | None:
    here = Path.cwd()
    found = PathFinder.find_spec(_MODULE, [each for each in sys.path if each and Path(each) != here])
    return found.origin if found else None


@contextmanager
def aside(repository: Repository, refs: Mapping[str, str]) -> Iterator[Repository]:
    """Make a bare repository with the same refs, and take it away in the end; raises CrmtoolError, OSError.

    It lies in the other one's own directory, so on the same disk, for this user alone. What an interrupted run left
    there goes first.
    """
    directory = git_directory(repository)
    remove_leftovers(directory)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=directory) as folder:
        environment = {name: value for name, value in repository.environment.items() if name not in _ELSEWHERE}
        copy = Repository(top=Path(folder, "git"), environment={**environment, "GIT_DIR": str(Path(folder, "git"))})
        head = repository.run("symbolic-ref", "HEAD").decode("utf-8", "surrogateescape").strip()
        done = run_git(Path(folder), environment, "init", "--quiet", "--bare", "--template=", "git")
        if done.returncode:
            raise CrmtoolError(f"git init: {message_of(done)}")
        objects = os.fsdecode(repository.run("rev-parse", "--git-path", "objects")).removesuffix("\n")
        borrowed = os.path.relpath(repository.top / objects, copy.top / "objects")
        (copy.top / "objects" / "info").mkdir(exist_ok=True)
        (copy.top / "objects" / "info" / "alternates").write_bytes(os.fsencode(borrowed) + b"\n")
        copy.run("symbolic-ref", "HEAD", head)
        copy.run("update-ref", "--stdin", given=lines_of(f"create {name} {id}" for name, id in refs.items()))
        yield copy


def remove_leftovers(directory: Path) -> None:
    """Take away what an interrupted run left in a repository's own directory."""
    for left in directory.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)


def rewrite_aside(copy: Repository, plan: HistoryPlan, program: Sequence[str]) -> None:
    """Have git-filter-repo rewrite all that the copy's refs can reach; raises CrmtoolError, OSError."""
    _write_contents(copy, plan.contents)
    folder = copy.top.parent / "filter"
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps(plan.told()), "ascii")
    (folder / f"{_FILTER}.py").write_bytes(Path(history_filter.__file__).read_bytes())
    options = list(_OPTIONS)
    for kind, call in _CALLS.items():
        (folder / kind).write_text(_CALLBACK.format(folder=str(folder), filter=_FILTER, call=call), "utf-8")
        options += [f"--{kind}-callback", str(folder / kind)]
    settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
    environment = {**copy.environment, **settings, history_filter.PLAN_VARIABLE: str(folder / "plan.json")}
    done = _run_apart([*program, *options], copy.top, environment)
    if done.returncode:
        raise CrmtoolError(f"git-filter-repo failed: {message_of(done)}")


def bring_over(copy: Repository, repository: Repository, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Add the copy's new objects to the repository, which leads nowhere to them yet; raises CrmtoolError, OSError."""
    if before.keys() != after.keys():
        raise CrmtoolError("git-filter-repo has lost or made branches or tags")
    wanted = lines_of((*dict.fromkeys(after.values()), *dict.fromkeys(f"^{id}" for id in before.values())))
    pack = copy.top.parent / "new.pack"
    with pack.open("wb") as output:
        _stream(copy, ("pack-objects", "--revs", "--stdout", "--quiet", "--delta-base-offset"), wanted, output)
    with pack.open("rb") as data:
        done = subprocess.run(
            git_command("index-pack", "--stdin"),
            cwd=repository.top,
            env=repository.environment,
            stdin=data,
            capture_output=True,
            check=False,
        )
    if done.returncode:
        raise CrmtoolError(f"git index-pack: {message_of(done)}")
    repository.run("rev-list", "--objects", "--quiet", "--stdin", given=wanted)  # that nothing is missing


def lines_of(lines: Iterator[str] | Sequence[str]) -> bytes:
    """Give lines as git reads them."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _write_contents(copy: Repository, contents: Collection[bytes]) -> None:
    blobs = (b"blob\ndata %d\n%s\n" % (len(data), data) for data in contents)
    copy.run("fast-import", "--quiet", given=b"".join((*blobs, b"done\n")))


def _stream(repository: Repository, words: Sequence[str], given: bytes, output: object) -> None:
    done = subprocess.run(
        git_command(*words),
        cwd=repository.top,
        env=repository.environment,
        input=given,
        stdout=output,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise CrmtoolError(f"git {words[0]}: {message_of(done)}")


def _run_apart(
    command: Sequence[str], directory: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end, in a session of its own; where this one is interrupted, all of it ends at once."""
    with subprocess.Popen(
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate()
        except BaseException:
            _kill(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()  # `Popen` itself does not after Ctrl+C; what still ends could write into what is taken away next
