"""The parts of a run: the table of one size, the server, and the growth over sizes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench import browsing, editing, own_jobs, serving
from bench.ground import Ground, make_ground
from bench.job import Series, Skipped
from bench.peers.workshop import Workshop
from bench.plan import BROWSE, EDIT, HOOK, SERVE, SITE, Choice, growth_jobs, main_jobs, peer_jobs
from bench.rounds import Budget, take_turns, tell

LARGE = 20_000  # contacts; from there on, only what there is time for
CHECKS = 8  # so many times as long as a check with nothing cached takes it to make a size and go through its jobs once
BUILDS = 3  # likewise, of the builds of a site


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How much is measured: rounds, edits while serving, and until when."""

    runs: int
    edits: int
    choice: Choice
    budget: Budget
    quick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What has been measured so far."""

    series: list[Series] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, measured: tuple[list[Series], list[Skipped]]) -> None:
        """Add what some rounds gave."""
        self.series.extend(measured[0])
        self.skipped.extend(measured[1])

    def expected(self, name: str, contacts: int) -> float:
        """Give the seconds that a job should take on so many contacts, as the largest size so far tells."""
        known = [one for one in self.series if one.name == name]
        nearest = max(known, key=lambda one: one.contacts, default=None)
        return nearest.wall / nearest.contacts * contacts if nearest else 0.0


def measure_main(ground: Ground, shop: Workshop, options: Options, found: Found) -> None:
    """Measure everything on one size, all jobs taking turns, and then the server."""
    choice = options.choice
    site = ground.copy("site") if choice.takes(*SITE, BROWSE, SERVE, "hugo") else ground
    jobs = main_jobs(ground, choice) + choice.of(own_jobs.site_jobs(site))
    # The peers that need a built site come after those that build it.
    peers, skipped = peer_jobs(site, shop, choice, quick=options.quick)
    found.skipped.extend(skipped)
    found.add(take_turns([*jobs, *peers], ground.contacts, options.runs, options.budget))
    if choice.takes("site-changed"):
        found.notes.append(_what_an_edit_writes(site))
    if choice.takes(EDIT):
        tell(f"{ground.contacts} contacts: lsp, {options.edits} keystrokes")
        found.series.extend(editing.edit(ground, options.edits).series(ground.contacts))
    if choice.takes(BROWSE):
        found.add(browsing.browse(own_jobs.build_site(site), ground.contacts, options.runs))
    if choice.takes(SERVE):
        tell(f"{ground.contacts} contacts: site serve, {options.edits} edits")
        served = serving.serve(site, options.edits, options.budget)
        found.series.extend(served.series(ground.contacts))
        found.notes.extend(_memory_told(served))


def measure_growth(base: Path, contacts: int, options: Options, found: Found) -> None:
    """Measure another size, unless what the main one took tells that there is no time for it."""
    if _too_long("check-cold", contacts, CHECKS * found.expected("check-cold", contacts), options, found):
        return
    tell(f"{contacts} contacts: making them")
    ground = make_ground(base, contacts)
    runs = options.runs if contacts < LARGE else min(options.runs, 3)
    found.add(take_turns(growth_jobs(ground, options.choice), contacts, runs, options.budget))
    if options.choice.takes(*HOOK):
        jobs = [job for job in options.choice.of(own_jobs.hook_jobs(ground)) if job.name == "hook"]
        found.add(take_turns(jobs, contacts, runs, options.budget))
    if options.choice.takes(*SITE, BROWSE):
        _measure_site(ground, runs, options, found)
    shutil.rmtree(ground.root)


def _measure_site(ground: Ground, runs: int, options: Options, found: Found) -> None:
    """Build a size's site, unless what smaller ones took tells that there is no time for it."""
    if _too_long("site-cold", ground.contacts, BUILDS * found.expected("site-cold", ground.contacts), options, found):
        return
    found.add(take_turns(options.choice.of(own_jobs.site_jobs(ground)), ground.contacts, runs, options.budget))
    if options.choice.takes(BROWSE):
        found.add(browsing.browse(own_jobs.build_site(ground), ground.contacts, runs))


def _too_long(name: str, contacts: int, expected: float, options: Options, found: Found) -> bool:
    """Tell whether a large size takes longer than there is time, and if so, that it is skipped."""
    if contacts < LARGE or expected < options.budget.left:
        return False
    reason = (
        f"{contacts:,} contacts would take about {expected:.0f} s, and {max(options.budget.left, 0):.0f} s are left"
    )
    found.skipped.append(Skipped(name=name, reason=reason))
    return True


def _what_an_edit_writes(site: Ground) -> str:
    built = own_jobs.build_site(site)
    before = _written(built)
    site.edits.make()
    site.crmtool("site", "build").run()
    after = _written(built)
    changed = sum(1 for file, when in after.items() if before.get(file) != when)
    return f"`site build` after one edit wrote {changed:,} of {len(after):,} files."


def _written(folder: Path) -> dict[Path, tuple[int, int]]:
    """Tell of each file which one it is and when it was written."""
    files = ((file, file.stat()) for file in folder.rglob("*") if file.is_file())
    return {file: (told.st_mtime_ns, told.st_size) for file, told in files}


def _memory_told(served: serving.Served) -> list[str]:
    return [
        f"`site serve` held {held / (1 << 20):.0f} MiB after {edits:,} edits."
        for edits, held in served.memory.items()
        if held
    ]
