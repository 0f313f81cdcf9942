"""The completion files that packagers install are found by the shells where they are put."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY
from tests.shells.shell import started

FILES = ROOT / "packaging" / "completions"
LEARN = {
    "bash": f"source '{FILES}/crmtool.bash'",
    "zsh": f"fpath=('{FILES}' $fpath) && compinit -u -D",
    "fish": f"set --prepend fish_complete_path '{FILES}'",
}


@pytest.mark.parametrize("name", LEARN)
def test_a_shell_completes_by_the_file_alone(name: str, workspace: Path) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed; scripts/ensure-shells installs it where apt-get can")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(workspace), "TERM": "xterm", "LC_ALL": "C.UTF-8", "CRMTOOL_TODAY": TODAY}
    with started(name, workspace, {**os.environ, **own}, LEARN[name]) as shell:
        assert shell.complete("crmtool why nordlicht/ja").line == "crmtool why nordlicht/jana-koehler "
