"""Names of files that every disk can hold."""

from __future__ import annotations

import pytest

from crmtool.app.changing.paths import folders_of, new_path, slug
from crmtool.snapshot import read_content
from crmtool.workspace import WorkTree, load_schemas
from tests.conftest import ROOT

TREE = WorkTree(ROOT)
CONTENT = read_content(TREE, load_schemas(TREE))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jana Köhler", "jana-koehler"),
        ("  Ayşe Ko\u0308nig-Groß ", "ayse-koenig-gross"),
        ("Łukasz O'Neill", "lukasz-o-neill"),
        ("会議 太郎", "会議-太郎"),
        ("a_b/../c\\d:*?", "a-b-c-d"),
        ("...", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_becomes_small_letters_and_hyphens(text: str, name: str) -> None:
    assert slug(text) == name


@pytest.mark.parametrize(
    ("organization", "folder"),
    [
        (None, ""),
        ("NORDLICHT Logistik GmbH", "nordlicht/"),  # the folder that its contacts have
        ("Hansa Metall GmbH & Co. KG", "hansa-metall/"),
        ("Smith, Jones & Partners Ltd.", "smith-jones-partners/"),
        ("Verein der Köche e. V.", "verein-der-koeche/"),
        ("Société Bleue S. à r. l.", "societe-bleue-s-a-r-l/"),
        ("AG", "ag/"),
        ("Co Pilot", "co-pilot/"),
    ],
)
def test_an_organization_has_a_folder(organization: str | None, folder: str) -> None:
    assert new_path(folders_of(CONTENT.contacts.values()), "Uwe", organization) == f"contacts/{folder}uwe.md"
