"""A contact file in which something can be done, and what may be offered: changes after which it has no new errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from crmtool.app.changing.news import Standing, news
from crmtool.app.live.workspace import LiveWorkspace
from crmtool.assist.editing import Editing
from crmtool.check import in_order
from crmtool.contact import Contact, contact_from
from crmtool.document import Document
from crmtool.edit import Change, EditError, edited
from crmtool.edit.intents import drop, settles_step
from crmtool.errors import RefusedError
from crmtool.finding import Finding, Severity
from crmtool.situation import Present, present


class Kind(StrEnum):
    """What an action is for, as the protocol names it: to mend what is found, or to go on."""

    FIX = "quickfix"
    REWRITE = "refactor.rewrite"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A change that a person may want; `title` tells it in the imperative.

    `disabled` tells why it cannot be made, where it would be made if it could. The one that is `preferred` mends what
    is found without a doubt.
    """

    title: str
    changes: tuple[Change, ...] = ()
    disabled: str = ""
    preferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Action:
    """What an editor can offer: the file's `text` after it, without a byte order mark; None where it is `disabled`.

    `fixes` are the findings that it mends.
    """

    title: str
    kind: Kind
    text: str | None
    disabled: str = ""
    fixes: tuple[Finding, ...] = ()
    preferred: bool = False


@dataclass(frozen=True)
class Subject:
    """A contact file as it stands in an editor."""

    workspace: LiveWorkspace
    editing: Editing

    @property
    def document(self) -> Document:
        """The file as it stands."""
        return self.editing.document

    @cached_property
    def contact(self) -> Contact | None:
        """The contact as it stands, not as it could be read last; None where it cannot be judged now."""
        return contact_from(self.document)

    @cached_property
    def here(self) -> Present | None:
        """Where the contact is; None where that cannot be told."""
        rulebook = self.editing.rulebook
        return present(self.contact, rulebook, self.editing.day) if self.contact and rulebook else None

    @cached_property
    def committed(self) -> Contact | None:
        """The contact as HEAD has it; None for a new one."""
        return self.workspace.before(self.document)

    def action(self, offer: Offer, kind: Kind, fixes: tuple[Finding, ...] = ()) -> Action:
        """Make an offer an action: disabled where the rules have something against it."""
        title, disabled, text = offer.title, offer.disabled, None
        if not disabled:
            try:
                text, tells = self._text_after(offer.changes)
                title += " (removes the next step: it is settled)" if tells else ""
            except RefusedError as error:
                disabled = str(error)
        return Action(title=title, kind=kind, text=text, disabled=disabled, fixes=fixes, preferred=offer.preferred)

    def _text_after(self, changes: tuple[Change, ...]) -> tuple[str, bool]:
        """Give the text after changes; raises RefusedError with what they would bring.

        A next step that they leave without a point is removed with them, which is told unless a decision is taken: then
        it is to be expected.
        """
        after = self._edited(changes)
        before, contact, rulebook = self.contact, contact_from(after), self.editing.rulebook
        tells = False
        if before and contact and rulebook and settles_step(before, contact, rulebook, self.editing.day):
            after, tells = self._edited((*changes, *drop("next_step"))), len(contact.decisions) == len(before.decisions)
        errors = [found.message for found in self._new(after) if found.severity is Severity.ERROR]
        if errors:
            raise RefusedError("; ".join(errors))
        return after.text, tells

    def _edited(self, changes: Iterable[Change]) -> Document:
        try:
            return edited(self.editing.path, self.document.text.encode("utf-8", "surrogatepass"), changes).document
        except EditError as error:
            raise RefusedError(str(error)) from None

    def _new(self, after: Document) -> tuple[Finding, ...]:
        if self.contact is None:
            return ()  # What is judged for the first time then was wrong before, too.
        contact, rulebook = contact_from(after), self.editing.rulebook
        found = self._findings(after)
        if contact is None or rulebook is None:
            return found
        before = Standing(contact=self.contact, rulebook=rulebook, findings=self._now)
        return news(before, Standing(contact=contact, rulebook=rulebook, findings=found)).findings

    @cached_property
    def _now(self) -> tuple[Finding, ...]:
        return self._findings(self.document)

    def _findings(self, document: Document) -> tuple[Finding, ...]:
        return in_order(self.workspace.judged(document, self.editing.rulebook))
