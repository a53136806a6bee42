# SPDX-License-Identifier: Apache-2.0
"""tools/python/vouch_results: the same numbers as `vouch compare`, every variable under its name, damage told."""

import doctest
import json
import math
import re
import subprocess
import sys
import unittest

import h5py
import numpy

from journey import ROOT, SMALL, Journey, quiet_environment

TOOLS = ROOT / "tools" / "python"
sys.path.insert(0, str(TOOLS))
import vouch_results  # noqa: E402
from vouch_results import ResultsError, open_results  # noqa: E402

SOON = '\n[strategies.soon]\nextends = "early"\ndelay_days = 29\n'  # so near that a budget is spent on telling it apart
SWEEP = ("--sweep", "segments.smb.accounts=50,100", "--sweep", "strategies.late.delay_days=0,90")
SOME = "net_value,rep_minutes,asks,won,matched_wins_per_account,acceptance_rate,win_rate_cold,net_value_per_rep_hour"


class Python(Journey):
    def make(self, *options, scenario="small.toml"):
        self.succeed("run", scenario, "-o", "made.h5", "--quiet", *options)
        results = open_results(self.folder / "made.h5")
        self.addCleanup(results.close)
        return results

    def compare(self, metrics, *options):
        return json.loads(self.succeed("compare", "made.h5", "-m", metrics, "--json", *options).stdout)

    def assert_near(self, found, expected, size=0.0):
        """To 1e-12; if a `size` is given, the width of its interval, to 1e-10 of that, as SciPy's
        quantiles are. None is NaN."""
        if expected is None:
            self.assertTrue(math.isnan(found), found)
        else:
            self.assertLessEqual(abs(found - expected), max(1e-12 * abs(expected), 1e-10 * size), (found, expected))

    def check_metric(self, compared, estimates, alone, joint):
        for row in compared["strategies"]:
            own = estimates.loc[row["strategy"]]
            self.assert_near(own["value"], row["value"])
            self.assert_near(own["standard_error"], row["standard_error"])
            told = row["from_baseline"]
            if told is None:
                self.assertNotIn(row["strategy"], alone.index)
                continue
            width = told["half_width"] or 0.0
            for frame, interval in ((alone, told["interval"]), (joint, told["joint_interval"])):
                found = frame.loc[row["strategy"]]
                self.assert_near(found["difference"], told["difference"])
                self.assert_near(found["standard_error"], told["standard_error"])
                self.assert_near(found["low"], interval and interval[0], width)
                self.assert_near(found["high"], interval and interval[1], width)

    def check_metrics(self, results, metrics, *options, point=None, **choice):
        for name, compared in self.compare(metrics, *options).items():
            if name == "unfinished":
                continue
            with self.subTest(metric=name, options=options):
                frames = [results.estimate(name), results.differences(name, **choice),
                          results.differences(name, adjust="bonferroni", **choice)]
                if point is not None:
                    frames = [frame.loc[point] for frame in frames]
                self.check_metric(compared, *frames)

    def test_every_metric_is_as_compared(self):
        results = self.make()
        listed = json.loads(self.succeed("compare", "made.h5", "--list", "--json").stdout)
        self.check_metrics(results, ",".join(listed))
        self.assertGreater(len(listed), len(results.ratios))
        self.assertGreater(len(results.ratios), 30)
        for name, entry in listed.items():
            self.assertEqual(set(results.metric(name).dims), {"strategy", "replication"}, name)
            if name in results.ratios:
                own = results.ratios[name]
                self.assertEqual((own["unit"].replace("share", "1"), own["better"], own["description"]),
                                 (entry["unit"], entry["better"], entry["description"]))
            else:
                self.assertIn(name, results.data)

    def test_other_baselines_and_confidences(self):
        self.check_metrics(self.make(), SOME, "--baseline", "late", "--confidence", "0.999", baseline="late",
                           confidence=0.999)

    def test_antithetic_pairs(self):
        results = self.make("--set", "experiment.antithetic=true", "--replications", "30")
        self.check_metrics(results, SOME)
        self.assertEqual(set(results.estimate()["num_worlds"]), {15})
        self.assertTrue(results.series("asks")["standard_error"].isna().all())

    def test_missing_worlds_and_confidence_sequences(self):
        self.write("soon.toml", SMALL + SOON)
        results = self.make("--replications", "100", "--until", "budget", scenario="soon.toml")
        self.check_metrics(results, SOME)
        done = results.data["completed"] == 1
        self.assertFalse(done.all())
        for name in ("asks", "won", "by_segment_won"):
            missing = results.data[name].isnull()
            self.assertTrue((missing == ~done).all(), name)
            self.assertEqual(missing.dims, results.data[name].dims)
        self.assertEqual(list(results.estimate()["num_worlds"]), list(done.sum("replication").values))

    def test_sweep(self):
        results = self.make("--replications", "8", *SWEEP)
        for point in (0, 3):
            self.check_metrics(results, SOME, "--point", point, point=point)
        self.assertEqual(results.sweep().to_dict("list"), {"segments.smb.accounts": [50.0, 50.0, 100.0, 100.0],
                                                           "strategies.late.delay_days": [0.0, 90.0, 0.0, 90.0]})
        joined = results.differences().join(results.sweep())
        self.assertEqual(joined.loc[(2, "late"), "segments.smb.accounts"], 100.0)
        wide = results.data["net_value"].swap_dims(point="segments.smb.accounts")
        self.assertEqual(wide.sel({"segments.smb.accounts": 50.0}).sizes["segments.smb.accounts"], 2)
        told = json.loads(self.succeed("compare", "made.h5", "--series", "asks", "--point", 1, "--json").stdout)
        series = results.series("asks").set_index(["point", "strategy"])
        self.assertEqual(list(series.loc[1].loc["late", "mean"]), told["series"]["asks"]["strategies"]["late"])

    def test_two_variables_make_a_ratio(self):
        results = self.make()
        self.assertTrue(results.estimate("accepted / asks").equals(results.estimate("acceptance_rate")))
        never = results.metric("accepted / asks").sel(strategy="never")
        self.assertTrue(never.isnull().all())

    def test_every_variable_has_its_name(self):
        results = self.make("--set", 'output.detail="world"')
        names = set()
        with h5py.File(self.folder / "made.h5") as file:
            def check(path, item):
                if not isinstance(item, h5py.Dataset) or path.startswith("worlds/"):
                    return
                names.add(path.replace("/", "_"))
                found = results.data[path.replace("/", "_")].values
                raw = item.asstr()[()] if item.dtype.kind == "O" else item[()]
                numpy.testing.assert_array_equal(found, raw, path)
            file.visititems(check)
        self.assertEqual(names, set(results.data.variables))
        self.assertEqual(results.data["asks"].dtype.kind, "i")

    def test_series_are_tidy_and_as_compared(self):
        results = self.make()
        told = json.loads(self.succeed("compare", "made.h5", "--series", "active,source_won", "--json").stdout)
        told = told["series"]
        frame = results.series("active").set_index("strategy")
        for strategy, means in told["active"]["strategies"].items():
            self.assertEqual(list(frame.loc[strategy, "mean"]), means)
        self.assertEqual(list(frame.loc["late", "day"]), told["active"]["bin_start_days"])
        self.assertEqual(list(frame.loc["late", "end_day"]), told["active"]["bin_start_days"][1:] + [365.0])
        shares = frame[["q05", "q25", "median", "q75", "q95"]].to_numpy()
        self.assertTrue((numpy.diff(shares, axis=1) >= 0).all())
        by_source = results.series("source_won").set_index(["source", "strategy"])
        cold = by_source.loc["cold"].loc["late", "mean"]
        self.assertEqual(list(cold), told["source_won"]["sources"]["cold"]["late"])
        early = frame.loc["early"]
        self.assertTrue(((early["difference_low"] <= early["difference_mean"])
                         & (early["difference_mean"] <= early["difference_high"])).all())
        self.assertTrue((frame.loc["never", "difference_mean"] == 0).all())

    def test_differences_over_time_are_those_of_the_worlds(self):
        results = self.make("--set", 'output.detail="world"')
        frame = results.series("active").set_index("strategy").loc["early"]
        worlds = results.data["series_active"]
        apart = (worlds.sel(strategy="early") - worlds.sel(strategy="never")).transpose("replication", "bin").values
        error = apart.std(axis=0, ddof=1) / math.sqrt(20)
        numpy.testing.assert_allclose(frame["difference_mean"], apart.mean(axis=0), rtol=1e-9, atol=1e-12)
        numpy.testing.assert_allclose(frame["difference_standard_error"], error, rtol=1e-9, atol=1e-12)
        half_width = 2.093024054408263 * error  # Student's 97.5 % quantile, 19 degrees of freedom
        numpy.testing.assert_allclose(frame["difference_high"], apart.mean(axis=0) + half_width, rtol=1e-9, atol=1e-9)

    def test_curves_have_edges(self):
        results = self.make()
        tenure = results.curve("tenure_asks").set_index("strategy").loc["late"]
        self.assertEqual((tenure["lower"].iloc[1], tenure["upper"].iloc[1], tenure["upper"].iloc[-1]),
                         (30.0, 60.0, math.inf))
        self.assertAlmostEqual(tenure["mean"].sum(), float(results.metric("asks").sel(strategy="late").mean()))
        self.assertEqual(results.curve("fatigue_yes")["lower"].min(), -math.inf)
        self.assertEqual(results.curve("peers_yes")["lower"].min(), 0.0)
        self.assertEqual(results.curve("generation_wins")["upper"].nunique(), 21)

    def test_how_it_was_made(self):
        results = self.make()
        self.assertEqual((results.provenance["seed"], results.provenance["baseline"]), (7, "never"))
        self.write("again.toml", results.scenario)
        self.succeed("run", "again.toml", "-o", "again.h5", "--quiet")
        with open_results(self.folder / "again.h5") as again:
            self.assertTrue(again.data["net_value"].equals(results.data["net_value"]))

    def test_one_strategy_and_no_series(self):
        results = self.make("--strategies", "early", "--set", "output.series=false")
        self.assertEqual(len(results.differences()), 0)
        self.assertEqual(len(results.sweep()), 0)
        with self.assertRaisesRegex(ValueError, "made without series; run it again with --set output.series=true"):
            results.series("asks")

    def test_wrong_names(self):
        results = self.make()
        for call, message in (
                (lambda: results.estimate("net_valeu"), "unknown metric 'net_valeu'; did you mean 'net_value'?"),
                (lambda: results.metric("won / led"), "unknown metric 'led'; did you mean 'leads'?"),
                (lambda: results.differences(baseline="erly"), "unknown strategy 'erly'; did you mean 'early'?"),
                (lambda: results.series("askss"), "unknown series 'askss'; did you mean 'asks'?"),
                (lambda: results.curve("tenure_ask"), "unknown curve 'tenure_ask'; did you mean 'tenure_asks'?"),
                (lambda: results.differences(confidence=95),
                 "confidence must be between 0 and 1, as 0.95 is, not 95"),
                (lambda: results.differences(adjust="holm"), "adjust must be 'none' or 'bonferroni', not 'holm'")):
            with self.assertRaises(ValueError) as raised:
                call()
            self.assertEqual(str(raised.exception), message)

    def test_what_is_no_intact_file(self):
        self.make().close()
        whole = self.read("made.h5")
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
        for name, content, message in (("changed", bytes(changed), "is damaged: its bytes do not match its seal"),
                                       ("short", whole[:-1], "has no seal at its end"),
                                       ("foreign", b"asks,won\n1,2\n" * 9, "is no results file of vouch"),
                                       ("empty", b"", "is empty")):
            path = self.write(name + ".h5", content)
            with self.assertRaises(ResultsError) as raised:
                open_results(path)
            self.assertIn(f"'{path}' {message}", str(raised.exception))
            refused = self.vouch("compare", path)  # in the same words
            self.assertEqual(refused.returncode, 3)
            self.assertEqual(refused.stderr.strip(), f"error: {raised.exception}")
        with self.assertRaises(FileNotFoundError):
            open_results(self.folder / "nowhere.h5")

    def test_other_versions_and_files_without_a_seal(self):
        self.make().close()
        path = self.write("other.h5", self.read("made.h5"))
        with h5py.File(path, "r+") as file:
            file.attrs["title"] = "Changed"
        with self.assertRaises(ResultsError):
            open_results(path)
        with open_results(path, verify=False) as results:
            self.assertEqual(results.provenance["title"], "Changed")
        for attribute, value, message in (("schema_version", 99, "has schema version 99, and this module reads 3"),
                                          ("filetype", "other", "is no results file of vouch")):
            with h5py.File(path, "r+") as file:
                file.attrs[attribute] = value
            with self.assertRaisesRegex(ResultsError, message):
                open_results(path, verify=False)

    def test_examples_of_the_description(self):
        self.make().close()
        (self.folder / "outputs").mkdir()
        (self.folder / "made.h5").rename(self.folder / "outputs" / "when-to-ask.h5")
        text = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            done = subprocess.run([sys.executable, "-B", "-c", block], cwd=self.folder, text=True, capture_output=True,
                                  env=quiet_environment(PYTHONPATH=str(TOOLS)), timeout=600)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_examples_in_docstrings(self):
        self.make().close()
        (self.folder / "made.h5").rename(self.folder / "small.h5")
        opened = str(self.folder / "small.h5")
        done = doctest.testmod(vouch_results, extraglobs={"open_results": lambda _: open_results(opened)})
        self.assertEqual(done.failed, 0)
        self.assertGreater(done.attempted, 0)


if __name__ == "__main__":
    unittest.main()
