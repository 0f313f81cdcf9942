from __future__ import annotations

import pytest

from crmtool.report.links import CONTACTS, FOCUS, PIPELINE, Links, contact_page, encoded

FILES = Links()
FOLDERS = Links(directory_urls=True)
JANA = contact_page("nordlicht/jana-köhler")


@pytest.mark.parametrize(
    ("links", "source", "target", "link"),
    [
        (FILES, FOCUS, PIPELINE, "pipeline.html"),
        (FILES, FOCUS, JANA, "contacts/nordlicht/jana-k%C3%B6hler.html"),
        (FILES, JANA, FOCUS, "../../index.html"),
        (FILES, contact_page("a"), contact_page("b/c"), "../contacts/b/c.html"),
        (FOLDERS, FOCUS, FOCUS, "./"),
        (FOLDERS, FOCUS, PIPELINE, "pipeline/"),
        (FOLDERS, PIPELINE, FOCUS, "../"),
        (FOLDERS, JANA, CONTACTS, "../../../contacts/"),
        (FOLDERS, FOCUS, contact_page("a/index"), "contacts/a/"),
        (Links(focus="focus"), PIPELINE, FOCUS, "focus.html"),
    ],
)
def test_one_page_links_to_another(links: Links, source: str, target: str, link: str) -> None:
    assert links.link(source, target) == link


def test_whatever_means_something_in_an_address_is_encoded() -> None:
    assert encoded("a b/ü#?%:&\"<'~.md") == "a%20b/%C3%BC%23%3F%25%3A%26%22%3C%27~.md"
