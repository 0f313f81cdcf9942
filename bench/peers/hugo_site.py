"""Give Hugo what crmtool built: each contact's page cut into its content and the frame around it."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

SETTINGS = """\
baseURL: http://bench.example/
title: Bench
uglyURLs: true
disableKinds: [taxonomy, term, section, home, RSS, sitemap, robotsTXT, "404"]
"""
_PAGE = re.compile(r"(?P<head>.*?<main\b[^>]*>)(?P<content>.*)(?P<foot></main>.*)", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def write_hugo_site(built: Path, folder: Path) -> int:
    """Write a Hugo site of the contacts' pages and what else the built site has but pages; give how many there are."""
    pages = sorted((built / "contacts").rglob("*.html"))
    for page in pages:
        content = folder / "content" / page.relative_to(built)
        content.parent.mkdir(parents=True, exist_ok=True)
        content.write_text(_content(page.read_text("utf-8")), "utf-8")
    layout = folder / "layouts" / "_default" / "single.html"
    layout.parent.mkdir(parents=True)
    layout.write_text(frame(pages[0].read_text("utf-8")), "utf-8")
    shutil.copytree(built, folder / "static", ignore=shutil.ignore_patterns("contacts", "*.html", ".*"))
    (folder / "config.yaml").write_text(SETTINGS, "utf-8")
    return len(pages)


def frame(page: str) -> str:
    """Make a layout of a contact's page: what differs from contact to contact becomes Hugo's."""
    head, _, foot = _parts(page)
    head, foot = (part.replace("{{", '{{ "{{" }}') for part in (head, foot))
    return _TITLE.sub("<title>{{ .Title }}</title>", head) + "{{ .Content }}" + foot


def count_pages(built: Path) -> int:
    """Count the contacts' pages of a built site."""
    return sum(1 for _ in (built / "contacts").rglob("*.html"))


def _content(page: str) -> str:
    title = _TITLE.search(page)
    return json.dumps({"title": unescape(title[1]) if title else ""}, ensure_ascii=False) + "\n" + _parts(page)[1]


def _parts(page: str) -> tuple[str, str, str]:
    found = _PAGE.fullmatch(page)
    if found is None:
        raise ValueError("the page has no <main>")
    return found["head"], found["content"], found["foot"]
