"""docs/rule-book.md: what it quotes of the templates stands there, and what it says of them is so."""

from __future__ import annotations

import re

import pytest

from crmtool.app.templates import LANGUAGES, TEMPLATES
from crmtool.resources import shipped
from tests.conftest import ROOT

_PAGE = (ROOT / "docs" / "rule-book.md").read_text("utf-8")
_QUOTED = re.compile(r"^<!-- from (\S+) -->\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTES = _QUOTED.findall(_PAGE)


@pytest.mark.parametrize(("source", "text"), _QUOTES, ids=[source for source, _ in _QUOTES])
def test_what_is_quoted_stands_in_the_template(source: str, text: str) -> None:
    template, language = source.split("/")
    assert template in TEMPLATES
    assert language in LANGUAGES
    lines = shipped("templates", template, language, "criteria.yaml").read_text("utf-8")
    assert f"\n{text}" in lines


def test_every_yaml_of_the_page_is_quoted_and_of_each_template_there_is_some() -> None:
    assert len(_QUOTES) == _PAGE.count("```yaml\n")
    assert {source.split("/")[0] for source, _ in _QUOTES} == set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_is_explained(template: str) -> None:
    assert f"\n### {template.capitalize()}\n" in _PAGE
    assert f"`{template}`" in _PAGE
