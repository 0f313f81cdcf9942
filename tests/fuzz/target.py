"""What a fuzz target is: one function that takes any bytes and holds the program to its promises."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from hypothesis import strategies as st

DATA = Path(__file__).parent / "data"
NAMES = ("reader", "rulebook", "conditions", "editor", "merge", "importers", "site")
MOST_BYTES = 65_536
_MOST_CHOICES = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`check` raises AssertionError for a broken promise; `explore` is a property test that finds its inputs itself.

    A target that takes files has `seeds` and `words` that make more of them; see `structured` for the others.
    """

    name: str
    check: Callable[[bytes], object]
    explore: Callable[[], None]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES


def load(name: str) -> Target:
    """Import a target; its own modules are imported no earlier, so that what they import can be watched."""
    target = import_module(f"tests.fuzz.targets.{name}").TARGET
    assert isinstance(target, Target)
    return target


def kept(name: str) -> list[Path]:
    """List the inputs that are kept for a target: a few that reach far, and all that once broke something."""
    return sorted(path for path in (DATA / name).glob("*") if path.is_file())


def mangled(seeds: Iterable[bytes], words: Iterable[str]) -> st.SearchStrategy[bytes]:
    """Make files of others: stretches dropped, doubled and replaced."""
    return _mangled(tuple(seeds), tuple(word.encode("utf-8", "surrogatepass") for word in words))


@st.composite
def _mangled(draw: st.DrawFn, seeds: tuple[bytes, ...], words: tuple[bytes, ...]) -> bytes:
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 16)))
        put = draw(st.sampled_from(words) | st.binary(max_size=4) | st.sampled_from([b"", data[start:end] * 2]))
        data = data[:start] + put + data[end:]
    return data


def structured(name: str, explore: Callable[..., None], *, size: int = 1500) -> Target:
    """Make a target of a property test: hypothesis makes its input of bytes, so that both are one function."""
    of_bytes: Callable[[bytes], object] = vars(explore)["hypothesis"].fuzz_one_input
    return Target(name=name, check=of_bytes, explore=explore, seeds=choices(size=size), most_bytes=_MOST_CHOICES)


def choices(count: int = 24, size: int = 1500) -> tuple[bytes, ...]:
    """Give bytes of which hypothesis makes structured inputs: seeds that are long enough for large ones."""
    return tuple(random.Random(i).randbytes(size) for i in range(count))
