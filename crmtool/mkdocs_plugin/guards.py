"""What a build must never do: empty a folder that holds what nobody builds, or write outside of its own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mkdocs.exceptions import PluginError

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


def refuse_outside(path: str) -> None:
    """Refuse a page that would be written outside of the output folder; raises PluginError.

    Ids are paths that were found below contacts/, but nothing that writes files should rest on that.
    """
    written = PurePosixPath(path.replace("\\", "/"))
    if written.is_absolute() or ".." in written.parts:
        raise PluginError(f"{visible(path)} would be written outside of the site; rename that contact")
