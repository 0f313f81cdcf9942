"""Three versions of a file in, one out, or one with both sides of what cannot be decided by a program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crmtool.document import read_contact
from crmtool.merge.blocks import units, with_lines_of
from crmtool.merge.comments import comments, kept_by_both
from crmtool.merge.marking import Marks, marked
from crmtool.merge.slots import Conflict
from crmtool.merge.texts import TextMerge
from crmtool.merge.values import MergedValues, merge_values
from crmtool.merge.versions import PATH, Versions, read_versions
from crmtool.merge.writing import reads_as, written, written_by_ours

Judge = Callable[[bytes], Sequence[str]]
"""Tells the errors of a contact file; none where it is in order."""

_NO_STYLE = "both sides changed how it is written, and a comment would be lost"
_NOTES = "the notes were changed in the same place on both sides"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A clean merge."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A merge that somebody has to decide: `data` holds both sides of each conflict between marks."""

    data: bytes
    conflicts: tuple[Conflict, ...]


def unreadable(data: bytes) -> Sequence[str]:
    """Tell why a contact file cannot be read."""
    return [problem.message for problem in read_contact(PATH, data).problems]


def merge3(
    base: bytes, ours: bytes, theirs: bytes, *, text: TextMerge, judge: Judge = unreadable, marks: Marks | None = None
) -> Resolved | Conflicted:
    """Merge two versions of a contact file (base empty: both are new).

    Front matter is merged by what it says, the notes by `text`. What one side alone has changed is taken as it is; any
    other merge must have no error by `judge`, or it is a conflict.
    """
    trivial = _trivial(base, ours, theirs)
    if trivial is not None:
        return Resolved(trivial)
    versions = read_versions(base, ours, theirs)
    if versions is None:
        return _merge_whole(base, ours, theirs, text, judge)
    return _Merge(versions, text, judge, marks or Marks()).result()


def merge_text(base: bytes, ours: bytes, theirs: bytes, *, text: TextMerge) -> Resolved | Conflicted:
    """Merge two versions of a file that is no contact."""
    trivial = _trivial(base, ours, theirs)
    return _merge_whole(base, ours, theirs, text, lambda _: ()) if trivial is None else Resolved(trivial)


def _trivial(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    if base in (ours, theirs):
        return theirs if base == ours else ours
    return ours if ours == theirs else None


def _merge_whole(base: bytes, ours: bytes, theirs: bytes, text: TextMerge, judge: Judge) -> Resolved | Conflicted:
    merged = text(base, ours, theirs)
    if merged is None:
        return Conflicted(ours, (Conflict(why="it is no text; ours was left as it is"),))
    if not merged.is_clean:
        return Conflicted(merged.data, (Conflict(why="both sides changed the same lines"),))
    errors = judge(merged.data)
    if not errors:
        return Resolved(merged.data)
    both = text(b"", ours, theirs)
    return Conflicted(both.data if both else ours, (_broken(errors),))


def _broken(errors: Sequence[str]) -> Conflict:
    return Conflict(why=f"put together, the two sides have errors: {'; '.join(errors)}")


@dataclass(frozen=True, slots=True)
class _Front:
    """A front matter as merged."""

    yaml: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Merge:
    """Three versions that can be read, and what is needed to merge them."""

    versions: Versions
    text: TextMerge
    judge: Judge
    marks: Marks

    def result(self) -> Resolved | Conflicted:
        body, is_clean = self._body()
        front = self._front(body)
        conflicts = front.conflicts if is_clean else (*front.conflicts, Conflict(why=_NOTES))
        if not conflicts:
            return Resolved(self._file(front.yaml, body))
        ours, theirs = self.versions.ours, self.versions.theirs
        if is_clean and ours.yaml == theirs.yaml:
            # There must be something to be decided.
            body = marked(ours.body, theirs.body, self.marks)
        return Conflicted(self._file(front.yaml, body), conflicts)

    def _body(self) -> tuple[str, bool]:
        versions = self.versions
        merged = self.text(versions.base.body.encode(), versions.ours.body.encode(), versions.theirs.body.encode())
        if merged is None:
            return marked(versions.ours.body, versions.theirs.body, self.marks), False
        return merged.data.decode(), merged.is_clean

    def _front(self, body: str) -> _Front:
        versions = self.versions
        values = merge_values(versions.base.values, versions.ours.values, versions.theirs.values)
        if values.conflicts:
            yaml = self._both_sides(values, body)
            return _Front(yaml or self._all_of_both(), values.conflicts)
        yaml = written(versions, values.ours, self.text)
        if yaml is None:
            return _Front(self._all_of_both(), (Conflict(why=_NO_STYLE),))
        errors = self.judge(self._file(yaml, body))
        return _Front(self._all_of_both(), (_broken(errors),)) if errors else _Front(yaml)

    def _both_sides(self, values: MergedValues, body: str) -> str | None:
        """Mark what collides alone; None where either side would not be in order with the rest of the other."""
        base, mine, other = (side.yaml for side in (self.versions.base, self.versions.ours, self.versions.theirs))
        ours = written_by_ours(self.versions, values.ours, self.text)
        if ours is None:
            return None
        theirs = with_lines_of(ours, other, [conflict.place for conflict in values.conflicts])
        if theirs is None or not reads_as(theirs, values.theirs):
            return None
        if not kept_by_both(base, mine, other) <= comments(ours) | comments(theirs):
            return None
        is_in_order = self._stays_in_order(mine, ours, body) and self._stays_in_order(other, theirs, body)
        return marked(ours, theirs, self.marks, units(ours)) if is_in_order else None

    def _stays_in_order(self, before: str, after: str, body: str) -> bool:
        return not self.judge(self._file(after, body)) or bool(self.judge(self._file(before, body)))

    def _all_of_both(self) -> str:
        ours, theirs = self.versions.ours.yaml, self.versions.theirs.yaml
        return marked(ours, theirs, self.marks, units(ours))

    def _file(self, yaml: str, body: str) -> bytes:
        return self.versions.data(self.versions.ours.file(yaml, body))
