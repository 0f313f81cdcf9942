"""How much memory a process holds together with all that it started. Linux alone tells; elsewhere it is 0."""

from __future__ import annotations

import re
from pathlib import Path

_FIGURE = re.compile(r"^(\w+): +(\d+) kB$", re.MULTILINE)


def tree_memory(process: int) -> int:
    """Add up, in bytes, what a process and all it started hold; of one without children, the most it ever held."""
    tree = _tree(process)
    return _figures(process, "status").get("VmHWM", 0) if len(tree) == 1 else _held(tree)


def memory_now(process: int) -> int:
    """Add up, in bytes, what a process and all it started hold at this moment."""
    return _held(_tree(process))


def _held(tree: list[int]) -> int:
    """Count memory that a fork shares once, and of mapped files those of the process that mapped the most."""
    held = [_figures(one, "smaps_rollup") for one in tree]
    mapped = max(one.get("Rss", 0) - one.get("Anonymous", 0) for one in held)
    return sum(one.get("Pss_Anon", 0) for one in held) + mapped


def _tree(process: int) -> list[int]:
    found = [process]
    for one in found:  # grows while it is walked
        for task in _tasks(one):
            found += map(int, _read(task / "children").split())
    return found


def _tasks(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:  # it has ended
        return []


def _figures(process: int, file: str) -> dict[str, int]:
    found = _FIGURE.findall(_read(Path(f"/proc/{process}/{file}")).replace("\t", " "))
    return {name: int(figure) * 1024 for name, figure in found}


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
