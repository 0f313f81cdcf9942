"""What of crmtool is measured. All calls are those a user makes; what stands in the cache is said of each."""

from __future__ import annotations

import shutil
from functools import cache, partial
from pathlib import Path

from bench.ground import Ground, change_rule, stage
from bench.job import Job
from bench.making.repository import single_commits
from bench.measuring import Command

PUBLIC = Path("site", "public")


def reading_jobs(ground: Ground) -> list[Job]:
    """Give the jobs that read a workspace; only `check` after one change writes, and takes it back."""
    who = ground.edits.paths[0].removeprefix("contacts/").removesuffix(".md")
    return [
        Job(
            name="check-cold",
            title="check, nothing cached",
            command=ground.crmtool("check", cache="cold"),
            prepare=partial(shutil.rmtree, ground.cache("cold"), ignore_errors=True),
            against=("yaml",),
        ),
        _warm("check-warm", "check, nothing changed", ground.crmtool("check", cache="warm"), "git-status"),
        Job(
            name="check-changed",
            title="check, one contact changed",
            command=ground.crmtool("check", cache="changed"),
            prepare=lambda: _change_one(ground),
            restore=ground.edits.undo,
            against=("git-status",),
        ),
        _warm("why", "why CONTACT", ground.crmtool("why", who), "imports"),
        _warm("focus", "focus", ground.crmtool("focus"), "yaml"),
    ]


def range_job(ground: Ground) -> Job:
    """Give the check of the last commits, each of one contact, with nothing cached."""
    return Job(
        name="range",
        title=f"check --range, last {single_commits(ground.contacts):,} commits",
        command=ground.crmtool("check", "--range", ground.last_commits, cache="range"),
        prepare=partial(shutil.rmtree, ground.cache("range"), ignore_errors=True),
        against=("git-log",),
    )


def hook_jobs(ground: Ground) -> list[Job]:
    """Give the jobs of committing one changed contact, in a workspace whose hook they install."""
    ground.crmtool("hook", "install").run()
    committing, prepare = ("commit", "--quiet", "--message=One answer"), partial(stage, ground)
    return [
        Job(
            name="hook",
            title="check --staged, one contact",
            command=ground.crmtool("check", "--staged"),
            prepare=prepare,
            against=("imports", "check-jsonschema-one"),
        ),
        Job(
            name="commit",
            title="git commit with the hook",
            command=ground.git(*committing),
            prepare=prepare,
            against=("commit-bare",),
        ),
        Job(
            name="commit-bare",
            title="git commit without it",
            command=ground.git(*committing, "--no-verify"),
            prepare=prepare,
        ),
    ]


def site_jobs(ground: Ground) -> list[Job]:
    """Give the builds of the site, each of which leaves what the next begins with."""
    return [
        Job(
            name="site-cold",
            title="site build, nothing built or cached",
            command=ground.crmtool("site", "build"),
            prepare=lambda: _clear(ground),
            against=("hugo", "mkdocs"),
        ),
        Job(
            name="site-changed",
            title="site build, one contact changed",
            command=ground.crmtool("site", "build"),
            prepare=lambda: _edit_built(ground),
            against=("site-cold",),
        ),
        Job(
            name="site-rule",
            title="site build, one rule changed",
            command=ground.crmtool("site", "build"),
            prepare=lambda: _change_rule_of_built(ground),
            against=("site-cold",),
        ),
    ]


def build_site(ground: Ground) -> Path:
    """Give the folder of the built site, building it unless it is there."""
    if not (ground.root / PUBLIC / "index.html").exists():
        ground.crmtool("site", "build").run()
    return ground.root / PUBLIC


def _warm(name: str, title: str, call: Command, against: str) -> Job:
    """Give a job that finds in the cache what one run before all others left there."""
    return Job(name=name, title=title, command=call, prepare=cache(call.run), against=(against,))


def _change_one(ground: Ground) -> None:
    """Change a contact, another one than the last time; before the first, have all of them checked."""
    if not ground.cache("changed").exists():
        ground.crmtool("check", cache="changed").run()
    ground.edits.make()


def _clear(ground: Ground) -> None:
    shutil.rmtree(ground.root / PUBLIC, ignore_errors=True)
    shutil.rmtree(ground.cache("shared"), ignore_errors=True)


def _edit_built(ground: Ground) -> None:
    build_site(ground)
    ground.edits.make()


def _change_rule_of_built(ground: Ground) -> None:
    build_site(ground)
    change_rule(ground.root)
