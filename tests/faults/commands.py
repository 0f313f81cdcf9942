"""Every command, run one after the other in one process: as a program, it tells as JSON how each of them ended."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from crmtool.cli import main
from crmtool.cli.utf8 import ensure_utf8

LOOKING = (
    ["check"], ["check", "--staged"], ["check", "--format", "github"], ["check", "--format", "junit"],
    ["check", "--range", "HEAD~1..HEAD"], ["focus"], ["why", "jana-köhler"], ["board"], ["list"],
    ["list", "--format", "csv"],
    ["log"], ["progress", "--since", "1y"], ["diff", "HEAD~1..HEAD"], ["diff", "--format", "markdown"],
    ["blame", "jana-köhler"], ["rules", "check"], ["rules", "graph"], ["rules", "impact", "HEAD"], ["retention"],
    ["subject", "jana-köhler"], ["export"], ["export", "--format", "csv"], ["export", "--format", "excel"],
    ["export", "--format", "vcard"], ["export", "--format", "ics", "--names"], ["export", "--format", "atom"],
    ["export", "-o", "out.sqlite"], ["explain", "criteria-missing"], ["completion", "bash"], ["--help"],
)  # fmt: skip
CHANGING = (
    ["new", "Ïvan Üst", "--because", "Fällt auf"],
    ["answer", "Ïvan", "fit", "met", "--evidence", "Größe paßt – „ja“"],
    ["next", "Ïvan", "--do", "Übers Büro", "--clarifies", "conflict", "--due", "7d"],
    ["block", "Ïvan", "--by", "Öffnung"],
    ["unblock", "Ïvan"],
    ["correct", "Ïvan", "fit", "--because", "Verzählt", "--set", "evidence=Größer"],
    ["stop", "Ïvan", "no_fit", "Paßt nicht", "--commit"],
    ["import", "leads.csv"],
    ["merge-contacts", "jana-köhler", "zwilling"],
    ["hook", "install"],
    ["hook", "uninstall"],
)


def _run(commands: list[list[str]]) -> dict[str, int]:
    ended: dict[str, int] = {}
    for command in commands:
        try:
            main(command)
        except SystemExit as end:
            ended[" ".join(command)] = end.code if isinstance(end.code, int) else 0
    return ended


if __name__ == "__main__":
    ensure_utf8()
    told = Path(sys.argv[1])
    os.chdir(sys.argv[2])
    told.write_text(json.dumps(_run(json.loads(sys.argv[3])), ensure_ascii=False), "utf-8")
