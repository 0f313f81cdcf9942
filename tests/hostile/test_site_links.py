"""Symbolic links among a site's pages that lead in circles, or to very much: refused before MkDocs follows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.errors import CrmtoolError
from crmtool.mkdocs_plugin.guards import refuse_endless
from tests.conftest import RULEBOOK, write_files
from tests.hostile.conftest import told
from tests.hostile.test_site_growth import CONFIGURATION


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    files = {"criteria.yaml": RULEBOOK, "site/mkdocs.yml": CONFIGURATION, "site/pages/one/a.md": "# A\n"}
    return write_files(tmp_path / "w", files) / "site/pages"


@pytest.mark.parametrize(
    "links",
    [
        {"a": "."},
        {"one/up": ".."},
        {"one/higher": "../../.."},
        {"one/b": "../two", "two/a": "../one"},
        {"out": "../../elsewhere", "../../elsewhere/back": "../site/pages"},
    ],
)
def test_a_circle_is_refused(pages: Path, links: dict[str, str]) -> None:
    (pages / "two").mkdir()
    (pages / "../../elsewhere").mkdir()
    for name, target in links.items():
        (pages / name).symlink_to(target)
    with pytest.raises(CrmtoolError, match="is a link that leads in a circle, which never ends; remove it"):
        refuse_endless(pages)


def test_it_is_refused_before_the_pages_are_looked_for(pages: Path) -> None:
    (pages / "a").symlink_to(".")
    done = told("site", "build", at=pages)
    assert (done.status, "site/pages/a is a link that leads in a circle" in done.err) == (2, True), done
    assert not (pages / "../public").exists()


def test_links_that_lead_to_the_same_folders_over_and_over_are_refused(pages: Path) -> None:
    for number in range(12):
        folder = pages / f"../parts/{number}"
        folder.mkdir(parents=True)
        (folder / "a").symlink_to(f"../{number + 1}")
        (folder / "b").symlink_to(f"../{number + 1}")
    (pages / "../parts/12").mkdir()
    (pages / "parts").symlink_to("../parts/0")
    with pytest.raises(CrmtoolError, match="and other links lead to more than 1,000 folders"):
        refuse_endless(pages)


def test_other_links_are_followed(pages: Path) -> None:
    for name, target in {"two": "one", "three": "one", "gone": "nowhere", "round": "round", "a.md": "one/a.md"}.items():
        (pages / name).symlink_to(target)
    refuse_endless(pages)
