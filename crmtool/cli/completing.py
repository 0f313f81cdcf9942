"""What a shell is told when a person presses the tabulator: what could stand at that place of a command.

Each public function is handed to click as `shell_complete`. None of them ever raises or prints: outside of a workspace,
or where files have errors, they give what can be told, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from crmtool.cli.session import Session
from crmtool.text import one_line, visible

if TYPE_CHECKING:
    from crmtool.contact import Contact
    from crmtool.rulebook import Criterion, RuleBook
    from crmtool.workspace import WorkTree

Offer = tuple[str, str]
"""A value, and a few words about it."""
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completer(offer: Callable[[click.Context, str], Iterable[Offer]]) -> Completer:
    @wraps(offer)
    def complete(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        try:
            return [_item(value, about) for value, about in offer(context, typed) if visible(value) == value]
        except Exception:  # a line that is being written must not be torn by a message
            return []

    return complete


def _item(value: str, about: str) -> CompletionItem:
    return CompletionItem(value, help=visible(one_line(about)) or None)


@_completer
def contacts(context: click.Context, typed: str) -> Iterable[Offer]:
    """Contacts by the beginning of their id or path, else by a part of their id or name."""
    from crmtool.contact import contact_id, is_contact_path

    paths = [path for path in _files(context).paths() if is_contact_path(path)]
    found = list(_begun(((contact_id(path), "") for path in paths), typed))
    return found or list(_begun(((path, "") for path in paths), typed)) or _named(context, typed)


@_completer
def statuses(context: click.Context, typed: str) -> Iterable[Offer]:
    """The statuses of the rule book."""
    return _begun(((status.id, status.label) for status in _rulebook(context).statuses.values()), typed)


@_completer
def criteria(context: click.Context, typed: str) -> Iterable[Offer]:
    """The criteria that are asked."""
    return _begun(_asked(_rulebook(context), _today(context)), typed)


@_completer
def missing_criteria(context: click.Context, typed: str) -> Iterable[Offer]:
    """The criteria that the contact lacks, else all that are asked: an answer may also be given anew."""
    from crmtool.app.offers import criteria_to_clarify

    chosen = _chosen(context)
    missing = criteria_to_clarify(chosen.contact, chosen.rulebook, chosen.day) if chosen.contact else ()
    return list(_begun(map(_question, missing), typed)) or _begun(_asked(chosen.rulebook, chosen.day), typed)


@_completer
def entries(context: click.Context, typed: str) -> Iterable[Offer]:
    """The answers and decisions of the contact, by the names that `correct` knows them by."""
    from crmtool.edit.logs import named_entries

    chosen = _chosen(context)
    return (
        _begun(((entry.name, entry.said) for entry in named_entries(chosen.contact)), typed) if chosen.contact else ()
    )


@_completer
def transitions(context: click.Context, typed: str) -> Iterable[Offer]:
    """The transitions that are possible now, else the statuses that they lead to; without a contact, all."""
    from crmtool.app.offers import possible_transitions

    chosen = _chosen(context)
    ways = tuple(way for way in chosen.rulebook.transitions.values() if not way.is_entry)
    if chosen.contact:
        ways = possible_transitions(chosen.contact, chosen.rulebook, chosen.day)
    by_id = [(way.id, f"→ {chosen.rulebook.status_label(way.target)}") for way in ways]
    targets = {way.target: chosen.rulebook.status_label(way.target) for way in ways}
    return list(_begun(by_id, typed)) or _begun(targets.items(), typed)


@_completer
def reasons(context: click.Context, typed: str) -> Iterable[Offer]:
    """The reasons of the status that is decided for, else all."""
    rulebook = _rulebook(context)
    to = _given(context, "to")
    way = rulebook.transitions.get(to or "")
    return _begun(_reasons(rulebook, {way.target if way else to} if to else set(rulebook.statuses)), typed)


@_completer
def ending_reasons(context: click.Context, typed: str) -> Iterable[Offer]:
    """The reasons of the ended statuses that the contact can be led to, else of all ended ones."""
    from crmtool.rulebook import Kind
    from crmtool.situation import present

    chosen = _chosen(context)
    here = present(chosen.contact, chosen.rulebook, chosen.day) if chosen.contact else None
    ended = {status.id for status in chosen.rulebook.statuses.values() if status.kind is Kind.ENDED}
    ways = {way.target for way in chosen.rulebook.leaving(here.status.id)} if here else ended
    return _begun(_reasons(chosen.rulebook, ended & ways), typed)


@_completer
def owners(context: click.Context, typed: str) -> Iterable[Offer]:
    """Who owns contacts."""
    return _begun(_used(context, "owner"), typed)


@_completer
def tags(context: click.Context, typed: str) -> Iterable[Offer]:
    """The tags that contacts have."""
    return _begun(_used(context, "tags"), typed)


@_completer
def codes(_context: click.Context, typed: str) -> Iterable[Offer]:
    """The codes of findings."""
    from crmtool.rules import ALL_RULES

    return _begun(((rule.code, rule.title) for rule in ALL_RULES.values()), typed)


@_completer
def revisions(context: click.Context, typed: str) -> Iterable[Offer]:
    """The branches and the tags of the repository."""
    from crmtool.git import Repository
    from crmtool.git.program import as_text

    repository = Repository.find(_session(context).root())
    found = as_text(repository.run("for-each-ref", "--format=%(refname:short)%00%(contents:subject)"))
    offers = (line.partition("\0") for line in found.splitlines())
    return _begun(((name, subject) for name, _, subject in offers), typed)


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """The rule book, and the contact that is named on the line, None where none can be told."""

    rulebook: RuleBook
    contact: Contact | None
    day: date


def _chosen(context: click.Context) -> _Chosen:
    from crmtool.app.naming import read_named
    from crmtool.errors import CrmtoolError

    wanted, day = _given(context, "contact"), _today(context)
    if wanted:
        session = _session(context)
        with suppress(CrmtoolError):
            path, content = read_named(session.root(), wanted, session.start)
            if content.rulebook is not None:
                return _Chosen(rulebook=content.rulebook, contact=content.contacts.get(path), day=day)
    return _Chosen(rulebook=_rulebook(context), contact=None, day=day)


def _given(context: click.Context, name: str) -> str | None:
    """Give an argument; before an option that still lacks its value, click leaves all of them unread."""
    names = [parameter.name for parameter in context.command.params if isinstance(parameter, click.Argument)]
    found: str | None = context.params.get(name) or dict(zip(names, context.args, strict=False)).get(name)
    return found


def _rulebook(context: click.Context) -> RuleBook:
    from crmtool.app import read
    from crmtool.errors import CrmtoolError

    rulebook = read(_files(context), only=()).rulebook
    if rulebook is None:
        raise CrmtoolError("the rule book cannot be used")
    return rulebook


def _files(context: click.Context) -> WorkTree:
    from crmtool.workspace import WorkTree

    return WorkTree(_session(context).root())


def _session(context: click.Context) -> Session:
    return context.find_object(Session) or Session()


def _today(context: click.Context) -> date:
    return _session(context).today()


def _begun(offers: Iterable[Offer], typed: str) -> Iterator[Offer]:
    """Keep what begins with what is typed; letter case and the encoding of accents make no difference."""
    from crmtool.contact import folded

    start = folded(typed)
    return (offer for offer in offers if folded(offer[0]).startswith(start))


def _named(context: click.Context, typed: str) -> Iterator[Offer]:
    from crmtool.app import read
    from crmtool.app.naming import parts_of
    from crmtool.contact import contact_id

    content = read(_files(context))
    for path in parts_of(content, typed):
        contact = content.contacts.get(path)
        yield contact_id(path), contact.title if contact else ""


def _asked(rulebook: RuleBook, day: date) -> Iterator[Offer]:
    return map(_question, (criterion for criterion in rulebook.criteria.values() if criterion.is_asked(day)))


def _question(criterion: Criterion) -> Offer:
    return criterion.id, criterion.question


def _reasons(rulebook: RuleBook, of: Iterable[str | None]) -> Iterable[Offer]:
    wanted = set(of)
    found = (status.reasons for status in rulebook.statuses.values() if status.id in wanted)
    return {id: label for reasons in found for id, label in reasons.items()}.items()


def _used(context: click.Context, field: str) -> Iterable[Offer]:
    """List what contacts have in a field of text, or of a list of texts."""
    from crmtool.app.offers import field_values

    values = field_values(_files(context), field)
    every = (text for value in values for text in (value if isinstance(value, list) else [value]))
    return [(text, "") for text in sorted({text for text in every if isinstance(text, str) and text})]
