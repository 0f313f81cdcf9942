"""The reference pages say what the rules say; `pytest --update-golden` writes them anew."""

from __future__ import annotations

import pytest

from crmtool.rules import ALL_RULES
from crmtool.rules.page import index, page
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "reference" / "findings"
PAGES = {f"{code}.md": page(rule) for code, rule in ALL_RULES.items()} | {"README.md": index(ALL_RULES.values())}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str, request: pytest.FixtureRequest) -> None:
    file = FOLDER / name
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PAGES[name].encode())
    assert file.read_bytes().decode() == PAGES[name], f"{file} is out of date: pytest tests/rules --update-golden"


def test_no_page_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_plain_to_read(name: str) -> None:
    lines = PAGES[name].splitlines()
    assert lines[0].startswith("# ")
    assert PAGES[name].count("```") % 2 == 0
    assert not any(len(line) > 120 for line in lines if not line.startswith("| "))
    assert PAGES[name].isprintable() or all(line.isprintable() for line in lines)
