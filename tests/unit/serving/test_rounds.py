"""From what changed to what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.site_trust import Asked
from crmtool.errors import CrmtoolError
from crmtool.serving.builder import Builder, Built
from crmtool.serving.rounds import BUILD, Rounds
from crmtool.serving.sources import Sources
from crmtool.snapshot import Content
from tests.building import day
from tests.conftest import JANA, write_files

FILE = "contacts/nordlicht/jana-koehler.md"


@dataclass(slots=True, kw_only=True)
class Recorder(Builder):
    """Builds nothing, notes what it should, and fails when told to."""

    failure: Exception | None = None
    built: list[Content] = field(default_factory=list)

    def build(self, root: Path, content: Content, output: Path) -> Built:
        (output / "index.html").write_text(f"{len(self.built)}", "utf-8")
        if self.failure is not None:
            raise self.failure
        self.built.append(content)
        return Built(warnings=(), sources=sources(root))


def sources(root: Path) -> Sources:
    return Sources(root=root, configuration=root / "site" / "mkdocs.yml", pages=root / "site" / "pages")


@dataclass
class Setting:
    root: Path
    builder: Recorder
    rounds: Rounds
    days: list[date]


@pytest.fixture
def setting(workspace: Path, tmp_path: Path) -> Setting:
    (tmp_path / "output").mkdir()
    nothing = Asked(root=workspace, powers=(), digest="")
    configuration = workspace / "site" / "mkdocs.yml"
    builder = Recorder(configuration=configuration, address="http://127.0.0.1:1/", day=None, allowed=nothing)
    days = [day("2026-11-23")]
    today: Callable[[], date] = lambda: days[-1]  # noqa: E731
    rounds = Rounds(builder=builder, sources=sources(workspace), today=today, folder=tmp_path / "output")
    return Setting(workspace, builder, rounds, days)


def test_a_round_without_a_change_is_none(setting: Setting) -> None:
    first = setting.rounds.first()
    assert first.folder is not None
    assert (first.changed, first.errors, dict(first.refusals)) == ((), (), {})
    assert setting.rounds.again([setting.root / FILE, setting.root / "contacts" / "x.swp"]) is None
    assert len(setting.builder.built) == 1


def test_each_site_has_its_own_folder_and_the_last_two_are_kept(setting: Setting, tmp_path: Path) -> None:
    folders = [setting.rounds.first().folder]
    for number in range(3):
        write_files(setting.root, {FILE: JANA + f"{number}\n"})
        outcome = setting.rounds.again([])
        assert outcome is not None
        assert outcome.changed == (FILE,)
        folders.append(outcome.folder)
    assert len(set(folders)) == 4
    assert set((tmp_path / "output").iterdir()) == set(folders[-2:])


def test_a_changed_page_is_built_and_named(setting: Setting) -> None:
    setting.rounds.first()
    outcome = setting.rounds.again([setting.root / "site" / "pages" / "a.md", setting.root / FILE])
    assert outcome is not None
    assert outcome.changed == ("site/pages/a.md",)


def test_the_next_day_is_built_anew_at_the_next_change(setting: Setting) -> None:
    setting.rounds.first()
    setting.days.append(day("2026-11-24"))
    outcome = setting.rounds.again([])
    assert outcome is not None
    assert outcome.day == day("2026-11-24")
    assert outcome.folder is not None
    assert outcome.changed == ()


def test_another_commit_is_shown_though_no_file_changed(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    head = setting.root / ".git" / "logs" / "HEAD"
    setting.rounds.sources = replace(setting.rounds.sources, head=(head,))
    commits = [("aaaaaaa", day("2026-11-22"))]
    monkeypatch.setattr("crmtool.serving.rounds.data_version", lambda _root: commits[-1])
    setting.rounds.first()
    setting.rounds.sources = replace(setting.rounds.sources, head=(head,))
    assert setting.rounds.again([head]) is None, "a commit of other files is none of the data"
    commits.append(("bbbbbbb", day("2026-11-23")))
    outcome = setting.rounds.again([head])
    assert outcome is not None
    assert (outcome.folder is not None, outcome.changed) == (True, ())
    assert len(setting.builder.built) == 2


def test_what_links_lead_to_is_watched_for_as_long_as_there_are_links(setting: Setting) -> None:
    def linked() -> list[Path]:
        return list(setting.rounds.sources.linked)

    setting.rounds.first()
    assert linked() == []
    write_files(setting.root, {"people/x.md": JANA})
    link = setting.root / "contacts" / "x.md"
    link.symlink_to("../people/x.md")
    assert setting.rounds.again([link])
    assert linked() == [setting.root / "people/x.md"]
    write_files(setting.root, {"people/x.md": JANA + "more\n"})
    assert setting.rounds.concern(setting.root / "people/x.md")
    outcome = setting.rounds.again([setting.root / "people/x.md"])
    assert outcome is not None
    assert outcome.changed == ("contacts/x.md",)
    link.unlink()
    assert setting.rounds.again([link])
    assert linked() == []


def test_an_error_that_changes_nothing_of_what_is_shown_is_told_and_not_built(setting: Setting) -> None:
    setting.rounds.first()
    write_files(setting.root, {FILE: "---\n---\n"})
    outcome = setting.rounds.again([])
    assert outcome is not None
    assert (outcome.folder, outcome.changed, outcome.kept) == (None, (), (FILE,))
    assert outcome.errors
    write_files(setting.root, {FILE: JANA})
    outcome = setting.rounds.again([])
    assert outcome is not None
    assert (outcome.folder, outcome.errors) == (None, ())
    assert len(setting.builder.built) == 1


@pytest.mark.parametrize(
    ("failure", "told"),
    [(CrmtoolError("not\nnow"), "not now"), (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero")],
)
def test_a_build_that_fails_is_told_until_one_succeeds(
    setting: Setting, tmp_path: Path, failure: Exception, told: str
) -> None:
    shown = setting.rounds.first().folder
    setting.builder.failure = failure
    page = setting.root / "site" / "pages" / "a.md"
    write_files(setting.root, {"contacts/x.md": "---\n---\n"})
    for paths in ([page, setting.root / "contacts/x.md"], []):
        outcome = setting.rounds.again(paths)
        assert outcome is not None
        assert (outcome.folder, dict(outcome.refusals)) == (None, {BUILD: told})
        assert {error.location.path for error in outcome.errors} == {"contacts/x.md"}
        assert list((tmp_path / "output").iterdir()) == [shown]
    setting.builder.failure = None
    outcome = setting.rounds.again([])
    assert outcome is not None
    assert outcome.changed == ("contacts/x.md", "site/pages/a.md")
    assert (outcome.folder is not None, dict(outcome.refusals)) == (True, {})


def test_what_is_mended_by_taking_it_back_needs_no_build(setting: Setting) -> None:
    setting.rounds.first()
    setting.builder.failure = CrmtoolError("not now")
    write_files(setting.root, {FILE: JANA + "more\n"})
    setting.rounds.again([])
    write_files(setting.root, {FILE: JANA})
    outcome = setting.rounds.again([])
    assert outcome is not None
    assert (outcome.folder, dict(outcome.refusals)) == (None, {})


def test_the_first_build_has_nothing_to_fall_back_on(setting: Setting) -> None:
    setting.builder.failure = CrmtoolError("not now")
    with pytest.raises(CrmtoolError):
        setting.rounds.first()
