from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmtool.renames import pair_renames

lines = st.sampled_from(
    ["---", "name: Ada", "name: Bob", "status: new", "decisions: [{date: 2026-11-01, to: new}]", "x"]
)
texts = st.lists(lines, max_size=8).map("\n".join)
folders = st.dictionaries(st.sampled_from([f"{name}.md" for name in "abcdef"]), texts)


def in_folder(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


@given(folders, folders)
def test_each_file_is_used_once_and_nothing_is_invented(removed: dict[str, str], added: dict[str, str]) -> None:
    pairs = pair_renames(in_folder("old", removed), in_folder("new", added))
    assert set(pairs) <= set(in_folder("new", added))
    assert set(pairs.values()) <= set(in_folder("old", removed))
    assert len(set(pairs.values())) == len(pairs)


@given(folders)
def test_a_folder_that_was_renamed_keeps_its_files(files: dict[str, str]) -> None:
    pairs = pair_renames(in_folder("old", files), in_folder("new", files))
    assert pairs == {f"new/{path}": f"old/{path}" for path in files}


@given(folders, folders)
def test_the_order_of_files_does_not_matter(removed: dict[str, str], added: dict[str, str]) -> None:
    old, new = in_folder("old", removed), in_folder("new", added)
    assert pair_renames(old, new) == pair_renames(dict(reversed(old.items())), dict(reversed(new.items())))
