from __future__ import annotations

import json

from crmtool.formats.as_json import render
from tests.cli.test_output_schema import validate
from tests.unit.formats.hostile import COMMIT, everything_hostile, finding, result


def test_a_finding_of_one_commit_of_a_range_names_it_in_full() -> None:
    one, other = json.loads(render(result(finding(commit=COMMIT), finding())))["findings"]
    assert one == {**other, "commit": COMMIT}


def test_every_finding_fits_the_schema() -> None:
    validate("check", render(everything_hostile()))
    validate("check", render(result(finding(commit=COMMIT + "0" * 24))))
