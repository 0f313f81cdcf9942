"""The rules, one file a finding code. `ALL_RULES` lists them all, by code."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.rules import criteria_missing, duplicate_key
from crmtool.rules.base import Rule

_MODULES = (
    criteria_missing,
    duplicate_key,
)

ALL_RULES: Mapping[str, Rule] = {module.RULE.code: module.RULE for module in _MODULES}
