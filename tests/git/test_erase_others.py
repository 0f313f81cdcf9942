"""crmtool erase leaves others alone: namesakes, colleagues, and whoever had or has the path of the file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.git.conftest import Repo

IMPORTED = '  - {date: 2026-10-02, to: new, because: "Imported from Google"}\n'


def contact(name: str, *lines: str, log: str = IMPORTED) -> str:
    """Write a contact who was ended; by default all of them were imported on one day."""
    fields = "".join(f"{line}\n" for line in lines)
    ended = '  - {date: 2026-10-05, to: stopped, because: "No need at all"}\n'
    return f'---\nname: "{name}"\n{fields}status: stopped\ndecisions:\n{log}{ended}---\n\nNotes on {name}.\n'


BOB = contact("Bob Brandt", "email: bob@acme.example", 'phone: "+49 40 100000"')
JANA = contact("Jana Köhler", "email: jana@acme.example", 'phone: "+49 40 100000"')


def commit(repo: Repo, files: dict[str, str | None], **environment: str) -> None:
    """Write, or remove, files and commit that."""
    for path, text in files.items():
        if text is None:
            repo.git("rm", "--quiet", path)
        else:
            repo.stage(path, text)
    repo.git("commit", "--quiet", "--no-verify", "--message", "a change", **environment)


def erase(repo: Repo, who: str, *options: str, status: int = 0) -> dict[str, Any]:
    done = repo.crmtool("erase", who, "--apply", "--mentions", "all", "--format", "json", *options)
    assert done.returncode == status, done.stderr + done.stdout
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def start(repo: Repo, files: dict[str, str | None]) -> None:
    commit(repo, {"criteria.yaml": Repo.rules, **files})


def test_who_moved_on_and_left_the_path_to_somebody_else_keeps_the_past(repo: Repo) -> None:
    start(repo, {"contacts/acme/cfo.md": BOB, "list.md": "Write to bob@acme.example\n"})
    commit(repo, {"contacts/acme/ceo.md": BOB, "contacts/acme/cfo.md": JANA})
    # his own number, which is hers, too, is told and stays
    result = erase(repo, "acme/cfo", status=1)
    assert result["paths"] == ["contacts/acme/cfo.md"]
    assert repo.git("show", "HEAD~1:contacts/acme/cfo.md") == BOB
    assert repo.git("show", "HEAD:list.md") == "Write to bob@acme.example\n"
    assert "Jana" not in repo.git("log", "-p")


def test_a_mailbox_in_common_takes_nobody_along_who_was_moved_elsewhere(repo: Repo) -> None:
    bob, jana = (each.replace("bob@", "info@").replace("jana@", "info@") for each in (BOB, JANA))
    start(repo, {"contacts/acme/cfo.md": bob})
    commit(repo, {"contacts/acme/ceo.md": bob.replace("status", "role: CEO\nstatus"), "contacts/acme/cfo.md": jana})
    erase(repo, "acme/cfo", status=1)
    assert repo.git("show", "HEAD~1:contacts/acme/cfo.md") == bob


def test_who_comes_to_a_path_that_was_somebody_elses_is_followed_back(repo: Repo) -> None:
    start(repo, {"contacts/acme/cfo.md": BOB, "contacts/jana.md": JANA.replace("email: jana@acme.example\n", "")})
    commit(repo, {"contacts/acme/cfo.md": JANA, "contacts/jana.md": None})
    erase(repo, "acme/cfo", status=1)
    assert repo.git("show", "HEAD~1:contacts/acme/cfo.md") == BOB
    assert "Jana" not in repo.git("log", "-p")


def test_two_who_changed_places_keep_their_own_past(repo: Repo) -> None:
    ole, jana = contact("Ole Petersen"), contact("Jana Köhler")
    start(repo, {"contacts/a.md": ole, "contacts/b.md": jana})
    commit(repo, {"contacts/a.md": jana, "contacts/b.md": ole})
    erase(repo, "a")
    assert (repo.git("show", "HEAD~1:contacts/a.md"), repo.git("show", "HEAD:contacts/b.md")) == (ole, ole)
    assert "Jana" not in repo.git("log", "-p")


def test_two_of_one_import_are_two_where_a_path_is_used_again(repo: Repo) -> None:
    ole, jana = contact("Ole Petersen", "email: ole@x.example"), contact("Jana Köhler", "email: jk@x.example")
    start(repo, {"contacts/a/info.md": ole})
    commit(repo, {"contacts/a/info.md": jana})
    erase(repo, "a/info")
    assert repo.git("show", "HEAD~1:contacts/a/info.md") == ole


def test_a_name_that_changed_by_marriage_is_the_same_persons(repo: Repo) -> None:
    start(repo, {"contacts/jk.md": contact("Jana Köhler", "email: jk@x.example")})
    commit(repo, {"contacts/jk.md": contact("J. Schmidt", "email: jk@x.example")})
    commit(repo, {"contacts/jana-schmidt.md": contact("Jana Schmidt", "email: jk@x.example"), "contacts/jk.md": None})
    erase(repo, "jana-schmidt")
    assert not any(name in repo.git("log", "-p") for name in ("Jana", "Schmidt", "Köhler"))


def test_a_namesake_who_is_gone_and_has_no_address_in_common_is_somebody_else(repo: Repo) -> None:
    alpha = contact("Anna Schmidt", "organization: Alpha", log='  - {date: 2026-10-01, to: new, because: "Met at A"}\n')
    start(repo, {"contacts/alpha/anna-schmidt.md": alpha})
    commit(repo, {"contacts/alpha/anna-schmidt.md": None})
    commit(repo, {"contacts/beta/anna-schmidt.md": contact("Anna Schmidt", "email: as@beta.example")})
    erase(repo, "beta/anna-schmidt", status=1)
    assert repo.git("show", "HEAD~2:contacts/alpha/anna-schmidt.md") == alpha


def test_a_colleague_whose_file_is_alike_and_goes_in_one_commit_is_somebody_else(repo: Repo) -> None:
    shared = ("organization: Acme Logistics GmbH", 'phone: "+49 40 1000000"', "source: Recommended by Petersen and Co")
    anna = contact("Anna Müller", *shared)
    start(repo, {"contacts/acme/anna-mueller.md": anna, "list.md": "Anna Müller\n"})
    commit(
        repo, {"contacts/acme/anna-mueller.md": None, "contacts/acme/jana-mueller.md": contact("Jana Müller", *shared)}
    )
    erase(repo, "acme/jana-mueller", status=1)
    assert repo.git("show", "HEAD~1:contacts/acme/anna-mueller.md") == anna
    assert repo.git("show", "HEAD:list.md") == "Anna Müller\n"


def test_a_namesake_who_makes_commits_stays_unless_the_address_is_told(repo: Repo) -> None:
    start(repo, {"contacts/jk.md": JANA})
    namesake = {"GIT_AUTHOR_NAME": "Jana Köhler", "GIT_AUTHOR_EMAIL": "jana@team.example"}
    commit(repo, {"work.txt": "Her own\n"}, **namesake)
    dry = json.loads(repo.crmtool("erase", "jk", "--format", "json").stdout)
    assert [(each["certain"], each["made_by"]) for each in dry["said"] if each["id"] == repo.head()] == [(False, [])]
    result = erase(repo, "jk", status=1)
    assert repo.git("log", "-1", "--format=%an <%ae>").strip() == "Jana Köhler <jana@team.example>"
    assert [each["found"] for each in result["left"]] == ["Jana Köhler"]


def test_who_makes_commits_goes_with_an_address_that_is_told(repo: Repo) -> None:
    start(repo, {"contacts/jk.md": JANA})
    commit(repo, {"work.txt": "Her own\n"}, GIT_AUTHOR_NAME="Jana Köhler", GIT_AUTHOR_EMAIL="jana@team.example")
    erase(repo, "jk", "--also", "jana@team.example")
    assert repo.git("log", "-1", "--format=%an <%ae>").strip() == "Erased contact <erased@invalid>"


def test_another_contacts_figures_stay_though_they_look_like_a_number(repo: Repo) -> None:
    ole = contact("Ole Petersen", "value: 420000")
    files: dict[str, str | None] = {"contacts/ole.md": ole, "list.txt": "AB-420000/7, 42.00.00\n"}
    start(repo, {"contacts/jk.md": contact("Jana Köhler", 'phone: "420000"'), **files})
    erase(repo, "jk")
    assert {path: repo.git("show", f"HEAD:{path}") for path in files} == files


def test_who_decided_goes_where_it_is_the_person(repo: Repo) -> None:
    ended = '  - {date: 2026-10-05, to: stopped, because: "No need", by: jk@x.example, confirmed_by: mira}\n'
    text = f'---\nname: "Jana Köhler"\nemail: jk@x.example\nstatus: stopped\ndecisions:\n{IMPORTED}{ended}---\n'
    rules = Repo.rules.replace('stop: {from: "*", to: stopped}', 'stop: {from: "*", to: stopped, four_eyes: true}')
    commit(repo, {"criteria.yaml": rules, "contacts/jk.md": text})
    result = erase(repo, "jk")
    assert "by: erased, confirmed_by: mira" in repo.git("show", f"HEAD:{result['tombstone']}")
    assert repo.crmtool("check").returncode == 0


def test_who_is_made_again_at_the_path_with_a_new_address_is_the_same_person(repo: Repo) -> None:
    start(repo, {"contacts/jk.md": contact("Jana Köhler", "email: jk@x.example")})
    commit(repo, {"contacts/jk.md": None})
    commit(repo, {"contacts/jk.md": contact("Dr. Jana Köhler", "email: jk@y.example")})
    erase(repo, "jk")
    assert not any(trace in repo.git("log", "-p") for trace in ("Köhler", "jk@x.example"))


@pytest.mark.parametrize(("before", "now"), [("Li Wu", "Dr. Li Wu"), ("Li Wu", "Li Ho"), ("王伟", "王伟 (Wang Wei)")])
def test_short_names_that_changed_are_the_same_persons(repo: Repo, before: str, now: str) -> None:
    number = 'phone: "+49 421 5551234"'
    start(repo, {"contacts/lw.md": contact(before, number, "email: lw@x.example"), "list.md": "lw@x.example\n"})
    commit(repo, {"contacts/lw.md": contact(now, number)})
    erase(repo, "lw")
    assert not any(trace in repo.git("log", "-p") for trace in (before, "+49 421", "lw@x.example"))


def test_who_comes_as_a_namesake_by_first_name_goes_is_somebody_else(repo: Repo) -> None:
    meier = contact("Anna Meier", "email: am@x.example", 'phone: "+49 421 5551234"')
    wolf = contact("Anna Wolf", "email: aw@y.example", 'phone: "+49 40 1000000"')
    start(repo, {"contacts/anna-meier.md": meier})
    commit(repo, {"contacts/anna-meier.md": None, "contacts/anna-wolf.md": wolf})
    erase(repo, "anna-wolf")
    assert repo.git("show", "HEAD~1:contacts/anna-meier.md") == meier
    assert "Wolf" not in repo.git("log", "-p")


def test_what_a_path_said_of_the_person_is_not_its_next_owners(repo: Repo) -> None:
    ole, jana = contact("Ole Petersen", "source: Jana Köhler"), contact("Jana Köhler", "email: jk@x.example")
    start(repo, {"contacts/a.md": ole, "contacts/b.md": jana})
    commit(repo, {"contacts/a.md": jana, "contacts/b.md": ole})
    erase(repo, "a")
    assert repo.git("show", "HEAD:contacts/b.md") == ole.replace("Jana Köhler", "(erased)")
    assert "Jana" not in repo.git("log", "-p")
