"""Natural mistakes on the command line: the message says what to type."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from crmtool.cli.slips import unknown_option
from tests.conftest import TODAY, crmtool, write_files

NO_SUCH = "No such command 'qualify'; "


def last_line(cwd: Path, line: str) -> str:
    run = crmtool(*shlex.split(line), "--today", TODAY, cwd=cwd)
    assert (run.status, run.out) == (2, ""), run.err
    return run.err.splitlines()[-1].removeprefix("Error: ")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("next jana 'Ask who signs'", "Unexpected: 'Ask who signs'; put it behind --do: --do 'Ask who signs'"),
        ("answer jana fit met 140 machines", "Unexpected: 140 machines; put it behind --evidence: --evidence '140 ma"),
        ("block jana 'Their budget round'", "put it behind --by: --by 'Their budget round'"),
        ("decide Jana Köhler mature", "put it behind --because: --because mature; a name of several words stands in q"),
        ("new Tessa Vogt --because x", "Unexpected: Vogt; put the name in quotes: 'Tessa Vogt'"),
        ("why Jana Köhler", "Unexpected: 'Köhler'; put the name in quotes: 'Jana Köhler'"),
        ("stop Jana Köhler no_need 'They plan'", "'They plan'; a sentence or a name of several words stands in quotes"),
        ("merge-contacts jana j koehler", "Unexpected: koehler; a name of several words stands in quotes"),
        ("list --owner Mira Voss", "Unexpected: Voss; words stand behind an option; a name of several words stands in"),
    ],
)
def test_words_too_many_are_told_their_place(workspace: Path, line: str, message: str) -> None:
    assert message in last_line(workspace, line)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("new X --org Y", "No such option '--org'; did you mean --organization?"),
        ("new X --c", "No such option '--c'; did you mean --confirmed-by or --chance or --commit or --color?"),
        ("new X --becuase Y", "No such option '--becuase'; did you mean --because?"),
        ("erase jana --dry-run", "No such option '--dry-run'; without --apply it is only told what would be done"),
        ("site build --nonsense", "No such option '--nonsense'"),
        ("check --hel", "No such option '--hel'; did you mean --help?"),
    ],
)
def test_an_unknown_option_is_told_what_was_meant(workspace: Path, line: str, message: str) -> None:
    assert last_line(workspace, line) == message


def test_the_other_name_of_an_option_is_meant_too() -> None:
    command = click.Command("x", params=[click.Option(["--tell/--silent"])])
    error = click.NoSuchOption("--sil", ctx=click.Context(command))
    assert unknown_option(error) == "No such option '--sil'; did you mean --silent?"


def test_a_decision_typed_as_a_command_is_told_how_to_take_it(workspace: Path) -> None:
    assert last_line(workspace, "qualify jana") == f"{NO_SUCH}it is a decision: `crmtool decide jana qualify`"
    assert last_line(workspace, "ready").endswith("it is a decision: `crmtool decide CONTACT ready`")
    assert last_line(workspace, "enter jana").endswith("`crmtool --help` lists them.")


@pytest.mark.parametrize("rules", [None, "statuses: [\n", "x: 1\n"])
def test_without_a_usable_rule_book_a_command_is_just_unknown(tmp_path: Path, rules: str | None) -> None:
    write_files(tmp_path, {"criteria.yaml": rules} if rules else {})
    assert last_line(tmp_path, "qualify jana") == f"{NO_SUCH}`crmtool --help` lists them."
