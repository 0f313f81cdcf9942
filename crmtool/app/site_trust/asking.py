"""What a workspace's site asks for, as one thing that can be allowed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from crmtool.app.site_trust.power import Place, Power
from crmtool.app.site_trust.powers import DOCS, is_outside, of_defaults, powers
from crmtool.app.site_trust.reading import read_chain
from crmtool.errors import CrmtoolError
from crmtool.text import visible

_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What building the site of `root` does beyond making pages; whatever changes of it changes the `digest`."""

    root: Path
    powers: tuple[Power, ...]
    digest: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Each power in words, safe to print."""
        return tuple(dict.fromkeys(visible(power.text) for power in self.powers))


def asked(configuration: Path, root: Path) -> Asked:
    """Tell what a site's configuration asks for; raises CrmtoolError where it cannot be read."""
    root = Path(os.path.realpath(root))
    chain = list(read_chain(configuration))
    pages = next((each.values["docs_dir"] for each in chain if "docs_dir" in each.values), None)
    base = configuration.parent
    place = Place(base=base, pages=base / (pages if isinstance(pages, str) else DOCS), root=root)
    found = (*(power for each in chain for power in powers(each, place)), *of_defaults(place))
    digest = sha256()
    for part in (os.fsencode(root), *(each.data for each in chain), *_contents(found, root)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return Asked(root=root, powers=found, digest=digest.hexdigest())


def _contents(found: Iterable[Power], root: Path) -> Iterator[bytes]:
    """Give the names and hashes of the files that are part of the powers, as far as they lie in the workspace."""
    for file in sorted({path for power in found for path in power.files}):
        if file.is_file() and not is_outside(file, root):
            yield os.fsencode(file)
            yield _hashed(file)


def _hashed(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise CrmtoolError(f"{visible(str(file))} is larger than 16 MiB, too large to be part of a site's code")
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").digest()
    except OSError as error:
        raise CrmtoolError(f"{visible(str(file))} cannot be read: {error.strerror}") from None
