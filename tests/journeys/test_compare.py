# SPDX-License-Identifier: Apache-2.0
"""`vouch compare`: several metrics, parts of a world, and series over time."""

import json
import re
import unittest

import h5py

from journey import SMALL, Journey

PARTNERS = """
[populations.partners]
accounts = 5
peer_segments = { smb = 1.0 }

[strategies.partners]
extends = "early"

[strategies.partners.programs.friends]
population = "partners"
when = "calendar"
calendar_days = 60
"""


class Compare(Journey):
    def setUp(self):
        super().setUp()
        self.succeed("run", "small.toml", "-o", "small.h5")

    def compare(self, *arguments):
        return self.succeed("compare", "small.h5", *arguments).stdout

    def compare_json(self, *arguments):
        return json.loads(self.compare(*arguments, "--json"))

    def test_several_metrics(self):
        shown = self.compare("-m", "asks,won")
        self.assertLess(shown.index("asks: asks made."), shown.index("won: deals won."))
        self.assertEqual(shown.count("taken world by world"), 1)
        both = self.compare_json("-m", "asks,won")
        self.assertEqual(list(both), ["asks", "won"])
        alone = self.compare_json("-m", "won")
        del alone["published"], alone["stopping"]
        self.assertEqual(both["won"], alone)
        self.fail_with(2, "error: unknown metric 'net_valeu'; did you mean 'net_value'?", "compare", "small.h5", "-m", "asks,net_valeu")

    def test_what_holds_jointly(self):
        words = {"best": "against the best of the others", "bonferroni": "adjusted", "holm": "Holm's", "none": "each by itself"}
        for adjustment, said in words.items():
            with self.subTest(adjustment):
                self.assertIn(said, self.compare("-m", "won", "--adjust", adjustment))
                self.assertEqual(self.compare_json("-m", "won", "--adjust", adjustment)["adjustment"], adjustment)
        self.fail_with(2, "error: --adjust: holmes not in {best,bonferroni,holm,none}; see 'vouch compare --help'",
                       "compare", "small.h5", "--adjust", "holmes")

    def test_pairs_and_quantiles(self):
        shown = self.compare("-m", "won", "--pairs", "--quantiles")
        self.assertRegex(shown, r"(?m)^never minus early ")
        self.assertRegex(shown, r"(?m)^ +90 % ")
        rows = self.compare_json("-m", "won", "--quantiles", "0.25,0.5")["strategies"]
        self.assertEqual([q["probability"] for q in rows[0]["quantiles"]], [0.25, 0.5])
        for pair in self.compare_json("-m", "won")["pairs"]:
            low, high = pair["interval"]
            joint_low, joint_high = pair["joint_interval"]
            self.assertTrue(joint_low <= low <= high <= joint_high)
        self.fail_with(2, "error: --quantiles: 1 is no probability between 0 and 1 (the median is 0.5); see 'vouch compare "
                       "--help'", "compare", "small.h5", "--quantiles", "0.5,1")

    def test_values_are_those_of_the_worlds(self):
        """Of costs, counts and stocks: what the file holds in floating point is read as the whole numbers it was."""
        with h5py.File(self.folder / "small.h5") as file:
            for metric in ("net_value", "won", "fatigue_days", "rep_minutes", "active_days"):
                means = file[metric][()].reshape(file[metric].shape[:2] + (-1,)).sum(axis=2).mean(axis=1)
                by_name = {row["strategy"]: row["value"] for row in self.compare_json("-m", metric)["strategies"]}
                for name, mean in zip(file["strategy"][()], means):
                    self.assertAlmostEqual(by_name[name.decode()], mean, delta=1e-9 * abs(mean))

    def test_series(self):
        shown = self.compare("--series", "active,source_won")
        self.assertRegex(shown, r"^active: active customers, at the end of each bin; means over 20 worlds\.")
        self.assertRegex(shown, r"(?m)^from day +never +early +late$")
        self.assertRegex(shown, r"(?m)^source client$")
        series = self.compare_json("--series", "active,source_won")["series"]
        self.assertEqual(series["active"]["kind"], "level")
        self.assertEqual(len(series["active"]["strategies"]["early"]), 13)
        won = series["source_won"]["sources"]
        metrics = {source: self.compare_json("--by", "source", "-m", "won")["source"][source] for source in won}
        for source, by_strategy in won.items():
            for row in metrics[source]["strategies"]:
                with self.subTest(source=source, strategy=row["strategy"]):
                    if row["value"] is None:
                        self.assertIsNone(by_strategy[row["strategy"]])
                    else:
                        self.assertAlmostEqual(sum(by_strategy[row["strategy"]]), row["value"], places=9)

    def test_series_by_themselves_are_listed(self):
        self.assertRegex(self.compare("--series"), r"(?m)^market_free +companies of finite markets")
        self.assertEqual(self.compare_json("--series")["active"]["kind"], "level")

    def test_names_that_are_not_there(self):
        for message, *arguments in (
                ("unknown series 'activ'; did you mean 'active'?", "--series", "activ"),
                ("unknown series 'won'; it is a metric: --metric won shows it", "--series", "won"),
                ("unknown metric 'market_free'; it is a series over time: 'vouch compare RESULTS --series market_free' "
                 "shows it", "--metric", "market_free"),
                ("asks cannot be compared by source (only of leads and deals is it known where they came from); choose "
                 "a metric of all leads or deals, such as leads, opened, won or win_rate", "--by", "source", "-m", "asks")):
            self.fail_with(2, "error: " + message, "compare", "small.h5", *arguments)

    def test_a_file_without_series(self):
        self.succeed("run", "small.toml", "-o", "none.h5", "--set", "output.series=false")
        self.fail_with(2, "error: 'none.h5' was made without series; run it again with --set output.series=true",
                       "compare", "none.h5", "--series", "active")

    def test_by_source(self):
        shown = self.compare("--by", "source", "-m", "win_rate")
        self.assertEqual(re.findall(r"(?m)^source (\w+)$", shown), ["cold", "client"])
        self.assertIn("Left out, as no strategy has a value of win_rate there: organic.", shown)
        self.assertRegex(shown, r"(?m)^never +–")

    def test_populations_are_no_segments(self):
        self.write("partners.toml", SMALL + PARTNERS)
        self.succeed("run", "partners.toml", "-o", "small.h5")
        shown = self.compare("--by", "segment", "-m", "asks")
        self.assertEqual(re.findall(r"(?m)^(segment|population) (\w+)$", shown),
                         [("segment", "smb"), ("segment", "enterprise"), ("population", "partners")])
        self.assertEqual(shown.count("What a population brings stands in the segments of the buyers"), 1)
        self.assertEqual(list(self.compare_json("--by", "segment", "-m", "asks")["population"]), ["partners"])
        self.assertIn("source friends", self.compare("--by", "source", "-m", "won"))

    def test_one_strategy_is_in_no_contest(self):
        self.succeed("run", "small.toml", "-o", "small.h5", "--strategies", "early")
        self.assertNotIn("best", self.compare("-m", "won"))


if __name__ == "__main__":
    unittest.main()
