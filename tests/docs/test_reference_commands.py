"""The pages of the commands say what click knows; what their examples type is there."""

from __future__ import annotations

import re
import shlex
from itertools import chain

import click
import pytest

from crmtool.cli import cli
from tests.conftest import ROOT
from tests.docs import command_page, regions
from tests.docs.command_tree import Command, commands, common_options, program
from tests.docs.told_once import ENVIRONMENT, STATUSES

PAGE = ROOT / "docs" / "reference" / "command-line.md"
COMMANDS = commands()
_READ = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"|_VARIABLE = \"(\w+)\"|^_VARIABLES = \((.*)\)", re.MULTILINE)
_BETWEEN_PROGRAMS = {"COMP_WORDS", "COMP_CWORD", "_CRMTOOL_COMPLETE", "CRMTOOL_HISTORY_PLAN"}


def test_the_page_is_up_to_date(request: pytest.FixtureRequest) -> None:
    parts = {
        "overview": command_page.overview(COMMANDS),
        "options of every command": command_page.options((*common_options(), *program().options)),
        "exit status": "\n".join(f"- `{status}`: {meaning}." for status, meaning in STATUSES.items()),
        "environment": "\n".join(f"- `{name}`: {meaning}." for name, meaning in ENVIRONMENT.items()),
        "commands": command_page.reference(COMMANDS),
    }
    regions.hold(PAGE, parts, update=request.config.getoption("--update-golden"))


def test_each_command_stands_below_one_heading() -> None:
    listed = list(chain.from_iterable(command_page.GROUPS.values()))
    assert sorted(listed) == sorted(cli.list_commands(click.Context(cli)))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_what_an_example_types_is_known(command: Command) -> None:
    """No example has an option or a command that is not there any more."""
    assert command.examples, "a command shows how it is used"
    for typed, _ in command.examples:
        for word in re.findall(r"crmtool (.*?)(?:\)|\||>|$)", typed):
            _look_up(shlex.split(word))


def test_an_unknown_option_in_an_example_is_seen() -> None:
    with pytest.raises(click.NoSuchOption):
        _look_up(["site", "build", "--fast"])


def test_the_variables_that_are_read_are_told() -> None:
    found: set[str] = set()
    for file in (ROOT / "crmtool").rglob("*.py"):
        for direct, named, several in _READ.findall(file.read_text("utf-8")):
            found |= {direct, named, *re.findall(r"\w+", several)} - {""}
    read = {name for name in found if name.isupper()} - _BETWEEN_PROGRAMS
    assert read <= set(ENVIRONMENT), "told_once.py tells what each variable does"
    assert set(ENVIRONMENT) - read <= {"PATH"}


def _look_up(words: list[str]) -> None:
    """Have click read a line; that a file is missing or a value is left out is no matter here."""
    command: click.Command = cli
    context = click.Context(cli, info_name="crmtool")
    while isinstance(command, click.Group):
        name, inner, words = command.resolve_command(context, words)
        assert inner is not None, name
        command = inner
    try:
        command.make_context(command.name, words, parent=context)
    except click.NoSuchOption:
        raise
    except click.UsageError:
        pass
