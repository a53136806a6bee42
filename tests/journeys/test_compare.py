# SPDX-License-Identifier: Apache-2.0
"""`vouch compare`: several metrics, parts of a world, and series over time."""

import json
import re
import unittest

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
        del alone["published"]
        self.assertEqual(both["won"], alone)
        self.fail_with(2, "error: unknown metric 'net_valeu'; did you mean 'net_value'?", "compare", "small.h5", "-m", "asks,net_valeu")

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
