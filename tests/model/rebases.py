"""Commits made anew: rebases, picks, reverts."""

from __future__ import annotations

from tests.model.cards import all_tokens
from tests.model.forking import Forked, assert_merged, forked, judged
from tests.model.merging import Kind
from tests.model.people import Person
from tests.model.resolving import settle, told
from tests.model.rules import is_undecided
from tests.model.team import Team


def rebase(team: Team) -> None:
    """Make the commits of a branch anew on top of another one."""
    person = team.person()
    person.git("fetch", "--quiet")
    refs = person.unmerged()
    if refs:
        rebase_onto(team, person, team.pick(refs))


def rebase_onto(team: Team, person: Person, ref: str) -> None:
    """Rebase what nobody else has."""
    team.tidy(person)
    ours, theirs = person.head(), person.ask("rev-parse", ref)
    if person.is_ancestor(theirs, ours) or team.is_shared(person, f"{theirs}..{ours}"):
        return
    is_ahead = person.is_ancestor(ours, theirs)
    settled_ones: set[str] = set()
    done = person.attempt("rebase", theirs)
    while (person.top / ".git" / "rebase-merge").exists():
        if not _step(team, person, settled_ones, done.stdout + done.stderr):
            person.git("rebase", "--abort")
            assert person.head() == ours
            team.seen["rebases aborted"] += 1
            return
        done = person.attempt("rebase", "--continue")
    assert done.returncode == 0, done.stderr
    team.seen["rebases" if not is_ahead else "rebases that only went ahead"] += 1
    _assert_made_anew(team, person, f"{theirs}..{ours}", f"{theirs}..HEAD", settled_ones)
    team.assert_kept(person, (ours, theirs))
    team.arrive(person)


def _step(team: Team, person: Person, settled_ones: set[str], told: str) -> bool:
    """Settle the commit at which a rebase has stopped; tells whether to go on."""
    commit = person.ask("rev-parse", "REBASE_HEAD")
    fork = forked(team, person, [f"{commit}~1"], person.head(), commit)
    hit = judged(team, person, fork, told)
    assert hit, "a rebase stopped without a conflict"
    settled_ones.add(_subject(person, commit))
    team.seen["rebase steps in conflict"] += 1
    return not team.chance(8) and settle(team, person, fork, hit)


def _subject(person: Person, commit: str) -> str:
    return person.ask("log", "-1", "--format=%s", commit)


def _assert_made_anew(team: Team, person: Person, old: str, new: str, settled_ones: set[str]) -> None:
    """Compare each commit that a rebase made without being asked with what the model says."""
    before: dict[str, list[str]] = {}
    for commit in person.ask("rev-list", "--no-merges", old).splitlines():
        before.setdefault(_subject(person, commit), []).append(commit)
    for commit in person.ask("rev-list", new).splitlines():
        subject = _subject(person, commit)
        if subject not in settled_ones and len(before[subject]) == 1:
            fork = forked(team, person, [f"{before[subject][0]}~1"], f"{commit}~1", before[subject][0])
            _assert_came_out(team, person, fork, commit)
            team.seen["commits made anew"] += 1


def _assert_came_out(team: Team, person: Person, fork: Forked, commit: str) -> None:
    files = {path: card.raw for path, card in person.tree_of(commit).items()}
    for uid, outcome in fork.outcomes.items():
        assert outcome.kind is not Kind.CONFLICT, f"{uid} should be in conflict: {outcome.why}"
        assert_merged(files, uid, fork, team)


def pick(team: Team) -> None:
    """Take over a commit of somebody else that changes contacts which are here, too."""
    person = team.person()
    person.git("fetch", "--quiet")
    team.tidy(person)
    commits = person.ask("rev-list", "--branches", "--remotes", "--no-merges", "--max-count=12", "^HEAD").splitlines()
    commits = [commit for commit in commits if _can_be_picked(team, person, commit)]
    if not commits:
        return
    commit, ours = team.pick(commits), person.head()
    fork = forked(team, person, [f"{commit}~1"], ours, commit)
    done = person.attempt("cherry-pick", commit)
    if done.returncode != 0 and "is now empty" in done.stderr + done.stdout:
        person.git("cherry-pick", "--skip")
        return
    hit = judged(team, person, fork, done.stdout + done.stderr)
    assert (done.returncode == 0) == (not hit), (done.stdout, done.stderr)
    if hit:
        team.seen["picks in conflict"] += 1
        told(fork, hit, done.stdout + done.stderr)
        if team.chance(5) or not settle(team, person, fork, hit):
            person.git("cherry-pick", "--abort")
            assert person.head() == ours
            return
        done = person.attempt("cherry-pick", "--continue")
        if done.returncode != 0:
            assert "is now empty" in done.stderr + done.stdout, done
            person.git("cherry-pick", "--skip")
            return
    team.seen["picks"] += 1
    team.assert_kept(person, (ours,))
    team.arrive(person)


def _can_be_picked(team: Team, person: Person, commit: str) -> bool:
    if _subject(person, commit) == "start":
        return False
    after, before, here = (team.uids(person, rev) for rev in (commit, f"{commit}~1", "HEAD"))
    changed = [uid for uid in after.keys() | before.keys() if after.get(uid) != before.get(uid)]
    same_places = all(uid in after and uid in before and after[uid][0] == before[uid][0] for uid in changed)
    return bool(changed) and same_places and all(uid in here for uid in changed)


def revert(team: Team) -> None:
    """Revert a commit: Git asks no hook, but the range check finds what was taken out of a log."""
    person = team.person()
    team.tidy(person)
    parents = person.ask("log", "-1", "--format=%P").split()
    if len(parents) != 1:
        return
    after, before = team.uids(person, "HEAD"), team.uids(person, parents[0])
    taken = any(
        uid not in before or not all_tokens(card.said.front) <= all_tokens(before[uid][1].said.front)
        for uid, (_, card) in after.items()
        if uid in before or is_undecided(card.said.front)
    )
    if not taken:
        return
    head = person.head()
    person.git("revert", "--no-edit", "HEAD")
    found = team.json(person, "check", "--range", f"{head}..HEAD", status=1)
    codes = {each["code"] for each in found["findings"]}
    assert codes & {"answer-rewritten", "decision-rewritten", "contact-deleted"}, found
    person.git("reset", "--quiet", "--hard", head)
    team.seen["reverts found in a range"] += 1
