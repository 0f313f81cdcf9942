"""A real Neovim, set up as docs/editors.md says: it shows what is wrong, completes, and takes decisions that hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, crmtool
from tests.editors.neovim import Neovim, running

pytestmark = pytest.mark.skipif(
    shutil.which("nvim") is None, reason="Neovim is not installed; scripts/ensure-editors installs it where apt-get can"
)

JANA_PATH = "contacts/nordlicht/jana-koehler.md"


def _init() -> str:
    """Give what docs/editors.md shows for the Neovim that is installed."""
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    section = page.split("### Neovim\n")[1].split("\n### ")[0]
    newer, older = (block.split("```")[0] for block in section.split("```lua\n")[1:])
    version = subprocess.run(["nvim", "--version"], capture_output=True, check=True, text=True).stdout
    numbers = re.match(r"NVIM v(\d+)\.(\d+)", version)
    assert numbers is not None
    return newer if (int(numbers[1]), int(numbers[2])) >= (0, 11) else older


@pytest.fixture
def repository(workspace: Path) -> Path:
    """A workspace that is a Git repository, with a committed contact."""
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=M", "-c", "user.email=m@x.example", "commit", "-qm", "A"],
    ):
        subprocess.run(["git", *command], cwd=workspace, check=True)
    return workspace


@pytest.fixture
def neovim(repository: Path, tmp_path: Path) -> Iterator[Neovim]:
    with running(_init(), tmp_path / "home", repository / JANA_PATH) as neovim:
        yield neovim


def test_it_shows_what_is_wrong_while_it_is_typed(neovim: Neovim) -> None:
    assert neovim.ask("go", "clarifying")
    neovim.type("ciwclarifyin<Esc>")
    all_found = neovim.wait_for("found", "unknown-status", "clarifyin")
    (found,) = (item for item in all_found if item["code"] == "unknown-status")
    assert found["source"] == "crmtool"
    assert "did you mean 'clarifying'?" in found["message"]
    neovim.type("u")
    neovim.wait_for("clean")


def test_an_action_mends_what_stands_behind_umlauts_and_emoji(neovim: Neovim) -> None:
    assert neovim.ask("go", "Mit CFO")
    neovim.type("i🚚 Müßig 👩‍🚒: <Esc>")
    assert neovim.ask("go", "buyer, due")
    neovim.type("ciwbuyr<Esc>")
    assert len(neovim.wait_for("found", "unknown-criterion", "buyr")) == 1
    _act(neovim, "Change 'buyr' to 'buyer'")
    neovim.wait_for("clean")
    line = 'next_step: {do: "🚚 Müßig 👩‍🚒: Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}'
    assert line in neovim.ask("lines")


def test_a_criterion_is_completed_and_a_decision_taken_that_passes_check(neovim: Neovim, repository: Path) -> None:
    neovim.wait_for("attached")
    assert neovim.ask("go", "conflict:")
    neovim.type("obuy<C-X><C-O>")
    assert any(word.startswith("buyer") for word in neovim.wait_for("proposals"))
    neovim.type("<C-Y>")
    neovim.wait_for("contains", "  buyer: {met: 2026-11-23")
    neovim.type("<Esc>")
    _fill(neovim, "CFO unterschreibt")
    assert '  buyer: {met: 2026-11-23, evidence: "CFO unterschreibt"}' in neovim.ask("lines")

    assert neovim.ask("go", "name:")
    _act(neovim, "Answer: Budget bestätigt is met")
    _fill(neovim, "Freigabe liegt bei")
    assert '    - {met: 2026-11-23, evidence: "Freigabe liegt bei"}' in neovim.ask("lines")
    assert neovim.ask("go", "name:")
    _act(neovim, "Take mature: → Entscheidungsreif")
    neovim.wait_for("contains", "status: ready")
    assert neovim.ask("go", "next_step:")
    _act(neovim, "Set the proposed next step: Bis wann entscheidet der Kontakt?")
    neovim.wait_for("clean")
    neovim.type(":write<CR>")
    neovim.wait_for("written")

    text = (repository / JANA_PATH).read_text("utf-8")
    assert text == "\n".join([*neovim.ask("lines"), ""])
    run = crmtool("--today", TODAY, "check", cwd=repository)
    assert (run.status, run.out, run.err) == (0, "", "1 contact checked: nothing to mend\n")


def _fill(neovim: Neovim, text: str) -> None:
    """Write what an answer rests on where a placeholder stands for it."""
    neovim.wait_for("go", '"…"')
    neovim.type(f'ci"{text}<Esc>')
    neovim.wait_for("contains", text)


def _act(neovim: Neovim, title: str) -> None:
    neovim.ask("act", title)
    offered = neovim.wait_for("offered")
    assert neovim.ask("picked") == title, offered
