# SPDX-License-Identifier: Apache-2.0
"""The table of tests/README.md: it has every row of tests/faults/rows, each with its bar and a script that can be run."""

import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "tests" / "faults"
NO_ROWS = {"prove"}


def list_rows():
    return subprocess.run([FAULTS / "prove", "--list"], check=True, capture_output=True, text=True).stdout.split()


class Rows(unittest.TestCase):
    def test_every_row_has_a_script(self):
        self.assertGreater(len(list_rows()), 5)
        for row in list_rows():
            self.assertTrue(os.access(FAULTS / row, os.X_OK), f"tests/faults/{row} is missing or cannot be run")

    def test_every_script_is_a_row(self):
        for path in FAULTS.iterdir():
            if path.is_file() and path.open("rb").read(2) == b"#!" and path.name not in NO_ROWS:
                self.assertIn(path.name, list_rows())

    def test_the_table_has_every_row_and_bar(self):
        lines = (ROOT / "tests" / "README.md").read_text(encoding="utf-8").splitlines()
        bars = dict(line.split(": ", 1) for line in (FAULTS / "rows").read_text(encoding="utf-8").splitlines()
                    if not line.startswith("#"))
        begin, end = lines.index("<!-- rows: written by tools/check --record -->"), lines.index("<!-- end of rows -->")
        table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[begin + 3:end]]
        self.assertEqual([(line[0], line[1]) for line in table],
                         [(row.replace("_", "-"), bar) for row, bar in bars.items()])
        for claim, _, result, *when in table:
            self.assertTrue(result, f"{claim} has neither a result nor 'not yet recorded'")
            self.assertEqual(result != "not yet recorded", all(when), f"{claim} does not say when it was recorded")


if __name__ == "__main__":
    unittest.main()
