"""What people do wrongly: no commit may have it, and where the hook is passed by, the range check finds it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.model.acting import chosen_contact
from tests.model.cards import Said, render
from tests.model.people import Person
from tests.model.rules import STATUSES, Front, is_undecided, problems
from tests.model.team import Team

Wrong = Callable[[Team, Front], set[str]]


def _drop_answer(team: Team, front: Front) -> set[str]:
    ids = [id for id, log in front["criteria"].items() if log]
    if not ids:
        return set()
    log = front["criteria"][team.pick(ids)]
    log.pop(team.draw(len(log)))
    return {"answer-rewritten"}


def _rewrite_answer(team: Team, front: Front) -> set[str]:
    found = [entry for log in front["criteria"].values() for entry in log]
    if not found:
        return set()
    team.pick(found)["evidence"] = "something else"
    return {"answer-rewritten"}


def _drop_decision(team: Team, front: Front) -> set[str]:
    front["decisions"].pop(team.draw(len(front["decisions"])))
    if not front["decisions"]:
        return {"schema"}
    front["status"] = front["decisions"][-1]["to"]
    return {"decision-rewritten"}


def _rewrite_decision(team: Team, front: Front) -> set[str]:
    team.pick(front["decisions"])["because"] = "something else"
    return {"decision-rewritten"}


def _status_alone(team: Team, front: Front) -> set[str]:
    front["status"] = team.pick([status for status in STATUSES if status != front["status"]])
    return {"status-mismatch"}


def _not_allowed(team: Team, front: Front) -> set[str]:
    to = team.pick(STATUSES)
    front["decisions"].append({"date": team.today.isoformat(), "to": to, "because": f"{team.token('d')} it is wished"})
    front["status"] = to
    return {"?"}


def _tomorrow(team: Team, front: Front) -> set[str]:
    day = (team.today + timedelta(1)).isoformat()
    front["criteria"].setdefault("fit", []).append({"met": day, "evidence": team.token("a")})
    return {"date-in-future"}


def _unknown(team: Team, front: Front) -> set[str]:
    front["criteria"]["fits"] = [{"met": team.today.isoformat()}]
    return {"unknown-criterion"}


_WRONG: tuple[Wrong, ...] = (
    *(_drop_answer, _rewrite_answer, _drop_decision, _rewrite_decision, _status_alone),
    *(_not_allowed, _tomorrow, _unknown),
)


def err(team: Team) -> None:
    """Do something that no commit may have: refused by the hook, and found in the range where that is passed by."""
    person = team.person()
    team.tidy(person)
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    codes = _wrong_file(team, person, path, said)
    if codes:
        _assert_refused(team, person, codes)
        if team.chance(3):
            _assert_found_in_range(team, person, codes)
    person.git("reset", "--quiet", "--hard")
    team.expect(person, team.said(person))


def _wrong_file(team: Team, person: Person, path: str, said: Said) -> set[str]:
    kind = team.draw(len(_WRONG) + 3)
    raw = team.work[person.name][path].raw
    if kind == len(_WRONG):
        person.git("rm", "--quiet", path)
        return {"contact-deleted"} if is_undecided(said.front) else set()
    if kind > len(_WRONG):
        broken = b"<<<<<<< ours\n" if kind == len(_WRONG) + 1 else b'x: "\n'
        person.write(path, raw.replace(b"\nstatus:", b"\n" + broken + b"status:", 1))
        return {"merge-conflict"} if broken.startswith(b"<") else {"yaml-syntax"}
    front = copy.deepcopy(said.front)
    codes = _WRONG[kind](team, front)
    # What is wrong by itself is told in any case; what only a file that can be read shows, where it can be.
    own = set(problems(front, team.today)) if front["decisions"] else set()
    codes = (codes | own) - {"?"}
    if codes:
        person.write(path, render(replace(said, front=front), newline="\r\n" if b"\r\n" in raw else "\n"))
    return codes


def _assert_refused(team: Team, person: Person, codes: set[str]) -> None:
    person.git("add", "-A")
    head, files = person.head(), person.files()
    done = person.attempt("commit", "-m", "must not be")
    assert done.returncode != 0, codes
    for code in codes:
        assert f"[{code}]" in done.stderr, (code, done.stderr)
    assert (person.head(), person.files()) == (head, files)
    team.seen["commits refused"] += 1


def _assert_found_in_range(team: Team, person: Person, codes: set[str]) -> None:
    person.git("commit", "--quiet", "--no-verify", "-m", "must not be")
    found = team.json(person, "check", "--range", "HEAD~1..HEAD", status=1)
    assert codes <= {each["code"] for each in found["findings"]}, (codes, found)
    person.git("reset", "--quiet", "--hard", "HEAD~1")
    team.seen["slips found in a range"] += 1
