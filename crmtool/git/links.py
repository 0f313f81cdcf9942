"""Symbolic links inside a version of a repository, followed without a file system."""

from __future__ import annotations

from collections.abc import Callable

from crmtool.snapshot import UnreadableError

_MAX_LINKS = 40


def resolve(path: str, target_of: Callable[[str], str | None], top: str) -> str:
    """Follow the links in a path, those among its directories too; raises UnreadableError.

    `target_of` gives where a link leads and None for what is no link; `top` is where the repository lies, for links
    that are absolute.
    """
    done: list[str] = []
    todo = path.split("/")[::-1]
    links = 0
    while todo:
        name = todo.pop()
        if name == "..":
            if not done:
                raise leads_out()
            done.pop()
        elif name not in ("", "."):
            done.append(name)
            target = target_of("/".join(done))
            if target is not None:
                links += 1
                done, rest = _enter(done[:-1], target, top)
                todo += rest
        if links > _MAX_LINKS:
            raise UnreadableError("the symbolic link leads in a circle", "remove the link")
    return "/".join(done)


def leads_out() -> UnreadableError:
    """Make the error of a link that is not followed."""
    return UnreadableError(
        "the symbolic link leads out of the workspace; it is not followed", "put the file itself here"
    )


def _enter(directory: list[str], target: str, top: str) -> tuple[list[str], list[str]]:
    if not target.startswith("/"):
        return directory, target.split("/")[::-1]
    if not target.startswith(top + "/"):
        raise leads_out()
    return [], target.removeprefix(top).split("/")[::-1]
