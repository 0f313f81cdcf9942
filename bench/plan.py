"""Which jobs a run has, by the names that `--only` takes, and what must be made ready for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import floor_jobs, own_jobs
from bench.ground import Ground
from bench.job import Job, Skipped
from bench.peers import builders, checkers
from bench.peers.workshop import MissingError, Workshop

BROWSE, SERVE, EDIT = "browse", "serve", "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The names that were asked for; none means all."""

    names: frozenset[str]

    def takes(self, *names: str) -> bool:
        """Tell whether one of these is to be measured."""
        return not self.names or not self.names.isdisjoint(names)

    def of(self, jobs: Sequence[Job]) -> list[Job]:
        """Leave out what was not asked for."""
        return [job for job in jobs if self.takes(job.name)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program measured beside crmtool: the names of its jobs, and what makes them."""

    names: tuple[str, ...]
    make: Callable[[Ground, Workshop], list[Job]]
    installs: bool = False


PEERS = (
    Peer(names=("check-jsonschema-one", "check-jsonschema-all"), make=checkers.check_jsonschema),
    Peer(names=("remark-one", "remark-some"), make=checkers.remark, installs=True),
    Peer(names=("doorstop",), make=checkers.doorstop, installs=True),
    Peer(names=("mkdocs",), make=builders.mkdocs),
    Peer(names=("zensical",), make=builders.zensical, installs=True),
    Peer(names=("hugo",), make=builders.hugo, installs=True),
)
HOOK = ("hook", "commit", "commit-bare")
SITE = ("site-cold", "site-changed", "site-rule")
OWN = ("check-cold", "check-warm", "check-changed", "why", "focus", "range", *HOOK, *SITE, BROWSE, SERVE, EDIT)
FLOORS = ("python", "imports", "reading", "yaml", "frontmatter", "git-status", "git-log")
NAMES = (*OWN, *FLOORS, *(name for peer in PEERS for name in peer.names))


def main_jobs(ground: Ground, choice: Choice) -> list[Job]:
    """Give the jobs of crmtool and its floors, for the size that the table is about."""
    floors = [*floor_jobs.starting_jobs(ground), *floor_jobs.reading_floors(ground), floor_jobs.git_log(ground)]
    jobs = [*floors, *own_jobs.reading_jobs(ground), own_jobs.range_job(ground)]
    if choice.takes(*HOOK):
        jobs += own_jobs.hook_jobs(ground.copy("hook"))
    return choice.of(jobs)


def peer_jobs(site: Ground, shop: Workshop, choice: Choice, *, quick: bool) -> tuple[list[Job], list[Skipped]]:
    """Give the jobs of the peers that can be had; `site` is where Hugo's pages are built."""
    jobs: list[Job] = []
    skipped: list[Skipped] = []
    for peer in PEERS:
        if not choice.takes(*peer.names) or (quick and peer.installs):
            continue
        try:
            jobs += choice.of(peer.make(site, shop))
        except MissingError as missing:
            skipped.append(Skipped(name=peer.names[0], reason=str(missing)))
    return jobs, skipped


def growth_jobs(ground: Ground, choice: Choice) -> list[Job]:
    """Give the jobs that are measured at the other sizes too."""
    kept = ("yaml", "git-status", "check-cold", "check-warm", "check-changed", "why", "focus")
    jobs = [*floor_jobs.reading_floors(ground), *own_jobs.reading_jobs(ground)]
    return [job for job in choice.of(jobs) if job.name in kept]
