"""Hooks of MkDocs for the site of the documentation.

README.md and its kin become pages. A link to what stands outside of docs/ is led to where that stands in the site: to
its page, or to a copy of the file; a link to what has neither becomes text. Code looks as it is typed.
"""

from __future__ import annotations

import posixpath
import re
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

_DOCS = "docs/"
_ROOT_PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
}
_COPIED = ("schemas/*.json", "LICENSE")
_CODE = re.compile(r"^(```+).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?P<text>!?\[(?:[^\[\]]|\[[^\]]*\])*\])\((?![a-z]+:|#)(?P<path>[^()\s#]+)(?P<anchor>#[^()\s]*)?\)")
_COMMENTS = re.compile(r"\A(?:<!--.*?-->\s*)+", re.DOTALL)
_INLINE = re.compile(r"(?<!<pre>)<code>.*?</code>", re.DOTALL)
_BREAKING = re.compile(r"(?<![^\s>])(?=[^\s<>]{2,30}[\s<])[^\s<>]*[-|][^\s<>]*")
"""A word within code that browsers would break, and that is short enough for a line of a phone."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write out what the navigation abbreviates, and call headings as the common hosts call them."""
    if config.nav is not None:
        config.nav = _written_out(config.nav, Path(config.docs_dir), set(_paths(config.nav)))
    config.mdx_configs.setdefault("toc", {})["slugify"] = slug
    config.theme.static_templates.discard("sitemap.xml")
    return config


def slug(heading: str, separator: str) -> str:
    """Give a heading's anchor: letters and digits of any script stay, spaces become hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", separator)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that stand beside docs/, and the files that pages link to."""
    # There is no address yet that a map of the site could name.
    sitemap = files.get_file_from_path("sitemap.xml")
    if sitemap is not None:
        files.remove(sitemap)
    root = _root(config)
    pages = {path: name for path, name in _ROOT_PAGES.items() if (root / path).is_file()}
    copies = {path.relative_to(root).as_posix(): path for pattern in _COPIED for path in root.glob(pattern)}
    for path, name in pages.items():
        files.append(File.generated(config, name, abs_src_path=str(root / path)))
    for name, file in copies.items():
        files.append(File.generated(config, name, abs_src_path=str(file)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links of a page to where things stand in the site."""
    text = _COMMENTS.sub("", markdown)
    lead = partial(_lead, page=page, root=_root(config), files=files)
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += (_LINK.sub(lead, text[end : code.start()]), _typed(code))
        end = code.end()
    return "".join((*parts, _LINK.sub(lead, text[end:])))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Hand the templates the navigation's parts with the page that each begins with."""
    config.extra["parts"] = [(part.title, _pages(part)) for part in nav.items if isinstance(part, Section)]
    return nav


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep each option's name in one line."""
    return _INLINE.sub(lambda code: _BREAKING.sub(r'<span class="whole">\g<0></span>', code[0]), html)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent


def _written_out(entry: Any, docs: Path, named: set[str]) -> Any:
    """Put a folder's pages in the place of a name that ends with `/*`, but for those that are named themselves."""
    if isinstance(entry, dict):
        return {title: _written_out(below, docs, named) for title, below in entry.items()}
    if not isinstance(entry, list):
        return entry
    found: list[Any] = []
    for each in entry:
        if isinstance(each, str) and each.endswith("/*"):
            pages = (path.relative_to(docs).as_posix() for path in docs.glob(f"{each}.md"))
            found += sorted(page for page in pages if page not in named)
        else:
            found.append(_written_out(each, docs, named))
    return found


def _paths(entry: Any) -> list[str]:
    if isinstance(entry, dict):
        return [path for below in entry.values() for path in _paths(below)]
    return [path for below in entry for path in _paths(below)] if isinstance(entry, list) else [entry]


def _lead(link: re.Match[str], page: Page, root: Path, files: Files) -> str:
    """Lead one link, which names a path as the repository has it; MkDocs warns of one that is wrong there, too."""
    here = next((path for path, name in _ROOT_PAGES.items() if name == page.file.src_uri), _DOCS + page.file.src_uri)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(here), link["path"]))
    name = _ROOT_PAGES.get(target, target.removeprefix(_DOCS))
    if files.get_file_from_path(name) is None and (root / target).exists():
        return link["text"].removeprefix("!")[1:-1]
    led = posixpath.relpath(name, posixpath.dirname(page.file.src_uri) or ".")
    return f"{link['text']}({led}{link['anchor'] or ''})"


def _typed(code: re.Match[str]) -> str:
    """Give code as it is typed: in a table's row the common hosts need a backslash before a bar, and take it off."""
    line = code.string.rfind("\n", 0, code.start()) + 1
    return code[0].replace(r"\|", "|") if code.string.startswith("|", line) else code[0]


def _pages(section: Section) -> list[Page]:
    return [
        page
        for item in section.children
        for page in (_pages(item) if isinstance(item, Section) else [item])
        if isinstance(page, Page)
    ]
