"""What the values of a configuration have MkDocs do beyond making pages of this workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from crmtool.app.site_trust import settings
from crmtool.app.site_trust.plain_yaml import Tagged
from crmtool.app.site_trust.power import Place, Power, named, shown
from crmtool.app.site_trust.reading import Configuration

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
    INHERIT copyright dev_addr edit_uri extra google_analytics remote_branch remote_name repo_name site_author
    site_description site_name strict use_directory_urls validation
    """.strip().split()
)
"""Settings that only say what the pages show; those in _TOLD are looked into, and any other one is told."""
DOCS, _SITE = "docs", "site"
"""MkDocs' own docs_dir and site_dir."""
_GIT = ".git"
_MODULES = (".py", ".pyc", ".pyd", ".so")
_MADE_BY_MKDOCS = "!relative"
_FROM_ENVIRONMENT = "!ENV"
_YAML = "tag:yaml.org,2002:"


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
            yield Power(text=f"set {shown(key)}, which crmtool does not know")
        elif value is not None:
            yield from told(value, place)


def of_defaults(place: Place) -> Iterator[Power]:
    """Give what is asked for by leaving out, in any of the files, where the pages lie and where the site goes."""
    yield from _docs(DOCS, place)
    yield from _site(_SITE, place)


def _of_tags(tags: Iterable[Tagged]) -> Iterator[Power]:
    for tag in tags:
        if tag.tag == _FROM_ENVIRONMENT:
            yield Power(text=f"take {tag.text or 'values'} from the environment (!ENV)")
        elif tag.tag != _MADE_BY_MKDOCS:
            yield Power(text=f"make an object of Python ({tag.tag.replace(_YAML, '!!')})")


def _hooks(value: object, place: Place) -> Iterator[Power]:
    for hook in _listed(value):
        if isinstance(hook, str):
            # MkDocs puts its folder on the path: what lies there can be imported.
            yield _running(f"run {hook} (hooks)", (place.base / hook).parent, place, _MODULES, place.base / hook)
        else:
            yield Power(text=f"run a hook that is named as {shown(hook)}")


def _running(text: str, folder: Path, place: Place, suffixes: tuple[str, ...], *named: Path) -> Power:
    """Tell of code in a folder, with its files: links are followed in the workspace, and told where they lead out."""
    leading_out = [path for path in (folder, *named) if is_outside(path, place.root)]
    files, seen = [path for path in named if path not in leading_out], set[str]()
    for here, folders, names in os.walk(folder, followlinks=True) if folder not in leading_out else ():
        real = os.path.realpath(here)
        folders[:] = [] if real in seen else [name for name in folders if name.casefold() != _GIT]
        seen.add(real)
        for name in (*folders, *names):
            path = Path(here, name)
            if path.is_symlink() and is_outside(path, place.root):
                leading_out.append(path)
            elif name not in folders and (not suffixes or path.suffix in suffixes):
                files.append(path)
        folders[:] = [name for name in folders if Path(here, name) not in leading_out]
    told = ", ".join(os.path.relpath(path, place.root) for path in leading_out)
    return Power(text=f"{text}, now and later, with what lies behind {told}" if told else text, files=tuple(files))


def _plugins(value: object, place: Place) -> Iterator[Power]:
    for name, options in _named(value):
        if not isinstance(name, str) or name not in _PLUGINS:
            yield Power(
                text=f"run the plugin {named(name)}, now and later, with what it takes from this workspace (plugins)"
            )
        elif isinstance(options, Mapping) and name == "crmtool" and "workspace" in options:
            yield from _within(options["workspace"], place, "show the workspace", "workspace")
        elif isinstance(options, Mapping) and options.get("prebuild_index") not in (None, False, "python"):
            yield Power(text="run the program node (prebuild_index of the plugin search)")


def _extensions(value: object, _place: Place) -> Iterator[Power]:
    for name, _ in _named(value):
        if not isinstance(name, str) or name.removeprefix(_OWN_EXTENSION) not in _EXTENSIONS:
            yield Power(text=f"run the extension {named(name)}, with what it reads (markdown_extensions)")


def _theme(value: object, place: Place) -> Iterator[Power]:
    if isinstance(value, Mapping):
        folder = value.get("custom_dir")
        if folder is not None:
            text = f"run the templates in {named(folder)} (theme.custom_dir)"
            yield _running(text, place.base / folder, place, ()) if isinstance(folder, str) else Power(text=text)
    elif not isinstance(value, str):
        yield Power(text=f"use a theme that is named as {shown(value)}")


def _templates(value: object, place: Place) -> Iterator[Power]:
    for template in _listed(value):
        files = (place.pages / template,) if isinstance(template, str) else ()
        yield Power(text=f"run {named(template)} as a template (extra_templates)", files=files)


def _docs(value: object, place: Place) -> Iterator[Power]:
    return _within(value, place, "show the files of", "docs_dir")


def _site(value: object, place: Place) -> Iterator[Power]:
    return _within(value, place, "empty and write into", "site_dir")


def _watch(value: object, place: Place) -> Iterator[Power]:
    for path in _listed(value):
        yield from _within(path, place, "watch", "watch")


def _within(value: object, place: Place, what: str, key: str) -> Iterator[Power]:
    if not isinstance(value, str):
        yield Power(text=f"{what} {shown(value)} ({key})")
    elif is_outside(place.base / value, place.root):
        yield Power(text=f"{what} {os.path.normpath(place.base / value)}, outside of the workspace ({key})")


def is_outside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, leads out of a folder whose own path is without links, or into its `.git`.

    What lies there is no part of a workspace: settings of Git may hold passwords.
    """
    try:
        inside = Path(os.path.realpath(path)).relative_to(root)
    except ValueError:  # it is not below, or has a NUL in it
        return True
    return any(part.casefold() == _GIT for part in inside.parts)


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
    "edit_uri_template": settings.edit_template,
    "extra_css": settings.styles,
    "extra_javascript": settings.scripts,
    **{key: partial(settings.patterns, key) for key in ("draft_docs", "exclude_docs", "not_in_nav")},
    **{key: partial(settings.addresses, key) for key in ("nav", "pages", "repo_url", "site_url")},
}
