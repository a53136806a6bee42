# SPDX-License-Identifier: Apache-2.0
"""`vouch run --until`: stops when the aim is reached, or says that the limit came first."""

import json
import re
import signal
import subprocess
import time
import unittest

from journey import VOUCH, Journey, quiet_environment

BEST = ("run", "small.toml", "--until", "best", "--replications", "2000")


class Until(Journey):
    def tell(self, done):
        """What was printed, on one line."""
        return " ".join(done.stdout.split())

    def test_the_best_is_found_before_the_limit(self):
        done = self.succeed(*BEST, "-o", "best.h5")
        told = self.tell(done)
        self.assertRegex(told, r"Aim reached: early has the best net_value, or is within [0-9,]+ EUR \(1 % of never's "
                               r"value at the first look\) of it \(95 % confidence\): 2 others were dropped after ")
        used = int(re.search(r"([0-9,]+) worlds were run\.", told).group(1).replace(",", ""))
        self.assertLess(used, 2000)
        self.assertIn("early is best", done.stdout)
        again = self.succeed(*BEST, "-o", "best.h5")
        self.assertIn("nothing to simulate", again.stderr)
        self.assertEqual(again.stdout, done.stdout)
        self.assertNotIn("nothing to simulate", self.succeed("run", "small.toml", "--until", "best within 2%",
                                                             "--replications", 2000, "-o", "best.h5").stderr)

    def test_the_limit_comes_first(self):
        told = self.tell(self.succeed("run", "small.toml", "-o", "a.h5", "--until", "net_value +- 0.01%"))
        self.assertRegex(told, r"Aim not reached: stopped at the limit of 20 worlds for each strategy before the aim: "
                               r"net_value of early is not known to ± 0\.01 % of its value; about [0-9,]+ would be "
                               r"needed \(--replications\)\. 60 worlds were run\.")
        told = self.tell(self.succeed("run", "small.toml", "-o", "b.h5", "--until", "best"))
        self.assertIn("stopped at the limit of 20 worlds for each strategy, before the first look at 64: raise "
                      "--replications", told)
        told = self.tell(self.succeed("run", "small.toml", "-o", "c.h5", "--until", "best within 0.01",
                                      "--replications", 80))
        self.assertRegex(told, r"Aim not reached: stopped at the limit of 80 worlds for each strategy before one was "
                               r"left: by net_value none of .* has been dropped; [0-9,]+ worlds for each may be enough "
                               r"to tell which is best, or within 0\.01 EUR of it, if they vary as these did")

    def test_precision_of_what_was_named(self):
        told = self.tell(self.succeed("run", "small.toml", "-o", "a.h5", "--replications", "5000", "--until",
                                      "any difference win_rate ± 0.01 of late,early"))
        self.assertRegex(told, r"Aim reached: the difference in win_rate of (early|late) from never is known to ± 1 "
                               r"percentage points \(95 % confidence\)\.")

    def test_a_budget_is_used_up(self):
        told = self.tell(self.succeed("run", "small.toml", "-o", "a.h5", "--replications", "200", "--until",
                                      "budget"))
        counts = re.search(r"600 worlds were shared out to find the best net_value: never (\d+), early (\d+) and late "
                           r"(\d+)\. 600 worlds were run\.", told)
        self.assertIsNotNone(counts, told)
        self.assertEqual(sum(map(int, counts.groups())), 600)

    def test_any_number_of_threads_gives_the_same_bytes(self):
        for aim in ("best within 20", "budget", "any net_value +- 0.3%"):
            with self.subTest(aim):
                for threads in (1, 2, 5):
                    self.succeed("run", "small.toml", "-o", f"{threads}.h5", "--threads", threads, "--replications",
                                 "600", "--until", aim)
                self.assertEqual(self.read("1.h5"), self.read("2.h5"))
                self.assertEqual(self.read("1.h5"), self.read("5.h5"))

    def test_a_stopped_run_goes_on_to_the_same_end(self):
        arguments = ("run", "small.toml", "--until", "best within 0.2", "--replications", "2500", "--seed", "3")
        self.succeed(*arguments, "-o", "whole.h5")
        process = subprocess.Popen([VOUCH, *arguments, "-o", "stopped.h5"], cwd=self.folder, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=quiet_environment())
        journal = self.folder / "stopped.h5.journal"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (journal.exists() and journal.stat().st_size > 300_000):
            self.assertIsNone(process.poll())
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=120)
        self.assertEqual((process.returncode, stdout), (130, ""), stderr)
        self.assertRegex(stderr, r"(?m)^stopped by SIGINT: [0-9,]+ worlds are kept in .*; give the same command again")
        self.assertRegex(stderr, r"(?m)^(leading so far: early|early leads, 95 % sure at any moment: \+[0-9,]+ ± "
                                 r"[0-9,]+ EUR over (late|never))$")
        again = self.succeed(*arguments, "-o", "stopped.h5")
        self.assertRegex(again.stderr, r"(?m)^going on where a run was stopped: [0-9,]+ worlds are kept in")
        self.assertEqual(self.read("stopped.h5"), self.read("whole.h5"))

    def test_points_of_a_sweep_end_by_themselves(self):
        arguments = ("run", "small.toml", "--replications", "300", "--until", "best within 3%", "--sweep",
                     "segments.smb.leads_per_month=5,20")
        told = self.tell(self.succeed(*arguments, "-o", "1.h5", "--threads", 1))
        self.assertIn("Aim reached: each of 2 points reached it by itself.", told)
        self.succeed(*arguments, "-o", "5.h5", "--threads", 5)
        self.assertEqual(self.read("1.h5"), self.read("5.h5"))

    def test_what_a_stopped_run_left_does_not_show(self):
        """Worlds of a fixed run are used, and those that the rule does not ask for left out."""
        arguments = ("run", "small.toml", "--seed", "3", "--replications", "2500")
        process = subprocess.Popen([VOUCH, *arguments, "-o", "a.h5"], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=quiet_environment())
        journal = self.folder / "a.h5.journal"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (journal.exists() and journal.stat().st_size > 300_000):
            self.assertIsNone(process.poll())
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=120), 130)
        self.succeed(*arguments, "-o", "a.h5", "--until", "best")
        self.succeed(*arguments, "-o", "b.h5", "--until", "best")
        self.assertEqual(self.read("a.h5"), self.read("b.h5"))
        stopped, finished = self.read_log("a.h5")
        self.assertEqual((stopped["ending"], stopped["resumed"]), ("stopped", 0))
        self.assertGreater(stopped["simulated"], 0)
        self.assertEqual((finished["ending"], finished["resumed"]), ("published", stopped["simulated"]))
        afresh = self.read_log("b.h5")[0]["simulated"]
        self.assertLessEqual(finished["simulated"], afresh)  # none if the stopped run had come far enough
        self.assertGreater(afresh, 0)

    def read_log(self, output):
        return [json.loads(line) for line in self.read(output + ".log.jsonl").decode().splitlines()]

    def test_no_aim_drops_worlds_of_a_file(self):
        arguments = ("run", "small.toml", "--seed", "3", "-o", "a.h5")
        self.succeed(*arguments, "--replications", "400")
        before = self.read("a.h5")
        done = self.vouch(*arguments, "--replications", "500", "--append", "--quiet", "--until", "budget")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertRegex(done.stderr, r"^error: cannot add to 'a\.h5': it already has more worlds than the aim asks for "
                                      r"\(400 of never, which takes [0-9]+\), and stays as it is; compare it as it is "
                                      r"with vouch compare a\.h5, or choose another output with -o for a run with that "
                                      r"aim$")
        self.assertEqual(self.read("a.h5"), before)
        self.assertEqual(self.list_files(), ["a.h5", "a.h5.log.jsonl", "small.toml"])

    def test_an_aim_adds_worlds_to_a_file(self):
        arguments = ("run", "small.toml", "--seed", "3", "--replications", "600", "--until", "net_value +- 0.5%")
        self.succeed("run", "small.toml", "--seed", "3", "-o", "a.h5", "--replications", "20")
        self.succeed(*arguments, "-o", "a.h5", "--append")
        self.succeed(*arguments, "-o", "b.h5")
        self.assertEqual(self.read("a.h5"), self.read("b.h5"))
        self.assertEqual(self.read_log("a.h5")[1]["resumed"], 60)

    def test_the_command_that_makes_the_file_again_has_the_aim(self):
        self.succeed("run", "small.toml", "-o", "a.h5", "--until", " best  within 5e3 ", "--replications", "100")
        self.assertIn("--until 'best by net_value within 5000'", self.succeed("inspect", "a.h5").stdout)

    def test_what_is_wrong_with_an_aim(self):
        self.fail_with(2, "--until: error: unknown metric 'net_valu'; did you mean 'net_value'?\n"
                          "--until: error: 'much' is no number; write one such as 5000, 0.02 or 1%\n"
                          "--until: error: unknown strategy 'erly'; did you mean 'early'?",
                       "run", "small.toml", "--until", "net_valu +- much of erly")
        self.fail_with(2, "--until: error: 'best' needs strategies to choose from (this run has one); run at least two",
                       "run", "small.toml", "--until", "best", "--strategies", "early")
        self.assertEqual(self.vouch("run", "small.toml", "--until", "").returncode, 2)
        self.assertEqual(self.list_files(), ["small.toml"])


if __name__ == "__main__":
    unittest.main()
