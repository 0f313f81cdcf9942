"""A real Chromium, and sites to open in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import ROOT, TODAY, crmtool

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A busy machine takes its time; what never comes fails all the same.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; skips where there is none.

    It ends with its module: while it is there, no other event loop can run in the same process, as other tests need.
    """
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium on PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session", params=["de", "en"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace's site, in each language."""
    root = tmp_path_factory.mktemp(f"Beispiel {request.param}")
    for name in ("contacts", "schemas", "site"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("public"))
    rules = (ROOT / "criteria.yaml").read_text("utf-8")
    (root / "criteria.yaml").write_text(rules.replace("language: de", f"language: {request.param}"), "utf-8")
    run = crmtool("--today", TODAY, "site", "build", "--strict", cwd=root)
    assert run.status == 0, run.err
    return root / "site" / "public"
