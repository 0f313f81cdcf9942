"""Where contacts' pages stand."""

from __future__ import annotations

import pytest

from crmtool.mkdocs_plugin.places import Places, destination, homes


@pytest.mark.parametrize(
    ("name", "directory_urls", "known", "parts", "is_index"),
    [
        ("contacts/x", False, ("contacts",), ("x",), False),
        ("contacts/a/x", False, ("contacts",), ("a", "x"), False),
        ("contacts/team/x", False, ("contacts", "team"), ("x",), False),
        ("contacts/team/a/x", False, ("contacts", "team"), ("a", "x"), False),
        ("contacts/team", False, ("contacts",), ("team",), False),
        ("contacts/team", True, ("contacts", "team"), (), False),
        ("contacts/a/index", False, ("contacts",), ("a",), True),
        ("contacts/team/index", True, ("contacts", "team"), (), True),
        ("contacts/index", False, ("contacts",), (), True),
    ],
)
def test_a_place_tells_what_other_pages_share_with_it(
    name: str, directory_urls: bool, known: tuple[str, ...], parts: tuple[str, ...], is_index: bool
) -> None:
    places = Places(directory_urls=directory_urls, homes=homes(["contacts/team/deep/x.png", "css/x.css", "index.html"]))
    place, unknown = places.of(name)
    assert (place.known, unknown, place.is_index, place.unknown) == (known, parts, is_index, len(parts))
    assert place.name(unknown) == name


@pytest.mark.parametrize(
    ("name", "directory_urls", "file"),
    [
        ("contacts/a", False, "contacts/a.html"),
        ("contacts/a", True, "contacts/a/index.html"),
        ("contacts/a/index", True, "contacts/a/index.html"),
        ("contacts/findex", True, "contacts/findex/index.html"),
        ("index", True, "index.html"),
    ],
)
def test_a_page_has_the_file_that_the_engine_gives_it(name: str, directory_urls: bool, file: str) -> None:
    assert destination(name, directory_urls=directory_urls) == file
