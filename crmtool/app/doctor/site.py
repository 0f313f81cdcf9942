"""The report site: where it is built, that Git leaves it out, and whether it may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from crmtool.app.doctor import commands
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.app.site_folder import CONFIRMATION, ENGINE_FILES, lost_by_building
from crmtool.app.site_trust.plain_yaml import read_plain
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import run_git
from crmtool.workspace import beginning


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
    if repository is not None and output is not None and not lost_by_building(output, root):
        yield from _left_out(repository, output, root)
    yield _publishing(root)


def is_published(root: Path) -> bool:
    """Whether a workspace's site confirms that everybody may read it."""
    return any(_confirms(_read(root / "site" / name)) for name in ENGINE_FILES)


def _folders(configurations: list[Path], root: Path) -> Iterator[Check]:
    outputs = {file: _output(file) for file in configurations}
    unknown = [file for file, output in outputs.items() if output is None]
    for file in unknown:
        told = f"where {_named(file, root)} builds the site is said elsewhere, and cannot be told from here"
        yield notice("site-folder", told)
    traps = [(file, output) for file, output in outputs.items() if output and lost_by_building(output, root)]
    for file, output in traps:
        yield _trap(file, output, root)
    if not traps and not unknown:
        yield ok("site-folder", "no site is built over anything that would be lost")


def _trap(file: Path, output: Path, root: Path) -> Check:
    lost = _named(lost_by_building(output, root) or output, root)
    told = f"building by {_named(file, root)} would empty {_named(output, root)}, and delete {lost}"
    line = "site_dir: built"
    # Such as in one that is written in braces nothing can be added.
    can_be_added = "site_dir" not in _read(file) and "site_dir" in _parsed(beginning(file) + f"\n{line}\n".encode())
    mend = commands.append(file, line) if can_be_added else f"write into {commands.named(file)}: {line}"
    return problem("site-folder", told, mend)


def _left_out(repository: Repository, output: Path, root: Path) -> Iterator[Check]:
    try:
        path = repository.prefix(output).rstrip("/")
    except CrmtoolError:
        yield ok("site-ignored", "the site is built outside of the repository")
        return
    name = _named(output, root)
    if repository.run("ls-files", "--", path):
        remove = commands.git(repository, "rm", "-r", "-q", "--cached", path=output)
        yield problem("site-committed", f"{name} is in Git", remove)
    if _is_ignored(repository, f"{path}/index.html"):
        yield ok("site-ignored", f"{name} is left out of Git")
    else:
        yield problem("site-ignored", f"{name} is not left out of Git", _ignored(repository, output, root))


def _ignored(repository: Repository, output: Path, root: Path) -> str:
    folder = root.resolve() if output.is_relative_to(root.resolve()) else repository.top.resolve()
    literal = re.sub(r"([*?\[\\])", r"\\\1", output.relative_to(folder).as_posix())
    return commands.append(folder / ".gitignore", f"/{literal}/")


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


def _output(configuration: Path) -> Path | None:
    """Give the folder that is built into; None where that depends on more than the file."""
    read = _read(configuration)
    folder = read.get("site_dir") or "site"
    if not isinstance(folder, str) or ("site_dir" not in read and "INHERIT" in read):
        return None
    return (configuration.parent / folder).resolve()


def _confirms(configuration: Mapping[str, Any]) -> bool:
    plugins = configuration.get("plugins")
    named = plugins if isinstance(plugins, list) else [plugins]
    options = [plugin["crmtool"] for plugin in named if isinstance(plugin, dict) and "crmtool" in plugin]
    return any(isinstance(given, dict) and given.get("publish") == CONFIRMATION for given in options)


def _read(configuration: Path) -> Mapping[str, Any]:
    """Read a site's configuration without running what its tags name; what cannot be read says nothing."""
    try:
        return _parsed(beginning(configuration))
    except OSError:
        return {}


def _parsed(data: bytes) -> Mapping[str, Any]:
    try:
        _, read = read_plain(data)
    except (ValueError, RecursionError, yaml.YAMLError):
        return {}
    return read if isinstance(read, dict) else {}
