"""What the dearest reports work out of parts of the contacts, kept from one build to the next.

After an edit only the part with that contact is worked out anew. A result is filed under all that it depends on, so
that whoever deletes what is kept loses nothing but time.
"""

from __future__ import annotations

import io
import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from crmtool import cache
from crmtool.mkdocs_plugin.inputs import shared, text_id
from crmtool.parallel import mapped
from crmtool.report.edition import Edition
from crmtool.report.memo import Part
from crmtool.report.progress.page import part_figures
from crmtool.report.search import long_rows, short_rows
from crmtool.snapshot import Content

Work = Callable[[Edition, Part], Any]

FIGURES = "figures"
"""The dearest work: what is not known of it is shared among the cores."""
WORKS: Mapping[str, Work] = {FIGURES: part_figures, "long rows": long_rows, "short rows": short_rows}
"""The works whose results are read back sooner than they are made, by the names under which these are kept."""
_LEAST = 8
"""With fewer parts than this a process takes longer to start than to work on them."""
_KIND = "parts"

Kept = Mapping[str, Mapping[str, bytes]]
"""By work, by the id of all that a part's result depends on: the result."""


@dataclass(slots=True, kw_only=True)
class PartsMemory:
    """What is kept of a workspace's reports."""

    root: Path
    _kept: Kept = field(default_factory=dict, init=False)
    _stored: Kept = field(default_factory=dict, init=False)
    _ids: tuple[str, ...] = field(default=(), init=False)

    def recall(self, content: Content, edition: Edition) -> None:
        """Let an edition know what is kept of the parts that are as they were."""
        stored = cache.load(_KIND, str(self.root))
        self._stored = self._kept = marshal.loads(stored) if stored else {}
        # Before anything of the files is read anew: what is worked out rests on what they said when they were listed.
        self._ids = tuple(_ids(content, edition))
        self._kept = {**self._kept, FIGURES: _completed(self._kept.get(FIGURES, {}), self._ids, edition)}
        for name, kept in self._kept.items():
            edition.take_over(WORKS[name], {at: _unpacked(kept[id]) for at, id in enumerate(self._ids) if id in kept})

    def keep(self, edition: Edition) -> None:
        """Keep what the reports of the edition worked out."""
        kept = {name: found for name in WORKS if (found := self._packed(name, edition))}
        if kept != self._stored:
            cache.store(_KIND, str(self.root), marshal.dumps(kept))

    def _packed(self, name: str, edition: Edition) -> dict[str, bytes]:
        before = self._kept.get(name, {})
        results = {self._ids[at]: result for at, result in edition.known(WORKS[name]).items()}
        return {id: before[id] if id in before else _packed(result) for id, result in results.items()}


def _completed(kept: Mapping[str, bytes], ids: tuple[str, ...], edition: Edition) -> Mapping[str, bytes]:
    """Work out what is not kept, where that is much."""
    missing = [at for at, id in enumerate(ids) if id not in kept]
    if len(missing) < 2 * _LEAST:
        return kept
    made = mapped(partial(_made, edition), missing, least=_LEAST)
    return {**kept, **dict(zip((ids[at] for at in missing), chain.from_iterable(made), strict=True))}


def _made(edition: Edition, places: Sequence[int]) -> list[bytes]:
    return [_packed(part_figures(edition, edition.parts[at])) for at in places]


def _packed(result: object) -> bytes:
    return pickle.dumps(result, protocol=5)


def _ids(content: Content, edition: Edition) -> Iterator[str]:
    """Give the id of all that each part's results depend on."""
    about = shared(content, edition)
    for part in edition.parts:
        digest = about.copy()
        paths = [assessment.contact.path for assessment in part]
        digest.update(repr([(path, text_id(content.documents[path])) for path in paths]).encode(errors="surrogatepass"))
        yield digest.hexdigest()


class _Reader(pickle.Unpickler):
    """Reads back plain values and the program's own kinds of value, and nothing else that a file may name."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class; raises UnpicklingError for any but those that hold values."""
        found = getattr(import_module(module), name, None) if module.startswith("crmtool.") else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
        if (module, name) == ("datetime", "date"):
            return date
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _unpacked(data: bytes) -> Any:
    return _Reader(io.BytesIO(data)).load()
