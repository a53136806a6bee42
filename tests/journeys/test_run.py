# SPDX-License-Identifier: Apache-2.0
"""`vouch run`: what goes where, and that the same command gives the same file."""

import json
import os
import pty
import signal
import subprocess
import termios
import time
import unittest

from journey import VOUCH, Journey, limit_file_size, quiet_environment


class Run(Journey):
    def test_results_on_stdout_and_all_else_on_stderr(self):
        done = self.succeed("run", "small.toml", "-o", "small.h5")
        for strategy in ("never", "early", "late"):
            self.assertRegex(done.stdout, rf"(?m)^.*\b{strategy}\b")
        self.assertNotIn("small.h5.journal", done.stdout)
        self.assertTrue(done.stderr)
        self.assertIn("small.h5", done.stderr)
        self.assertEqual([name for name in self.list_files() if "journal" in name], [])

    def test_no_colour_away_from_a_terminal(self):
        done = self.succeed("run", "small.toml", "-o", "small.h5")
        self.assertNotIn("\x1b", done.stdout + done.stderr)

    def test_results_go_to_outputs_by_default(self):
        self.succeed("run", "small.toml")
        self.assertIn("outputs/small.h5", self.list_files())

    def test_compare_prints_the_table_of_run(self):
        first = self.succeed("run", "small.toml", "-o", "small.h5")
        again = self.succeed("compare", "small.h5")
        self.assertEqual(first.stdout, again.stdout)

    def test_finished_results_are_recognised(self):
        first = self.succeed("run", "small.toml", "-o", "small.h5")
        made = os.stat(self.folder / "small.h5").st_mtime_ns
        again = self.succeed("run", "small.toml", "-o", "small.h5")
        self.assertEqual(first.stdout, again.stdout)
        self.assertEqual(made, os.stat(self.folder / "small.h5").st_mtime_ns)

    def test_what_a_run_left_that_was_killed_after_publishing_goes(self):
        killed = subprocess.run([VOUCH, "run", "small.toml", "-o", "small.h5"], cwd=self.folder, capture_output=True,
                                preexec_fn=limit_file_size)
        self.assertEqual(killed.returncode, 4)
        journal = self.read("small.h5.journal")
        self.succeed("run", "small.toml", "-o", "small.h5")
        self.write("small.h5.journal", journal)
        self.write("small.h5.partial", b"half of it")
        self.assertIn("nothing to simulate", self.succeed("run", "small.toml", "-o", "small.h5").stderr)
        self.assertEqual([name for name in self.list_files() if "journal" in name or "partial" in name], [])

    def test_what_else_is_asked_for_is_not_finished(self):
        self.succeed("run", "small.toml", "-o", "small.h5", "--replications", 6)
        for more in (("--replications", 5), ("--replications", 5, "--set", "title=Another"),
                     ("--replications", 5, "--set", "experiment.confidence=0.9"),
                     ("--replications", 5, "--set", "output.detail=world")):
            with self.subTest(more):
                before = self.read("small.h5")
                self.assertNotIn("nothing to simulate", self.succeed("run", "small.toml", "-o", "small.h5", *more).stderr)
                self.assertNotEqual(self.read("small.h5"), before)
                again = self.succeed("run", "small.toml", "-o", "small.h5", *more)
                self.assertIn("nothing to simulate", again.stderr)

    def test_any_number_of_threads_gives_the_same_bytes(self):
        for threads in (1, 2, 7):
            self.succeed("run", "small.toml", "-o", f"{threads}.h5", "--threads", threads)
            time.sleep(1.1)  # a date in the file would show
        self.assertEqual(self.read("1.h5"), self.read("2.h5"))
        self.assertEqual(self.read("1.h5"), self.read("7.h5"))

    def test_another_seed_gives_another_answer(self):
        first = self.succeed("run", "small.toml", "-o", "a.h5", "--seed", 1)
        other = self.succeed("run", "small.toml", "-o", "b.h5", "--seed", 2)
        self.assertNotEqual(first.stdout, other.stdout)

    def test_overrides(self):
        done = self.succeed("run", "small.toml", "-o", "a.h5", "--replications", 5, "--strategies", "early,never",
                            "--set", "segments.smb.accounts=30", "--set", "strategies.early.max_asks=1", "--json")
        self.assertNotIn("late", done.stdout)
        shown = self.succeed("inspect", "a.h5").stdout
        self.assertIn("max_asks", shown)

    def test_json(self):
        self.succeed("run", "small.toml", "-o", "small.h5")
        for command in (["run", "small.toml", "-o", "small.h5"], ["compare", "small.h5"], ["inspect", "small.h5"],
                        ["show", "small.toml"], ["check", "small.toml"]):
            with self.subTest(command[0]):
                self.assertIsInstance(json.loads(self.succeed(*command, "--json").stdout), dict)

    def test_compare_by_another_metric_baseline_and_confidence(self):
        self.succeed("run", "small.toml", "-o", "small.h5")
        done = self.succeed("compare", "small.h5", "--metric", "asks", "--baseline", "late", "--confidence", "0.9")
        self.assertIn("asks", done.stdout)
        self.assertIn("90", done.stdout)


class Terminal(Journey):
    """On a terminal colour is allowed, unless NO_COLOR says no."""

    def run_on_terminal(self, *arguments, **environment):
        master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, 120))
        process = subprocess.Popen([VOUCH, *arguments], cwd=self.folder, stdin=slave, stdout=slave, stderr=slave,
                                   env=quiet_environment(TERM="xterm", **environment))
        os.close(slave)
        written = b""
        while True:
            try:
                written += os.read(master, 65536)
            except OSError:  # the other end is closed
                break
        os.close(master)
        process.wait()
        return written.decode()

    def test_no_color(self):
        colour = r"\x1b\[[0-9;]*m"
        arguments = ("check", "none.toml")
        self.assertRegex(self.run_on_terminal(*arguments), colour)
        self.assertNotRegex(self.run_on_terminal(*arguments, NO_COLOR="1"), colour)

    def test_progress_bar(self):
        shown = self.run_on_terminal("run", "small.toml", "-o", "small.h5", "--replications", "2000")
        for part in ("█", " worlds/s", " left"):
            self.assertIn(part, shown)
        self.assertRegex(shown, r"leading so far: early|early leads, 95 % sure( at any moment)?: \+[0-9,]+ ± [0-9,]+ EUR")


class Interruption(Journey):
    arguments = ("run", "small.toml", "--replications", "4000", "--seed", "3")

    def start(self, output):
        return subprocess.Popen([VOUCH, *self.arguments, "-o", output], cwd=self.folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=quiet_environment())

    def wait_for_worlds(self, process, output):
        """Until the journal has grown beyond its header."""
        journal = self.folder / f"{output}.journal"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if journal.exists() and journal.stat().st_size > 100_000:
                return
            time.sleep(0.002)
        process.kill()
        self.fail("the run did not get far enough to be interrupted" + process.communicate()[1])

    def interrupt(self, output, number):
        process = self.start(output)
        self.wait_for_worlds(process, output)
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=120)
        return process.returncode, stdout, stderr

    def test_a_stopped_run_goes_on_where_it_was(self):
        self.succeed(*self.arguments, "-o", "whole.h5")
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(code=code):
                output = f"{code}.h5"
                returned, stdout, stderr = self.interrupt(output, number)
                self.assertEqual((returned, stdout), (code, ""), stderr)
                self.assertRegex(stderr, r"(?m)^stopped by SIG(INT|TERM): [0-9,]+ of 12,000 worlds are kept in .*; "
                                         r"give the same command again to go on$")
                self.assertNotIn(output, self.list_files())
                again = self.succeed(*self.arguments, "-o", output)
                self.assertRegex(again.stderr, r"(?m)^going on where a run was stopped: [0-9,]+ of 12,000 worlds")
                self.assertEqual(self.read(output), self.read("whole.h5"))
                self.assertNotIn(f"{output}.journal", self.list_files())

    def refuse(self, code, part, *arguments):
        done = self.vouch(*arguments)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertIn(part, done.stderr)

    def test_the_journal_of_a_stopped_run_is_compared_and_says_that_it_is_unfinished(self):
        self.interrupt("j.h5", signal.SIGINT)
        done = self.succeed("compare", "j.h5.journal")
        self.assertRegex(done.stdout, r"^Unfinished run: [0-9,]+ of 12,000 worlds so far\. ")
        self.assertEqual(json.loads(self.succeed("compare", "j.h5.journal", "--json").stdout)["looks"], "any")
        told = json.loads(self.succeed("compare", "j.h5.journal", "--json").stdout)["unfinished"]
        self.assertEqual(told["planned"], 12000)
        self.assertTrue(0 < told["worlds"] < 12000)
        self.assertRegex(self.succeed("inspect", "j.h5.journal").stdout, r"^Unfinished run: ")
        self.assertIn("cohort", self.succeed("compare", "j.h5.journal", "--by", "cohort", "-m", "asks").stdout)
        self.succeed("compare", "j.h5.journal", "--series", "active")
        self.succeed("report", "j.h5.journal")
        self.assertRegex(self.read("j.html").decode(),
                         r"This run is not over: [0-9,]+ of 12,000 simulated futures so far\.")
        self.refuse(4, "name j.h5.journal to see what it has so far", "compare", "j.h5")

    def test_an_unfinished_sweep_says_so_to_programs(self):
        self.arguments += ("--sweep", "strategies.early.delay_days=0,90")
        self.interrupt("j.h5", signal.SIGINT)
        told = json.loads(self.succeed("compare", "j.h5.journal", "--json").stdout)
        self.assertEqual(told["unfinished"]["planned"], 24000)
        self.assertEqual([point["comparison"]["looks"] for point in told["points"]], ["any", "any"])
        self.assertRegex(self.succeed("compare", "j.h5.journal").stdout, r"^Unfinished run: [0-9,]+ of 24,000 worlds")

    def test_a_live_run_is_compared_while_it_goes_on(self):
        process = self.start("live.h5")
        self.wait_for_worlds(process, "live.h5")
        self.assertRegex(self.succeed("compare", "live.h5.journal").stdout, r"^Unfinished run: ")
        process.send_signal(signal.SIGINT)
        self.assertIn("vouch compare live.h5.journal", process.communicate(timeout=120)[1])

    def test_worlds_are_added_to_a_file(self):
        run = ("run", "small.toml", "--seed", 3)
        once = self.succeed(*run, "-o", "once.h5", "--replications", 30)
        self.succeed(*run, "-o", "grown.h5", "--replications", 4, "--append")  # nothing is there yet
        self.succeed(*run, "-o", "grown.h5", "--replications", 11, "--append")
        done = self.succeed(*run, "-o", "grown.h5", "--replications", 30, "--append")
        self.assertIn("adding to grown.h5: 33 of 90 worlds are there", done.stderr)
        self.assertEqual(done.stdout, once.stdout)
        self.assertEqual(self.read("grown.h5"), self.read("once.h5"))
        again = self.succeed(*run, "-o", "grown.h5", "--replications", 30, "--append")
        self.assertIn("nothing to simulate", again.stderr)

    def test_what_cannot_be_added_to_is_left_as_it_is(self):
        run = ("run", "small.toml", "-o", "small.h5")
        self.succeed(*run, "--replications", 6)
        before = self.read("small.h5")
        self.refuse(2, "it has 6 replications, and 4 are asked for; give --replications 6 or more", *run,
                       "--replications", 4, "--append")
        self.refuse(3, "which holds other worlds: its seed is '7', this run's '8'", *run, "--replications", 9,
                       "--seed", 8, "--append")
        self.refuse(2, "--force", *run, "--append", "--force")
        (self.folder / "damaged.h5").write_bytes(before[:-1000] + b"x" + before[-999:])
        self.refuse(3, "is damaged", "run", "small.toml", "-o", "damaged.h5", "--replications", 9, "--append")
        self.assertEqual(self.read("small.h5"), before)
        self.assertEqual([name for name in self.list_files() if "journal" in name], [])
        note = self.succeed(*run, "--replications", 9).stderr
        self.assertIn("note: small.h5 has 6 replications of these worlds", note)
        self.assertIn("--append would keep them", note)
        self.assertIn("note: small.h5 has 9 replications of these worlds, and is replaced by 4\n",
                      self.succeed(*run, "--replications", 4).stderr)
        self.assertIn("note: small.h5 is replaced, which holds other worlds: its seed is '7', this run's '8'\n",
                      self.succeed(*run, "--replications", 4, "--seed", 8).stderr)
        self.assertIn("warning: 'damaged.h5' is damaged: its bytes do not match its seal",
                      self.succeed("run", "small.toml", "-o", "damaged.h5").stderr)

    def test_force_spares_the_journal_of_a_live_run(self):
        process = self.start("live.h5")
        self.wait_for_worlds(process, "live.h5")
        process.send_signal(signal.SIGSTOP)
        self.fail_with(4, "error: cannot write 'live.h5.journal': another run is writing it; wait for it, or choose "
                          "another output with -o", *self.arguments, "-o", "live.h5", "--force")
        process.send_signal(signal.SIGCONT)
        _, stderr = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, stderr)
        self.assertNotIn("live.h5.journal", self.list_files())

    def test_a_killed_run_goes_on_too(self):
        self.succeed(*self.arguments, "-o", "whole.h5")
        returned, _, _ = self.interrupt("killed.h5", signal.SIGKILL)
        self.assertEqual(returned, -signal.SIGKILL)
        self.succeed(*self.arguments, "-o", "killed.h5")
        self.assertEqual(self.read("killed.h5"), self.read("whole.h5"))


if __name__ == "__main__":
    unittest.main()
