"""Where contacts go by Git: what can be told of it without asking anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crmtool.app.doctor import commands
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.app.doctor.site import is_published
from crmtool.git import Repository
from crmtool.git.program import as_text

# scheme://user:password@host:port/path, or user@host:path as ssh takes it. One letter is a drive.
_ADDRESS = re.compile(r"(?:[a-z+]+://(?:[^@/]*@)?([^:/]+)(?::\d+)?/|(?:[^@/:]+@)?([^@/:]{2,}):)(.*)", re.IGNORECASE)
_PAGES = ("gh-pages", "pages")
_SITES = re.compile(r"(?:.*/)?(?:[^/]+\.(?:github|gitlab|codeberg|gitea)\.(?:io|page)|pages)", re.IGNORECASE)
"""What repositories are called that their server publishes as a website."""
_REPORTS = ("pipeline", "stop")


def hosts(repository: Repository) -> list[str]:
    """List the servers that the remotes name."""
    return [host for _, host, _ in _remotes(repository) if host]


def examine(repository: Repository, root: Path) -> Iterator[Check]:
    """Look at the remotes and at branches that are made to be published."""
    remotes = _remotes(repository)
    if not remotes:
        yield ok("remote", "there is no remote: by Git, contacts stay on this machine")
    for name, host, path in remotes:
        if host and _SITES.fullmatch(path):
            told = f"{path} on {host} has a name whose files that server may publish, and contacts are personal data"
            yield problem("remote", f"{name}: {told}", "move it to a private repository of another name")
        elif host:
            told = f"whether {path} on {host} is private cannot be told from here, and contacts are personal data"
            yield notice("remote", f"{name}: {told}", "look at its settings there")
        else:
            yield ok("remote", f"{name}: is a directory")
    yield from _pages(repository, is_published(root))


def _remotes(repository: Repository) -> list[tuple[str, str | None, str]]:
    """Give name, host (None for a directory) and path of each remote that one pushes to."""
    lines = [line.partition("\t") for line in as_text(repository.run("remote", "-v")).splitlines()]
    urls = {name: url.removesuffix(" (push)") for name, _, url in lines if url.endswith(" (push)")}
    return [(name, *_place(url)) for name, url in urls.items()]


def _place(url: str) -> tuple[str | None, str]:
    found = None if url.startswith("file://") else _ADDRESS.match(url)
    if found is None:
        return None, url
    return (found[1] or found[2]).lower(), found[3].removesuffix(".git")


def _pages(repository: Repository, confirmed: bool) -> Iterator[Check]:
    refs = as_text(repository.run("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes")).splitlines()
    for ref in refs:
        name = ref.split("/", 2)[2]
        if name.rpartition("/")[2] in _PAGES and _holds_the_site(repository, ref):
            told = f"the branch {name} holds the report site"
            if confirmed:
                yield notice("pages-branch", told)
            else:
                told = f"{told}, and nothing confirms that everybody may read it"
                yield problem("pages-branch", told, _deleted(repository, ref, name))


def _deleted(repository: Repository, ref: str, name: str) -> str:
    if ref.startswith("refs/heads/"):
        return commands.git(repository, "branch", "-D", "--", name)
    remotes = as_text(repository.run("remote")).splitlines()
    remote = max((each for each in remotes if name.startswith(f"{each}/")), key=len, default=None)
    if remote is None:  # what is left of a remote that is gone
        return commands.git(repository, "branch", "-r", "-D", "--", name)
    # In full, since who may push can name a branch like an option.
    return commands.git(repository, "push", remote, "--delete", f"refs/heads/{name.removeprefix(f'{remote}/')}")


def _holds_the_site(repository: Repository, ref: str) -> bool:
    names = {name.removesuffix(".html") for name in as_text(repository.run("ls-tree", "--name-only", ref)).splitlines()}
    return names.issuperset(_REPORTS)
