"""What is typed at a question."""

from __future__ import annotations

from collections.abc import Callable

import click
import pytest

from crmtool.cli import prompting
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session


def _typed(typed: str, monkeypatch: pytest.MonkeyPatch) -> str:
    def ask(_question: str, read: Callable[[str], str], **_: object) -> str:
        return read(typed)

    monkeypatch.setattr(prompting, "can_ask", lambda: True)
    monkeypatch.setattr(prompting, "ask", ask)
    not_yet = (Choice(id="qualify", label="→ Clarifying", about="lacks: fit (open)"),)
    return prompting.choose(Session(), "?", (Choice(id="stop"), Choice(id="quit")), "TO", not_yet=not_yet)


@pytest.mark.parametrize("typed", ["qualify", "QUAL", "→ clarifying"])
def test_what_cannot_be_taken_yet_says_what_it_lacks(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(click.UsageError, match=r"'qualify' cannot be taken yet; it lacks: fit \(open\)"):
        _typed(typed, monkeypatch)


def test_what_can_be_taken_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _typed("q", monkeypatch) == "quit"
    with pytest.raises(click.UsageError, match="'x' is not among them; write a number from 1 to 2, or a name"):
        _typed("x", monkeypatch)
