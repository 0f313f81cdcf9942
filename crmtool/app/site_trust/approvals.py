"""What a user has allowed the sites of their workspaces, kept in their own folder and never in a workspace."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from crmtool.app.site_trust.asking import Asked
from crmtool.errors import CrmtoolError
from crmtool.snapshot import RULEBOOK
from crmtool.writing import write_atomic

_DIGEST, _ALWAYS, _ROOT = "digest", "always", "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvals:
    """One file for each workspace, named by its path: moved or copied elsewhere, it has to be asked for again."""

    folder: Path | None

    @classmethod
    def of_user(cls) -> Approvals:
        """Those of whoever runs this, in XDG_STATE_HOME or what stands for it; none where there is no such folder."""
        return cls(folder=_home())

    def holds(self, asked: Asked) -> bool:
        """Whether what is asked for was allowed as it is, or whatever this workspace may ask for."""
        if not asked.powers:
            return True
        kept = self._kept(asked.root)
        return kept.get(_ALWAYS) is True or kept.get(_DIGEST) == asked.digest

    def allow(self, asked: Asked, *, always: bool = False) -> None:
        """Keep that it was allowed, or `always` also whatever comes later; raises CrmtoolError."""
        file = self._file(asked.root)
        if file is None:
            raise CrmtoolError(
                "there is no folder of your own outside of workspaces to remember this in; set XDG_STATE_HOME"
            )
        kept = {_ROOT: str(asked.root), _ALWAYS: True} if always else {_ROOT: str(asked.root), _DIGEST: asked.digest}
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CrmtoolError(f"{file.parent} cannot be made: {error.strerror}") from None
        write_atomic(file, json.dumps(kept, indent=2).encode() + b"\n", mode=0o600)

    def withdraw(self, root: Path) -> bool:
        """Forget what was allowed to a workspace; tells whether there was anything."""
        file = self._file(Path(os.path.realpath(root)))
        if file is None or not file.exists():
            return False
        file.unlink()
        return True

    def _kept(self, root: Path) -> Mapping[str, object]:
        file = self._file(root)
        with suppress(OSError, ValueError):
            if file is not None and _is_own(file):
                kept = json.loads(file.read_bytes())
                if isinstance(kept, dict) and kept.get(_ROOT) == str(root):
                    return kept
        return {}

    def _file(self, root: Path) -> Path | None:
        if self.folder is None or _lies_in_workspace(self.folder):
            return None
        return self.folder / f"{sha256(os.fsencode(root)).hexdigest()[:32]}.json"


def _home() -> Path | None:
    given = Path(os.environ.get("XDG_STATE_HOME", ""), "crmtool")
    with suppress(RuntimeError):
        if given.is_absolute():
            return given / "sites"
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local", "crmtool", "sites")
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "crmtool" / "sites"
        return Path.home() / ".local" / "state" / "crmtool" / "sites"
    return None


def _is_own(file: Path) -> bool:
    """Whether nobody else could have written it."""
    about = file.stat()
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)


def _lies_in_workspace(folder: Path) -> bool:
    """Whether a workspace could bring the folder with it."""
    place = Path(os.path.realpath(folder))
    return any((above / RULEBOOK).exists() for above in (place, *place.parents))
