"""Change a contact's file: what is meant (changes), where and in which style it is written, and that it came out so."""

from crmtool.edit.apply import Edited, EditError, edited
from crmtool.edit.changes import Add, Change, Drop, Put, Rename

__all__ = ["Add", "Change", "Drop", "EditError", "Edited", "Put", "Rename", "edited"]
