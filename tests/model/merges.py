"""Merges: from other branches, here or on the shared repository; pulls and pushes."""

from __future__ import annotations

from tests.model.comparing import compare
from tests.model.forking import forked, in_conflict, judged
from tests.model.people import Person
from tests.model.rebases import rebase_onto
from tests.model.resolving import settle, told, try_one_side
from tests.model.team import Team


def merge(team: Team) -> None:
    """Merge another branch, here or of the shared repository."""
    person = team.person()
    person.git("fetch", "--quiet")
    refs = person.unmerged()
    if refs:
        merge_ref(team, person, team.pick(refs), may_abort=True)


def merge_ref(team: Team, person: Person, ref: str, *, may_abort: bool) -> None:
    """Merge a branch into the one that is checked out."""
    team.tidy(person)
    ours, theirs = person.head(), person.ask("rev-parse", ref)
    if person.is_ancestor(theirs, ours):
        return
    bases = person.ask("merge-base", "--all", ours, theirs).splitlines()
    fork = forked(team, person, bases, ours, theirs)
    mirrored = _mirrored(team, person, ours, theirs) if bases != [ours] and team.chance(3) else None
    options = ["--no-ff"] if team.chance(3) else []
    before = person.files()
    done = person.attempt("merge", "--no-edit", *options, ref)
    hit = judged(team, person, fork, done.stdout + done.stderr)
    assert (done.returncode == 0) == (not hit), (done.stdout, done.stderr)
    if mirrored is not None:
        _assert_mirrors(team, person, mirrored, hit)
    if hit:
        told(fork, hit, done.stdout + done.stderr)
        team.seen["merges in conflict"] += 1
        if (may_abort and team.chance(5)) or not settle(team, person, fork, hit):
            person.git("merge", "--abort")
            assert (person.files(), person.head()) == (before, ours)
            team.seen["merges aborted"] += 1
            return
        if team.chance(2):
            try_one_side(team, person, fork, hit)
        person.git("commit", "--quiet", "--no-edit")
    team.seen["fast-forwards" if person.head() == theirs else "merges"] += 1
    team.assert_kept(person, (ours, theirs))
    team.arrive(person)
    if team.chance(2):
        compare(team, person, team.pick([ours, theirs]), person.head())


def _mirrored(team: Team, person: Person, ours: str, theirs: str) -> tuple[set[str], dict[str, bytes]]:
    """Merge the other way round, look at what comes out, and take it back."""
    branch = person.branch()
    person.git("checkout", "--quiet", "--detach", theirs)
    person.attempt("merge", "--no-commit", "--no-ff", ours)
    found = in_conflict(person), person.files()
    person.git("merge", "--abort")
    person.git("checkout", "--quiet", branch)
    return found


def _assert_mirrors(team: Team, person: Person, mirrored: tuple[set[str], dict[str, bytes]], hit: set[str]) -> None:
    paths, files = mirrored
    assert paths == in_conflict(person)
    for path, raw in person.files().items():
        card = team.people[0].trees.card(raw)
        if card is not None and path not in paths and card.said.uid not in hit:
            other = team.people[0].trees.card(files[path])
            assert other is not None
            assert other.said == card.said, Team.differing(path, other.said, card)
    team.seen["merges mirrored"] += 1


def fetch(team: Team) -> None:
    """Get what others have pushed, and merge or rebase onto it."""
    person = team.person()
    person.git("fetch", "--quiet")
    if team.chance(2):
        rebase_onto(team, person, "origin/main")
    else:
        merge_ref(team, person, "origin/main", may_abort=True)


def push(team: Team) -> None:
    """Push the branch that is checked out; that is refused where others have pushed meanwhile."""
    push_of(team, team.person())


def push_of(team: Team, person: Person) -> None:
    """Push a person's branch."""
    team.tidy(person)
    branch = person.branch()
    there = person.ask("ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
    known = bool(there) and person.attempt("cat-file", "-e", there).returncode == 0
    fits = not there or (known and person.is_ancestor(there, "HEAD"))
    done = person.attempt("push", "--quiet", "-u", "origin", branch)
    assert (done.returncode == 0) == fits, done.stderr
    team.seen["pushes" if fits else "pushes refused"] += 1


def switch(team: Team) -> None:
    """Begin a branch, or go to another one."""
    person = team.person()
    team.tidy(person)
    others = [ref for ref in person.refs() if not ref.startswith("origin/")]
    if not others or (len(others) < 2 and team.chance(2)):
        team.branches += 1
        person.git("checkout", "--quiet", "-b", f"{person.name}{team.branches}")
    else:
        person.git("checkout", "--quiet", team.pick(others))
    team.seen["switches"] += 1
    team.arrive(person)
