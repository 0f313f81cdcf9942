"""bash, zsh and fish, as click knows them; here their rules for spaces, commas and `--option=value` are kept."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class

from crmtool.cli.session import COMPLETE_VARIABLE, PROGRAM, Session

_UNSAFE = re.compile(r"[^\w@%+:,./-]")
_UNSAFE_IN_QUOTES = re.compile(r'["$`\\]')
_OPTION = re.compile(r"--[\w-]+=")


class Bash(BashComplete):
    """bash takes what it is given as it stands, and splits words at "=" too."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Give the completions, and what is typed where they begin otherwise: bash inserts what all have in common."""
        found, begun = super().get_completions(args, incomplete), incomplete.casefold()
        strange = [item for item in found if item.type == "plain" and not item.value.casefold().startswith(begun)]
        return [CompletionItem(incomplete), *found] if len(strange) > 1 else found

    def get_completion_args(self) -> tuple[list[str], str]:
        """Give the words before the one that is completed, and that one; `--option=value` is one word again."""
        words, typed = super().get_completion_args()
        joined: list[str] = []
        for word in words:
            if joined and (word == "=" or joined[-1].endswith("=")) and joined[-1].startswith("--"):
                joined[-1] += word
            else:
                joined.append(word)
        if joined and _OPTION.fullmatch(joined[-1]):
            joined[-1] = joined[-1].removesuffix("=")
        return joined, typed.removeprefix("=")

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Write a completion so that it is one word on the line, as its beginning is quoted there."""
        word = _quoted(item.value, self._quote()) if item.type == "plain" else item.value
        return f"{item.type},{word}".replace("\\", "\\\\")  # click's script reads it once more

    def _quote(self) -> str:
        words, at = os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"])
        return words[at][:1] if at < len(words) else ""


# Where completions begin otherwise than what is typed, zsh would put their common part, often nothing, in its place.
_LIST_ONLY = """
    if (( compstate[nmatches] > 1 )) && [[ "${(L)compstate[unambiguous]}" != "${(L)${(Q)PREFIX}}"* ]]; then
        compstate[insert]=''
        compstate[list]=list
    fi
}
"""


class Zsh(ZshComplete):
    """zsh quotes by itself, and puts a completion in the place of the whole word."""

    source_template = ZshComplete.source_template.replace("\n}\n", _LIST_ONLY, 1)

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Write a completion with the option that its word begins with."""
        return super().format_completion(_with_option(item, self.get_completion_args()[1]))


class Fish(FishComplete):
    """fish quotes by itself, and wants whole words, too."""

    # Commas belong to values and to what is told of them: only the first one ends the type.
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Write a completion with the option that its word begins with."""
        return super().format_completion(_with_option(item, self.get_completion_args()[1]))


SHELLS = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def complete(program: click.Command, session: Session) -> NoReturn:
    """Answer the shell that asks, and end the process: whatever happens, nothing else is printed."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)
    with suppress(Exception):
        program.main(args=[], prog_name=PROGRAM, complete_var=COMPLETE_VARIABLE, obj=session)
    sys.exit(1)


def _quoted(word: str, quote: str) -> str:
    if quote == "'":
        return word.replace("'", r"'\''")
    return (_UNSAFE_IN_QUOTES if quote == '"' else _UNSAFE).sub(r"\\\g<0>", word)


def _with_option(item: CompletionItem[Any], typed: str) -> CompletionItem[Any]:
    option = _OPTION.match(typed)
    if option is None or item.type != "plain":
        return item
    return CompletionItem(option[0] + item.value, type=item.type, help=item.help)
