"""A site's configuration runs no code and reaches nowhere else, unless the user says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import TODAY, Run, crmtool, write_files
from tests.serving import serving
from tests.site.conftest import CONFIGURATION

HOOK = 'import pathlib\npathlib.Path(__file__).with_name("ran").touch()\n'
FILES = {
    "site/evil.py": HOOK,
    "site/pages/evil.html": "{{ config.__class__.__init__.__globals__ }}",
    "site/looks/main.html": "{{ ''.__class__.__mro__ }}",
}
ATTACKS = {
    "a hook": "hooks: [evil.py]\n",
    "an object": 'x: !!python/object/apply:os.system ["touch ran"]\n',
    "an object in the place of a name": "extra: {a: !!python/object/apply:os.mkdir [ran]}\n",
    "an inherited hook": "INHERIT: base.yml\n",
    "templates": "theme: {name: null, custom_dir: looks}\n",
    "a template among the pages": "extra_templates: [evil.html]\n",
    "a script": "extra_javascript: [evil.js]\n",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was allowed yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def hostile(root: Path) -> Path:
    """A workspace whose site has a hook that leaves a file behind when it runs."""
    return write_files(root, {**FILES, "site/mkdocs.yml": CONFIGURATION + "hooks: [evil.py]\n"})


def site(root: Path, *arguments: str) -> Run:
    return crmtool("--today", TODAY, "site", *arguments, cwd=root)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("command", ["build", "serve"])
def test_nothing_is_run_and_nothing_is_built(root: Path, attack: str, command: str) -> None:
    plain = CONFIGURATION.replace("theme: {name: crmtool}\n", "") if "theme" in ATTACKS[attack] else CONFIGURATION
    write_files(root, {**FILES, "site/base.yml": "hooks: [evil.py]\n", "site/mkdocs.yml": plain + ATTACKS[attack]})
    run = site(root, command)
    assert run.status == 2
    assert "has a build do more than make pages; it would\n  - " in run.err
    assert run.err.endswith("`crmtool site trust` allows it as it is now, --trust once\n")
    assert not list(root.rglob("ran"))
    assert not (root / "site/public").exists()


def test_a_folder_outside_is_neither_emptied_nor_shown(root: Path, tmp_path: Path) -> None:
    precious = write_files(tmp_path / "home", {"letter.md": "Dear", ".crmtool-site": ""})
    for line, instead in (("site_dir: public", f"site_dir: {precious}"), ("docs_dir: pages", f"docs_dir: {precious}")):
        write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace(line, instead)})
        run = site(root, "build")
        assert (run.status, "outside of the workspace" in run.err) == (2, True)
    assert (precious / "letter.md").read_text() == "Dear"
    assert not (root / "site/public").exists()


def test_a_folder_of_the_workspace_that_is_no_site_is_not_emptied(root: Path) -> None:
    write_files(root, {"work/a.txt": "mine", "site/mkdocs.yml": CONFIGURATION.replace("public", "../work")})
    run = site(root, "build")
    assert (run.status, "holds no earlier site" in run.err) == (2, True)
    assert (root / "work/a.txt").read_text() == "mine"


def test_once_it_is_allowed_it_runs_until_it_changes(hostile: Path) -> None:
    assert site(hostile, "trust").out == "  - run evil.py (hooks)\nAllowed, as it is now.\n"
    assert site(hostile, "build").status == 0
    assert (hostile / "site/ran").exists()
    assert site(hostile, "build").status == 0, "a build leaves nothing behind that was not allowed"
    (hostile / "site/ran").unlink()
    write_files(hostile, {"site/evil.py": HOOK + "# pulled from somewhere\n"})
    assert site(hostile, "build").status == 2
    assert not (hostile / "site/ran").exists()
    assert site(hostile, "build", "--trust").status == 0
    assert site(hostile, "build").status == 2, "--trust is not remembered"
    assert site(hostile, "trust", "--always").out.endswith("Allowed, whatever comes later.\n")
    write_files(hostile, {"site/evil.py": HOOK})
    assert site(hostile, "build").status == 0
    assert site(hostile, "trust", "--revoke").out == "Forgotten.\n"
    assert site(hostile, "trust", "--revoke").out == "Nothing had been allowed.\n"
    assert site(hostile, "build").status == 2
    assert site(hostile, "trust", "--revoke", "--always").status == 2


def test_where_nothing_is_asked_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    assert site(root, "trust").out == "site/mkdocs.yml asks for nothing that needs to be allowed.\n"
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(("answer", "status"), [("n", 2), ("", 2), ("y", 0)])
def test_at_a_terminal_it_is_asked(hostile: Path, answer: str, status: int) -> None:
    command = ["-m", "crmtool", "--today", TODAY, "site", "build"]
    terminal = pexpect.spawn(sys.executable, command, cwd=str(hostile), encoding="utf-8", timeout=60)
    terminal.expect_exact("run evil.py (hooks)")
    terminal.expect_exact("Allow it, as it is now? [y/N]:")
    terminal.sendline(answer)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == status
    assert (hostile / "site/ran").exists() == (status == 0)
    assert site(hostile, "build").status == status, "the answer is remembered, a no is none"


def test_while_serving_nothing_more_is_done_than_was_allowed(hostile: Path) -> None:
    with serving(hostile, options=["--trust"]) as served:
        (hostile / "site/ran").unlink()
        more = CONFIGURATION + "hooks: [evil.py, more.py]\n"
        write_files(hostile, {"site/more.py": HOOK.replace("ran", "ran_too"), "site/mkdocs.yml": more})
        served.wait(lambda: "mkdocs.yml would now also run more.py (hooks)" in served.page())
        assert not (hostile / "site/ran_too").exists()
        write_files(hostile, {"site/mkdocs.yml": CONFIGURATION})
        served.wait(lambda: "Mended: the build." in served.found + served.told)


def test_a_link_in_the_output_is_not_written_through(root: Path, tmp_path: Path) -> None:
    victim = write_files(tmp_path / "victim", {"keys.txt": "mine"})
    write_files(root, {"site/public/.crmtool-site": "", "site/pages/evil/keys.txt": "theirs"})
    (root / "site/public/evil").symlink_to(victim)
    (root / "site/public/.hidden").mkdir()
    (root / "site/public/.hidden/evil").symlink_to(victim)
    assert site(root, "build").status == 0
    assert (victim / "keys.txt").read_text() == "mine"
    assert (root / "site/public/evil/keys.txt").read_text() == "theirs"


def test_a_mark_that_is_a_link_marks_nothing(root: Path, tmp_path: Path) -> None:
    victim = write_files(tmp_path / "victim", {"x": ""})
    (root / "site/public").mkdir()
    (root / "site/public/.crmtool-site").symlink_to(victim / "x")
    run = site(root, "build")
    assert (run.status, "holds no earlier site" in run.err) == (2, True)
    assert (victim / "x").read_text() == ""


def test_what_git_keeps_is_not_shown(root: Path) -> None:
    write_files(root, {".git/config": "[http] extraheader = secret"})
    (root / "site/pages/g").symlink_to("../../.git")
    site(root, "build")
    assert not any(b"secret" in file.read_bytes() for file in (root / "site/public").rglob("*") if file.is_file())


def test_an_answer_that_cannot_be_kept_holds_once(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    command = ["-m", "crmtool", "--today", TODAY, "site", "build"]
    terminal = pexpect.spawn(sys.executable, command, cwd=str(hostile), encoding="utf-8", timeout=60)
    terminal.expect_exact("Allow it, as it is now? [y/N]:")
    terminal.sendline("y")
    terminal.expect_exact("allowed this once, since it cannot be remembered")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
