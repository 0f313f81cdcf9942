"""The words of the reports in English, a module a page."""

from __future__ import annotations

from crmtool.report.texts.en import (
    contact,
    contacts,
    focus,
    frame,
    measures,
    notices,
    pipeline,
    reasons,
    verdicts,
)
from crmtool.report.texts.merged import merged
from crmtool.telling import TEMPLATES

TEXTS = merged(
    frame.TEXTS,
    verdicts.TEXTS,
    measures.TEXTS,
    focus.TEXTS,
    reasons.TEXTS,
    pipeline.TEXTS,
    contacts.TEXTS,
    contact.TEXTS,
    notices.TEXTS,
)
CONDITIONS = TEMPLATES
