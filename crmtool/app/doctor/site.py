"""The report site: where it is built, that Git leaves it out, and whether it may be published."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.app.site_folder import CONFIRMATION, ENGINE_FILES, lost_by_building
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import run_git


def examine(repository: Repository | None, root: Path) -> Iterator[Check]:
    """Look at the site of a workspace, and at other sites that could be built over it."""
    top = repository.top.resolve() if repository else root
    folders = dict.fromkeys((root / "site", root, top))
    configurations = [folder / name for folder in folders for name in ENGINE_FILES if (folder / name).is_file()]
    yield from _folders(configurations, root)
    own = next((file for file in configurations if file.parent == root / "site"), None)
    if own is None:
        yield notice("site", "there is no site/mkdocs.yml, so there is no report site")
        return
    output = _output(own)
    if repository is not None and not lost_by_building(output, root):
        yield from _left_out(repository, output, root)
    yield _publishing(root)


def is_published(root: Path) -> bool:
    """Whether a workspace's site confirms that everybody may read it."""
    return any(_confirms(_read(root / "site" / name)) for name in ENGINE_FILES)


def _folders(configurations: list[Path], root: Path) -> Iterator[Check]:
    traps = [(file, lost) for file in configurations if (lost := lost_by_building(_output(file), root))]
    for file, lost in traps:
        folder = _named(_output(file), root)
        told = f"building by {_named(file, root)} would empty {folder}, and delete {_named(lost, root)}"
        line = "site_dir: built"
        is_default = "site_dir" not in _read(file)
        mend = f"echo '{line}' >> {shlex.quote(_named(file, root))}" if is_default else f"write into it: {line}"
        yield problem("site-folder", told, mend)
    if not traps:
        yield ok("site-folder", "no site is built over anything that would be lost")


def _left_out(repository: Repository, output: Path, root: Path) -> Iterator[Check]:
    try:
        path = repository.prefix(output).rstrip("/")
    except CrmtoolError:
        yield ok("site-ignored", "the site is built outside of the repository")
        return
    name = _named(output, root)
    if repository.run("ls-files", "--", path):
        yield problem("site-committed", f"{name} is in Git", f"git rm -r -q --cached {shlex.quote(name)}")
    if _is_ignored(repository, f"{path}/index.html"):
        yield ok("site-ignored", f"{name} is left out of Git")
    else:
        yield problem("site-ignored", f"{name} is not left out of Git", f"echo {shlex.quote(name + '/')} >> .gitignore")


def _publishing(root: Path) -> Check:
    if is_published(root):
        return notice("publishing", "site/mkdocs.yml confirms that everybody may read the site")
    return ok("publishing", "nothing confirms that everybody may read the site, so it is not published")


def _is_ignored(repository: Repository, path: str) -> bool:
    # This command refuses to run where paths are taken literally, although it always takes them so.
    environment = {name: value for name, value in repository.environment.items() if name != "GIT_LITERAL_PATHSPECS"}
    asked = ("check-ignore", "--quiet", "--no-index", "--", path)
    return run_git(repository.top, environment, *asked).returncode == 0


def _named(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _output(configuration: Path) -> Path:
    return (configuration.parent / str(_read(configuration).get("site_dir") or "site")).resolve()


def _confirms(configuration: Mapping[str, Any]) -> bool:
    plugins = configuration.get("plugins")
    named = plugins if isinstance(plugins, list) else [plugins]
    options = [plugin["crmtool"] for plugin in named if isinstance(plugin, dict) and "crmtool" in plugin]
    return any(isinstance(given, dict) and given.get("publish") == CONFIRMATION for given in options)


def _read(configuration: Path) -> Mapping[str, Any]:
    """Read a site's configuration without running what its tags name; what cannot be read says nothing."""
    try:
        read = yaml.load(configuration.read_bytes(), _Tolerant)
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return read if isinstance(read, dict) else {}


class _Tolerant(yaml.SafeLoader):
    """Takes a value with a tag that it does not know, such as !ENV, for none."""


_Tolerant.add_constructor(None, lambda _loader, _node: None)
