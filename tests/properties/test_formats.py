"""No text of a file becomes anything but text, whatever reads a report."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from crmtool.finding import Finding
from crmtool.formats import as_github, as_gitlab, as_junit, as_sarif
from crmtool.text import visible
from tests.unit.formats.hostile import finding, result
from tests.unit.formats.test_as_github import OWN_TAGS, Page, commands
from tests.unit.formats.test_as_sarif import VALIDATOR

SIGNS = "|\\`<>&@#[]()!*_~:%$\"'\r\n\t\x00\udcff\ud800\ufffe\u202e= .,;{}-w"
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=60)
PATHS = st.text(
    alphabet=st.one_of(st.sampled_from(SIGNS.replace("\ud800", "")), st.characters(codec="utf-8")), min_size=1
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    return finding(" ".join(draw(TEXTS).split()), f"contacts/{draw(PATHS)}", hint=draw(TEXTS))


@given(findings())
def test_each_is_one_command_and_one_row_of_three_cells(found: Finding) -> None:
    told = [visible(found.message), *map(visible, found.hint.splitlines())]
    ((name, properties, text),) = commands(as_github.render(result(found)))
    assert (name, properties["file"], text.split("\n")) == ("error", visible(found.location.path), told)
    page = Page(as_github.summary(result(found), "1 error"))
    assert page.tags <= OWN_TAGS
    assert page.rows[1:] == [
        ["error", f"{visible(found.location.path)}:5:3", "\n".join(told) + " [unknown-key]"],
    ]


@given(st.lists(findings(), max_size=4))
def test_every_report_can_be_read(found: list[Finding]) -> None:
    checked = result(*found)
    assert len(json.loads(as_gitlab.render(checked).encode())) == len(found)
    VALIDATOR.validate(json.loads(as_sarif.render(checked).encode()))
    root = ET.fromstring(as_junit.render(checked).encode())
    assert len(list(root.iter("failure"))) == len({each.location.path for each in found})
