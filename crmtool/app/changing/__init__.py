"""Change one contact's file: find it, draft the change, let the rules judge it, write it, commit it."""

from crmtool.app.changing.draft import Draft, draft, exceeded_limit, save
from crmtool.app.changing.target import Target, open_target

__all__ = ["Draft", "Target", "draft", "exceeded_limit", "open_target", "save"]
