"""Bring contacts in from files of other programs: read, plan, write."""

from crmtool.app.importing.planning import Plan, plan_import
from crmtool.app.importing.taking import Options
from crmtool.app.importing.writing import write_plan

__all__ = ["Options", "Plan", "plan_import", "write_plan"]
