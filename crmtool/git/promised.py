"""Contents that a partial clone, as `git clone --filter` makes it, has left at its remote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git.program import as_text, message_of, run_git

_ALL_HERE = ("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
# As Git itself fetches what it finds missing, but for many at once: no commit is looked at, and no name written.
_FETCH = ("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
_FETCH_ALL = ("--recurse-submodules=no", "--no-auto-maintenance", "--filter=blob:none", "--stdin")
_CONFIGURED = r"^(extensions\.partialclone|remote\..*\.promisor)$"
_NO = ("false", "no", "off", "0", "")


def bring(top: Path, environment: Mapping[str, str], ids: Collection[str]) -> None:
    """Fetch those of some contents that are not here, all at once; raises CrmtoolError where no remote gives them."""
    missing = _missing(top, environment, ids)
    remotes = _remotes(top, environment) if missing else []
    given = "".join(f"{id}\n" for id in sorted(missing)).encode()
    said = ""
    for remote in remotes:
        done = run_git(top, environment, *_FETCH, *_FETCH_ALL, "--", remote, given=given)
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


def _remotes(top: Path, environment: Mapping[str, str]) -> list[str]:
    """Give the remotes that have promised to give what is missing, in the order in which Git asks them."""
    told = as_text(run_git(top, environment, "config", "--null", "--get-regexp", _CONFIGURED).stdout)
    return list(dict.fromkeys(_named(item.partition("\n")[::2] for item in told.split("\0")[:-1])))


def _named(settings: Iterable[tuple[str, str]]) -> Iterable[str]:
    for key, value in settings:
        if not key.startswith("remote."):
            yield value
        elif value.lower() not in _NO:
            yield key.removeprefix("remote.").removesuffix(".promisor")
