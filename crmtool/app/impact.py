"""What a changed rule book does to the contacts of today: another file, or what has changed since a revision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from crmtool.app import load, usable_rulebook
from crmtool.check import check
from crmtool.document import MAX_BYTES
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Severity
from crmtool.impact import Affected, RuleBookImpact, effects
from crmtool.schema import Schemas
from crmtool.snapshot import RULEBOOK, Content, Overlay, read_content
from crmtool.text import visible
from crmtool.workspace import WorkTree


def impact_of(root: Path, other: str, start: Path, day: date) -> RuleBookImpact:
    """Compare the rule book with the file `other`, else with the one of the revision `other`; raises CrmtoolError.

    A file is what might come after the present rule book, a revision is what was before it.
    """
    present = load(root)
    file = start / other
    if file.is_file():
        with file.open("rb") as stream:
            candidate = Overlay(WorkTree(root), {RULEBOOK: stream.read(MAX_BYTES + 1)})
        after = _under(present, read_content(candidate, present.schemas, only=()))
        return _compare((RULEBOOK, present), (other, after), day)
    name, past = _rulebook_at(root, other, present.schemas)
    return _compare((name, _under(present, past)), (RULEBOOK, present), day)


def _rulebook_at(root: Path, rev: str, schemas: Schemas) -> tuple[str, Content]:
    from crmtool.app.versions import version
    from crmtool.git import Repository

    try:
        past = version(Repository.find(root), root, rev)
    except CrmtoolError as error:
        raise CrmtoolError(f"{visible(rev)} is no file here, and as a revision: {error}") from None
    with past as snapshot:
        file = snapshot.prefix + RULEBOOK
        if RULEBOOK not in set(snapshot.paths()):
            raise CrmtoolError(f"{visible(rev)} holds no {file}: there is nothing to compare with")
        return f"{rev}:{file}", read_content(snapshot, schemas, only=())


def _under(content: Content, other: Content) -> Content:
    """Put another rule book in the place of a workspace's own."""
    contacts = {path: shapes for path, shapes in content.shapes.items() if path != RULEBOOK}
    return replace(
        content,
        rulebook_document=other.rulebook_document,
        rulebook=other.rulebook,
        shapes={**other.shapes, **contacts},
    )


def _compare(before: tuple[str, Content], after: tuple[str, Content], day: date) -> RuleBookImpact:
    (old_name, old), (new_name, new) = before, after
    old_book, new_book = usable_rulebook(old, old_name), usable_rulebook(new, new_name)
    known = {_place(found) for found in check(old, day).findings}
    errors = [found for found in check(new, day).findings if found.severity is Severity.ERROR]
    fresh: dict[str, list[Finding]] = defaultdict(list)
    for found in errors:
        if found.contact is not None and _place(found) not in known:
            fresh[found.contact].append(found)
    compared = list(effects(new.contacts.values(), old_book, new_book, day))
    affected = (Affected(effect=effect, errors=tuple(fresh[effect.contact.id])) for effect in compared)
    named = (replace(f, location=replace(f.location, path=new_name)) for f in errors if f.location.path == RULEBOOK)
    return RuleBookImpact(
        before=old_name,
        after=new_name,
        day=day,
        contacts=len(compared),
        affected=tuple(found for found in affected if found.effect.differs or found.errors),
        unjudged=tuple(sorted(set(new.documents) - set(new.contacts))),
        flaws=tuple(named),
    )


def _place(finding: Finding) -> tuple[str, str, int, int]:
    # Where a decision lacks something else than before, it was an error before as well: the message does not count.
    return finding.location.path, finding.code, finding.location.line, finding.location.column
