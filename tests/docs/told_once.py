"""What the reference page of the commands and the manual page both tell, and no command does."""

from __future__ import annotations

STATUSES = {
    "0": "no errors; warnings do not count, unless `--strict` is given",
    "1": "errors found, a change refused by the rules, or something left to be mended, merged or erased",
    "2": "wrong usage, no workspace, or one that cannot be read",
    "141": "who read the output stopped reading it",
}

ENVIRONMENT = {
    "CRMTOOL_TODAY": "the day that is judged as of, where `--today` is not given",
    "CRMTOOL_TRACEBACK": "if set, an internal error is shown with where it happened, for a report",
    "NO_COLOR": "if set, nothing is coloured, unless `--color` is given",
    "TERM": "with `dumb`, nothing is coloured or drawn anew",
    "COLUMNS": "how wide a table may be, where the output is no terminal",
    "VISUAL": "the editor that `crmtool edit` opens",
    "EDITOR": "the same, where VISUAL is not set",
    "SHELL": "the shell that `crmtool completion` is for, where none is named",
    "XDG_CACHE_HOME": "where the folder `crmtool` lies in which is kept what was found; on Linux `~/.cache` by default",
    "XDG_STATE_HOME": "where it is kept which sites may run code of their own; on Linux `~/.local/state` by default",
    "LOCALAPPDATA": "where both are kept on Windows",
    "PATH": "where the program `git` is looked for",
    "GITHUB_STEP_SUMMARY": "the file to which `crmtool check --format github` adds its summary",
}

FILES = {
    "criteria.yaml": "the rule book; the folder that it lies in is the workspace",
    "contacts/**/*.md": "a contact each",
    "schemas/": "what the files must look like; a team may make it stricter",
    "site/mkdocs.yml": "the report site, built into site/public/",
}
