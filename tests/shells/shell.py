"""A real shell in a pseudo-terminal, typed into as a person does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pexpect

_PROMPT = "READY> "
_TAB, _SHOW_LINE, _DROP_LINE = "\t", "\x18d", "\x18c"
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>(]B?|[\x07\x08]")

# Each shell gets a prompt, and two keys: one tells the line as it stands, one empties it.
_SET_UP = {
    "bash": (
        f"PS1='{_PROMPT}'",
        "bind 'set enable-bracketed-paste off'",
        "bind 'set show-all-if-ambiguous on'",
        r"""bind -x '"\C-xd": printf "[line %s]\n" "$READLINE_LINE"'""",
        r"""bind '"\C-xc": kill-whole-line'""",
    ),
    "zsh": (
        f"PS1='{_PROMPT}'; unset zle_bracketed_paste",
        "autoload -U compinit && compinit -u -D",
        'dump() { zle -I; print -r -- "[line $BUFFER]" }; zle -N dump',
        "bindkey '^Xd' dump; bindkey '^Xc' kill-whole-line",
    ),
    "fish": (
        f"function fish_prompt; echo -n '{_PROMPT}'; end",
        "function dump; printf '[line %s]\\n' (commandline); end",
        "bind \\cxd dump; bind \\cxc 'commandline \"\"'",
    ),
}
_LEARN = {
    "bash": 'eval "$(crmtool completion bash)"',
    "zsh": 'eval "$(crmtool completion zsh)"',
    "fish": "crmtool completion fish | source",
}
"""What the documentation has one put into the start file."""
_ARGUMENTS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}


@dataclass(frozen=True, kw_only=True)
class Completed:
    """What a line became, and everything that the terminal showed meanwhile."""

    line: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class Shell:
    """A running shell that knows crmtool."""

    name: str
    terminal: pexpect.spawn[str]

    def complete(self, typed: str) -> Completed:
        """Type something and press the tabulator; the line is emptied afterwards."""
        self.terminal.send(typed + _TAB)
        self.terminal.send(_SHOW_LINE)
        self.terminal.expect(r"\[line (.*?)\]\r")
        found = self.terminal.match
        assert isinstance(found, re.Match)
        shown = _TERMINAL_CODE.sub("", self.terminal.before or "")
        self.terminal.send(_DROP_LINE)
        return Completed(line=found[1], shown=shown)

    def run(self, command: str) -> None:
        """Run a command and wait until it has ended."""
        self.terminal.sendline(f"{command}; echo do''ne")
        self.terminal.expect_exact("done")
        self.terminal.expect_exact(_PROMPT)


@contextmanager
def started(name: str, cwd: Path, env: Mapping[str, str], learn: str | None = None) -> Iterator[Shell]:
    """Start a shell without the settings of whoever runs the tests; `learn` is how it comes to know crmtool."""
    terminal: pexpect.spawn[str] = pexpect.spawn(
        name, _ARGUMENTS[name], cwd=cwd, env=dict(env), encoding="utf-8", dimensions=(60, 160), timeout=60
    )
    try:
        shell = Shell(name=name, terminal=terminal)
        for line in (*_SET_UP[name], learn or _LEARN[name]):
            terminal.sendline(line)
        shell.run("true")
        yield shell
    finally:
        terminal.close(force=True)
