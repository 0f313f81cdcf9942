"""What a build must never do: empty a folder that holds what nobody builds, or write outside of its own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from crmtool.errors import CrmtoolError
from crmtool.text import visible

_ENGINE_FILES = ("mkdocs.yml", "properdocs.yml")


def refuse_output(output: Path, root: Path, sources: tuple[Path, ...] = ()) -> None:
    """Refuse an output folder that MkDocs would empty although it holds what nobody builds; raises CrmtoolError."""
    output, root = output.resolve(), root.resolve()
    precious = [root, root / "contacts", root / "schemas", root / ".git", *(source.resolve() for source in sources)]
    if any((root / "site" / name).exists() for name in _ENGINE_FILES):
        precious.append(root / "site")
    lost = next((path for path in precious if path == output or output in path.parents), None)
    if lost is not None:
        raise CrmtoolError(f"the site cannot be built into {output}: that would delete {lost}; set another site_dir")
    if output.is_relative_to(root / "contacts"):
        raise CrmtoolError(
            f"the site cannot be built into {output}: that lies among the contacts; set another site_dir"
        )


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
    return not any(meant.is_relative_to(home) for home in homes)


def refuse_outside(path: str) -> None:
    """Refuse a page that would be written outside of the output folder; raises PluginError.

    Ids are paths that were found below contacts/, but nothing that writes files should rest on that.
    """
    written = PurePosixPath(path.replace("\\", "/"))
    if written.is_absolute() or ".." in written.parts:
        raise PluginError(f"{visible(path)} would be written outside of the site; rename that contact")
