"""crmtool erase over real histories: afterwards no object has the person, and every figure is what it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.app.look import View
from crmtool.app.privacy.drafting import Confirmed, draft_erasure
from crmtool.app.privacy.erasing import erase as erase_now
from crmtool.cli import cli
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.refs import refs_of
from crmtool.git.switching import switch, unfinished
from tests.git.conftest import MakeRepo, Repo
from tests.git.erasing import EMAIL, FIRST, LAST, NAME, OTHERS, PHONE, SECOND, WHO, left, objects, person, story


@pytest.fixture
def told(repo: Repo) -> Repo:
    story(repo)
    return repo


def erase(repo: Repo, *options: str, status: int = 0, cwd: str = "") -> dict[str, Any]:
    done = repo.crmtool("erase", WHO, "--format", "json", *options, cwd=repo.top / cwd)
    assert done.returncode == status, done.stderr + done.stdout
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def figures(repo: Repo, *command: str, cwd: str = "") -> Any:
    """Give what a report says, but for who it is about and the words."""
    done = repo.crmtool(*command, "--format", "json", cwd=repo.top / cwd)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    rows = told.get("log") or told["contacts"]
    for row in rows:
        for key in ("contact", "name", "organization", "owner", "because"):
            row.pop(key, None)
    rows.sort(key=json.dumps)
    return told


REPORTS = (
    ("log",),
    ("progress", "--since", "2m", "--all"),
    ("progress", "--at", "2026-11-10", "--since", "1m", "--all"),
    ("log", "--at", "2026-11-10"),
)


def test_no_object_has_the_person_and_every_figure_is_what_it_was(told: Repo) -> None:
    before = [figures(told, *report) for report in REPORTS]
    checked = told.crmtool("check").stdout
    imke = (told.top / "contacts/imke.md").read_bytes()
    assert left(told)
    result = erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert result["left"] == []
    assert result["objects"] == len(objects(told))
    assert told.git("fsck", "--full") == ""
    assert told.git("status", "--porcelain") == ""
    assert told.git("symbolic-ref", "HEAD").strip() == "refs/heads/main"
    assert [figures(told, *report) for report in REPORTS] == before
    assert told.crmtool("check").stdout == checked == ""
    root = told.git("rev-list", "--max-parents=0", "HEAD").strip()
    assert told.crmtool("check", "--range", f"{root}..HEAD").returncode == 0
    assert told.crmtool("check", "--range", "..side").returncode == 0
    assert (told.top / "contacts/imke.md").read_bytes() == imke


def test_every_version_is_that_of_its_time_and_at_one_path(told: Repo) -> None:
    result = erase(told, "--apply", "--mentions", "all")
    file = result["tombstone"]
    assert told.git("log", "--all", "--format=", "--name-only", "--", "contacts/*a*").split().count(file) == 3
    then = told.git("show", f"HEAD~1:{file}")
    assert "status: ready" in then
    assert "stopped" not in then
    assert "chance: 0.4" in then
    now = told.git("show", f"HEAD:{file}")
    assert now == (
        '---\nname: "Erased contact"\nstatus: stopped\ncriteria:\n  fit: {met: 2026-11-03, attested_by: counterparty}\n'
        'decisions:\n  - {date: 2026-10-20, to: new, because: "erased", chance: 0.2}\n'
        '  - {date: 2026-11-05, to: ready, because: "erased", chance: 0.4}\n'
        '  - {date: 2026-11-20, to: stopped, because: "erased"}\nextra: {erased: true}\n---\n'
    )
    entry = json.loads(told.crmtool("log", "--rev", "HEAD~1", "--format", "json").stdout)["log"][0]
    assert (entry["name"], entry["to"]) == ("Erased contact", "ready")
    focus = json.loads(told.crmtool("focus", "--rev", "v1", "--format", "json").stdout)["contacts"]
    assert {each["name"] for each in focus} == {"Erased contact", "Owen Prichard", "Imke Tjaden"}
    blamed = json.loads(told.crmtool("blame", file, "--format", "json").stdout)["entries"]
    assert {each["to"] or each["criterion"] for each in blamed} == {"new", "ready", "stopped", "fit"}


def test_commits_tags_and_branches_stay_but_for_their_ids(told: Repo) -> None:
    form = "--format=%an %ad %cd %P"
    count = len(told.git("log", "--all", form).splitlines())
    refs = told.git("for-each-ref", "--format=%(refname) %(objecttype)")
    erase(told, "--apply", "--mentions", "all")
    assert len(told.git("log", "--all", form).splitlines()) == count
    assert told.git("for-each-ref", "--format=%(refname) %(objecttype)") == refs
    assert told.git("tag", "-l", "--format=%(contents:subject)", "v1").strip() == "As [erased] saw it"
    subjects = told.git("log", "--format=%s").splitlines()
    assert subjects == [
        "Ended",
        "[erased] · [erased]…: Ready",
        "Tidied up",
        "[erased] · [erased]: New",
    ]
    assert told.git("show", "side:side.txt") == "[erased], [erased]\n"
    assert told.git("show", "HEAD~3:README.md") == "Ask [erased] about it.\n"
    owen = told.git("show", "HEAD:contacts/owen.md")
    assert 'because: "[erased] told us of him"' in owen
    assert "Reached her at [erased] ([erased]), and she called back." in owen


def test_without_apply_nothing_changes(told: Repo) -> None:
    before = told.git("for-each-ref"), objects(told), told.git("status", "--porcelain", "--ignored")
    result = erase(told)
    assert (told.git("for-each-ref"), objects(told), told.git("status", "--porcelain", "--ignored")) == before
    assert (result["applied"], result["history"], result["commits"]) == (False, True, 5)
    assert set(result["paths"]) == {FIRST, SECOND, LAST}
    assert {each["path"]: each["action"] for each in result["mentions"]} == {
        "contacts/owen.md": "keep",
        "README.md": "keep",
        "side.txt": "keep",
    }
    assert result["tips"]["refs/heads/main"] == told.head()
    text = told.crmtool("erase", WHO).stdout
    assert "contacts/owen.md:8: Reached her at 040/123 45 67" in text
    assert "make a backup first" in text


def test_what_is_not_confirmed_is_told_as_left(told: Repo) -> None:
    result = erase(told, "--apply", "--mentions", "all", "--keep-mention", "README.md", status=1)
    assert len(result["left"]) == 1
    assert result["left"][0]["where"].startswith("README.md in commit ")
    assert result["left"][0]["found"] == NAME
    found = left(told)
    assert list(found.values()) == [["jana köhler"]]


def test_with_no_mentions_confirmed_her_file_goes_and_what_the_commits_say_that_changed_it(told: Repo) -> None:
    told.git("commit", "--quiet", "--allow-empty", "-m", f"Somebody else spoke of {NAME}")
    result = erase(told, "--apply", "--mentions", "none", status=1)
    where = {each["where"].partition(" in ")[0] for each in result["left"]}
    assert {"README.md", "side.txt", "contacts/owen.md"} < where
    assert sorted(kind.split(" ")[0] for kind in left(told) if " " in kind) == ["blob"] * 3 + ["commit", "tag"]
    assert told.git("log", "--format=%s").splitlines() == [
        f"Somebody else spoke of {NAME}",
        "Ended",
        "[erased] · [erased]…: Ready",
        "Tidied up",
        "[erased] · [erased]: New",
    ]
    assert (told.top / "contacts/owen.md").read_text("utf-8") == OTHERS["contacts/owen.md"]


def test_a_workspace_in_a_folder_of_several(repo: Repo) -> None:
    story(repo, "sales/")
    repo.workspace("hiring/")
    repo.stage("hiring/contacts/jana.md", Repo.good.replace("Jana Köhler", "Piet Nygaard"))
    repo.commit()
    erase(repo, "--apply", "--mentions", "all", cwd="sales")
    found = left(repo)
    # another person's file may have the name that hers had, in another workspace
    assert all(traces == ["contacts/jana.md"] for traces in found.values())
    assert repo.crmtool("check", cwd=repo.top / "sales").returncode == 0
    assert "Piet Nygaard" in repo.git("show", "HEAD:hiring/contacts/jana.md")


def test_the_mark_is_in_the_language_of_the_workspace_that_has_the_file(repo: Repo) -> None:
    story(repo, "sales/")
    repo.stage("hiring/criteria.yaml", Repo.rules.replace("language: en", "language: de"))
    repo.stage("hiring/contacts/piet.md", f"---\nname: Piet Nygaard\n---\n\nKennt {NAME}.\n")
    repo.stage("hiring/notes.txt", f"{NAME}\n")
    repo.commit()
    repo.write("hiring/new.txt", f"{NAME}\n")
    erase(repo, "--apply", "--mentions", "all", cwd="sales")
    assert repo.git("show", "HEAD:hiring/contacts/piet.md").endswith("\nKennt [gelöscht].\n")
    assert repo.git("show", "HEAD:hiring/notes.txt") == "[gelöscht]\n"
    assert (repo.top / "hiring/new.txt").read_text("utf-8") == "[gelöscht]\n"
    assert "[erased]" in repo.git("show", "HEAD:sales/contacts/owen.md")


def test_merges_a_file_name_that_goes_to_somebody_else_and_versions_that_cannot_be_read(told: Repo) -> None:
    told.git("merge", "--quiet", "-s", "ours", "-m", "Merged", "side")
    told.stage(FIRST, Repo.good.replace("Jana Köhler", "Piet Nygaard"))
    told.commit()
    told.stage(LAST, person(3).replace("decisions:", "<<<<<<< ours\ndecisions:"))
    told.commit()
    told.stage(LAST, person(3, notes="Something else."))
    told.commit()
    erase(told, "--apply", "--mentions", "all", "--also", "Something else")
    # the path stays, since it is somebody else's now
    assert all(traces == ["contacts/jana.md"] for traces in left(told).values())
    assert "Piet Nygaard" in told.git("show", "HEAD:" + FIRST)
    (file,) = told.git("ls-tree", "--name-only", "HEAD", "contacts/erased/").split()
    assert told.git("show", f"HEAD~1:{file}") == told.git("show", f"HEAD:{file}")
    assert told.git("log", "-1", "--format=%p", "HEAD~3").count(" ") == 1


def test_a_remote_keeps_its_name_and_is_told_how_to_overwrite(told: Repo, make_repo: MakeRepo) -> None:
    server = make_repo("server", "--bare")
    told.git("remote", "add", "origin", str(server.top))
    told.git("push", "--quiet", "origin", "--all")
    told.git("push", "--quiet", "origin", "--tags")
    told.git("remote", "set-head", "origin", "main")
    told.git("branch", "--quiet", "-D", "side")
    told.git("branch", "unpushed")
    tips = {name: told.git("rev-parse", f"origin/{name}").strip() for name in ("main", "side")}
    result = erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert told.git("config", "remote.origin.url").strip() == str(server.top)
    assert told.git("symbolic-ref", "refs/remotes/origin/HEAD").strip() == "refs/remotes/origin/main"
    assert told.git("branch", "--format=%(refname:short)").split() == ["main", "unpushed"]
    branches, tags, others = (each["commands"] for each in result["by_hand"][:3])
    assert branches == [
        f"git push --force-with-lease=main:{tips['main']} origin main",
        f"git push --force-with-lease=side:{tips['side']} origin refs/remotes/origin/side:refs/heads/side",
    ]
    assert tags == ["git push --force origin refs/tags/light", "git push --force origin refs/tags/v1"]
    assert others == ["git ls-remote origin"]
    assert "delete them there" in result["by_hand"][2]["what"]
    for command in (*branches, *tags):
        told.git(*command.split()[1:])
    assert "unpushed" not in server.git("for-each-ref")
    server.git("reflog", "expire", "--expire=now", "--all")
    server.git("gc", "--quiet", "--prune=now")
    assert left(server) == {}


def test_what_others_have_pushed_meanwhile_is_not_overwritten(told: Repo, make_repo: MakeRepo) -> None:
    server = make_repo("server", "--bare")
    told.git("remote", "add", "origin", str(server.top))
    told.git("push", "--quiet", "origin", "main")
    other = Repo(make_repo("other").top)
    other.git("pull", "--quiet", str(server.top), "main")
    other.stage("work.txt", "A colleague's\n")
    tip = other.commit()
    other.git("push", "--quiet", str(server.top), "main")
    result = erase(told, "--apply", "--mentions", "all")
    (command,) = result["by_hand"][0]["commands"]
    assert told.attempt(*command.split()).returncode != 0
    assert server.git("rev-parse", "main").strip() == tip


def test_a_branch_that_lacks_what_its_remote_has_is_refused(told: Repo, make_repo: MakeRepo) -> None:
    server = make_repo("server", "--bare")
    told.git("remote", "add", "origin", str(server.top))
    told.git("push", "--quiet", "origin", "main")
    told.git("update-ref", "refs/remotes/origin/main", told.git("rev-parse", "side").strip())
    done = told.crmtool("erase", WHO, "--apply", "--mentions", "all")
    assert done.returncode == 1
    assert (
        "main lacks commits that origin/main has: "
        "fetch and merge first: git fetch origin; git switch main; git merge origin/main" in done.stderr
    )


def test_a_tag_of_a_tag_is_rewritten_too(told: Repo) -> None:
    told.git("tag", "-a", "outer", "v1", "-m", f"More of {NAME}")
    told.git("switch", "--quiet", "--orphan", "apart")
    told.stage("contacts/elsewhere.md", person(1))
    told.commit()
    told.git("tag", "-a", "inner", "-m", "In")
    told.git("tag", "-a", "only", "inner", "-m", "Out")
    told.git("tag", "-d", "inner")
    told.git("switch", "--quiet", "main")
    told.git("branch", "--quiet", "-D", "apart")
    erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert told.git("cat-file", "-t", "outer").strip() == "tag"
    assert told.git("ls-tree", "-r", "--name-only", "only^{commit}").startswith("contacts/erased/")


def test_who_made_commits_is_a_mention_too(told: Repo) -> None:
    told.git("commit", "--quiet", "--allow-empty", "-m", "By herself", GIT_AUTHOR_NAME=NAME, GIT_AUTHOR_EMAIL=EMAIL)
    erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert told.git("log", "-1", "--format=%an <%ae>").strip() == "Erased contact <erased@invalid>"
    assert told.git("log", "-1", "--format=%cn", "HEAD~1").strip() == "Mira"


def test_her_as_an_author_can_be_left(told: Repo) -> None:
    told.git("commit", "--quiet", "--allow-empty", "-m", "By herself", GIT_AUTHOR_NAME=NAME, GIT_AUTHOR_EMAIL=EMAIL)
    result = erase(told, "--apply", "--mentions", "all", "--keep-authors", status=1)
    assert [each["where"][:7] for each in result["left"]] == ["commit "]
    assert told.git("log", "-1", "--format=%an").strip() == NAME


def test_versions_that_no_change_joins_are_found(told: Repo) -> None:
    told.git("checkout", "--quiet", "--orphan", "apart")
    told.git("rm", "--quiet", "-rf", ".")
    told.stage("contacts/elsewhere.md", person(1, phone="0171 9876543"))
    told.commit()
    told.git("switch", "--quiet", "main")
    erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert told.git("ls-tree", "-r", "--name-only", "apart").startswith("contacts/erased/")


def test_files_that_git_does_not_know_are_changed_or_told(told: Repo) -> None:
    told.stage(".gitignore", "built/\n")
    told.commit()
    told.write("draft.txt", f"Call {NAME}\n")
    told.write("built/page.html", f"<h1>{NAME}</h1>")
    told.write("jana-koehler.pdf", b"%PDF\0\1\2")
    result = erase(told, "--apply", "--mentions", "all", status=1)
    assert (told.top / "draft.txt").read_text("utf-8") == "Call [erased]\n"
    assert [(each["where"], each["found"]) for each in result["left"]] == [("built/ (1 ignored file)", NAME)]
    assert [path for path in result["unread"] if path.endswith(".pdf")]
    assert not (told.top / "jana-koehler.pdf").exists()
    assert told.git("status", "--porcelain").split()[1::2] == ["draft.txt", result["unread"][0]]


def test_what_is_told_of_a_binary_file(told: Repo) -> None:
    told.stage("scan.bin", b"\0\1\2 " + NAME.encode())
    told.commit()
    result = erase(told, "--apply", "--mentions", "all", status=1)
    assert {each["where"].partition(" in ")[0] for each in result["left"]} == {"scan.bin"}
    assert "scan.bin" in result["unread"]


def test_text_in_utf_16_stays_that(told: Repo) -> None:
    told.stage("list.csv", f"\ufeffName\r\n{NAME};{PHONE}\r\n".encode("utf-16-le"))
    told.commit()
    erase(told, "--apply", "--mentions", "all")
    assert (told.top / "list.csv").read_bytes().decode("utf-16") == "Name\r\n[erased];[erased]\r\n"


def test_rules_that_ask_for_more_get_it(repo: Repo) -> None:
    rules = (
        Repo.rules.replace("fit: {label: Fits,", "fit: {label: Fits, evidence: required,")
        .replace('stop: {from: "*", to: stopped}', 'stop: {from: "*", to: stopped, four_eyes: true}')
        .replace("requires: [fit]", "requires: [fit, {has: email}, {has: extra.contract}]")
    )
    text = person(3, more="extra: {contract: 2026-11-04, likes: chess}\n")
    text = text.replace(
        '2028"}', '2028", by: mira, confirmed_by: ole, corrected: {date: 2026-11-21, because: "She said"}}'
    )
    repo.stage("criteria.yaml", rules)
    repo.stage(LAST, text)
    repo.commit()
    assert repo.crmtool("check").returncode == 0
    file = erase(repo, "--apply", "--mentions", "all")["tombstone"]
    assert repo.crmtool("check").returncode == 0
    left_over = (repo.top / file).read_text("utf-8")
    assert "email: erased\nextra: {contract: 2026-11-04, erased: true}" in left_over
    assert 'evidence: "erased"' in left_over
    assert 'by: mira, confirmed_by: ole, corrected: {date: 2026-11-21, because: "erased"}' in left_over
    assert "chess" not in left_over


def test_a_schema_that_requires_a_field_gets_it(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage("schemas/contact.schema.json", '{"required": ["owner"]}')
    repo.stage(LAST, person(3))
    repo.commit()
    file = erase(repo, "--apply", "--mentions", "all")["tombstone"]
    assert "owner: erased" in (repo.top / file).read_text("utf-8")
    assert repo.crmtool("check").returncode == 0


def test_the_same_person_entered_twice_stays_another_contact(told: Repo) -> None:
    twin = person(1, phone="0171 9876543").replace("2026-10-20", "2026-09-01")
    told.stage("contacts/twin/old.md", twin)
    told.commit()
    told.git("mv", "contacts/twin/old.md", "contacts/twin/new.md")
    told.commit()
    count = len(figures(told, "list")["contacts"])
    result = erase(told, "--apply", "--mentions", "none", status=1)
    assert len(figures(told, "list")["contacts"]) == count
    assert (told.top / "contacts/twin/new.md").read_text("utf-8") == twin
    assert told.git("show", "HEAD~1:contacts/twin/old.md") == twin
    assert any(each["where"].startswith("contacts/twin/") for each in result["left"])


def test_merges_of_both_sides_are_kept_as_they_were_decided(told: Repo) -> None:
    told.git("checkout", "--quiet", "side")
    told.git("merge", "--quiet", "-X", "theirs", "-m", "Merged", "main")
    told.git("checkout", "--quiet", "main")
    told.git("merge", "--quiet", "--ff-only", "side")
    tree = told.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    before = [figures(told, *report) for report in REPORTS]
    result = erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    assert [figures(told, *report) for report in REPORTS] == before
    now = told.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert sorted(now) == sorted(result["tombstone"] if path == LAST else path for path in tree)
    assert len(told.git("log", "-1", "--format=%P").split()) == 2
    assert told.git("fsck", "--full") == ""


def test_files_that_are_called_by_her_name_get_another_one(told: Repo) -> None:
    told.stage("offers/jana-koehler/Offer Jana Köhler.txt", "An offer\n")
    told.stage("offers/jana-koehler/other.txt", "Something\n")
    told.commit()
    result = erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    token = result["tombstone"].removeprefix("contacts/erased/").removesuffix(".md")
    assert told.git("ls-tree", "-r", "--name-only", "HEAD", "offers").splitlines() == [
        f"offers/erased-{token}/Offer erased-{token}.txt",
        f"offers/erased-{token}/other.txt",
    ]


def test_messages_in_other_encodings_and_ids_in_messages(told: Repo) -> None:
    first = told.git("rev-list", "--max-parents=0", "HEAD").strip()[:10]
    told.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--allow-empty", "-F", "-", given="X")
    message = f"Jana Köhler, see {first}, then Köhler, Jana\n".encode("latin-1")
    (told.top / ".git/message").write_bytes(message)
    told.git(
        "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--amend", "--allow-empty", "-F", ".git/message"
    )
    (told.top / ".git/message").unlink()
    erase(told, "--apply", "--mentions", "all")
    assert left(told) == {}
    new_first = told.git("rev-list", "--max-parents=0", "HEAD").strip()[:10]
    assert told.git("log", "-1", "--format=%s").strip() == f"[erased], see {new_first}, then [erased]"


def test_names_of_files_that_are_no_text_stay(told: Repo) -> None:
    odd = 'odd\nname \udcff".txt'
    told.stage(odd, f"Ask {NAME}\n")
    told.commit()
    erase(told, "--apply", "--mentions", "all")
    assert (told.top / odd).read_text("utf-8") == "Ask [erased]\n"
    assert told.git("status", "--porcelain") == ""


def test_a_second_person_can_be_erased_after_the_first(told: Repo) -> None:
    imke = person(3, phone="0421 998877").replace(NAME, "Imke Tjaden").replace(EMAIL, "imke@wasserkante.example")
    told.stage("contacts/imke.md", imke)
    told.commit()
    erase(told, "--apply", "--mentions", "all")
    done = told.crmtool("erase", "imke", "--apply", "--mentions", "all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not any(b"Imke" in data or b"imke" in data for data in objects(told).values())
    assert len(list((told.top / "contacts/erased").iterdir())) == 2


def test_a_path_that_is_kept_is_told_with_a_commit(told: Repo) -> None:
    told.stage("offers/jana-koehler.txt", "An offer\n")
    told.commit()
    told.git("rm", "--quiet", "offers/jana-koehler.txt")
    told.commit()
    result = erase(told, "--apply", "--mentions", "all", "--keep-mention", "offers/jana-koehler.txt", status=1)
    (found,) = result["left"]
    assert found["where"].startswith("offers/jana-koehler.txt in commit ")
    assert found["found"] == "jana-koehler"


def test_a_branch_that_is_called_by_her_name_is_told(told: Repo) -> None:
    told.git("branch", "-m", "side", "jana-koehler")
    result = erase(told, "--apply", "--mentions", "all", status=1)
    branch = {each["where"]: each["todo"] for each in result["left"]}
    assert branch["refs/heads/jana-koehler"] == "git branch -m jana-koehler NEW-NAME"


def test_a_workspace_that_moved_and_a_draft_that_became_a_contact(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage("drafts/her.md", person(1))
    repo.commit()
    (repo.top / "contacts").mkdir()
    repo.git("mv", "drafts/her.md", FIRST)
    repo.commit()
    (repo.top / "sales/contacts/nordlicht").mkdir(parents=True)
    repo.git("mv", FIRST, f"sales/{LAST}")
    repo.git("mv", "criteria.yaml", "sales/criteria.yaml")
    repo.stage(f"sales/{LAST}", person(3))
    repo.commit()
    result = erase(repo, "--apply", "--mentions", "all", cwd="sales")
    assert left(repo) == {}
    file = result["tombstone"]
    assert repo.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [f"sales/{file}", "sales/criteria.yaml"]
    assert repo.git("ls-tree", "-r", "--name-only", "HEAD~1").splitlines() == [file, "criteria.yaml"]
    # what was no contact then is none now
    assert repo.git("ls-tree", "-r", "--name-only", "HEAD~2").splitlines() == [
        "criteria.yaml",
        f"sales/contacts/_erased/{file.removeprefix('contacts/erased/')}",
    ]


def test_a_move_with_another_first_decision_is_followed(told: Repo) -> None:
    text = person(3).replace("2026-10-20", "2026-10-19").replace(PHONE, "030 7654321").replace("organization", "role")
    told.git("rm", "--quiet", LAST)
    told.stage("contacts/moved.md", text)
    told.commit()
    done = told.crmtool("erase", "moved", "--apply", "--mentions", "all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert left(told) == {}
    assert (
        told.git("log", "--format=", "--name-only", "--", "contacts/erased/").split()
        == [told.git("ls-files", "contacts/erased/").strip()] * 4
    )


def test_a_first_version_that_cannot_be_read_says_what_the_next_one_did(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage(LAST, person(1).replace("status:", "status"))
    repo.commit()
    repo.stage(LAST, person(3))
    repo.commit()
    file = erase(repo, "--apply", "--mentions", "all")["tombstone"]
    assert repo.git("show", f"HEAD~1:{file}") == repo.git("show", f"HEAD:{file}")


def test_what_is_too_large_is_named(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    told.stage("large.txt", "x" * 5000)
    told.commit()
    monkeypatch.setattr("crmtool.git.contents.LARGEST", 4999)
    result = CliRunner().invoke(cli, ["-C", str(told.top), "erase", WHO, "--apply", "--mentions", "all"])
    assert result.exit_code == 0, result.output
    assert "One file is no text, and could not be looked into\n  large.txt in commit " in result.stdout


JOINED = """\
---
name: J. Koehler
email: jana@privat.example
status: new
decisions:
  - {date: 2026-10-15, to: new, because: "Her card lay on the table"}
---
"""


def test_a_contact_that_was_joined_to_it_is_erased_with_it(told: Repo) -> None:
    story_end = told.git("rev-parse", "HEAD").strip()
    told.stage("contacts/cards/jk.md", JOINED)
    told.git("commit", "--quiet", "--message", "From a card")
    assert told.crmtool("merge-contacts", WHO, "cards/jk").returncode == 0
    told.git("add", "--all")
    told.git("commit", "--quiet", "--message", "Joined")
    assert told.crmtool("check", "--range", f"{story_end}..HEAD").returncode == 0
    erase(told, "--apply", "--mentions", "all")
    words = (b"jana@privat", b"J. Koehler", b"cards/jk", b"jk.md", b"Her card")
    assert [where for where, data in objects(told).items() if any(word in data for word in words)] == []
    assert left(told) == {}
    root = told.git("rev-list", "--max-parents=0", "HEAD").strip()
    ranged = told.crmtool("check", "--range", f"{root}..HEAD")
    assert (ranged.returncode, ranged.stdout) == (0, "")


TWIN = """\
---
name: Jana Köhler
email: jana@other.example
status: new
decisions:
  - {date: 2026-11-02, to: new, because: "Another Jana Köhler"}
---
"""


def test_another_contacts_own_file_is_only_changed_where_it_is_named(told: Repo) -> None:
    told.stage("contacts/other/jk.md", TWIN)
    told.stage("contacts/colleague.md", TWIN.replace(NAME, "Piet Nygaard").replace("jana@other.example", EMAIL))
    told.commit()
    dry = told.crmtool("erase", WHO, "--mentions", "all").stdout
    assert "contacts/other/jk.md:2: name: Jana Köhler (another contact's own name)" in dry
    assert f"contacts/colleague.md:3: email: {EMAIL} (another contact's own e-mail address)" in dry
    assert {each["path"]: each["action"] for each in erase(told, "--mentions", "all")["mentions"]} == {
        "contacts/other/jk.md": "keep",
        "contacts/colleague.md": "keep",
        "contacts/owen.md": "replace",
        "README.md": "replace",
        "side.txt": "replace",
    }
    erase(told, "--apply", "--mentions", "all", "--mention", "contacts/colleague.md", status=1)
    assert (told.top / "contacts/other/jk.md").read_text("utf-8") == TWIN
    assert "name: Piet Nygaard\nemail: (erased)\n" in (told.top / "contacts/colleague.md").read_text("utf-8")


def test_a_mention_that_is_named_goes_with_no_others(told: Repo) -> None:
    erase(told, "--apply", "--mentions", "none", "--mention", "side.txt", status=1)
    assert told.git("show", "side:side.txt") == "[erased], [erased]\n"
    assert NAME in told.git("show", "HEAD~3:README.md")
    done = told.crmtool("erase", "imke", "--mention", "nowhere.txt")
    assert done.returncode == 1 or "--mention nowhere.txt: no file of that path has mentions" in done.stderr


def test_new_paths_do_not_clash(told: Repo) -> None:
    token = "0a1b2c3d"
    told.stage("offers/jana-koehler", "A file\n")
    told.stage("offers/Jana Köhler/a.txt", "In a folder of the same name then\n")
    told.stage("offers/jana_koehler/a.txt", "In another one\n")
    told.stage(f"offers/erased-{token}-2", "Called so by chance\n")
    told.commit()
    told.write("offers/Köhler, Jana/b.txt", "Git does not know it\n")
    view = View(root=told.top, day=date(2026, 11, 23))
    erasure = draft_erasure(view, WHO, told.top, token)
    paths = frozenset(file.path for file in erasure.mentions)
    assert erase_now(erasure, Confirmed(paths=paths, messages=True, people=True)).left == ()
    assert left(told) == {}
    files = {path: (told.top / path).read_text("utf-8") for path in told.git("ls-files", "offers").splitlines()}
    assert sorted(files.values()) == sorted(
        ["A file\n", "In a folder of the same name then\n", "In another one\n", "Called so by chance\n"]
    )
    (other,) = (told.top / "offers").rglob("b.txt")
    assert other.read_text("utf-8") == "Git does not know it\n"


def test_the_dry_run_tells_the_words_that_go_and_what_keeps_the_name(told: Repo) -> None:
    told.git("branch", "jana-koehler")
    told.git("tag", "light-jana-koehler")
    told.git("commit", "--quiet", "--allow-empty", "-m", f"Somebody else spoke of {NAME}")
    dry = told.crmtool("erase", WHO).stdout
    changed, _, stays = dry.partition("Commits and tags that stay as they are\n")
    assert f'what goes: "Nordlicht Logistik", "{NAME}", "Came by recommendation of Ole"' in changed
    assert "Somebody else spoke" not in changed
    assert "Somebody else spoke" in stays
    assert (
        "Branches and tags that bear the name, or perhaps do, and keep it: give them another one first\n"
        "  refs/heads/jana-koehler\n  refs/tags/light-jana-koehler\n" in dry
    )


def test_what_is_perhaps_a_mention_is_told_afterwards(told: Repo) -> None:
    told.stage("perhaps.txt", "Frau Köhler called\n")
    told.commit()
    done = told.crmtool("erase", WHO, "--apply", "--mentions", "all")
    assert done.returncode == 0
    assert "Perhaps mentions, which stay: look at them\n  perhaps.txt:1: Frau Köhler called (perhaps)\n" in done.stdout


def test_what_is_perhaps_a_mention_is_told_where_others_went_too(told: Repo) -> None:
    told.stage("minutes.txt", f"{NAME} was there\nFrau Köhler asked for prices\n")
    told.commit()
    done = told.crmtool("erase", WHO, "--apply", "--mentions", "all")
    assert "  minutes.txt:2: Frau Köhler asked for prices (perhaps)\n" in done.stdout
    assert "minutes.txt:1" not in done.stdout


def test_short_texts_go_from_the_messages_that_crmtool_writes(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.git("commit", "--quiet", "--message", "Rules")
    asked = ("--organization", "Sonnenblick", "--because", "Schwanger", "--commit")
    assert repo.crmtool("new", NAME, *asked).returncode == 0
    assert repo.crmtool("decide", "jana", "stopped", "--because", "Has cancer", "--commit").returncode == 0
    assert "Has cancer" in repo.git("log")
    done = repo.crmtool("erase", "jana", "--apply", "--mentions", "all")
    assert done.returncode == 0, done.stderr + done.stdout
    told = repo.git("log", "--format=%B")
    assert [word for word in ("Sonnenblick", "Schwanger", "cancer", "Jana") if word in told] == []


def test_where_somebody_commits_at_the_very_switch_nothing_was_changed(told: Repo) -> None:
    repository = Repository.find(told.top)
    before = refs_of(repository)
    after = {name: told.git("commit-tree", "-m", "x", f"{id}^{{tree}}").strip() for name, id in before.items()}
    told.git("commit", "--quiet", "--allow-empty", "--message", "Meanwhile")
    with pytest.raises(CrmtoolError, match="nothing was changed: try again"):
        switch(repository, before, after)
    assert not list((told.top / ".git").glob("crmtool-erase.json"))
    assert told.git("log", "-1", "--format=%s").strip() == "Meanwhile"


def test_an_unfinished_switch_names_the_lock_and_what_to_push(told: Repo, tmp_path: Path) -> None:
    told.git("clone", "--quiet", "--bare", ".", str(tmp_path / "remote.git"))
    told.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    told.git("fetch", "--quiet", "origin")
    repository = Repository.find(told.top)
    before = refs_of(repository)
    commits = {name: id for name, id in before.items() if not name.startswith("refs/tags/")}
    empty = told.git("hash-object", "-t", "tree", "-w", "--stdin").strip()
    after = before | {name: told.git("commit-tree", "-m", "x", empty).strip() for name in commits}
    switch(repository, before, after)
    (told.top / ".git/index.lock").touch()
    commands = unfinished(repository)
    assert commands[0] == f"rm '{told.top / '.git/index.lock'}'"
    assert "git reset --hard" in commands
    old = before["refs/remotes/origin/main"]
    assert f"git push --force-with-lease=main:{old} origin main" in commands
    (told.top / ".git/index.lock").unlink()
    for command in ("reset --hard --quiet", "reflog expire --expire=now --all", "gc --quiet --prune=now"):
        told.git(*command.split())
    assert unfinished(repository) == ()
