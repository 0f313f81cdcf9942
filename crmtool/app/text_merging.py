"""Texts merged by Git: its own merge of three files, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crmtool.errors import CrmtoolError
from crmtool.git.program import git_environment, message_of, run_git
from crmtool.merge import Favour, Marks, TextMerged

_MOST_CONFLICTS = 127
_NO_TEXT = "Cannot merge binary files"


@dataclass(frozen=True, slots=True)
class GitTextMerge:
    """Merges texts as Git does: a TextMerge. It runs in `directory`, whose settings it heeds."""

    directory: Path
    marks: Marks

    def __call__(self, base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged | None:
        """Merge two versions of a text; None for what is no text; raises CrmtoolError."""
        with TemporaryDirectory(prefix="crmtool-") as name:
            files = [Path(name, side) for side in ("ours", "base", "theirs")]
            for file, data in zip(files, (ours, base, theirs), strict=True):
                file.write_bytes(data)
            labels = [f"-L{label}" for label in (self.marks.ours, "base", self.marks.theirs)]
            options = ["-p", f"--marker-size={self.marks.size}", *labels, *([f"--{favour}"] if favour else [])]
            done = run_git(self.directory, git_environment(), "merge-file", *options, *map(str, files))
        if 0 <= done.returncode <= _MOST_CONFLICTS:
            return TextMerged(done.stdout, done.returncode == 0)
        if _NO_TEXT in message_of(done):
            return None
        raise CrmtoolError(f"git merge-file: {message_of(done)}")
