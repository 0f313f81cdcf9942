"""Tell a person all that is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crmtool.app.look import View
from crmtool.app.privacy.knowing import know
from crmtool.assessment import Assessment, assess
from crmtool.contact import Contact
from crmtool.privacy.subject import Retention, Subject
from crmtool.retention import erasure_of
from crmtool.rulebook import RuleBook
from crmtool.yaml_reader import Value


def subject_of(view: View, wanted: str, start: Path, also: Iterable[str] = ()) -> Subject:
    """Gather all that is known of a contact; raises CrmtoolError where there is none, or its file has errors.

    `also` are more texts by which mentions are found.
    """
    known = know(view, wanted, start, also)
    contact, rulebook = known.contact, known.rulebook
    judged = assess(contact, rulebook, view.day)
    return Subject(
        day=view.day,
        contact=contact,
        rulebook=rulebook,
        path=contact.path,
        notes=known.document.body.strip(),
        assessment=judged,
        imported=_imported(contact),
        retention=_retention(judged, rulebook),
        traces=known.traces,
        files=known.found.files,
        said=known.said,
        paths=known.paths,
        own_commits=known.own_commits,
        has_history=known.past is not None,
        is_cut_off=known.past is not None and known.past.repository.is_shallow(),
        unread=known.found.unread,
    )


def _imported(contact: Contact) -> tuple[dict[str, Value], ...]:
    extra = contact.fields.get("extra")
    told = extra.get("imported") if isinstance(extra, dict) else None
    entries = told if isinstance(told, list) else [told]
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _retention(judged: Assessment | None, rulebook: RuleBook) -> Retention | None:
    if rulebook.retention is None:
        return None
    erasure = erasure_of(judged, rulebook) if judged else None
    return Retention(ended=rulebook.retention, due=erasure.due if erasure else None)
