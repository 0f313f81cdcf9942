"""What can be done in an open file: decisions, answers and next steps, and what mends what is found."""

from crmtool.app.live.actions.offering import actions_at
from crmtool.app.live.actions.subject import Action, Kind

__all__ = ["Action", "Kind", "actions_at"]
