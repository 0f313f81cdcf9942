"""answer-rewritten."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from crmtool.contact import Fields, folded
from crmtool.finding import Observation, Place
from crmtool.rewriting import Entry, Rewrite, compared, entries_of, rewrites
from crmtool.rules.base import ChangeRule, ChangeSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.joined import answers_of, with_joined
from crmtool.rules.rewritten import UNSEEN, answer_in_words, told, way_back
from crmtool.text import one_line
from crmtool.yaml_reader import Value

_LIKENESS = 0.6


def check(subject: ChangeSubject) -> Iterator[Observation]:
    """Report each answer of the version before that was removed, moved or changed without saying so."""
    for whose, place, before, now in with_joined(subject.before, subject.after):
        after = answers_of(now)
        for id, answers in answers_of(before).items():
            for rewrite in rewrites(entries_of(answers), entries_of(after.get(id))):
                yield Observation(
                    message=told(f"the answer to {one_line(id)} '{answer_in_words(rewrite.before)}'{whose}", rewrite),
                    hint=_hint(id, rewrite),
                    place=(*place, *_place(id, after, rewrite)),
                    on_key=rewrite.index is None,
                )


def without_misspelt(before: Fields, after: Fields, known: Collection[str], known_now: Collection[str]) -> Fields:
    """Give what a contact said before, without answers to what never was a criterion that now stand at one.

    All of them must stand there as they were, as answers that this criterion lacked, and it must be called alike. Each
    criterion takes those of one misspelt id. `known` are the criteria of both rule books, `known_now` those of the one
    that is checked.
    """
    old, now = answers_of(before), answers_of(after)
    misspelt = [id for id in old if id not in known]
    if not misspelt:
        return before
    free = {folded(id): id for id in known_now if id in now}
    left = dict(old)
    for id in misspelt:
        for near in get_close_matches(folded(id), free, cutoff=_LIKENESS):
            if not compared(entries_of(old[id]), _added(old.get(free[near]), now[free[near]])).changes:
                del left[id], free[near]
                break
    return {**before, "criteria": left}


def _added(before: Value, after: Value) -> list[Entry]:
    entries = entries_of(after)
    return [entries[j] for j in compared(entries_of(before), entries).added]


def _hint(id: str, rewrite: Rewrite) -> str:
    """Tell the way back; where another answer was written, most often something was learned: an entry of its own."""
    after = rewrite.after
    if after is None or answer_in_words(after) == answer_in_words(rewrite.before):
        return way_back(rewrite)
    old, new = (answer_in_words(entry).replace(" ", ": ", 1) for entry in (rewrite.before, after))
    return (
        f"if this is news, keep the old answer and add the new one: `{one_line(id)}: [{{{old}, …}}, {{{new}, …}}]`\n"
        f"if the old one was wrong: {way_back(rewrite)}"
    )


def _place(id: str, after: Mapping[str, Value], rewrite: Rewrite) -> Place:
    if rewrite.index is None or not isinstance(after.get(id), list):
        return ("criteria", id)
    return "criteria", id, rewrite.index


_FIT = "fit: {met: 2026-11-03, evidence: 85 people}"
_CONFLICT = "conflict: {not_met: 2026-11-03}"
_NEWER = "conflict: [{not_met: 2026-11-03}, {not_met: 2026-11-20, evidence: Asked again}]"
_MISSPELT = contact("fit:", "fti:")  # by a commit that nobody checked
_CHANGED = "conflict: [{not_met: 2026-11-02}, {not_met: 2026-11-20, evidence: Asked again}]"

RULE = ChangeRule(
    code="answer-rewritten",
    title="A past answer was rewritten",
    why="Decisions rest on the answers as they were known then. Whoever rewrites an answer changes what a decision "
    "rested on, and the log claims something that nobody knew.",
    remedy="Restore the entry, and write what is known now as another answer below it: `budget: [{met: 2026-10-28}, "
    "{not_met: 2026-11-12}]`. What was wrong from the start is corrected openly: change it and add `corrected: {date: "
    "2026-11-23, because: …}` to it. That a criterion has another id now is no rewriting, where its definition is the "
    "one that it was: reword it in a commit of its own. Nor is it one to give an answer to the criterion that was "
    f"meant, where it stood at an id that no rule book had: it stays the entry that it was. {UNSEEN}",
    valid=(
        Example(files=contact(_CONFLICT, _NEWER), base=contact()),
        Example(files=contact(_FIT, "fit:\n    - evidence: 85 people\n      met: 2026-11-03"), base=contact()),
        Example(
            files=contact("85 people", "80 people, corrected: {date: 2026-11-20, because: Two stands for one}"),
            base=contact(),
        ),
        Example(files=contact(), base=_MISSPELT),
    ),
    invalid=(
        Example(files=contact("85 people", "80 people"), base=contact(), at=(CONTACT_PATH, 5, 8)),
        Example(files=contact(_CONFLICT, _CHANGED), base=contact(_CONFLICT, _NEWER), at=(CONTACT_PATH, 6, 14)),
        Example(files=contact(), base=contact("conflict: {not_met:", "conflict: {met:"), at=(CONTACT_PATH, 6, 13)),
        Example(
            files=contact(),
            base=contact("  conflict:", "  budget: {met: 2026-11-01, evidence: 40 k}\n  conflict:"),
            at=(CONTACT_PATH, 4, 1),
        ),
    ),
    check=check,
)
