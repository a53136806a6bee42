# SPDX-License-Identifier: Apache-2.0
"""Published figures, printed beside the simulated ones."""

import json
import unittest

from journey import SMALL, Journey


def figure(**keys):
    lines = {"figure": "a figure", "value": 0.5, "metric": "yes_rate", "strategy": "early", "role": "emerged",
             "source": "a study"} | keys
    return "\n[[published]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


FIGURES = (figure(figure="yes, early", range=[0, 1]) +
           figure(figure="yes, too many", value=0.99, range=[0.98, 1]) +
           figure(figure="yes, late", strategy="late", role="in") +
           figure(figure="of enterprises", segment="enterprise") +
           figure(figure="won, cold", metric="won", value=20, source_filter="cold") +
           figure(figure="won, asked for", metric="won", value=20, source_filter="client") +
           figure(figure="won, any referral", metric="won", value=20, source_filter="referral") +
           figure(figure="won, unasked", metric="win_rate", source_filter="organic", range=[0, 1]))


class Published(Journey):
    def setUp(self):
        super().setUp()
        self.write("figures.toml", SMALL + FIGURES)

    def run_json(self, *arguments):
        return json.loads(self.succeed("run", "figures.toml", "-o", "figures.h5", "--json", *arguments).stdout)

    def test_figures_stand_below_the_comparison(self):
        done = self.succeed("run", "figures.toml", "-o", "figures.h5")
        self.assertRegex(done.stdout, r"(?m)^published figure +strategy +published +simulated +interval$")
        self.assertRegex(done.stdout, r"(?m)^yes, early +early +50 % \(0 to 100\) +[\d.]+ % .* reproduced$")
        self.assertRegex(done.stdout, r"(?m)^yes, too many .* not reproduced$")
        self.assertRegex(done.stdout, r"(?m)^yes, late +late .* went in, but missed$")
        self.assertRegex(done.stdout, r"(?m)^of enterprises .* emerged$")
        self.assertRegex(done.stdout, r"(?m)^won, unasked .* – +– +undecided$")
        self.assertEqual(done.stdout, self.succeed("compare", "figures.h5").stdout)
        self.assertNotIn("published", self.succeed("compare", "figures.h5", "--by", "segment").stdout)

    def test_each_figure_is_read_for_its_own_part(self):
        figures = {row["figure"]: row for row in self.run_json()["published"]}
        self.assertEqual(list(figures), ["yes, early", "yes, too many", "yes, late", "of enterprises", "won, cold",
                                         "won, asked for", "won, any referral", "won, unasked"])

        def compared(metric, *arguments):
            document = json.loads(self.succeed("compare", "figures.h5", "-m", metric, "--json", *arguments).stdout)
            by = document["segment"]["enterprise"] if arguments else document
            return {row["strategy"]: row for row in by["strategies"]}["early"]

        yes = compared("yes_rate")
        self.assertEqual([figures["yes, early"][key] for key in ("simulated", "half_width", "interval")],
                         [yes[key] for key in ("value", "half_width", "interval")])
        self.assertEqual(figures["of enterprises"]["simulated"], compared("yes_rate", "--by", "segment")["value"])
        for source, metric in (("won, cold", "cold_wins"), ("won, any referral", "referral_wins")):
            self.assertAlmostEqual(figures[source]["simulated"], compared(metric)["value"], places=9)
        self.assertEqual(figures["won, asked for"]["simulated"], figures["won, any referral"]["simulated"])
        self.assertGreater(figures["won, asked for"]["simulated"], 0)
        self.assertIsNone(figures["won, unasked"]["simulated"])

    def test_strategies_that_are_not_run_leave_theirs_out(self):
        rows = self.run_json("--strategies", "late,never")["published"]
        self.assertEqual([row["figure"] for row in rows], ["yes, late"])
        self.assertEqual(self.run_json("--strategies", "never", "--force")["published"], [])

    def test_figures_may_change_while_worlds_are_kept(self):
        self.succeed("run", "figures.toml", "-o", "a.h5")
        self.write("figures.toml", SMALL)
        self.assertNotIn("published figure", self.succeed("run", "figures.toml", "-o", "b.h5").stdout)
        digests = [json.loads(self.succeed("inspect", file, "--json").stdout).get("worlds_digest")
                   for file in ("a.h5", "b.h5")]
        self.assertEqual(digests[0], digests[1])

    def test_metrics_that_are_not_there_are_told_at_their_places(self):
        self.write("bad.toml", figure(metric="yes_rat", strategy="a") + figure(metric="yes_rate", strategy="a",
                                                                              source_filter="cold") +
                   "[experiment]\nhorizon_days = 9\n[segments.s]\naccounts = 5\n[strategies.a]\nwhen = \"purchase\"\n"
                   "[outcomes.ask]\nprobability = 0.5\n")
        problems = ("bad.toml:5:10: error: unknown metric 'yes_rat'; did you mean 'yes_rate'?\n"
                    "bad.toml:13:10: error: yes_rate cannot be read with a source_filter (only of leads and deals is it "
                    "known where they came from); leave out source_filter, or choose a metric of all leads or deals")
        for command in ("check", "run"):
            self.assertIn(problems, self.vouch(command, "bad.toml").stderr)
            self.assertEqual(self.vouch(command, "bad.toml").returncode, 2)

    def test_shares_are_not_given_in_percent(self):
        self.write("bad.toml", SMALL + figure(value=68) + figure(value=0.68, range=[0.6, 75]) +
                   figure(value=250, metric="won"))
        line = len(SMALL.splitlines()) + 4
        problems = (f"bad.toml:{line}:9: error: value has 68 (shares are from 0 to 1); write 0.68\n"
                    f"bad.toml:{line + 13}:9: error: range has 75 (shares are from 0 to 1); write 0.75")
        self.fail_with(2, problems, "check", "bad.toml")


if __name__ == "__main__":
    unittest.main()
