"""Die Wörter der Berichte auf Deutsch, ein Modul je Seite."""

from __future__ import annotations

from crmtool.report.texts.de import (
    agenda,
    blocked,
    charts,
    conditions,
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
CONDITIONS = conditions.CONDITIONS
