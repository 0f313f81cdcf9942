"""Contents that a partial clone, as `git clone --filter` makes it, has left at its remote.

They are fetched under the settings of the user alone: those of a repository may name programs that do it. Of these no
more is taken than where the remote is, and what a server that checks out for a workflow lets itself be known by.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git.program import Done, as_text, message_of, online, run_git
from crmtool.git.refs import with_settings

_ALL_HERE = ("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
# As Git itself fetches what it finds missing, but for many at once: no commit is looked at, and no name written.
_FETCH = ("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
_FETCH_ALL = ("--recurse-submodules=no", "--no-auto-maintenance", "--filter=blob:none", "--stdin")
_CONFIGURED = r"^(extensions\.partialclone|remote\..*\.(promisor|url)|http\.(.*\.)?extraheader)$"
_OWN_SETTINGS = ("config", "--local", "--includes", "--null", "--get-regexp", _CONFIGURED)
_SHA256 = 64
_EMPTY = "[core]\n\tbare = true\n\trepositoryformatversion = 1\n[extensions]\n\tpartialclone = {name}\n{format}"
_NAME = "promisor"
_OF_REMOTE = re.compile(r"remote\.(.*)\.(promisor|url)", re.DOTALL)
_NO = ("false", "no", "off", "0", "")
_ELSEWHERE = ("GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX")

Settings = list[tuple[str, str]]


def bring(top: Path, environment: Mapping[str, str], ids: Collection[str]) -> None:
    """Fetch those of some contents that are not here, all at once; raises CrmtoolError where no remote gives them."""
    missing = _missing(top, environment, ids)
    settings = _settings(top, environment) if missing else []
    given = "".join(f"{id}\n" for id in sorted(missing)).encode()
    said = ""
    for remote, url in _remotes(settings).items():
        done = _fetched(top, environment, url, [each for each in settings if each[0].startswith("http.")], given)
        if not done.returncode:
            return
        said = said or f"{remote!r} does not give them: {message_of(done)}"
    if said:
        what = f"{len(missing)} contents that" if len(missing) > 1 else "a content that"
        raise CrmtoolError(
            f"this partial clone lacks {what} must be read, and {said}",
            ("run it again when the remote can be reached", "`git fetch --refetch --no-filter` brings all of them"),
        )


def _missing(top: Path, environment: Mapping[str, str], ids: Collection[str]) -> set[str]:
    # To ask for each of them would fetch it: Git can be told not to only since 2.45, and ends at the first one then.
    here = as_text(run_git(top, environment, *_ALL_HERE).stdout)
    length = len(next(iter(ids), "")) + 1
    return set(ids).difference(here[start : start + length - 1] for start in range(0, len(here), length))


def _fetched(top: Path, environment: Mapping[str, str], url: str, headers: Settings, given: bytes) -> Done:
    """Fetch into the repository's objects by way of one beside it, which has no settings of its own but these."""
    objects = top / os.fsdecode(run_git(top, environment, "rev-parse", "--git-path", "objects").stdout).rstrip("\n")
    with tempfile.TemporaryDirectory(prefix="crmtool-") as folder:
        is_sha256 = len(given.partition(b"\n")[0]) == _SHA256
        form = "\tobjectformat = sha256\n" if is_sha256 else ""
        Path(folder, "refs").mkdir()
        Path(folder, "HEAD").write_text("ref: refs/heads/main\n", "ascii")
        Path(folder, "config").write_text(_EMPTY.format(name=_NAME, format=form), "ascii")
        beside = {name: value for name, value in online(environment).items() if name not in _ELSEWHERE}
        beside |= {"GIT_DIR": folder, "GIT_OBJECT_DIRECTORY": str(objects)}
        settings = [(f"remote.{_NAME}.url", url), (f"remote.{_NAME}.promisor", "true"), *headers]
        return run_git(top, with_settings(beside, settings), *_FETCH, *_FETCH_ALL, "--", _NAME, given=given)


def _settings(top: Path, environment: Mapping[str, str]) -> Settings:
    told = as_text(run_git(top, environment, *_OWN_SETTINGS).stdout)
    return [(key, value) for key, _, value in (item.partition("\n") for item in told.split("\0")[:-1])]


def _remotes(settings: Settings) -> dict[str, str]:
    """Give the remotes that have promised to give what is missing, in the order in which Git asks them."""
    urls: dict[str, str] = {}
    for key, value in settings:
        named = _OF_REMOTE.fullmatch(key)
        if named and named[2] == "url":
            urls.setdefault(named[1], value)  # of several, Git fetches from the first
    return {name: urls[name] for name in _promising(settings) if name in urls}


def _promising(settings: Settings) -> Iterable[str]:
    for key, value in settings:
        named = _OF_REMOTE.fullmatch(key)
        if key == "extensions.partialclone":
            yield value
        elif named and named[2] == "promisor" and value.lower() not in _NO:
            yield named[1]
