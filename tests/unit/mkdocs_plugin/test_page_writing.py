"""Pages put into files."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.mkdocs_plugin.page_writing import put


def test_a_file_that_holds_the_bytes_already_is_not_touched(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    first = put(str(page), b"one")
    assert put(str(page), b"one") == first == page.stat()
    assert put(str(page), b"two").st_size == 3
    assert page.read_bytes() == b"two"


def test_a_file_that_cannot_be_read_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: Path) -> bytes:
        raise PermissionError

    page = tmp_path / "page.html"
    page.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        put(str(page), b"new")
    assert page.read_bytes() == b"new"


def test_a_folder_in_the_place_of_a_page_is_what_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.mkdir()
    with pytest.raises(OSError, match=r"page\.html") as caught:
        put(str(page), b"x")
    assert not isinstance(caught.value, FileExistsError)
    assert caught.value.__context__ is None
