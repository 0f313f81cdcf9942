"""What a build does with the folder that it writes into: nothing is lost there, and two builds are not mixed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crmtool.mkdocs_plugin.aside import aside
from crmtool.mkdocs_plugin.claim import Claim, is_claimed
from tests.conftest import TODAY, Run, crmtool, write_files
from tests.site.conftest import build_with, tree

Build = Callable[..., Run]
STAY = """import pathlib, time

def on_env(env, config, files):
    pathlib.Path(config.site_dir, ".begun").touch()
    time.sleep(3600)
    return env
"""


@contextmanager
def begun(root: Path, output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Begin a build that stays in the middle of its work."""
    write_files(root, {"site/stay.py": STAY})
    configuration = root / "site/mkdocs.yml"
    plain = configuration.read_text("utf-8")
    configuration.write_text(f"{plain}hooks: [stay.py]\n", "utf-8")
    command = [sys.executable, "-m", "crmtool", "--today", TODAY, "site", "build", "--trust", "--output"]
    command.append(str(output))
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        try:
            while not (output / ".begun").exists():
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.02)
            configuration.write_text(plain, "utf-8")
            yield process
        finally:
            process.kill()
    (output / ".begun").unlink()


def test_somebody_elses_website_is_not_emptied(root: Path, tmp_path: Path) -> None:
    files = {"404.html": "Not here", "impressum.html": "We", "photos/a.jpg": "a"}
    web = write_files(tmp_path / "web", files)
    run = crmtool("site", "build", "--output", str(web), cwd=root)
    assert run.status == 2
    assert "holds no earlier site" in run.err
    assert tree(web) == {name: content.encode() for name, content in files.items()}


@pytest.mark.parametrize("directory_urls", [False, True])
def test_what_a_link_in_the_place_of_the_contacts_leads_to_is_left_alone(
    root: Path, build: Build, tmp_path: Path, directory_urls: bool
) -> None:
    configuration = root / "site/mkdocs.yml"
    if directory_urls:
        configuration.write_text(configuration.read_text("utf-8").replace("use_directory_urls: false\n", ""), "utf-8")
    assert build().status == 0
    right = tree(root / "site/public")
    precious = write_files(tmp_path / "precious", {"thesis.txt": "a", "sub/b.txt": "b"})
    pages = root / "site/public/contacts"
    pages.rename(tmp_path / "elsewhere")
    pages.symlink_to(precious)
    assert build().status == 0
    assert tree(root / "site/public") == right
    assert tree(precious) == {"thesis.txt": b"a", "sub/b.txt": b"b"}


def test_two_builds_do_not_write_into_one_folder(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    with begun(root, output):
        second = crmtool("--today", TODAY, "site", "build", "--output", str(output), cwd=root)
        assert second.status == 2
        assert second.err == f"crmtool: another build is writing into {output}; build again when it is done\n"
        other = build_with("mkdocs", root / "site/mkdocs.yml", "-d", str(output))
        assert other.status == 1
        assert "another build is writing into" in other.err
        assert crmtool("--today", TODAY, "site", "build", cwd=root).status == 0
    assert crmtool("--today", TODAY, "site", "build", "--output", str(output), cwd=root).status == 0
    assert tree(output) == tree(root / "site/public")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_after_a_build_that_was_ended_the_folder_is_built_into_again(
    root: Path, tmp_path: Path, by: signal.Signals
) -> None:
    output = tmp_path / "out"
    build = ("--today", TODAY, "site", "build", "--output", str(output))
    assert crmtool(*build, cwd=root).status == 0
    before = tree(output)
    with begun(root, output) as process:
        process.send_signal(by)
        error = process.communicate()[1]
    assert b"Traceback" not in error
    assert process.returncode == {signal.SIGINT: 1, signal.SIGKILL: -9}.get(by, 128 + by)
    assert aside(output).exists() == (by == signal.SIGKILL)
    assert crmtool(*build, cwd=root).status == 0
    assert tree(output) == before


def test_a_folder_is_ones_own_from_the_first_moment_and_claimed_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "site"
    claim = Claim(folder)
    assert is_claimed(folder)
    claim.release()
    Claim(folder).release()
    assert list(folder.iterdir()) == [folder / ".crmtool-site"]


def test_a_folder_that_cannot_be_made_is_told(root: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"file": "x"})
    run = crmtool("site", "build", "--output", str(tmp_path / "file" / "out"), cwd=root)
    assert (run.status, run.err) == (
        2, f"crmtool: the site cannot be built into {tmp_path}/file/out: Not a directory\n"
    )  # fmt: skip
