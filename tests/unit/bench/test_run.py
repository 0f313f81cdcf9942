from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import parse
from tests.conftest import ROOT


def test_a_quick_run_goes_from_end_to_end(tmp_path: Path) -> None:
    names = ("imports", "yaml", "check-cold", "check-changed", "hook", "site-cold", "site-changed")
    has_browser = shutil.which("chromium") is not None
    only = ",".join([*names, *(["browse"] if has_browser else []), "serve", "edit"])
    command = ["-m", "bench", "--quick", "--output", str(tmp_path), "--only", only]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    measured = {series["name"] for series in report["series"] if series["contacts"] == 100}
    pages = ("index", "pipeline", "decisions", "missing", "progress", "contacts")
    opened = {"narrow", *(f"open-{page}" for page in pages)} if has_browser else set()
    asked = ("completion", "hover", "actions", "hints", "symbols", "references")
    edited = {f"edit-{name}" for name in ("first", "key", "rule", "idle", *asked)}
    assert measured == {*names, *opened, "serve-start", "serve-page", "serve-reports", *edited}
    assert set(report["growth"]["seconds"]) >= {"check-cold", "hook", "site-cold"}
    assert [series["name"] for series in report["series"] if not series["wall"] > 0] == []
    assert done.stdout.strip() == (tmp_path / "bench.md").read_text("utf-8").strip()
    assert (tmp_path / "bench.svg").read_text("utf-8").count("<polyline") > 5


def test_an_unknown_job_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--only", "check-cold,nothing"])
    assert "unknown job: nothing" in capsys.readouterr().err
