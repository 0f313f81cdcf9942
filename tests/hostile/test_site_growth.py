"""Few letters in a site's configuration or above its pages that stand for very much: refused before they are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.app.doctor.site import is_published
from crmtool.app.site_folder import CONFIRMATION
from crmtool.app.site_trust import asked
from crmtool.cli import TRACEBACK_VARIABLE
from crmtool.errors import CrmtoolError
from tests.conftest import RULEBOOK, write_files
from tests.hostile.conftest import told

CONFIGURATION = "site_name: X\ndocs_dir: pages\nsite_dir: public\ntheme: {name: crmtool}\nplugins: [crmtool]\n"
PUBLISHED = CONFIGURATION.replace("[crmtool]", f"[{{crmtool: {{publish: {CONFIRMATION}}}}}]")
DEPTH = 5
"""Enough to be refused, and little enough to be made in a moment where it is not."""


def grown(first: str, form: str) -> str:
    """Lines of which each stands for ten times the one before."""
    tens = (form.format(", ".join([f"*a{depth}"] * 10)) for depth in range(DEPTH - 1))
    return "".join(f"a{depth}: &a{depth} {value}\n" for depth, value in enumerate([first, *tens]))


MERGED = grown("{k: v}", "{{<<: [{}]}}")
ALIASES = "its aliases (`*name`, `<<`) add more than 10,000 values"
GROWING = {
    "merged": (MERGED, ALIASES),
    "listed": (grown("[x]", "[{}]"), ALIASES),
    "long": (f"a: &a {'x' * 30_000}\nb: [{', '.join(['*a'] * 50)}]\n", ALIASES),
    "doubled": ("a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 400)), ALIASES),
    "itself": ("a: &a [*a]\n", "an alias stands in what it refers to"),
    "itself, merged": ("a: &a {<<: *a}\n", "an alias stands in what it refers to"),
    "sixties": (f"a: 1{':1' * 600}\n", "a number has more than 1,000 digits"),
    "hexadecimal": (f"docs_dir: 0x{'f' * 5_000}\n", "a number has more than 1,000 digits"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK, "site/pages/a.md": "# A\n"})


@pytest.mark.parametrize(("more", "message"), GROWING.values(), ids=GROWING)
def test_what_grows_is_refused(root: Path, more: str, message: str) -> None:
    write_files(root, {"site/mkdocs.yml": CONFIGURATION + more})
    with pytest.raises(CrmtoolError) as caught:
        asked(root / "site/mkdocs.yml", root)
    assert message in str(caught.value)
    for command in ("trust", "build"):
        done = told("site", command, at=root)
        assert (done.status, message in done.err, done.out) == (2, True, ""), done


@pytest.mark.parametrize("more", [more for more, _ in GROWING.values()], ids=GROWING)
def test_the_doctor_takes_nothing_from_it(root: Path, more: str) -> None:
    write_files(root, {"site/mkdocs.yml": PUBLISHED})
    assert is_published(root)
    write_files(root, {"site/mkdocs.yml": PUBLISHED + more})
    assert not is_published(root)


def test_a_long_configuration_and_aliases_of_its_parts_are_read(root: Path) -> None:
    pages = "".join(f"  - Page {number}: pages/{number}.md\n" for number in range(3_500))
    more = f"nav:\n{pages}extra:\n  a: &a {{k: v}}\n  b: {{<<: *a, l: [*a, *a]}}\n"
    write_files(root, {"site/mkdocs.yml": CONFIGURATION + more})
    assert asked(root / "site/mkdocs.yml", root).texts == ()


@pytest.mark.parametrize(
    "key", ["docs_dir", "site_dir", "watch", "theme", "hooks", "plugins", "markdown_extensions", "extra_templates"]
)
def test_what_is_asked_about_is_told_shortly(root: Path, key: str) -> None:
    wide = f"[{', '.join(['xxxxxxxxxx'] * 2_000)}]"
    lines = (line for line in CONFIGURATION.splitlines(keepends=True) if not line.startswith(key))
    write_files(root, {"site/mkdocs.yml": "".join(lines) + f"{key}: [{wide}]\n"})
    texts = asked(root / "site/mkdocs.yml", root).texts
    assert texts
    assert all("xxxxxxxxxx" in text and len(text) < 500 for text in texts)


def test_what_grows_above_a_page_is_refused(root: Path) -> None:
    write_files(root, {"site/mkdocs.yml": CONFIGURATION, "site/pages/b.md": f"---\n{MERGED}---\n# B\n"})
    done = told("site", "build", at=root)
    assert (done.status, f"b.md: {ALIASES}" in done.err) == (2, True), done


@pytest.mark.parametrize(
    ("page", "message"), [(b"[a](http://[x)\n", "Invalid IPv6 URL"), (b"caf\xe9\n", "codec can't decode")]
)
def test_what_mkdocs_stumbles_over_is_no_error_of_ours(
    root: Path, page: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TRACEBACK_VARIABLE, raising=False)
    write_files(root, {"site/mkdocs.yml": CONFIGURATION})
    (root / "site/pages/b.md").write_bytes(page)
    done = told("site", "build", at=root)
    assert (done.status, "internal error" in done.err) == (2, False), done
    assert "MkDocs cannot build this: Error reading page 'b.md'" in done.err
    assert message in done.err
