"""The pages of the documentation: their commands as a script, what these should print, the headings that links lead to.

Two kinds of pages show commands. Most run in a copy of the example workspace: each ```console block by itself, standard
output alone, and no command may fail. A page that begins with `<!-- runs in: an empty directory -->` is one walk from
its first command to its last, as at a terminal: `cd` and `export` go on counting, errors are shown too, a command may
be refused, a ```diff block is an edit that the reader makes, and `<!-- save as: NAME -->` stands before a file's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = [*sorted(ROOT.glob("[A-Z]*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
EMPTY = "<!-- runs in: an empty directory -->\n"
_MARK = "@@ next command @@"
_MARKED = re.compile(rf"(.*?)^{_MARK} (\d+)\n", re.MULTILINE | re.DOTALL)
_REFUSAL = re.compile(r"^crmtool: refused: |^What is staged is not fit to be committed", re.MULTILINE)
_BLOCK = re.compile(
    r"^(?:<!-- save as: (?P<file>\S+) -->\n+)?```(?P<kind>[a-z]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_END = "@@ end of the text @@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A script in bash, and what each of its commands prints."""

    script: str
    expected: tuple[str, ...]


def name(page: Path) -> str:
    """Give a page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def has_commands(page: Path) -> bool:
    """Whether a page shows commands that can be run."""
    return any(block["kind"] == "console" for block in _blocks(page))


def starts_empty(page: Path) -> bool:
    """Whether a page starts from nothing."""
    return page.read_text("utf-8").startswith(EMPTY)


def commands(page: Path) -> tuple[str, ...]:
    """Give all commands of a page."""
    return tuple(command for block in _blocks(page) if block["kind"] == "console" for command, _ in _pairs(block))


def prose(page: Path) -> str:
    """Give a page's text without its blocks and comments."""
    return re.sub(r"<!--.*?-->", "", _BLOCK.sub("", page.read_text("utf-8")), flags=re.DOTALL)


def walks(page: Path) -> Iterator[Walk]:
    """Give what of a page is to be run, in order."""
    blocks = list(_blocks(page))
    shown = [_pairs(block) for block in blocks if block["kind"] == "console"]
    if starts_empty(page):
        script = "\n".join(_step(block) for block in blocks)
        yield Walk(script=script, expected=tuple(output for pairs in shown for _, output in pairs))
        return
    for pairs in shown:
        script = "\n".join(f"{command} 2>/dev/null\necho '{_MARK}' $?" for command, _ in pairs)
        yield Walk(script=script, expected=tuple(output for _, output in pairs))


def outputs(stdout: str) -> tuple[str, ...]:
    """Give what each command of a script printed; what fails must be a refusal that the page is about."""
    found = _MARKED.findall(stdout)
    for output, status in found:
        assert status == "0" or _REFUSAL.search(output), output
    return tuple(output for output, _ in found)


def printing(page: Path, outputs: Iterable[str]) -> str:
    """Give a page's text with other outputs, one for each of its commands."""
    given = iter(outputs)

    def block(found: re.Match[str]) -> str:
        if found["kind"] != "console":
            return found[0]
        return "".join(("```console\n", *(f"$ {command}\n{next(given)}" for command, _ in _pairs(found)), "```"))

    return _BLOCK.sub(block, page.read_text("utf-8"))


def _blocks(page: Path) -> Iterator[re.Match[str]]:
    return _BLOCK.finditer(page.read_text("utf-8"))


def _pairs(block: re.Match[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in block["text"].splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        else:
            command, output = found[-1]
            found[-1] = (command, output + line)
    return found


def _step(block: re.Match[str]) -> str:
    """Give what a block of a walk does: write a file, edit one, or run commands, of which only a refusal may fail."""
    if block["file"]:
        return f"cat > '{block['file']}' <<'{_END}'\n{block['text']}{_END}"
    if block["kind"] == "diff":
        return f"git apply <<'{_END}'\n{block['text']}{_END}"
    if block["kind"] != "console":
        return ""
    return "\n".join(f"{{ {command}\n}} 2>&1 && s=0 || s=$?\necho '{_MARK}' $s" for command, _ in _pairs(block))
