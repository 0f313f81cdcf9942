"""What the values of a configuration have MkDocs do beyond making pages of this workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmtool.app.site_trust.reading import Configuration, Tagged

_PLUGINS = frozenset({"crmtool", "search", "mkdocs/search"})
_EXTENSIONS = frozenset(
    """
    abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta
    nl2br sane_lists smarty tables toc wikilinks
    """.strip().split()
)
"""What comes with Python-Markdown, which runs none of a workspace's code and reads none of its files."""
_OWN_EXTENSION = "markdown.extensions."
_HARMLESS = frozenset(
    """
    INHERIT copyright dev_addr draft_docs edit_uri edit_uri_template exclude_docs extra extra_css extra_javascript
    google_analytics nav not_in_nav pages remote_branch remote_name repo_name repo_url site_author site_description
    site_name site_url strict use_directory_urls validation
    """.strip().split()
)
"""Settings that only say what the pages show; those in _TOLD are looked into, and any other one is told."""
_MADE_BY_MKDOCS = "!relative"
_FROM_ENVIRONMENT = "!ENV"
_YAML = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Power:
    """Something that needs the user's word: what it is, in words, and the files whose content is part of it."""

    text: str
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a site's files lie: `base` is what paths are relative to, `pages` its docs_dir, `root` the workspace."""

    base: Path
    pages: Path
    root: Path


def powers(configuration: Configuration, place: Place) -> Iterator[Power]:
    """Give what one file asks for."""
    if is_outside(configuration.path, place.root):
        yield Power(text=f"read {configuration.path}, outside of the workspace", files=(configuration.path,))
    yield from _of_tags(configuration.tags)
    for key, value in configuration.values.items():
        if key in _HARMLESS:
            continue
        told = _TOLD.get(key) if isinstance(key, str) else None
        if told is None:
            yield Power(text=f"set {key!r}, which crmtool does not know")
        elif value is not None:
            yield from told(value, place)


def _of_tags(tags: Iterable[Tagged]) -> Iterator[Power]:
    for tag in tags:
        if tag.tag == _FROM_ENVIRONMENT:
            yield Power(text=f"take {tag.text or 'values'} from the environment (!ENV)")
        elif tag.tag != _MADE_BY_MKDOCS:
            named = tag.tag.replace(_YAML, "!!")
            yield Power(text=f"make an object of Python ({named})")


def _hooks(value: object, place: Place) -> Iterator[Power]:
    for hook in _listed(value):
        if isinstance(hook, str):
            yield Power(
                text=f"run {hook} (hooks)", files=(place.base / hook, *_modules_beside(place.base / hook, place))
            )
        else:
            yield Power(text=f"run a hook that is named as {hook!r}")


def _modules_beside(hook: Path, place: Place) -> Iterator[Path]:
    """Give what a hook can import: MkDocs puts its folder on the path."""
    return iter(()) if is_outside(hook.parent, place.root) else hook.parent.rglob("*.py")


def _plugins(value: object, place: Place) -> Iterator[Power]:
    for name, options in _named(value):
        if not isinstance(name, str) or name not in _PLUGINS:
            yield Power(text=f"run the plugin {name}, now and later, with what it takes from this workspace (plugins)")
        elif name == "crmtool" and isinstance(options, Mapping) and "workspace" in options:
            yield from _within(options["workspace"], place, "show the workspace", "workspace")


def _extensions(value: object, _place: Place) -> Iterator[Power]:
    for name, _ in _named(value):
        if not isinstance(name, str) or name.removeprefix(_OWN_EXTENSION) not in _EXTENSIONS:
            yield Power(text=f"run the extension {name}, with what it reads (markdown_extensions)")


def _theme(value: object, place: Place) -> Iterator[Power]:
    if isinstance(value, Mapping):
        folder = value.get("custom_dir")
        if folder is not None:
            files = (place.base / folder,) if isinstance(folder, str) else ()
            yield Power(text=f"run the templates in {folder} (theme.custom_dir)", files=files)
    elif not isinstance(value, str):
        yield Power(text=f"use a theme that is named as {value!r}")


def _templates(value: object, place: Place) -> Iterator[Power]:
    for template in _listed(value):
        files = (place.pages / template,) if isinstance(template, str) else ()
        yield Power(text=f"run {template} as a template (extra_templates)", files=files)


def _docs(value: object, place: Place) -> Iterator[Power]:
    return _within(value, place, "show the files of", "docs_dir")


def _site(value: object, place: Place) -> Iterator[Power]:
    return _within(value, place, "empty and write into", "site_dir")


def _watch(value: object, place: Place) -> Iterator[Power]:
    for path in _listed(value):
        yield from _within(path, place, "watch", "watch")


def _within(value: object, place: Place, what: str, key: str) -> Iterator[Power]:
    if not isinstance(value, str):
        yield Power(text=f"{what} {value!r} ({key})")
    elif is_outside(place.base / value, place.root):
        yield Power(text=f"{what} {os.path.normpath(place.base / value)}, outside of the workspace ({key})")


def is_outside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, leads out of a folder whose own path is without links."""
    try:
        return not Path(os.path.realpath(path)).is_relative_to(root)
    except ValueError:  # a NUL in it
        return True


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _named(value: object) -> Iterator[tuple[Any, object]]:
    """Give names and options from either way in which MkDocs takes them: a list of names and mappings, or a mapping."""
    for each in _listed(value):
        if isinstance(each, Mapping):
            yield from each.items()
        else:
            yield each, None


_TOLD: Mapping[str, Callable[[object, Place], Iterator[Power]]] = {
    "hooks": _hooks,
    "plugins": _plugins,
    "markdown_extensions": _extensions,
    "theme": _theme,
    "extra_templates": _templates,
    "docs_dir": _docs,
    "site_dir": _site,
    "watch": _watch,
}
