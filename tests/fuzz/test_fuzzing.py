"""What looks for faults has to see them: planted ones, and pages that are none."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.app.text_merging import GitTextMerge
from crmtool.merge import Marks
from tests.conftest import ROOT
from tests.fuzz.__main__ import main
from tests.fuzz.html import assert_page
from tests.fuzz.lines import LineMerge
from tests.fuzz.replaying import TooSlowError, failure, minimised, signature
from tests.fuzz.target import Target


def planted(data: bytes) -> None:
    assert b"BUG" not in data
    if data.startswith(b"slow"):
        sum(range(1_000_000))


TARGET = Target(name="reader", check=planted, explore=lambda: None, seeds=(b"",))


def test_a_fault_is_told_and_made_small() -> None:
    data = b"before BUG and behind" * 9
    error = failure(TARGET, data)
    assert isinstance(error, AssertionError)
    assert signature(error) == ("AssertionError", "replaying.py:failure", "test_fuzzing.py:planted")
    assert minimised(TARGET, data, error, 60) == b"BUG"


def test_what_takes_too_long_is_a_fault() -> None:
    assert isinstance(failure(TARGET, b"slow", slow=0), TooSlowError)
    assert failure(TARGET, b"", slow=60) is None


@pytest.mark.skipif(find_spec("atheris") is None, reason=f"no atheris for {sys.platform} and this Python")
def test_libfuzzer_finds_a_fault_and_its_input_is_told(tmp_path: Path) -> None:
    done = fuzz("planted", "--seconds=60", "--seed=1", f"--cache={tmp_path}")
    assert done.returncode == 1, done.stdout
    (small,) = (tmp_path / "planted" / "findings").glob("small-*")
    assert small.read_bytes() == b"!"
    assert f"python -m tests.fuzz planted --replay {small}" in done.stdout
    replayed = fuzz("planted", "--replay", str(small))
    assert (replayed.returncode, "AssertionError" in replayed.stdout) == (1, True)


def test_without_atheris_it_is_said_what_works_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.fuzz.__main__.find_spec", lambda name: None)
    monkeypatch.setattr("sys.argv", ["fuzz"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "there is no atheris for this system and this Python" in capsys.readouterr().err


def test_what_passes_when_it_is_run_again_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "fine").write_bytes(b"---\n---\n")
    replayed = fuzz("reader", "--replay", str(tmp_path / "fine"))
    assert (replayed.returncode, replayed.stdout) == (0, f"{tmp_path / 'fine'}: passes\n")


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "tests.fuzz", *arguments)
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(
    "page",
    [
        "<p>a",
        "</p>",
        "<p><b>a</p></b>",
        "<script>a</script>",
        "<p onclick=\"a\">a</p>",
        '<p style="a">a</p>',
        "<p class=a>a</p>",
        '<p class="a" class="b">a</p>',
        '<a href="javascript:a">a</a>',
        '<a href=" javascript:a">a</a>',
        '<a href="//evil.example">a</a>',
        '<a href="java&#115;cript:a">a</a>',
        "<p>a & b</p>",
        "<p>a < b</p>",
        "<p>\x1b</p>",
        "<!-- a -->",
        "<iframe></iframe>",
    ],
)  # fmt: skip
def test_a_page_that_is_none_is_seen(page: str) -> None:
    with pytest.raises(AssertionError):
        assert_page(page)


def test_a_page_is_told_by_its_tags() -> None:
    assert assert_page('<p class="a">a &lt; b<br></p>\n<a href="x.html">c</a>') == [
        ("p", ("class",)), ("br", ()), ("a", ("href",)),
    ]  # fmt: skip


SIDES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"d\n", b"e", b"\r\n"]), max_size=6).map(b"".join)


@settings(max_examples=60)
@given(SIDES, SIDES, SIDES)
def test_what_merges_lines_here_loses_no_change_that_git_keeps(base: bytes, ours: bytes, theirs: bytes) -> None:
    """Git's own merge finds other lines to be the same, so it may be clean where this is not; but not the same text."""
    here, git = (merge(base, ours, theirs) for merge in (LineMerge(Marks()), GitTextMerge(ROOT, Marks())))
    assert here is not None
    assert git is not None
    if base in (ours, theirs) or ours == theirs:
        assert here == git
