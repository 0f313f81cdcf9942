from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.mutants.telling import Mutant, file_of, function_of, mutant_of, read_known, table

NAME = "crmtool.merge.merging.xǁ_Mergeǁ_body__mutmut_3"
DIFF = """\
# crmtool.merge.merging.xǁ_Mergeǁ_body__mutmut_3: survived
--- crmtool/merge/merging.py
+++ crmtool/merge/merging.py
@@ -1,3 +1,3 @@
     def _body(self) -> str:
-        return self.body
+        return None
"""
MUTANT = Mutant(
    path="crmtool/merge/merging.py", function="_Merge._body", change=("- return self.body", "+ return None")
)
WRITTEN = (
    "# why\n\ncrmtool/merge/merging.py _Merge._body\n- return self.body\n+ return None\nwhy: it is never asked for\n"
)


def test_a_mutant_is_known_by_what_it_changes() -> None:
    assert mutant_of(NAME, DIFF) == MUTANT
    assert read_known(WRITTEN) == {MUTANT: "it is never asked for"}
    assert file_of(NAME) == MUTANT.path
    assert function_of("crmtool.conditions.x__parse__mutmut_12") == "_parse"


@pytest.mark.parametrize("written", ["crmtool/a.py f\nwhy: x\n", "crmtool/a.py f\n- a\n+ b\n"])
def test_a_mutant_needs_a_change_and_a_reason(written: str) -> None:
    with pytest.raises(ValueError, match=r"crmtool/a\.py f: a change and then a line 'why: …' are missing"):
        read_known(written)


def test_what_became_of_the_mutants_is_counted() -> None:
    results = {"a.x_f__mutmut_1": "killed", "a.x_f__mutmut_2": "survived", "b.c.x_g__mutmut_1": "survived"}
    results |= {"b.c.x_g__mutmut_2": "no tests", "b.c.x_g__mutmut_3": "not checked", "a.x_f__mutmut_3": "segfault"}
    lines = [line.split() for line in table(results, ["b.c.x_g__mutmut_1"]).splitlines()]
    assert lines == [
        ["mutants", "killed", "timeout", "explained", "survived", "no", "tests", "other"],
        ["a.py", "3", "1", "0", "0", "1", "0", "1"],
        ["b/c.py", "2", "0", "0", "1", "0", "1", "0"],
        ["all", "5", "1", "0", "1", "1", "1", "1"],
    ]


def test_what_known_mutants_take_out_still_stands_in_the_code() -> None:
    for mutant in read_known((ROOT / "tests" / "mutants" / "known.txt").read_text("utf-8")):
        lines = {line.strip() for line in (ROOT / mutant.path).read_text("utf-8").splitlines()}
        assert {line[2:] for line in mutant.change if line.startswith("- ")} <= lines, str(mutant)
