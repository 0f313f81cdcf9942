"""What a rule book that is being written does to the contacts, told where it was changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lsprotocol import types

from crmtool.app.live import LiveWorkspace
from crmtool.app.live.impact import LiveImpact, impact_of
from crmtool.difference.rules import Definition, Edit
from crmtool.document import Document
from crmtool.finding import Location, Place
from crmtool.formats.judgement_words import changes
from crmtool.lsp.diagnosing import SOURCE, span_of
from crmtool.lsp.positions import Places
from crmtool.snapshot import RULEBOOK
from crmtool.text import Lines

_JUDGED_AT_ONCE = 25
"""So many contacts are judged between two looks at what the editor wants: about a hundredth of a second."""
_NAMED = 5
_RELATED = 20
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))

Address = Callable[[str], str]
"""Gives the address of a file of the workspace by its path."""


@dataclass
class Impacts:
    """The impact on the contacts of each workspace whose rule book is open, as it was worked out last."""

    _found: dict[LiveWorkspace, LiveImpact | None] = field(default_factory=dict)

    def forget(self, workspace: LiveWorkspace) -> None:
        """Let go of what is known of a workspace."""
        self._found.pop(workspace, None)

    async def work_out(self, workspace: LiveWorkspace) -> None:
        """Judge every contact by the rule book as it stands and as it was, a few at a time."""
        given: LiveImpact | None = None
        for done, found in enumerate(impact_of(workspace)):
            given = found
            if done % _JUDGED_AT_ONCE == 0:
                await asyncio.sleep(0)
        self._found[workspace] = given

    def diagnostics(self, workspace: LiveWorkspace, places: Places, address: Address) -> list[types.Diagnostic]:
        """Tell whom the rule book judges otherwise than the one before, and who newly has errors under it."""
        found = self._found.get(workspace)
        if found is None:
            return []
        where = places.range(span_of(_place(workspace.document(RULEBOOK), found.definitions), Lines(places.text)))
        return [*_judged(found, where, address), *_failing(found, where, address)]


def _judged(found: LiveImpact, where: types.Range, address: Address) -> Iterable[types.Diagnostic]:
    if not found.effects:
        return
    told = [f"{each.contact.id}: {'; '.join(map(' '.join, changes(each)))}" for each in found.effects]
    yield types.Diagnostic(
        range=where,
        severity=types.DiagnosticSeverity.Information,
        source=SOURCE,
        message=_listed(f"{_contacts(len(told), 'is', 'are')} judged otherwise than by {found.before}", told),
        related_information=[
            _related(address(each.contact.path), _TOP, line)
            for each, line in zip(found.effects[:_RELATED], told, strict=False)
        ],
    )


def _failing(found: LiveImpact, where: types.Range, address: Address) -> Iterable[types.Diagnostic]:
    if not found.errors:
        return
    told = [f"{finding.contact}: {finding.message}" for finding in found.errors]
    related = [_related(address(f.location.path), _line(f.location.line), f.message) for f in found.errors[:_RELATED]]
    yield types.Diagnostic(
        range=where,
        severity=types.DiagnosticSeverity.Warning,
        source=SOURCE,
        message=_listed(f"{_contacts(len(told), 'has', 'have')} errors that there are not by {found.before}", told),
        related_information=related,
    )


def _related(uri: str, where: types.Range, message: str) -> types.DiagnosticRelatedInformation:
    return types.DiagnosticRelatedInformation(types.Location(uri, where), message)


def _line(line: int) -> types.Range:
    return types.Range(types.Position(line - 1, 0), types.Position(line - 1, 0))


def _contacts(count: int, one: str, many: str) -> str:
    return f"1 contact {one}" if count == 1 else f"{count} contacts {many}"


def _listed(head: str, lines: list[str]) -> str:
    more = len(lines) - _NAMED
    return "\n".join((f"{head}:", *lines[:_NAMED], *((f"and {more} more",) if more > 0 else ())))


def _place(document: Document, definitions: Iterable[Definition]) -> Location:
    """Give the first definition that was changed and is still there; the section of one that was removed."""
    changed = sorted(definitions, key=lambda each: each.edit is Edit.REMOVED)
    place: Place = ()
    if changed:
        first = changed[0]
        place = (first.section, first.id) if first.id and first.edit is not Edit.REMOVED else (first.section,)
    return document.locate(place, on_key=True)
