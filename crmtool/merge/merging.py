"""Three versions of a file in, one out, or one with both sides of what cannot be decided by a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
_TOO_DIFFERENT = "the two sides are written too differently to mark that alone, so all that differs is marked"
_BROKEN_TOGETHER = "put together, the two sides have errors"
_BROKEN_APART = "if that alone were marked, a side would have errors, so all that differs is marked"
_NOTES = "the notes were changed in the same place on both sides; look for {sign} in the notes"


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
    marks, versions = marks or Marks(), read_versions(base, ours, theirs)
    if versions is None:
        return _merge_whole(base, ours, theirs, text=text, judge=judge, marks=marks)
    result = _Merge(versions, text, judge, marks).result()
    if isinstance(result, Conflicted) and versions.differ_in_frame_alone:
        # There must be something to be decided.
        return Conflicted(_both_marked(ours, theirs, marks), result.conflicts)
    return result


def merge_text(base: bytes, ours: bytes, theirs: bytes, *, text: TextMerge) -> Resolved | Conflicted:
    """Merge two versions of a file that is no contact."""
    trivial = _trivial(base, ours, theirs)
    if trivial is not None:
        return Resolved(trivial)
    return _merge_as_text(base, ours, theirs, text)


def _trivial(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    if base in (ours, theirs):
        return theirs if base == ours else ours
    return ours if ours == theirs else None


def _merge_whole(
    base: bytes, ours: bytes, theirs: bytes, *, text: TextMerge, judge: Judge, marks: Marks
) -> Resolved | Conflicted:
    result = _merge_as_text(base, ours, theirs, text)
    errors = judge(result.data) if isinstance(result, Resolved) else ()
    return Conflicted(_both_marked(ours, theirs, marks), (_broken(errors),)) if errors else result


def _merge_as_text(base: bytes, ours: bytes, theirs: bytes, text: TextMerge) -> Resolved | Conflicted:
    merged = text(base, ours, theirs)
    if merged is None:
        return Conflicted(ours, (Conflict(why="it is no text; ours was left as it is"),))
    if not merged.is_clean:
        return Conflicted(merged.data, (Conflict(why="both sides changed the same lines"),))
    return Resolved(merged.data)


def _both_marked(ours: bytes, theirs: bytes, marks: Marks) -> bytes:
    """Mark all that differs between two files that differ, be it their line ends."""
    mine, other = (side.decode(errors="surrogateescape") for side in (ours, theirs))
    return marked(mine, other, marks).encode(errors="surrogateescape")


def _broken(errors: Iterable[str], why: str = _BROKEN_TOGETHER) -> Conflict:
    return Conflict(why=f"{why}: {'; '.join(dict.fromkeys(errors))}")


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
        notes = Conflict(why=_NOTES.format(sign="<" * self.marks.size))
        conflicts = front.conflicts if is_clean else (*front.conflicts, notes)
        if not conflicts:
            return Resolved(self._file(front.yaml, body))
        ours, theirs = self.versions.ours, self.versions.theirs
        if is_clean and ours.yaml == theirs.yaml:  # then there is nothing else to be decided
            body = marked(ours.body, theirs.body, self.marks)
        return Conflicted(self._file(front.yaml, body), conflicts)

    def _body(self) -> tuple[str, bool]:
        base, ours, theirs = (side.body for side in self.versions.sides)
        merged = self.text(base.encode(), ours.encode(), theirs.encode())
        if merged is None:
            return marked(ours, theirs, self.marks), False
        return merged.data.decode(), merged.is_clean

    def _front(self, body: str) -> _Front:
        versions = self.versions
        values = merge_values(*(side.values for side in versions.sides))
        if values.conflicts:
            return self._in_conflict(values)
        yaml = written(versions, values.ours, self.text)
        if yaml is None:
            return _Front(self._all_of_both(), (Conflict(why=_NO_STYLE),))
        errors = self.judge(self._file(yaml, body))
        return _Front(self._all_of_both(), (_broken(errors),)) if errors else _Front(yaml)

    def _in_conflict(self, values: MergedValues) -> _Front:
        """Mark what collides alone, or all that differs where either side would break with the rest of the other."""
        sides = self._parted(values)
        if sides is None:
            return _Front(self._all_of_both(), (*values.conflicts, Conflict(why=_TOO_DIFFERENT)))
        _, mine, other = (side.yaml for side in self.versions.sides)
        ours, theirs = sides
        errors = [*self._new_errors(mine, ours), *self._new_errors(other, theirs)]
        if errors:
            return _Front(self._all_of_both(), (*values.conflicts, _broken(errors, _BROKEN_APART)))
        return _Front(marked(ours, theirs, self.marks, units(ours)), values.conflicts)

    def _parted(self, values: MergedValues) -> tuple[str, str] | None:
        """Write both sides so that only what collides differs; None where that cannot be done without a loss."""
        base, mine, other = (side.yaml for side in self.versions.sides)
        ours = written_by_ours(self.versions, values.ours, self.text)
        if ours is None:
            return None
        theirs = with_lines_of(ours, other, [conflict.place for conflict in values.conflicts])
        if theirs is None or not reads_as(theirs, values.theirs):
            return None
        if not kept_by_both(base, mine, other) <= comments(ours) | comments(theirs):
            return None
        return ours, theirs

    def _new_errors(self, before: str, after: str) -> Sequence[str]:
        """Tell the errors of a front matter that was in order before."""
        errors = self.judge(self._file(after, ""))
        return () if errors and self.judge(self._file(before, "")) else errors

    def _all_of_both(self) -> str:
        ours, theirs = self.versions.ours.yaml, self.versions.theirs.yaml
        return marked(ours, theirs, self.marks, units(ours))

    def _file(self, yaml: str, body: str) -> bytes:
        return self.versions.data(self.versions.ours.file(yaml, body))
