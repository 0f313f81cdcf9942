"""crmtool completion: what a shell reads to know crmtool."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.cli.shells import SHELLS
from tests.conftest import crmtool


@pytest.mark.parametrize("shell", list(SHELLS))
def test_a_shells_script_by_name_or_by_the_shell_that_one_uses(shell: str, tmp_path: Path) -> None:
    named = crmtool("completion", shell, cwd=tmp_path, env={"SHELL": "/bin/tcsh"})
    assert (named.status, named.err) == (0, "")
    assert f"_CRMTOOL_COMPLETE={shell}_complete" in named.out
    assert crmtool("completion", cwd=tmp_path, env={"SHELL": f"/opt/bin/{shell}"}).out == named.out


def test_another_shell_is_wrong_usage(tmp_path: Path) -> None:
    run = crmtool("completion", cwd=tmp_path, env={"SHELL": "/bin/tcsh"})
    assert (run.status, run.out) == (2, "")
    assert "your shell cannot be told; name one of bash, zsh, fish" in run.err
