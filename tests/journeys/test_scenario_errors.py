# SPDX-License-Identifier: Apache-2.0
"""Each documented error of a scenario or a command line once: the exact message, and exit code 2."""

import unittest

from journey import SMALL, Journey

# What is changed in small.toml, to what, and what is said of it.
BROKEN = {
    "unknown key": ("accounts = 100", "acounts = 100",
        "bad.toml:14:1: error: unknown key 'acounts' in [segments.smb] (a key that nothing reads would be ignored); "
        "did you mean 'accounts'?"),
    "unknown table": ("[money]", "[mony]",
        "bad.toml:9:2: error: unknown key 'mony' (a key that nothing reads would be ignored); did you mean 'money'?"),
    "unknown segment": ("[strategies.late]", '[strategies.late]\nsegments = ["smbs"]',
        "bad.toml:55:13: error: unknown segment 'smbs' (in segments); did you mean 'smb'?"),
    "unknown stock": ("{ fatigue = 1.0 }", "{ fatige = 1.0 }",
        "bad.toml:33:14: error: unknown stock 'fatige' (in impulses); did you mean 'fatigue'?"),
    "unknown feature": ("fatigue = -0.9", "fatique = -0.9",
        "bad.toml:38:35: error: unknown feature 'fatique' (in weights); did you mean 'fatigue'?"),
    "unknown strategy to extend": ("[strategies.late]", '[strategies.late]\nextends = "erly"',
        "bad.toml:55:11: error: unknown strategy 'erly' (a strategy extends another of the same scenario); did you "
        "mean 'early'?"),
    "unknown baseline": ("seed = 7", 'seed = 7\nbaseline = "nevr"',
        "bad.toml:8:12: error: unknown strategy 'nevr' (in baseline); did you mean 'never'?"),
    "unknown metric": ("seed = 7", 'seed = 7\nmetric = "net_valeu"',
        "bad.toml:8:10: error: unknown metric 'net_valeu'; did you mean 'net_value'?"),
    "unknown distribution": ('"poisson", mean = 0.8', '"poison", mean = 0.8',
        "bad.toml:21:34: error: unknown distribution \"poison\"; did you mean 'poisson'?"),
    "unknown parameter": ("median = 75, sigma = 0.5", "median = 75, sigam = 0.5",
        "bad.toml:20:22: error: lognormal needs 'sigma'; write { distribution = \"lognormal\", median = 42, sigma = "
        "0.6 }\n"
        "bad.toml:20:65: error: lognormal has no parameter 'sigam' (a key that nothing reads would be ignored); "
        "write { distribution = \"lognormal\", median = 42, sigma = 0.6 }"),
    "missing parameter": ("median = 75, sigma = 0.5", "median = 75",
        "bad.toml:20:22: error: lognormal needs 'sigma'; write { distribution = \"lognormal\", median = 42, sigma = "
        "0.6 }"),
    "impossible parameter": ("sigma = 0.5", "sigma = -0.5",
        "bad.toml:20:22: error: impossible parameters of lognormal (sigma must not be negative); write for example { "
        "distribution = \"lognormal\", median = 42, sigma = 0.6 }"),
    "negative duration": ("cycle_days = 30", "cycle_days = -30",
        "bad.toml:19:14: error: cycle_days must be a number >= 0 or a distribution (inf allowed), not -30; `vouch "
        "keys cycle_days` explains it"),
    "probability above one": ("probability = 0.3", "probability = 1.3",
        "bad.toml:41:15: error: probability must be a number in [0, 1], or false, not 1.3; `vouch keys probability` "
        "explains it"),
    "wrong type": ("replications = 20", 'replications = "many"',
        "bad.toml:6:16: error: replications must be a whole number in [1, 4294967295], not \"many\"; `vouch keys "
        "replications` explains it"),
    "no replications": ("replications = 20", "replications = 0",
        "bad.toml:6:16: error: replications must be a whole number in [1, 4294967295], not 0; `vouch keys "
        "replications` explains it"),
    "no horizon": ("horizon_days = 365", "",
        "bad.toml:4:1: error: [experiment] needs 'horizon_days' (How long a world lasts; events in [0, horizon) are "
        "counted.); add horizon_days = ..."),
    "bad guard": ("[strategies.late]", '[strategies.late]\nguard = "fatigue <"',
        "bad.toml:55:19: error: a number was expected here (in a guard); a feature is compared with a number"),
    "unknown name in a guard": ("[strategies.late]", '[strategies.late]\nguard = "fatige < 2"',
        "bad.toml:55:10: error: unknown feature 'fatige' (in a guard); did you mean 'fatigue'?"),
    "shares that do not sum to one": ("accounts = 20", "accounts = 20\npeer_segments = { smb = 0.5 }",
        "bad.toml:25:17: error: peer_segments sums to 0.5 (they are probabilities of all that can be); make them sum "
        "to 1"),
    "no TOML": ("seed = 7", "seed = ",
        "bad.toml:7:8: error: not TOML: Error while parsing key-value pair: expected value, saw '\\n'"),
    "the same key twice": ("seed = 7", "seed = 7\nseed = 8",
        "bad.toml:8:8: error: not TOML: Error while parsing key-value pair: cannot redefine existing integer 'seed'"),
    "strategies that extend each other": (
        "[strategies.late]", '[strategies.late]\nextends = "later"\n[strategies.later]\nextends = "late"',
            "bad.toml:57:11: error: strategy 'late' extends itself (the strategies extend one another in a circle); "
            "remove one of the `extends`"),
}

# What of small.toml is left out altogether.
EMPTY = {
    "no strategies": ("[strategies",
        "bad.toml:1:1: error: the scenario has no strategies (there is nothing to compare); add [strategies.NAME]; "
        "one without `when` never asks"),
    "no segments": ("[segments",
        "bad.toml:1:1: error: the scenario has no segments (nobody would ever be asked); add [segments.NAME] with "
        "accounts or leads_per_month"),
}


def without_tables(text, beginning):
    """The text without the tables whose header begins so."""
    kept, keep = [], True
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            keep = not line.startswith(beginning)
        kept.append(line if keep else "")
    return "".join(kept)


class Scenario(Journey):
    def test_one_mistake(self):
        for what, (old, new, message) in BROKEN.items():
            with self.subTest(what):
                self.assertEqual(SMALL.count(old), 1, "the scenario has changed")
                self.write("bad.toml", SMALL.replace(old, new))
                self.fail_with(2, message, "run", "bad.toml", "-o", "bad.h5")
        self.assertEqual(self.list_files(), ["bad.toml", "small.toml"])

    def test_nothing_there(self):
        for what, (beginning, message) in EMPTY.items():
            with self.subTest(what):
                self.write("bad.toml", without_tables(SMALL, beginning))
                self.fail_with(2, message, "run", "bad.toml")

    def test_empty_population(self):
        self.write("bad.toml", SMALL.replace("accounts = 100", "").replace("accounts = 20", "")
                   .replace("leads_per_month = 10", ""))
        self.fail_with(2,
            "bad.toml:13:1: error: the population is empty (no segment has accounts or "
            "leads_per_month); give a segment accounts = ... or leads_per_month = ...", "run", "bad.toml")

    def test_every_mistake_at_once(self):
        self.write("bad.toml", SMALL.replace("accounts = 100", "acounts = 100")
                   .replace("cycle_days = 30", "cycle_days = -30"))
        told = self.vouch("check", "bad.toml")
        self.assertEqual((told.returncode, told.stderr.count("error:")), (2, 2), told.stderr)

    def test_missing(self):
        self.fail_with(2,
            "none.toml: error: cannot read 'none.toml' (No such file or directory); check the path", "run", "none.toml")

    def test_a_folder(self):
        self.fail_with(2, ".: error: cannot read '.' (it is a folder); check the path", "run", ".")

    def test_extends_a_missing_file(self):
        self.write("bad.toml", 'extends = "nowhere.toml"\n' + SMALL)
        self.fail_with(2,
            "bad.toml:1:11: error: cannot read 'nowhere.toml' (No such file or directory); paths "
            "in `extends` are relative to the file that holds them", "run", "bad.toml")

    def test_extends_in_a_circle(self):
        self.write("a.toml", 'extends = "b.toml"\n' + SMALL)
        self.write("b.toml", 'extends = "a.toml"\n')
        self.fail_with(2,
            "b.toml:1:11: error: 'a.toml' extends itself (the files extend one another in a circle); "
            "remove one of the `extends`", "run", "a.toml")

    def test_a_world_that_outgrows_its_limit(self):
        self.fail_with(6,
            "error: strategy 'never', "
            "replication 0: "
            "more than max_accounts = "
            "125 accounts on day 28 "
            "(referrals breed "
            "referrals without limit "
            "when each customer brings "
            "more than one); raise "
            "experiment.max_accounts, "
            "shorten "
            "experiment.horizon_days, "
            "or limit the names or the "
            "asks", "run", "small.toml", "-o", "small.h5", "--set", "experiment.max_accounts=125",
                       "--threads", 2)
        self.assertNotIn("small.h5", self.list_files())

    def test_overrides(self):
        for argument, message in {
            "segments.smb.acounts=3":
                "--set segments.smb.acounts=3: error: unknown key 'acounts' in [segments.smb] (a key that nothing "
                "reads would be ignored); did you mean 'accounts'?",
            "segments.smb.accounts=-3":
                "--set segments.smb.accounts=-3: error: accounts must be a whole number in [0, 4294967295], not -3; "
                "`vouch keys accounts` explains it",
            "segments.smb.accounts":
                "error: --set segments.smb.accounts: no key and value; write --set key=value, as in --set "
                "experiment.replications=50",
            "strategies.erly.max_asks=3":
                "--set strategies.erly.max_asks=3: error: unknown strategy 'erly' (an override changes what the "
                "scenario has); did you mean 'early'?",
        }.items():
            with self.subTest(argument):
                self.fail_with(2, message, "run", "small.toml", "--set", argument)

    def test_strategies_to_run(self):
        self.fail_with(2,
            "error: unknown strategy 'erly'; did you mean 'early'?", "run", "small.toml", "--strategies", "never,erly")


class CommandLine(Journey):
    def test_mistakes(self):
        for arguments, message in {
            ("rnu", "small.toml"): "error: unknown command 'rnu'; did you mean 'run'?",
            ("run",): "error: SCENARIO is required; see 'vouch run --help'",
            ("run", "small.toml", "--relpications", "3"):
                "error: unknown option '--relpications'; did you mean '--replications'?",
            ("run", "small.toml", "--replications", "-3"):
                "error: --replications: Value -3 not in range 1 to 1000000000; see 'vouch run --help'",
            ("run", "small.toml", "--replications", "few"):
                "error: --replications: Value few not in range 1 to 1000000000; see 'vouch run --help'",
            ("run", "small.toml", "--threads", "0.5"):
                "error: --threads: Value 0.5 not in range 1 to 1024; see 'vouch run --help'",
            ("run", "small.toml", "other.toml"): "error: one argument too many: 'other.toml'; see 'vouch run --help'",
            ("compare", "small.h5", "--confidence", "95"):
                "error: --confidence: 95 is no share from 0.5 to 0.999999 (95 % is 0.95); see 'vouch compare --help'",
            ("compare",): "error: RESULTS is required; see 'vouch compare --help'",
        }.items():
            with self.subTest(arguments):
                self.fail_with(2, message, *arguments)

    def test_nothing_at_all_prints_the_help(self):
        done = self.vouch()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("Usage: vouch", done.stderr)


if __name__ == "__main__":
    unittest.main()
