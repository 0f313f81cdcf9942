"""Die Wörter der Berichte auf Deutsch, ein Modul je Seite."""

from __future__ import annotations

from crmtool.report.texts.de import (
    conditions,
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
CONDITIONS = conditions.CONDITIONS
