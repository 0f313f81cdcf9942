"""A new contact: how its file is written and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crmtool.app import read, usable_rulebook
from crmtool.app.changing.draft import Draft, draft_new
from crmtool.app.changing.paths import folders_of, lies_inside, new_path, path_of
from crmtool.contact import folded, is_contact_path
from crmtool.edit.intents import GivenAnswer, GivenDecision, answer_entry, decision_entry
from crmtool.edit.render import in_line
from crmtool.edit.scalars import scalar
from crmtool.edit.style import Style
from crmtool.errors import CrmtoolError
from crmtool.rulebook import RuleBook
from crmtool.snapshot import Content
from crmtool.text import visible
from crmtool.workspace import WorkTree
from crmtool.yaml_reader import Value


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """What is known of a contact that enters: `fields` are the front matter's first ones, as they are written.

    `extra` is the mapping of that name, `body` the Markdown below the front matter.
    """

    path: str
    name: str
    fields: Mapping[str, Value]
    answers: tuple[GivenAnswer, ...]
    decision: GivenDecision
    revisit: date | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""

    @property
    def organization(self) -> str | None:
        """The organization, if there is one."""
        value = self.fields.get("organization")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """The workspace that a contact enters."""

    root: Path
    content: Content
    rulebook: RuleBook
    today: date


def open_entrance(root: Path, today: date) -> Entrance:
    """Read a workspace for a contact to enter; raises CrmtoolError where the rule book cannot be used."""
    content = read(WorkTree(root))
    return Entrance(root=root, content=content, rulebook=usable_rulebook(content), today=today)


def draft_contact(entrance: Entrance, new: NewContact) -> Draft:
    """Draft a new contact's file; raises RefusedError with all that the rules have against it, and CrmtoolError."""
    return draft_new(entrance.root, entrance.content, new.path, contact_text(new).encode(), entrance.today)


def path_for(entrance: Entrance, name: str, organization: str | None, id: str | None) -> str:
    """Give the path of a new contact's file: of the id that is wished for, else made of names; raises CrmtoolError."""
    paths, root = entrance.content.paths, entrance.root
    path = new_path(folders_of(entrance.content.contacts.values()), name, organization) if id is None else path_of(id)
    if path is None or not is_contact_path(path):
        given = f"{id!r} is no id" if id is not None else f"no id can be made of {name!r}"
        raise CrmtoolError(f"{visible(given)}; write one such as --id nordlicht/jana-koehler")
    if not lies_inside(root, path):
        raise CrmtoolError(f"{visible(path)} lies behind a link that leads out of the workspace; write another --id")
    if folded(path) in map(folded, paths):
        raise CrmtoolError(f"{visible(path)} is there already; for somebody else of that name write another --id")
    return path


def namesakes(entrance: Entrance, new: NewContact) -> tuple[str, ...]:
    """List the ids of contacts that have the same name, and the same organization as far as one is known."""
    found = (other for other in entrance.content.contacts.values() if folded(other.name) == folded(new.name))
    mine = folded(new.organization or "")
    return tuple(other.id for other in found if not mine or folded(other.text("organization")) in ("", mine))


def contact_text(new: NewContact) -> str:
    """Write a contact's file."""
    return "\n".join(["---", *_front_matter(new), "---", *(["", new.body] if new.body else [""])])


def _front_matter(new: NewContact) -> Iterator[str]:
    style = Style()
    yield f"name: {scalar(new.name)}"
    for key, value in new.fields.items():
        yield f"{key}: {in_line(value, Style(quotes=((key, ''),)), (key,), key)}"
    yield f"status: {scalar(new.decision.to)}"
    if new.answers:
        yield "criteria:"
        for answer in new.answers:
            id = answer.criterion
            yield f"  {scalar(id)}: {in_line(answer_entry(answer), style, ('criteria', id))}"
    yield "decisions:"
    yield f"  - {in_line(decision_entry(new.decision), style, ('decisions', 0))}"
    if new.revisit:
        yield f"revisit: {new.revisit}"
    if new.extra:
        yield "extra:"
        yield from (f"  {scalar(key)}: {in_line(value, style, ('extra', key))}" for key, value in new.extra.items())
