"""Examples checked as workspaces in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from crmtool.check import check
from crmtool.finding import Finding
from crmtool.rules.base import Example
from crmtool.rules.examples import base_of, snapshot_of
from crmtool.snapshot import read_content
from crmtool.workspace import load_schemas

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
