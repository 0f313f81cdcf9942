"""What a check finds: codes, with a place and what to do about it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from crmtool.records import dataclass

Place = tuple[str | int, ...]
"""Where in a file's values something stands: keys and list indexes from the top, () for the whole."""


class Severity(StrEnum):
    """How much a finding weighs: an error refuses the commit, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A stretch of a file: path from the workspace's root, lines and columns from 1, the end not included."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a rule saw, at a symbolic place that the document turns into a location once."""

    message: str
    hint: str = ""
    place: Place = ()
    on_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of a check, as every format shows it.

    `commit` is the id of the commit in which it was found, None where it is found in what is checked as a whole.
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    contact: str | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a changed rule book does to a contact: verdict and distance before and after, None where there is none."""

    contact: str
    verdict_before: str | None
    verdict_after: str | None
    distance_before: int | None
    distance_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found: `paths` are the contact files that were looked at."""

    today: date
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    impact: tuple[Impact, ...] = ()

    @property
    def contacts(self) -> int:
        """How many contact files were looked at."""
        return len(self.paths)

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)
