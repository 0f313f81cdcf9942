"""docs/security.md names tests that there are, and a promise has one."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.docs import tables

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
THREATS = list(tables.rows(PAGE, "threat", "tested in"))


def test_every_threat_names_tests_that_there_are() -> None:
    assert len(THREATS) > 10
    for row in THREATS:
        named = tables.codes(row["tested in"])
        assert named, row["threat"]
        for path in named:
            assert (ROOT / path).is_file(), path
