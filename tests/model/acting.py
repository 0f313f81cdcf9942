"""What people do with contacts, by the commands and by hand."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from datetime import timedelta

from tests.model.cards import Said, notes, render, with_part
from tests.model.people import Person
from tests.model.rules import CRITERIA, REASONS, STATUSES, Entry, Front, day_of, is_undecided, problems
from tests.model.team import Team


def chosen_contact(team: Team, person: Person) -> tuple[str, Said] | None:
    """Choose a contact of a work tree, to be changed; None where there is none."""
    tree = team.work[person.name]
    if not tree:
        return None
    path = team.pick(sorted(tree))
    return path, replace(tree[path].said, front=copy.deepcopy(tree[path].said.front))


def _id(path: str) -> str:
    return path.removeprefix("contacts/").removesuffix(".md")


def _run(team: Team, person: Person, path: str, after: Said, *arguments: str) -> None:
    """Run a command that changes a contact; the model knows whether the rules refuse it."""
    before, raw = person.files(), team.work[person.name][path].raw
    commits = arguments[0] in ("answer", "decide") and team.chance(6) and person.is_clean()
    run = person.crmtool(*arguments, *(["--commit"] if commits else []))
    if problems(after.front, team.today):
        assert run.status != 0, (arguments, problems(after.front, team.today), run)
        assert person.files() == before
        team.seen["commands refused"] += 1
        return
    assert run.status == 0, (arguments, run)
    if "next step removed, it is settled" in run.out:
        after.front.pop("next_step")
        team.seen["next steps settled"] += 1
    team.expect(person, team.said(person) | {path: after})
    now = team.work[person.name][path].raw
    assert now.count(b"\r\n") == (now.count(b"\n") if b"\r\n" in raw else 0)
    assert now.endswith(raw[raw.index(b"---", 3) + 3 :])
    if commits:
        assert person.is_clean()
        team.seen["commits by crmtool"] += 1
    team.seen["changes by commands"] += 1


# --- Commands ---------------------------------------------------------------------------------------------------------


def enter(team: Team) -> None:
    """Take a contact in; now and then two people do so under the same name."""
    person = team.person()
    name = "Alex Same" if team.chance(4) else f"Kim {team.token('N')}"
    path = f"contacts/{name.lower().replace(' ', '-')}.md"
    was_there = path in team.work[person.name] or person.ask("log", "--all", "--format=%h", "-1", "--", path) != ""
    if was_there:
        return
    token = team.token("d")
    run = person.crmtool("new", name, "--because", f"{token} asked us")
    assert run.status == 0, run
    raw = person.files()[path] + notes(f"{name} {token}").encode()
    person.write(path, raw)
    decision = {"date": team.today.isoformat(), "to": "new", "because": f"{token} asked us"}
    front: Front = {"name": name, "status": "new", "criteria": {}, "decisions": [decision]}
    said = Said(front=front, body=notes(f"{name} {token}"), comments=frozenset())
    team.expect(person, team.said(person) | {path: said})
    team.seen["contacts entered"] += 1


def answer(team: Team) -> None:
    """Answer a criterion, today or as of a day before."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    id, day = team.pick(CRITERIA), team.past_day()
    met = team.draw(3) > 0 if id != "clash" else team.chance(4)
    evidence = f"{team.token('a')} {team.pick(['they say so', 'it is: so, and # no comment', 'ä “quoted”'])}"
    log = said.front["criteria"].setdefault(id, [])
    at = next((i for i, other in enumerate(log) if day_of(other).isoformat() > day), len(log))
    log.insert(at, {"met" if met else "not_met": day, "evidence": evidence})
    shown = "met" if met else "not-met"
    _run(team, person, path, said, "answer", _id(path), id, shown, "--evidence", evidence, "--date", day)


def decide(team: Team) -> None:
    """Take a decision, whether it is allowed or not."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    to, day = team.pick(STATUSES), team.past_day()
    because = f"{team.token('d')} {team.pick(['it stands', 'why: since, so'])}"
    entry = {"date": day, "to": to, "because": because}
    arguments = ["decide", _id(path), to, "--because", because, "--date", day]
    if to == "stopped":
        entry["reason"] = team.pick(REASONS)
        arguments += ["--reason", entry["reason"]]
    said.front["decisions"].append(entry)
    said.front["status"] = to
    _run(team, person, path, said, *arguments)


def plan(team: Team) -> None:
    """Set or clear the next step, or what a contact waits for."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None or not is_undecided(chosen[1].front):
        return
    path, said = chosen
    due = (team.today + timedelta(7)).isoformat()
    kind = team.draw(4)
    if kind == 0:
        step = {"do": f"{team.token('s')} ask: them", "clarifies": team.pick(CRITERIA), "due": due}
        said.front["next_step"] = step
        parts = [part for key, value in step.items() for part in (f"--{key}", value)]
        _run(team, person, path, said, "next", _id(path), *parts)
    elif kind == 1 and "next_step" in said.front:
        del said.front["next_step"]
        _run(team, person, path, said, "next", _id(path), "--clear")
    elif kind == 2:
        said.front["blocked"] = {"by": team.token("s"), "since": team.today.isoformat(), "until": due}
        _run(team, person, path, said, "block", _id(path), "--by", said.front["blocked"]["by"], "--until", due)
    elif kind == 3 and "blocked" in said.front:
        del said.front["blocked"]
        _run(team, person, path, said, "unblock", _id(path))


def correct(team: Team) -> None:
    """Correct a past answer or decision openly: what it says, or its day."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    logs = {"decision": said.front["decisions"], **said.front["criteria"]}
    name = team.pick([name for name, log in logs.items() if log])
    log = logs[name]
    at = team.draw(len(log))
    number = 1 + sum(day_of(other) == day_of(log[at]) for other in log[at + 1 :])
    wanted = f"{name}@{day_of(log[at])}" + (f"#{number}" if number > 1 else "")
    setting = _corrected(team, log[at])
    because = f"{team.token('m')} a slip"
    log[at]["corrected"] = {"date": team.today.isoformat(), "because": because}
    _run(team, person, path, said, "correct", _id(path), wanted, "--set", setting, "--because", because)


def _corrected(team: Team, entry: Entry) -> str:
    text = "because" if "because" in entry else "evidence"
    kind = team.draw(3)
    day_key = next(key for key in ("date", "met", "not_met") if key in entry)
    if kind == 1:
        entry[day_key] = (day_of(entry) - timedelta(1)).isoformat()
        return f"{day_key}={entry[day_key]}"
    if kind == 2 and text == "evidence":
        other = "met" if day_key == "not_met" else "not_met"
        entry[other] = entry.pop(day_key)
        return f"{other}={entry[other]}"
    entry[text] += f" {team.token('m')}"
    return f"{text}={entry[text]}"


# --- By hand ----------------------------------------------------------------------------------------------------------


def edit_notes(team: Team) -> None:
    """Change a place of the notes."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    part, text = team.draw(4), f"{team.token('n')} called, wrote --- met"
    raw = team.work[person.name][path].raw.decode().replace("\r\n", "\n")
    _write(team, person, path, with_part(raw, part, text), replace(said, body=with_part(said.body, part, text)))
    team.seen["notes edited"] += 1


def edit_front(team: Team) -> None:
    """Change the front matter in an editor, so that it stays in order."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    text = team.work[person.name][path].raw.decode().replace("\r\n", "\n")
    change = team.pick([_owner, _comment, _tags, _quotes, _renewed])
    text, said = change(team, text, said)
    _write(team, person, path, text, said)
    team.seen["front matters edited"] += 1


def _owner(team: Team, text: str, said: Said) -> tuple[str, Said]:
    owner = team.pick(["mira", "jonas", "ada"])
    said.front["owner"] = owner
    if re.search("(?m)^owner: ", text):
        return re.sub("(?m)^owner: .*$", f"owner: {owner}", text, count=1), said
    return text.replace("\nstatus:", f"\nowner: {owner}\nstatus:", 1), said


def _comment(team: Team, text: str, said: Said) -> tuple[str, Said]:
    comment = f"# {team.token('k')}"
    said = replace(said, comments=said.comments | {comment})
    key = team.pick(["status", "decisions"])
    return re.sub(f"(?m)^{key}:", f"{comment}\n{key}:", text, count=1), said


def _tags(team: Team, text: str, said: Said) -> tuple[str, Said]:
    tags = list(said.front.get("tags", []))
    tags.insert(team.draw(len(tags) + 1), team.token("t"))
    if len(tags) > 2 and team.chance(2):
        del tags[team.draw(len(tags))]
    said.front["tags"] = sorted(tags)
    line = f"tags: [{', '.join(tags)}]"
    if re.search("(?m)^tags: ", text):
        return re.sub("(?m)^tags: .*$", line, text, count=1), said
    return text.replace("\nstatus:", f"\n{line}\nstatus:", 1), said


def _quotes(_team: Team, text: str, said: Said) -> tuple[str, Said]:
    return re.sub(r'(?m)^name: "?([\w ]*\w)"?', r'name:   "\1"', text, count=1), said


def _renewed(_team: Team, _text: str, said: Said) -> tuple[str, Said]:
    return render(said).decode(), said


def _write(team: Team, person: Person, path: str, text: str, after: Said) -> None:
    raw = team.work[person.name][path].raw
    person.write(path, text.replace("\n", "\r\n" if b"\r\n" in raw else "\n").encode())
    team.expect(person, team.said(person) | {path: after})


def rename(team: Team) -> None:
    """Give a file another name."""
    person = team.person()
    chosen = chosen_contact(team, person)
    if chosen is None:
        return
    path, said = chosen
    new = f"contacts/{team.pick(['', 'north/'])}{said.uid}-{team.pick('xy')}.md"
    if new in team.work[person.name]:
        return
    person.git("add", "-A")
    person.git("mv", path, new)
    wanted = team.said(person)
    wanted[new] = wanted.pop(path)
    team.expect(person, wanted)
    team.seen["renames"] += 1


def delete(team: Team) -> None:
    """Delete a contact that was decided when it last was committed."""
    person = team.person()
    ended = [path for _, (path, card) in team.uids(person, "HEAD").items() if not is_undecided(card.said.front)]
    paths = [path for path in ended if path in team.work[person.name]]
    if not paths:
        return
    path = team.pick(sorted(paths))
    person.git("rm", "--quiet", "--force", path)
    wanted = team.said(person)
    team.deleted.add(wanted.pop(path).uid)
    team.expect(person, wanted)
    team.seen["deletions"] += 1
