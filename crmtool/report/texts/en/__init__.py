"""The words of the reports in English, a module a page."""

from __future__ import annotations

from crmtool.report.texts.en import (
    agenda,
    blocked,
    charts,
    contact,
    contacts,
    decisions,
    erasures,
    focus,
    frame,
    measures,
    missing,
    notices,
    pipeline,
    progress,
    reasons,
    rules,
    serve,
    stop,
    verdicts,
)
from crmtool.report.texts.merged import merged
from crmtool.telling import TEMPLATES

TEXTS = merged(
    frame.TEXTS,
    verdicts.TEXTS,
    measures.TEXTS,
    focus.TEXTS,
    erasures.TEXTS,
    reasons.TEXTS,
    pipeline.TEXTS,
    agenda.TEXTS,
    decisions.TEXTS,
    missing.TEXTS,
    blocked.TEXTS,
    stop.TEXTS,
    progress.TEXTS,
    contacts.TEXTS,
    contact.TEXTS,
    notices.TEXTS,
    charts.TEXTS,
    rules.TEXTS,
    serve.TEXTS,
)
CONDITIONS = TEMPLATES
