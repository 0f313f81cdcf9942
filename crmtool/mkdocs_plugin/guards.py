"""What a build must never do: empty a folder that holds what nobody builds, or write outside of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.utils.meta import YAML_RE
from yaml import YAMLError

from crmtool.app.site_folder import CONFIRMATION, lost_by_building
from crmtool.app.site_trust import is_outside
from crmtool.app.site_trust.plain_yaml import TooMuchError, read_plain
from crmtool.errors import CrmtoolError
from crmtool.mkdocs_plugin.claim import is_claimed
from crmtool.text import visible

_MOST_LINKED = 1_000


def is_deploying() -> bool:
    """Whether the build is one of `gh-deploy`, which publishes it.

    The hook that MkDocs has for this, on_startup, would have it hand the same plugin to every later build.
    """
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "gh-deploy"


def refuse_unconfirmed(given: object, configuration: str | None) -> None:
    """Refuse to publish a site whose configuration does not confirm it; raises CrmtoolError."""
    if given != CONFIRMATION:
        line = f'plugins: [{{crmtool: {{publish: "{CONFIRMATION}"}}}}]'
        raise CrmtoolError(
            "contacts are personal data, so the site is not published until you confirm that everybody may read it;"
            f" write into {configuration or 'its configuration'}: {line}"
        )


def refuse_output(output: Path, root: Path, sources: tuple[Path, ...] = ()) -> None:
    """Refuse an output folder that MkDocs would empty although it holds what nobody builds; raises CrmtoolError."""
    lost = lost_by_building(output, root, sources)
    output, root = output.resolve(), root.resolve()
    if lost is not None:
        raise CrmtoolError(f"the site cannot be built into {output}: that would delete {lost}; set another site_dir")
    if output.is_relative_to(root / "contacts"):
        raise CrmtoolError(
            f"the site cannot be built into {output}: that lies among the contacts; set another site_dir"
        )


def refuse_foreign(output: Path) -> None:
    """Refuse a folder that holds something else than an earlier build: MkDocs would delete it; raises CrmtoolError."""
    if output.is_dir() and any(output.iterdir()) and not is_claimed(output):
        raise CrmtoolError(f"{output} is not empty and holds no earlier site, and building would delete what is in it")


def refuse_endless(pages: Path) -> None:
    """Refuse links among the pages that lead in circles, or to very many folders; raises CrmtoolError.

    MkDocs follows each of them, and looks at what it finds only when there is no more of it.
    """
    waiting: list[tuple[Path, frozenset[str], Path | None]] = [(pages, frozenset(), None)]
    linked = 0
    while waiting:
        folder, above, link = waiting.pop()
        real = os.path.realpath(folder)
        if real in above:
            raise CrmtoolError(f"{link} is a link that leads in a circle, which never ends; remove it")
        linked += link is not None
        if linked > _MOST_LINKED:
            raise CrmtoolError(
                f"{link} and other links lead to more than {_MOST_LINKED:,} folders; remove some of them"
            )
        for each in _folders(folder):
            path = Path(each.path)
            waiting.append((path, above | {real}, link or (path if each.is_symlink() else None)))


def _folders(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # such as a link to itself
                if entry.is_dir():
                    yield entry


def refuse_growing(page: File) -> None:
    """Refuse a page above which stands YAML that grows without end; raises PluginError, and tells no other mistake."""
    if page.abs_src_path is None:
        return
    try:
        above = YAML_RE.match(page.content_string)
        read_plain(above[1] if above else "")
    except TooMuchError as error:
        raise PluginError(f"{visible(page.src_uri)}: {error}") from None
    except (OSError, YAMLError, ValueError, RecursionError):  # MkDocs says so
        return


def leave_out_foreign(files: Files, config: MkDocsConfig, root: Path) -> list[str]:
    """Leave out what a symbolic link brings in from outside of the workspace; gives the pages' names."""
    homes = (root.resolve(), Path(config.docs_dir).resolve())
    foreign = [file for file in files if _leads_out(file, config.docs_dir, homes)]
    for file in foreign:
        files.remove(file)
    return [file.src_uri for file in foreign]


def _leads_out(file: File, docs_dir: str, homes: tuple[Path, ...]) -> bool:
    if file.abs_src_path is None or file.src_dir != docs_dir:
        return False
    meant = Path(file.abs_src_path).resolve()
    return all(is_outside(meant, home) for home in homes)


def refuse_outside(path: str) -> None:
    """Refuse a page that would be written outside of the output folder; raises PluginError.

    Ids are paths that were found below contacts/, but nothing that writes files should rest on that.
    """
    written = PurePosixPath(path.replace("\\", "/"))
    if written.is_absolute() or ".." in written.parts:
        raise PluginError(f"{visible(path)} would be written outside of the site; rename that contact")
