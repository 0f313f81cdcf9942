"""The end: everyone merges all that there is, and nothing may be missing."""

from __future__ import annotations

from tests.model.cards import all_tokens
from tests.model.committing import unstash
from tests.model.merges import merge_ref, push_of
from tests.model.people import Person
from tests.model.team import Team


def bring_together(team: Team) -> None:
    """Let everyone merge all that they have and push it, and see that everything is there."""
    for person in [*team.people, *team.people[:-1]]:
        if person.name in team.stashes:
            unstash(team, person)
        team.tidy(person)
        person.git("fetch", "--quiet")
        person.git("checkout", "--quiet", "main")
        team.arrive(person)
        for ref in ["origin/main", *person.refs()]:
            merge_ref(team, person, ref, may_abort=False)
        push_of(team, person)
        team.look(person)
    last = team.people[-1]
    last.git("fetch", "--quiet")
    merge_ref(team, last, "origin/main", may_abort=False)
    for person in team.people:
        assert_all_is_there(team, person)
    team.seen["teams"] += 1


def assert_all_is_there(team: Team, person: Person) -> None:
    """See that no answer and no decision of any commit is lost, and that no commit of all has an error.

    What a deleted contact said is gone with it, also where somebody else has kept that contact.
    """
    now = team.uids(person, "HEAD")
    for commit in person.ask("rev-list", "HEAD").splitlines():
        for uid, (_, card) in team.uids(person, commit).items():
            if uid in now and uid not in team.deleted:
                lost = all_tokens(card.said.front) - all_tokens(now[uid][1].said.front)
                assert not lost, f"{lost} of {uid} in {commit}"
    found = team.json(person, "check", "--range", f"{team.start}..HEAD")
    assert found["errors"] == 0
