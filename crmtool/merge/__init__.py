"""Merge two versions of a contact file with what both come from: by what they say, never silently, bytes in and out."""

from crmtool.merge.marking import Marks
from crmtool.merge.merging import Conflicted, Resolved, merge3, merge_text
from crmtool.merge.slots import Conflict
from crmtool.merge.texts import Favour, TextMerge, TextMerged

__all__ = [
    "Conflict",
    "Conflicted",
    "Favour",
    "Marks",
    "Resolved",
    "TextMerge",
    "TextMerged",
    "merge3",
    "merge_text",
]
