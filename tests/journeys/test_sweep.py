# SPDX-License-Identifier: Apache-2.0
"""A sweep from the command line to its comparison: every point is the run that --set would give."""

import json
import unittest

from journey import Journey

SWEEP = ("--sweep", "strategies.early.delay_days=0..90/2", "--sweep", "outcomes.win.probability=0.2,0.3")


class Sweep(Journey):
    def compare_json(self, name, *arguments):
        return json.loads(self.succeed("compare", name, "--json", *arguments).stdout)

    def test_points_are_the_runs_with_their_values_set(self):
        self.succeed("run", "small.toml", *SWEEP, "-o", "swept.h5", "-q")
        points = self.compare_json("swept.h5")["points"]
        self.assertEqual([list(point["values"].values()) for point in points], [[0, 0.2], [0, 0.3], [90, 0.2], [90, 0.3]])
        for point in points:
            sets = [word for key, value in point["values"].items() for word in ("--set", f"{key}={value}")]
            self.succeed("run", "small.toml", *sets, "-o", "alone.h5", "-q", "--force")
            alone = self.compare_json("alone.h5")
            for of_file in ("published", "stopping"):
                alone.pop(of_file, None)
            self.assertEqual(point["comparison"], alone)

    def test_what_is_shown(self):
        shown = self.succeed("run", "small.toml", *SWEEP, "-o", "swept.h5", "-q").stdout
        self.assertIn("net_value at 4 points. Varied: strategies.early.delay_days from 0 to 90,", shown)
        self.assertIn("for all points at once)", shown.replace("\n", " "))
        self.assertEqual(self.succeed("compare", "swept.h5").stdout, shown)
        self.assertIn("strategies.early.delay_days = 90", self.succeed("compare", "swept.h5", "--point", "2").stdout)
        self.assertIn("delay_days = 90", self.succeed("compare", "swept.h5", "--point", "2", "--by", "segment").stdout)
        self.fail_with(2, "error: 'swept.h5' has no point 4; its points are 0 to 3", "compare", "swept.h5", "--point", "4")
        self.fail_with(2, "error: parts, series, pairs, quantiles and controls are shown of one point of a sweep: add "
                          "--point N, counting from 0", "compare", "swept.h5", "--pairs")
        self.fail_with(2, "error: parts, series, pairs, quantiles and controls are shown of one point of a sweep: add "
                          "--point N, counting from 0",
                       "compare", "swept.h5", "--series", "asks")

    def test_a_scenarios_own_sweep_can_be_left_out(self):
        self.write("swept.toml", 'extends = "small.toml"\n[sweep.keys]\nstrategies.early.delay_days = [0, 30]\n')
        self.assertIn("; swept over 2 points of 1 key", self.succeed("check", "swept.toml").stdout)
        self.assertNotIn("swept over", self.succeed("check", "swept.toml", "--no-sweep").stdout)
        self.fail_with(2, "--sweep strategies.erly.delay_days=1,2: error: unknown strategy 'erly' (a sweep varies what "
                          "the scenario has); did you mean 'early'?",
                       "check", "swept.toml", "--sweep", "strategies.erly.delay_days=1,2")


if __name__ == "__main__":
    unittest.main()
