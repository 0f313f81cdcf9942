"""Notices about files with errors."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "notice.unjudged": "{n} file cannot be judged and is left out of the reports:|"
    "{n} files cannot be judged and are left out of the reports:",
    "notice.flawed": "{n} file has errors; shown is what can be judged:|"
    "{n} files have errors; shown is what can be judged:",
    "notice.hint": "crmtool check names each error with its line and what to do.",
}
