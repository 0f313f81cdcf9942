"""Peers that build sites: MkDocs and Zensical of the contacts as Markdown pages, Hugo of crmtool's own pages."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from bench.ground import PYTHON, Ground
from bench.job import Job
from bench.own_jobs import build_site
from bench.peers.hugo_site import count_pages, write_hugo_site
from bench.peers.workshop import MissingError, Workshop

# The plainest there is: the theme that comes with MkDocs, no search, and a menu that does not list every contact,
# which would put all of them into each of their pages.
PLAIN = """\
site_name: Contacts
docs_dir: docs
site_dir: site
use_directory_urls: false
plugins: []
nav: [index.md]
not_in_nav: /*/
"""


def mkdocs(ground: Ground, shop: Workshop) -> list[Job]:
    """Give `mkdocs build` of the contacts as the Markdown files they are."""
    folder = _plain_pages(ground, shop.folder("mkdocs"), PLAIN + "theme: mkdocs\n")
    call = shop.call(PYTHON, "-m", "mkdocs", "build", "--quiet", cwd=folder)
    return [Job(name="mkdocs", title="mkdocs build, plain", command=call, prepare=_clearing(folder, "site"), peer=True)]


def zensical(ground: Ground, shop: Workshop) -> list[Job]:
    """Give Zensical of the same files."""
    program = shop.python_program("zensical", "zensical")
    folder = _plain_pages(ground, shop.folder("zensical"), PLAIN.replace("not_in_nav: /*/\n", ""))
    call = shop.call(program, "build", cwd=folder)
    clear = _clearing(folder, "site", ".cache")
    return [Job(name="zensical", title="zensical build", command=call, prepare=clear, peer=True)]


def hugo(ground: Ground, shop: Workshop) -> list[Job]:
    """Give Hugo of the pages that crmtool built: the same content in the same frame, one content file a contact."""
    program = shop.system_program("hugo")
    folder = shop.folder("hugo")
    written = write_hugo_site(build_site(ground), folder)
    call = shop.call(program, "--quiet", cwd=folder)
    call.run()
    if count_pages(folder / "public") != written:
        raise MissingError(f"Hugo wrote {count_pages(folder / 'public')} pages of {written}")
    clear = _clearing(folder, "public", "resources")
    return [Job(name="hugo", title="hugo, same content and frame", command=call, prepare=clear, peer=True)]


def _plain_pages(ground: Ground, folder: Path, settings: str) -> Path:
    shutil.copytree(ground.files, folder / "docs")
    (folder / "docs" / "index.md").write_text("# Contacts\n", "utf-8")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return folder


def _clearing(folder: Path, *names: str) -> partial[None]:
    return partial(_clear, tuple(folder / name for name in names))


def _clear(folders: tuple[Path, ...]) -> None:
    for one in folders:
        shutil.rmtree(one, ignore_errors=True)
