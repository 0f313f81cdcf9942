from __future__ import annotations

from crmtool.report.edition import edition, next_edition
from crmtool.report.links import Links
from tests.conftest import JANA
from tests.unit.report.conftest import lay_out

TEXTS = {name: JANA.replace("Jana", name) for name in ("ada", "bob", "eve")}


def test_the_next_edition_is_what_a_first_one_would_be_and_takes_over_what_is_the_same() -> None:
    before = lay_out(TEXTS, links=Links(focus="today"))
    changed = lay_out({"bob": JANA.replace("next_step:", "revisit: 2027-01-01\nnext_step:"), "new": JANA})
    contacts = {id: judged.contact for id, judged in before.by_id.items() if id != "eve"}
    contacts |= {id: judged.contact for id, judged in changed.by_id.items()}
    after = next_edition(before, contacts.values(), bodies={}, unjudged=["contacts/x.md"], flawed=["contacts/bob.md"])
    anew = edition(
        contacts.values(),
        before.rulebook,
        before.day,
        links=Links(focus="today"),
        unjudged=["contacts/x.md"],
        flawed=["contacts/bob.md"],
    )
    assert (after.assessments, after.unjudged, after.flawed) == (anew.assessments, anew.unjudged, anew.flawed)
    assert (after.links, after.bodies) == (anew.links, anew.bodies)
    assert after.language is before.language
    assert [id for id, judged in after.by_id.items() if judged is before.by_id.get(id)] == ["ada"]
