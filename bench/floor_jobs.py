"""What crmtool stands on, and so cannot be faster than: Python's start, reading, PyYAML, Git."""

from __future__ import annotations

from pathlib import Path

from bench.ground import PYTHON, Ground
from bench.job import Job
from bench.measuring import Command, command

SCRIPTS = Path(__file__).with_name("scripts")


def starting_jobs(ground: Ground) -> list[Job]:
    """Give the starts of the interpreter, bare and with what each command needs."""
    return [
        Job(name="python", title="python -c pass", command=_python(ground, "-c", "pass")),
        Job(
            name="imports", title='python -c "import click, yaml"', command=_python(ground, "-c", "import click, yaml")
        ),
    ]


def reading_floors(ground: Ground) -> list[Job]:
    """Give what reading all contacts costs at least, each thing alone."""
    return [
        Job(name="reading", title="reading the bytes", command=_script(ground, "reading.py")),
        Job(name="yaml", title="yaml.load with CSafeLoader, alone", command=_script(ground, "yaml_alone.py")),
        Job(name="frontmatter", title="frontmatter.load, alone", command=_script(ground, "front_matter.py")),
        Job(name="git-status", title="git status", command=ground.git("status", "--porcelain")),
    ]


def git_log(ground: Ground) -> Job:
    """Give the listing of what the last commits changed."""
    log = ground.git("log", "--raw", "--format=%H", ground.last_commits)
    return Job(name="git-log", title="git log --raw of the same commits", command=log)


def _python(ground: Ground, *arguments: str) -> Command:
    return command(PYTHON, *arguments, cwd=ground.root, env=ground.environment())


def _script(ground: Ground, name: str) -> Command:
    return command(PYTHON, SCRIPTS / name, "contacts", cwd=ground.root, env=ground.environment(), tells=True)
