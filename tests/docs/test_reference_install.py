"""docs/install.md tells the extras that there are, and the index of the reference links to each of its pages."""

from __future__ import annotations

import re
import tomllib

import pytest

from crmtool import __version__
from crmtool.git.program import OLDEST
from tests.conftest import ROOT
from tests.docs import regions

PAGE = ROOT / "docs" / "install.md"
REFERENCE = ROOT / "docs" / "reference"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OPTIONAL = PROJECT["optional-dependencies"]
EXTRAS = re.findall(r"\w+", OPTIONAL["all"][0].removeprefix("crmtool"))
"""The rest of them is for those who develop crmtool."""
BRINGS = {
    "vcard": "`crmtool import` and `export` of vCards",
    "calendar": "`crmtool export --format ics`, and the calendar of the report site",
    "erase": "`crmtool erase`, where the history is rewritten",
    "lsp": "`crmtool lsp`, for [editors](editors.md)",
}


def test_the_extras_are_up_to_date(request: pytest.FixtureRequest) -> None:
    rows = [f"| `{name}` | {BRINGS[name]} | {', '.join(map(_package, OPTIONAL[name]))} |" for name in EXTRAS]
    table = "\n".join(["| extra | for | package |", "| --- | --- | --- |", *rows])
    regions.hold(PAGE, {"extras": table}, update=request.config.getoption("--update-golden"))


def test_the_versions_are_those_of_the_program() -> None:
    text = PAGE.read_text("utf-8")
    assert f"crmtool-{__version__}-py3-none-any.whl" in text
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or newer" in text
    assert "Git {}.{} or newer".format(*OLDEST) in text


def test_the_index_links_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w/-]+\.md)\)", (REFERENCE / "README.md").read_text("utf-8")))
    pages = {page.relative_to(REFERENCE).as_posix() for page in REFERENCE.glob("*.md")} - {"README.md"}
    assert linked == pages | {"findings/README.md"}


def _package(requirement: str) -> str:
    return re.split(r"[<>=~!]", requirement)[0]
