"""What became of the mutants, and which of those that live are explained in known.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KILLED = ("killed", "timeout")
"""One that never comes to an end is found as well."""
LEFT_OUT = ("not checked", "skipped")
_COLUMNS = ("mutants", "killed", "timeout", "explained", "survived", "no tests", "other")
_WHY = "why: "


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A change of the code: `change` is what it takes out of the file and puts in, line by line as a diff has it."""

    path: str
    function: str
    change: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((f"{self.path} {self.function}", *self.change))


def mutant_of(name: str, diff: str) -> Mutant:
    """Read what `mutmut show` tells: a diff without a hunk for anything but the function."""
    lines = diff.splitlines()
    path = next(line.removeprefix("--- ") for line in lines if line.startswith("--- "))
    change = (line for line in lines if line.startswith(("-", "+")) and not line.startswith(("---", "+++")))
    return Mutant(
        path=path, function=function_of(name), change=tuple(f"{line[0]} {line[1:].strip()}" for line in change)
    )


def function_of(name: str) -> str:
    """Give a function as it is called: `x_f` stands for `f`, and `xǁCǁf` for the method `C.f`."""
    function = name.rpartition(".")[2].partition("__mutmut_")[0]
    return function.removeprefix("xǁ").replace("ǁ", ".") if "ǁ" in function else function.removeprefix("x_")


def file_of(name: str) -> str:
    """Give the file that a mutant is of."""
    return f"{name.rpartition('.')[0].replace('.', '/')}.py"


def read_known(text: str) -> dict[Mutant, str]:
    """Read the mutants that cannot be killed, with the reason."""
    known: dict[Mutant, str] = {}
    for block in "\n".join(line for line in text.splitlines() if not line.startswith("#")).split("\n\n"):
        if not block.strip():
            continue
        place, *change, why = block.strip("\n").splitlines()
        path, _, function = place.partition(" ")
        if not change or not why.startswith(_WHY):
            raise ValueError(f"{place}: a change and then a line 'why: …' are missing")
        known[Mutant(path=path, function=function, change=tuple(change))] = why.removeprefix(_WHY)
    return known


def table(results: Mapping[str, str], explained: Iterable[str]) -> str:
    """Count what became of the mutants, file by file; `results` are by their names."""
    counts: dict[str, Counter[str]] = {}
    known = set(explained)
    for name, result in results.items():
        if result not in LEFT_OUT:
            told = "explained" if name in known else result if result in _COLUMNS else "other"
            counts.setdefault(file_of(name), Counter()).update((told, "mutants"))
    counts["all"] = sum(counts.values(), Counter())
    width = max(map(len, counts))
    head = f"{'':{width}}" + "".join(f"{column:>11}" for column in _COLUMNS)
    return "\n".join(
        (
            head,
            *(f"{path:{width}}" + "".join(f"{of[column]:>11}" for column in _COLUMNS) for path, of in counts.items()),
        )
    )
