"""Commits of all or of one file, amended ones, and what is put aside meanwhile."""

from __future__ import annotations

from tests.model.forking import forked, judged
from tests.model.people import Person
from tests.model.resolving import settle
from tests.model.team import Team


def commit(team: Team) -> None:
    """Commit all that differs, or one file of it."""
    person = team.person()
    person.git("add", "-A")
    changed = person.ask("diff", "--cached", "--name-only", "--no-renames", "HEAD").splitlines()
    before = dict(person.tree_of("HEAD"))
    alone = team.pick(changed) if len(changed) > 1 and team.chance(3) else None
    if alone is None or alone not in before or alone not in team.work[person.name]:
        team.tidy(person)
        return
    person.git("reset", "--quiet")
    person.git("add", alone)
    person.git("commit", "--quiet", "-m", team.token("w"))
    assert person.tree_of("HEAD") == before | {alone: team.work[person.name][alone]}
    assert person.tree() == team.work[person.name]
    team.seen["commits of one file"] += 1


def amend(team: Team) -> None:
    """Put what is not committed into the last commit, if nobody else has that."""
    person = team.person()
    merges = len(person.ask("log", "-1", "--format=%P").split()) != 1
    if person.is_clean() or merges or team.is_shared(person, "HEAD~1..HEAD"):
        return
    team.commit(person, "--amend")
    team.seen["amended commits"] += 1


def stash(team: Team) -> None:
    """Put aside what is not committed, or get it back."""
    person = team.person()
    if person.name not in team.stashes:
        if not person.is_clean():
            person.git("add", "-A")
            person.git("stash", "push", "--quiet")
            team.stashes.add(person.name)
            team.seen["stashes"] += 1
            team.arrive(person)
        return
    unstash(team, person)


def unstash(team: Team, person: Person) -> None:
    """Get back what was put aside, on top of what is here now."""
    team.tidy(person)
    fork = forked(team, person, ["stash^1"], "HEAD", "stash")
    team.stashes.remove(person.name)
    done = person.attempt("stash", "pop")
    hit = judged(team, person, fork, done.stdout + done.stderr)
    assert (done.returncode == 0) == (not hit), (done.stdout, done.stderr)
    if hit:
        team.seen["stashes in conflict"] += 1
        if not settle(team, person, fork, hit):
            person.git("reset", "--quiet", "--hard")
            team.arrive(person)
            person.git("stash", "drop", "--quiet")
            return
        person.git("reset", "--quiet")
        person.git("stash", "drop", "--quiet")
    team.seen["stashes back"] += 1
    team.work[person.name] = person.tree()
