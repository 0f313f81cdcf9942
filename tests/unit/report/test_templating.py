from __future__ import annotations

from enum import StrEnum

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from crmtool.report.templating import HtmlEnvironment, html_text


class Sign(StrEnum):
    LESS = "<"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Jana Köhler", "Jana Köhler"),
        ("", ""),
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("a\u202eb\x00", "a\ufffdb\ufffd"),
        ("\ud800", "\ufffd"),
        ("Zeile\nTab\t", "Zeile\nTab\t"),
        (Markup("<b>"), "<b>"),
        (12, "12"),
        (None, "None"),
        (Sign.LESS, "&lt;"),
    ],
)
def test_values_are_safe_and_printable(value: object, written: str) -> None:
    assert str(html_text(value)) == written


def environment(template: str) -> HtmlEnvironment:
    return HtmlEnvironment(loader=DictLoader({"t": template}), autoescape=True, undefined=StrictUndefined)


def test_everything_that_a_template_prints_is_escaped() -> None:
    template = '{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}<a b="{{ a.name }}">{{ m(a.name) }}{{ [a.name]|join(",") }}'
    told = environment(template).get_template("t").render(a=type("A", (), {"name": "<\u202e"}))
    assert told == '<a b="&lt;\ufffd"><i>&lt;\ufffd</i>&lt;\ufffd'


def test_what_a_model_lacks_is_an_error() -> None:
    with pytest.raises(AttributeError):
        environment("{{ a.name }}").get_template("t").render(a=object())
    with pytest.raises(UndefinedError):
        environment("{{ a.name }}").get_template("t").render()
