"""What is asked before a site is built: that nothing is lost by it, and, where it is published, that it may be."""

from __future__ import annotations

from pathlib import Path

ENGINE_FILES = ("mkdocs.yml", "properdocs.yml")
CONFIRMATION = "everybody may read this"
"""What a site's configuration says as the plugin's option `publish` where the site may be published."""


def lost_by_building(output: Path, root: Path, sources: tuple[Path, ...] = ()) -> Path | None:
    """Give what a workspace would lose if MkDocs built a site into a folder, which it empties; None if nothing."""
    output, root = output.resolve(), root.resolve()
    precious = [root, root / "contacts", root / "schemas", root / ".git", *(source.resolve() for source in sources)]
    if any((root / "site" / name).exists() for name in ENGINE_FILES):
        precious.append(root / "site")
    return next((path for path in precious if path == output or output in path.parents), None)
