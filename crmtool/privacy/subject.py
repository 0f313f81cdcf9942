"""All that is known of a person, for whoever asks for it: an answer under Art. 15 of the GDPR."""

from __future__ import annotations

from datetime import date

from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.days import Duration
from crmtool.privacy.findings import FileCommit, FileMentions, Said
from crmtool.privacy.traces import Traces
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook
from crmtool.yaml_reader import Value

BEYOND = (
    "other clones of the repository, and forks",
    "the hosting service: pull requests, issues, caches, and its backups",
    "built sites, and wherever they are published",
    "exports, and what was made of them: address books, calendars, spreadsheets",
    "mailboxes, calendars and files outside of the repository",
    "backups",
)
"""Where else there may be something, which crmtool does not see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long data of ended contacts are kept; `due` is the day from which these are to be erased, if one is known."""

    ended: Duration
    due: date | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person as of a day.

    `path` is the file's in the workspace and `notes` its body; `paths` are all that the file ever had in the
    repository. `assessment` is None where the contact cannot be judged on that day. `own_commits` changed the file,
    the latest first; `has_history` tells whether there is a history that was looked through,
    and `is_cut_off` that a shallow clone lacks a part of it. `unread` are the files
    into which nobody can look without their programs.
    """

    day: date
    contact: Contact
    rulebook: RuleBook
    path: str
    notes: str
    assessment: Assessment | None
    imported: tuple[dict[str, Value], ...]
    retention: Retention | None
    traces: Traces
    files: tuple[FileMentions, ...]
    said: tuple[Said, ...]
    paths: tuple[str, ...]
    own_commits: tuple[FileCommit, ...]
    has_history: bool
    is_cut_off: bool
    unread: tuple[str, ...]
