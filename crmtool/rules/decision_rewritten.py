"""decision-rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rewriting import entries_of, rewrites
from crmtool.rules.base import ChangeRule, ChangeSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.joined import with_joined
from crmtool.rules.rewritten import UNSEEN, told, way_back
from crmtool.text import one_line


def check(subject: ChangeSubject) -> Iterator[Observation]:
    """Report each decision of the version before that was removed, moved or changed without saying so."""
    for whose, place, before, after in with_joined(subject.before, subject.after):
        for rewrite in rewrites(*(entries_of(fields.get("decisions")) for fields in (before, after))):
            date, to = (one_line(str(rewrite.before.get(key))) for key in ("date", "to"))
            yield Observation(
                message=told(f"the decision of {date} to {to}{whose}", rewrite),
                hint=way_back(rewrite),
                place=(*place, "decisions") if rewrite.index is None else (*place, "decisions", rewrite.index),
                on_key=rewrite.index is None,
            )


_BECAUSE = ("because: Fits the profile}", "because: Fits well}")
_CORRECTED = "because: Fits well, corrected: {date: 2026-11-20, because: A typing mistake}}"
_FIRST = "  - {date: 2026-10-20, to: new, because: Recommended by a customer}\n"
_SECOND = "  - {date: 2026-11-05, to: clarifying, because: Fits the profile}\n"

RULE = ChangeRule(
    code="decision-rewritten",
    title="A past decision was rewritten",
    why="The log tells what was decided and why, as it was seen then. If it can be smoothed afterwards, nobody learns "
    "from it, and no figure about the past can be trusted.",
    remedy="Restore the entry. What was wrong is corrected openly: change it and add `corrected: {date: 2026-11-23, "
    "because: …}` to it. A new turn is a new decision at the end of the log. That a status or reason has another id "
    "now is no rewriting, where its definition is the one that it was: reword it in a commit of its own. Contacts that "
    f"were joined by mistake are parted by undoing all of it in one commit: `git revert COMMIT`. {UNSEEN}",
    valid=(
        Example(files=contact(), base=contact()),
        Example(files=contact(), base=contact(_SECOND, "")),
        Example(files=contact("because: Fits the profile}", _CORRECTED), base=contact()),
        Example(files=contact("Notes.", "Other notes."), base=contact()),
    ),
    invalid=(
        Example(files=contact(*_BECAUSE), base=contact(), at=(CONTACT_PATH, 9, 5)),
        Example(
            files=contact(),
            base=contact(_FIRST, "  - {date: 2026-10-02, to: new, because: Met at a fair}\n" + _FIRST),
            at=(CONTACT_PATH, 7, 1),
        ),
        Example(files=contact(), base=contact(_FIRST + _SECOND, _SECOND + _FIRST), at=(CONTACT_PATH, 9, 5)),
    ),
    check=check,
)
