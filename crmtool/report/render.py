"""Models into HTML fragments, by templates that escape whatever a contact says."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import PackageLoader, StrictUndefined

from crmtool.report.language import Language
from crmtool.report.templating import HtmlEnvironment


def render(template: str, language: Language, model: object) -> str:
    """Fill a template of this package with a model; `t` gives the words that belong to no model.

    The fragment stands in one element, so that a style sheet can tell it from the page around it.
    """
    html = _environment().get_template(f"{template}.html").render(page=model, t=language)
    return f'<div class="crm">\n{html}\n</div>\n'


@lru_cache(maxsize=1)
def _environment() -> HtmlEnvironment:
    return HtmlEnvironment(
        loader=PackageLoader("crmtool.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
