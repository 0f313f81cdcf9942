"""The difference between two versions in Markdown, for a comment on a pull request or the summary of a workflow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crmtool.difference import Difference
from crmtool.difference.contact import ContactDifference
from crmtool.difference.rules import RulesDifference
from crmtool.formats import diff_words, judgement_words
from crmtool.formats import entry_words as words
from crmtool.formats.diff_words import Row
from crmtool.formats.markdown import escaped
from crmtool.rulebook import RuleBook

MOST = 60_000
"""How many characters there are at most; a comment on GitHub has room for 65,536, and who posts it may add a mark."""
_TABLE, _RULES, _UNJUDGED = 0.4, 0.2, 0.1
"""The shares of it that parts may take; the details of contacts get what is left."""
_MOST_OF_CELL, _MOST_OF_TEXT = 200, 500
_MOST_IN_CELL = 6


def render(found: Difference, most: int = MOST) -> str:
    """Render a first line that tells what was decided, a table of contacts, and the details folded below it.

    What does not fit into so many characters is left out whole, and it is told how much that is.
    """
    first, *others = diff_words.heads(found)
    above = [f"**{first[0].upper()}{first[1:]}**", "; ".join(others), _versions(found)]
    head = "\n\n".join(filter(None, above)) + "\n"
    contacts, rulebook = found.contacts, found.rulebook
    table = _part(_TABLE_HEAD, [_row(each, rulebook) for each in contacts], "", "contact", int(most * _TABLE))
    rules = _rules(found.rules, int(most * _RULES)) if found.rules else ""
    lines = [f"- {escaped(diff_words.unjudged(each), _MOST_OF_TEXT)}\n" for each in found.unjudged]
    unjudged = _part("\n**Not judged**\n\n", lines, "", "file", int(most * _UNJUDGED))
    room = most - sum(map(len, (head, table, rules, unjudged)))
    details = _part(_folded("Details"), [_details(each, rulebook) for each in contacts], _FOLD_END, "contact", room)
    return head + table + details + rules + unjudged


_TABLE_HEAD = "\n| Contact | Decided and clarified | Verdict | Distance |\n| --- | --- | --- | --- |\n"
_FOLD_END = "\n</details>\n"


def _versions(found: Difference) -> str:
    """Name what is compared; a commit's id is left whole, for the host to make a link of it."""
    compared = found.compared
    sides = zip(compared.names, (compared.base, compared.end), strict=True)
    names = (name if commit and commit.startswith(name) else escaped(name, _MOST_OF_CELL) for name, commit in sides)
    return f"{' → '.join(names)}, as of {found.day}"


def _folded(title: str) -> str:
    return f"\n<details>\n<summary>{title}</summary>\n"


def _part(head: str, items: Sequence[str], foot: str, what: str, room: int) -> str:
    """Put a part together of the items that fit into it; nothing where there are none at all."""
    if not items:
        return ""
    left = room - len(head) - len(foot) - len(_left_out(len(items), what))
    kept: list[str] = []
    for item in items:
        if len(item) <= left:
            kept.append(item)
            left -= len(item)
    missing = len(items) - len(kept)
    return head + "".join(kept) + (_left_out(missing, what) if missing else "") + foot


def _left_out(count: int, what: str) -> str:
    return f"\n{count} more {what}{'s' if count > 1 else ''} left out here; `crmtool diff` shows all\n"


def _row(found: ContactDifference, rulebook: RuleBook) -> str:
    cells = (
        escaped(found.contact.title, _MOST_OF_CELL),
        _told(found, rulebook),
        _change(found, diff_words.verdict(found.judged_before), diff_words.verdict(found.judged_after)),
        _change(found, diff_words.distance(found.judged_before), diff_words.distance(found.judged_after)),
    )
    return f"| {' | '.join(cells)} |\n"


def _told(found: ContactDifference, rulebook: RuleBook) -> str:
    told = list(_short(found, rulebook))
    more = f"; and {len(told) - _MOST_IN_CELL} more" if len(told) > _MOST_IN_CELL else ""
    return "; ".join(escaped(text, _MOST_OF_CELL) for text in told[:_MOST_IN_CELL]) + more


def _short(found: ContactDifference, rulebook: RuleBook) -> Iterable[str]:
    """Tell in few words what was decided and clarified; where nothing was, what else differs."""
    for logged in found.decided:
        left = f"{words.status(rulebook, logged.source)} → " if logged.source else ""
        mark = diff_words.decision_mark(logged)
        yield f"{mark.sign} {mark.word}: {left}{words.decided_for(logged.decision, rulebook)}"
    for past in found.past:
        yield f"{diff_words.past_word(past)}: {diff_words.entry_name(past.before, rulebook)}"
    for answer in found.clarified:
        yield f"{words.criterion(rulebook, answer.criterion)}: {'yes' if answer.met else 'no'}"
    if not (found.decided or found.past or found.clarified):
        yield from dict.fromkeys(row.lead for row in diff_words.other_rows(found) if row.lead not in _FIGURES)


_FIGURES = ("verdict", "distance", "clarity")


def _change(found: ContactDifference, before: str, after: str) -> str:
    return escaped(after if before == after or found.before is None else f"{before} → {after}")


def _details(found: ContactDifference, rulebook: RuleBook) -> str:
    contact = found.contact
    title = f"\n**{escaped(contact.title, _MOST_OF_CELL)}** ({escaped(contact.id, _MOST_OF_CELL)})\n\n"
    rows = (*diff_words.decided_rows(found, rulebook), *diff_words.other_rows(found))
    return title + "".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    lead = f"**{row.lead}**" if row.is_amiss else escaped(row.lead, _MOST_OF_CELL)
    return f"- {lead}: {escaped(row.text, _MOST_OF_TEXT)}\n"


def _rules(rules: RulesDifference, room: int) -> str:
    head = _folded(f"Rule book: {diff_words.rules_headline(rules)}")
    head += "\n" + "".join(_line(row) for row in diff_words.definitions(rules))
    items = [
        f"\n**{escaped(effect.contact.title, _MOST_OF_CELL)}** ({escaped(effect.contact.id, _MOST_OF_CELL)})\n\n"
        + "".join(_line(Row(lead=lead, text=text)) for lead, text in judgement_words.changes(effect))
        for effect in rules.affected
    ]
    return _part(head, items, _FOLD_END, "contact", room) if items else head + _FOLD_END
