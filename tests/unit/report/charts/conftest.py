"""Charts as they stand on a page."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from crmtool.report.charts.figure import Figure
from crmtool.report.language import Language
from crmtool.report.render import _environment

Draw = Callable[..., ElementTree.Element]
_PAGE = '{% import "_charts.html" as charts %}<div>{% for one in page %}{{ charts.figure(one, t) }}{% endfor %}</div>'


def drawn(*figures: Figure) -> ElementTree.Element:
    """Draw charts below one another; what is no well-formed XML fails here."""
    html = _environment().from_string(_PAGE).render(page=figures, t=Language("en"))
    return ElementTree.fromstring(html.replace("&nbsp;", " "))


@pytest.fixture
def draw() -> Draw:
    """Draw charts below one another."""
    return drawn
