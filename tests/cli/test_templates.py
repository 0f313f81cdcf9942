"""The rule books that `crmtool init --template` writes: sound, and such that one can live by them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.app.templates import LANGUAGES, TEMPLATES, files
from crmtool.cli import cli
from crmtool.rulebook import Kind, RuleBook
from tests.building import assessed, contact, day, rulebook_of
from tests.conftest import TODAY, crmtool

BOTH = list(product(TEMPLATES, LANGUAGES))
START = day(TODAY)
ATTESTED = {"evidence": "They wrote so", "attested_by": "counterparty"}

# What two contacts live through, a day for each word: `fit` is answered with yes, `-conflict` with no, `>qualify`
# decided.
LIVES = {
    "sales": (
        "fit -conflict >qualify pain buyer budget >mature deadline >agree",
        "fit -conflict >qualify pain buyer budget >mature -budget >recycle >park deadline >resume >stop fit >reopen",
    ),
    "hiring": (
        "must_haves -ruled_out >shortlist work_sample two_yes motive >choose terms opening >offer accepted >hire",
        "must_haves -ruled_out >shortlist vouched two_yes motive >choose terms opening >offer -opening >renegotiate "
        "-two_yes >doubt consent >keep opening >resume >close two_yes >reopen",
    ),
    "investors": (
        "mandate -conflict >explore partner doubts money >sponsor ticket process >price lead founders acceptable vote "
        ">commit",
        "mandate -conflict >explore partner doubts money >sponsor ticket process >price -ticket >reprice "
        "-partner >cool >park money >resume >stop partner >reopen",
    ),
    "partnerships": (
        "overlap -rival >explore their_gain our_gain their_owner our_owner first_case >commit joint_sale >prove "
        "rules signer >sign",
        "overlap -rival >explore their_gain our_gain their_owner our_owner first_case >commit -their_owner >rethink "
        ">park their_owner >resume >stop overlap >reopen",
    ),
}


def run(root: Path, on: int, *arguments: str) -> str:
    """Run a command so many days after the first one; it must succeed."""
    today = (START + timedelta(days=on)).isoformat()
    done = CliRunner().invoke(cli, ["-C", str(root), "--today", today, *arguments])
    assert done.exit_code == 0, (arguments, done.exception or done.output)
    return done.stdout


def book_of(template: str, language: str) -> RuleBook:
    return rulebook_of(files(template, language, START)["criteria.yaml"])


@pytest.fixture(params=BOTH, ids="-".join)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str, str]:
    template, language = request.param
    run(tmp_path, 0, "init", str(tmp_path / "made"), "--template", template, "--language", language)
    return tmp_path / "made", template, language


def test_a_template_is_sound_and_shows_a_contact_in_the_middle(made: tuple[Path, str, str]) -> None:
    root, template, language = made
    assert run(root, 0, "rules", "check", "--strict") == ""
    assert run(root, 0, "check", "--strict") == ""
    # Later there is something to warn of, and never an error.
    run(root, 700, "check")
    (shown,) = json.loads(run(root, 0, "focus", "--format", "json"))["contacts"]
    assert (shown["verdict"], shown["prequalified"]) == ("clarify", template != "sales")
    assert shown["next_step"]["clarifies"] in str(shown["missing"])
    book = (root / "criteria.yaml").read_text("utf-8")
    assert f"language: {language} " in book
    assert {"en": "keep the repository private", "de": "Repository bleibt privat"}[language] in book
    assert "`crmtool retention`" in book


@pytest.mark.parametrize("life", [0, 1], ids=["won", "and back"])
def test_one_can_live_by_it(made: tuple[Path, str, str], life: int) -> None:
    root, template, language = made
    book = book_of(template, language)
    run(root, 0, "new", "Ada Test", "--id", "test/ada", "--because", "Worth a look")
    words = LIVES[template][life].split()
    for on, word in enumerate(words, start=1):
        if word.startswith(">"):
            run(root, on, "decide", "test/ada", word[1:], "--because", "Clear by now", *_asked(book, word[1:]))
            if book.statuses[book.transitions[word[1:]].target].kind in (Kind.ACTIVE, Kind.HOLD):
                run(root, on, "stop", "test/ada", "our_no", "Something else matters more", "--dry-run")
        else:
            told = ("not-met" if word.startswith("-") else "met", "--evidence", "They wrote so")
            run(root, on, "answer", "test/ada", word.lstrip("-"), *told, "--attested-by", "counterparty")
    run(root, len(words), "check", "contacts/test/ada.md")
    last = json.loads(run(root, len(words), "why", "test/ada", "--format", "json"))["status"]
    assert (book.statuses[last].kind is Kind.WON) == (life == 0)


def _asked(book: RuleBook, id: str) -> Iterator[str]:
    """Give the options that a transition demands."""
    transition = book.transitions[id]
    status = book.statuses[transition.target]
    if status.kind is Kind.HOLD:
        yield from ("--revisit", "3m")
    if transition.four_eyes:
        yield from ("--by", "ida", "--confirmed-by", "noa")
    if status.reasons:
        yield from ("--reason", next(iter(status.reasons)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_way_is_gone(template: str) -> None:
    gone = {word[1:] for life in LIVES[template] for word in life.split() if word.startswith(">")}
    entry = {id for id, transition in book_of(template, "en").transitions.items() if not transition.sources}
    assert gone | entry == set(book_of(template, "en").transitions)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_decision_can_be_taken_with_an_answer_less(template: str) -> None:
    """What is asked on the way to a win decides."""
    book = book_of(template, "en")
    taken = [(TODAY, next(iter(book.statuses)))]
    known: dict[str, Any] = {}
    fresh: dict[str, Any] = {}
    for word in LIVES[template][0].split():
        if not word.startswith(">"):
            fresh[word.lstrip("-")] = {("not_met" if word.startswith("-") else "met"): TODAY, **ATTESTED}
            continue
        for left_out in fresh:
            answers = {id: answer for id, answer in (known | fresh).items() if id != left_out}
            found = assessed(contact(*taken, criteria=answers), book, TODAY)
            (outlook,) = (outlook for outlook in found.outlooks if outlook.transition == word[1:])
            assert left_out in {criterion.id for condition in outlook.missing for criterion in condition.criteria}
        taken.append((TODAY, book.transitions[word[1:]].target))
        known, fresh = known | fresh, {}
    assert book.statuses[taken[-1][1]].kind is Kind.WON


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_languages_differ_only_in_words(template: str) -> None:
    english, german = (_skeleton(_values(template, language)) for language in ("en", "de"))
    assert english == german


def _values(template: str, language: str) -> Any:
    import yaml

    book = yaml.safe_load(files(template, language, START)["criteria.yaml"])
    return {**book, "reasons": {status: list(reasons) for status, reasons in book["reasons"].items()}}


def _skeleton(value: Any) -> Any:
    if isinstance(value, dict):
        words = {"label", "meaning", "asks", "question", "because", "name", "language", "since"}
        return {key: _skeleton(inner) for key, inner in value.items() if key not in words}
    return value


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_text_was_left_untranslated(template: str) -> None:
    english, german = (files(template, language, START) for language in ("en", "de"))
    books = [{line.strip() for line in text["criteria.yaml"].splitlines()} for text in (english, german)]
    assert not [line for line in books[0] & books[1] if re.search('[#"]|label', line) and len(line.split()) > 1]
    examples = ["".join(text for path, text in texts.items() if path.endswith(".md")) for texts in (english, german)]
    assert examples[0] != examples[1]
    for text in (german["criteria.yaml"], examples[1]):
        assert not re.search(r"\b(the|and|does|with|have|they|who|open whether)\b", re.sub("`[^`]*`", "", text))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_keeps_to_what_makes_a_rule_book_good(template: str) -> None:
    book = book_of(template, "en")
    active = [status for status in book.statuses.values() if status.kind is Kind.ACTIVE]
    assert len(active) <= 5
    assert all(book.covering(status.id) or status is active[0] for status in active)
    assert {"no_decision", "our_no"} <= {reason for status in book.statuses.values() for reason in status.reasons}
    assert all(status.reasons for status in book.statuses.values() if status.kind in (Kind.HOLD, Kind.ENDED))
    assert any(criterion.knockout for criterion in book.criteria.values())
    assert any(criterion.valid_for for criterion in book.criteria.values())


def test_a_template_is_for_a_new_workspace(tmp_path: Path) -> None:
    assert crmtool("init", "--template", "hiring", cwd=tmp_path).status == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for more in (["--ci", "github"], ["--schemas"]):
        refused = crmtool("init", "--template", "sales", *more, cwd=tmp_path)
        assert (refused.status, refused.out) == (2, "")
        assert "--template is for a new workspace" in refused.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    unknown = crmtool("init", "other", "--template", "hire", cwd=tmp_path)
    assert unknown.status == 2
    assert "'sales', 'hiring', 'investors', 'partnerships'" in unknown.err


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("today", ["0001-01-03", "2028-02-29", "9999-12-31"])
def test_the_calendar_may_end(tmp_path: Path, template: str, today: str) -> None:
    for command in (["init", "--template", template], ["check"], ["focus"]):
        done = CliRunner().invoke(cli, ["-C", str(tmp_path), "--today", today, *command])
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize("template", TEMPLATES[1:])
def test_the_site_is_built(tmp_path: Path, template: str) -> None:
    run(tmp_path, 0, "init", "--template", template, "--language", "de")
    built = crmtool("site", "build", "--strict", "--today", TODAY, cwd=tmp_path)
    assert built.status == 0, built.err
    assert (tmp_path / "site/public/round.html").exists()
