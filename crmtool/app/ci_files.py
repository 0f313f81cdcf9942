"""Files that have a server check what is pushed: one for each workspace of a repository."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.resources import shipped
from crmtool.writing import refuse_led_out, write_atomic

KINDS = ("github", "gitlab", "forgejo")
_FILES = {"github": ".github/workflows/{name}.yml", "forgejo": ".forgejo/workflows/{name}.yml"}
_GITLAB, _GITLAB_INCLUDED = ".gitlab-ci.yml", ".gitlab/ci/{name}.yml"
# What means nothing else in quotes, be it in YAML, in a shell or in a path of a host's.
_PLAIN = re.compile(r"([\w.+@,=][\w .+@,=-]*/)*")
_WHERE_FROM = (
    "before you push it, have its line `pip install crmtool` name where you have it from: no registry has crmtool yet"
)
_INSTALL = re.compile(r"\bpip3? install (?:-\S+ +)*crmtool\s*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class CiFile:
    """Where the file is, whether it was there before and so is `kept`, and what else there is to do."""

    path: Path
    kept: bool
    advice: tuple[str, ...] = ()


def write_ci_file(root: Path, kind: str, *, publish: bool) -> CiFile:
    """Write the file for a workspace at the top of its repository, unless there is one; raises CrmtoolError.

    Where there is no repository yet, the workspace is taken for its top.
    """
    top, prefix = _place(root)
    name = _name(prefix)
    text = _text(kind, name, prefix, publish=publish)
    file = _gitlab(top, name, text) if kind == "gitlab" else _write(top / _FILES[kind].format(name=name), text)
    if not file.kept:
        return file
    there = file.path.read_text("utf-8", "replace")
    if 'site/public"' in there and f'"{prefix}site/public"' not in there:
        return replace(file, advice=("it is not this workspace's; rename it, and run this again",))
    if publish and "--publish" not in there:
        told = "it publishes nothing; move it away to have it written anew with the job that does"
        return replace(file, advice=(told,))
    return file


def installs_by_name(text: str) -> bool:
    """Whether a file for a server takes crmtool from a package registry, where anybody could offer that name."""
    return bool(_INSTALL.search(text))


def refuse_unwritable(root: Path, kind: str, *, publish: bool) -> None:
    """Refuse, before anything is written, what cannot be made a CI file; raises CrmtoolError."""
    if publish and kind == "forgejo":
        raise CrmtoolError("Forgejo has no pages of its own, so there is nothing that --publish could do; leave it out")
    top, prefix = _place(root)
    for file in (_FILES.get(kind, _GITLAB), _GITLAB_INCLUDED):
        refuse_led_out(top, top / file.format(name=_name(prefix)))
    if not _PLAIN.fullmatch(prefix):
        raise CrmtoolError(
            f"the path {prefix!r} is not safe in a CI file; use letters, digits, '-', '_', '.' and blanks"
        )


def _place(root: Path) -> tuple[Path, str]:
    there = next(directory for directory in (root, *root.parents) if directory.is_dir())
    repository = Repository.around(there)
    return (repository.top, repository.prefix(root)) if repository else (root, "")


def _name(prefix: str) -> str:
    return "-".join(("crmtool", *re.findall(r"[A-Za-z0-9_]+", prefix)))


def _text(kind: str, name: str, prefix: str, *, publish: bool) -> str:
    parts = [f"{kind}.yml", *([f"{kind}.publish.yml"] if publish else [])]
    text = "".join(shipped("templates", "ci", part).read_text("utf-8") for part in parts)
    if publish:
        text = text.replace("Nothing is published.", "The site is published below.")
    # At the top level there is no folder to go to.
    lines = [line for line in text.splitlines(keepends=True) if prefix or "{folder}" not in line]
    return "".join(lines).replace("{name}", name).replace("{folder}", prefix.rstrip("/")).replace("{prefix}", prefix)


def _gitlab(top: Path, name: str, text: str) -> CiFile:
    """GitLab reads one file: where that is another's, ours stands beside it, to be included."""
    main = top / _GITLAB
    if not main.exists() or re.search(rf"^{name}:", main.read_text("utf-8", "replace"), re.MULTILINE):
        return _write(main, text)
    included = _GITLAB_INCLUDED.format(name=name)
    return _write(top / included, text, f"add to {_GITLAB}: include: [{{local: {included}}}]")


def _write(path: Path, text: str, *advice: str) -> CiFile:
    if path.exists():
        return CiFile(path=path, kept=True, advice=advice)
    write_atomic(path, text.encode())
    return CiFile(path=path, kept=False, advice=(*advice, _WHERE_FROM))
