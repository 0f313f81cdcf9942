from __future__ import annotations

import json
from pathlib import Path

from bench.peers.hugo_site import count_pages, frame, write_hugo_site
from tests.conftest import write_files

PAGE = '<html><title>A &amp; B</title><body x="{{y}}"><main id="c"><p>Its own {{ words }}</p></main>foot</body></html>'


def test_the_frame_keeps_all_but_title_and_content() -> None:
    assert frame(PAGE) == (
        '<html><title>{{ .Title }}</title><body x="{{ "{{" }}y}}"><main id="c">{{ .Content }}</main>foot</body></html>'
    )


def test_each_contact_becomes_a_content_file(tmp_path: Path) -> None:
    pages = {"contacts/a/x.html": PAGE, "contacts/b/y.html": PAGE}
    built = write_files(tmp_path / "built", {**pages, "index.html": "report", "css/own.css": "", ".manifest": ""})
    assert write_hugo_site(built, tmp_path / "hugo") == count_pages(built) == 2
    settings, content = (tmp_path / "hugo/content/contacts/a/x.html").read_text("utf-8").split("\n", 1)
    assert json.loads(settings) == {"title": "A & B"}
    assert content == "<p>Its own {{ words }}</p>"
    static = sorted(
        path.relative_to(tmp_path / "hugo/static").as_posix() for path in (tmp_path / "hugo/static").rglob("*")
    )
    assert static == ["css", "css/own.css"]
