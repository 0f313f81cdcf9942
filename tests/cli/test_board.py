"""crmtool board where a status has more contacts than anybody reads: cut at a terminal, whole where it is piped."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_focus import at_terminal
from tests.conftest import JANA, TODAY, crmtool, write_files

MANY = 30


def test_a_terminal_gets_the_first_of_each_status_and_how_to_see_the_rest(workspace: Path) -> None:
    write_files(workspace, {f"contacts/nordlicht/jana-{n:02}.md": JANA for n in range(MANY - 1)})
    piped = crmtool("board", "--today", TODAY, cwd=workspace).out.splitlines()
    shown = at_terminal("board", lines=24, columns=200, cwd=workspace)
    everyone, first = ([line.split()[2] for line in lines if "Jana Köhler" in line] for lines in (piped, shown))
    assert len(everyone) == MANY
    assert first == everyone[:25]
    (told,) = [line for line in shown if "more" in line]
    assert told == "and 5 more: `crmtool list --status clarifying` shows all"
