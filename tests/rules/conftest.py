"""Examples checked as workspaces in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from crmtool.check import check
from crmtool.finding import Finding
from crmtool.rules.base import Example
from crmtool.rules.examples import CONTACT, CONTACT_PATH, RULEBOOK, RULEBOOK_PATH
from crmtool.snapshot import UnreadableError, read_content
from crmtool.workspace import load_schemas


@dataclass(frozen=True, slots=True)
class ExampleSnapshot:
    """A workspace of texts; a file that is None cannot be read."""

    files: Mapping[str, str | bytes | None]

    def paths(self) -> Iterable[str]:
        """List the files."""
        return self.files

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""
        data = self.files.get(path)
        if data is None:
            raise UnreadableError("the file cannot be read", "allow reading it: chmod u+r")
        return data if isinstance(data, bytes) else data.encode()


def snapshot_of(example: Example) -> ExampleSnapshot:
    """Give an example's workspace."""
    return ExampleSnapshot(_with_defaults(example.files))


def base_of(example: Example) -> ExampleSnapshot | None:
    """Give the version before of an example's workspace; None where it has none."""
    return None if example.base is None else ExampleSnapshot(_with_defaults(example.base))


def _with_defaults(files: Mapping[str, str | bytes | None]) -> Mapping[str, str | bytes | None]:
    return {RULEBOOK_PATH: RULEBOOK, CONTACT_PATH: CONTACT, **files}


SCHEMAS = load_schemas(snapshot_of(Example(files={})))

Find = Callable[[Example], list[Finding]]


@pytest.fixture
def find() -> Find:
    """Give what a check finds in an example."""

    def findings(example: Example) -> list[Finding]:
        base = base_of(example)
        content = read_content(snapshot_of(example), SCHEMAS)
        before = read_content(base, SCHEMAS) if base else None
        return list(check(content, date.fromisoformat(example.today), before).findings)

    return findings
