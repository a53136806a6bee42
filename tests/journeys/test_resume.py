# SPDX-License-Identifier: Apache-2.0
"""Runs that are stopped, by a signal or a time limit, and go on from their journal alone."""

import fcntl
import json
import os
import signal
import subprocess
import time
import unittest

from journey import VOUCH, Journey, quiet_environment


class Stopped(Journey):
    arguments = ("run", "small.toml", "--replications", "4000", "--seed", "3")
    planned = "12,000"

    def start(self, *arguments, **more):
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        return subprocess.Popen([VOUCH, *map(str, arguments)], cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                                env=quiet_environment(), **streams)

    def wait_for_bytes(self, process, journal, size=100_000):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            if (self.folder / journal).exists() and (self.folder / journal).stat().st_size > size:
                return
            time.sleep(0.002)
        process.kill()
        self.fail("the run did not get far enough to be stopped: " + str(process.communicate()))

    def stop(self, output, number=signal.SIGTERM, *more):
        """Starts the run and stops it; returns what it said."""
        process = self.start(*self.arguments, "-o", output, *more)
        self.wait_for_bytes(process, f"{output}.journal")
        process.send_signal(number)
        _, stderr = process.communicate(timeout=120)
        self.assertEqual(process.returncode, -number if number == signal.SIGKILL else 128 + number, stderr)
        return stderr


class Resume(Stopped):
    def resume_after(self, number, *more):
        whole = self.succeed(*self.arguments, "-o", "whole.h5", *more)
        self.stop("r.h5", number, *more)
        (self.folder / "small.toml").rename(self.folder / "gone.toml")
        done = self.succeed("resume", "r.h5")
        (self.folder / "gone.toml").rename(self.folder / "small.toml")
        self.assertEqual(self.read("r.h5"), self.read("whole.h5"))
        self.assertEqual(done.stdout, whole.stdout)
        self.assertNotIn("r.h5.journal", self.list_files())
        return done

    def test_without_the_scenario_the_same_bytes(self):
        done = self.resume_after(signal.SIGKILL)
        self.assertRegex(done.stderr, rf"(?m)^going on where a run was stopped: [0-9,]+ of {self.planned} worlds are kept")

    def test_chosen_strategies_and_overrides(self):
        self.resume_after(signal.SIGTERM, "--strategies", "late,early", "--set", "segments.smb.accounts=50", "--set",
                          "output.detail=world")

    def test_a_sweep_of_a_key_that_another_strategy_inherits(self):
        text = self.read("small.toml").decode() + '\n[strategies.often]\nextends = "early"\nmax_asks = 12\n'
        self.write("small.toml", text)
        self.resume_after(signal.SIGINT, "--sweep", "strategies.early.delay_days=0,30")

    def test_an_aim(self):
        self.arguments = ("run", "small.toml", "--replications", "20000", "--until", "net_value +- 0.2%")
        self.resume_after(signal.SIGTERM)

    def test_a_scenario_whose_name_is_no_text(self):
        name = os.fsdecode(b"sm\xe5ll.toml")
        self.write(name, self.read("small.toml"))
        self.arguments = ("run", name, *self.arguments[2:])
        self.stop("r.h5")
        self.assertIn("resume", json.loads(self.succeed("inspect", "r.h5.journal", "--json").stdout))
        self.succeed("resume", "r.h5", "--quiet")
        self.succeed(*self.arguments, "-o", "whole.h5", "--quiet")
        self.assertEqual(self.read("r.h5"), self.read("whole.h5"))

    def test_by_the_journal_with_other_threads_quietly_for_programs(self):
        self.stop("r.h5")
        done = self.succeed("resume", "r.h5.journal", "--threads", 3, "--quiet", "--json", "--report", "page.html")
        self.assertNotIn("going on", done.stderr)
        self.assertEqual(json.loads(done.stdout)["num_worlds"], 4000)
        self.assertIn("page.html", self.list_files())

    def test_what_is_finished_is_told(self):
        first = self.succeed("run", "small.toml", "-o", "r.h5")
        done = self.succeed("resume", "r.h5")
        self.assertEqual(done.stderr.splitlines()[0], "nothing to resume: r.h5 is finished")
        self.assertEqual(done.stdout, first.stdout)
        self.assertEqual(self.succeed("resume", "r.h5.journal").stdout, first.stdout)

    def test_what_is_not_there(self):
        self.fail_with(4, "error: nothing to resume: there is neither 'r.h5' nor 'r.h5.journal'; give the path of a run's "
                          "results, or start one with vouch run SCENARIO -o r.h5", "resume", "r.h5")

    def test_what_is_no_journal(self):
        self.write("r.h5.journal", "a diary\n")
        self.fail_with(3, "error: 'r.h5.journal' is no journal of vouch; give one that vouch run has written",
                       "resume", "r.h5")

    def test_a_journal_under_another_name(self):
        self.stop("r.h5")
        (self.folder / "r.h5.journal").rename(self.folder / "copy")
        self.fail_with(2, "error: 'copy' is a journal under another name; name it as its results file with .journal at "
                          "the end, as in results.h5.journal", "resume", "copy")

    def test_added_worlds_are_not_lost(self):
        self.succeed("run", "small.toml", "--seed", 3, "-o", "r.h5", "--replications", 100)
        before = self.read("r.h5")
        self.stop("r.h5", signal.SIGTERM, "--append")
        self.assertEqual(self.read("r.h5"), before)
        self.succeed("resume", "r.h5")
        self.succeed(*self.arguments, "-o", "whole.h5")
        self.assertEqual(self.read("r.h5"), self.read("whole.h5"))

    def test_an_aim_that_would_lose_worlds_is_refused(self):
        self.succeed("run", "small.toml", "--seed", 3, "-o", "r.h5", "--replications", 3000)
        before = self.read("r.h5")
        self.arguments = (*self.arguments, "--until", "net_value +- 0.9%")
        process = self.start(*self.arguments, "-o", "r.h5")
        self.wait_for_bytes(process, "r.h5.journal", 2000)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        done = self.vouch("resume", "r.h5")
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertIn("it already has more worlds than the aim asks for", done.stderr)
        self.assertEqual(self.read("r.h5"), before)

    def test_a_foreign_file_in_the_results_place_stays(self):
        self.stop("r.h5")
        self.write("r.h5", "a table, once\n")
        self.fail_with(2, "error: 'r.h5' exists and is no whole results file of vouch, so it is not replaced; move it "
                          "away and give the same command again", "resume", "r.h5")
        self.assertEqual(self.read("r.h5"), b"a table, once\n")


class Inspect(Stopped):
    def test_a_stopped_run(self):
        self.stop("r.h5")
        size = (self.folder / "r.h5.journal").stat().st_size
        told = self.succeed("inspect", "r.h5.journal").stdout
        self.assertRegex(told, rf"^Unfinished run: [0-9,]+ of {self.planned} worlds so far\.\n")
        for line in (r"so far +[0-9,]+ of 4,000: never", r" +[0-9,]+ of 4,000: late", r"run +stopped",
                     rf"file +{size:,} bytes", r"last written +20..-..-..T..:..:..Z", r"  vouch resume r\.h5",
                     r"  vouch run small\.toml --seed 3 --replications 4000", r"  vouch compare r\.h5\.journal"):
            self.assertRegex(told, rf"(?m)^{line}$")
        json_told = json.loads(self.succeed("inspect", "r.h5.journal", "--json").stdout)
        self.assertEqual(sum(json_told["completed"]), json_told["unfinished"]["worlds"])
        self.assertEqual((json_told["open"], json_told["bytes"], json_told["damaged_bytes"]), (False, size, 0))
        self.assertEqual(json_told["resume"], "vouch resume r.h5")
        self.assertIn("[experiment]", self.succeed("inspect", "r.h5.journal", "--scenario").stdout)

    def test_a_damaged_end(self):
        self.stop("r.h5")
        with open(self.folder / "r.h5.journal", "ab") as journal:
            journal.write(b"x" * 123)
        self.assertRegex(self.succeed("inspect", "r.h5.journal").stdout,
                         r"(?m)^file +[0-9,]+ bytes, of which the last 123 are damaged; their worlds will run again$")

    def test_a_live_run(self):
        process = self.start(*self.arguments, "-o", "r.h5")
        self.wait_for_bytes(process, "r.h5.journal")
        process.send_signal(signal.SIGSTOP)
        told = self.succeed("inspect", "r.h5.journal").stdout
        self.assertRegex(told, r"(?m)^run +going on now$")
        self.assertNotIn("vouch resume", told)
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)

    def test_a_journal_without_a_world(self):
        self.stop("r.h5")
        whole = self.read("r.h5.journal")
        header = whole.index(b"VDSC")
        self.write("r.h5.journal", whole[:whole.index(b"VREC", header)])
        self.assertRegex(self.succeed("inspect", "r.h5.journal").stdout, rf"^Unfinished run: 0 of {self.planned} worlds")
        self.write("r.h5.journal", whole[:header])
        self.assertRegex(self.succeed("inspect", "r.h5.journal").stdout,
                         r"^Unfinished run: stopped as it began, no world so far\.")
        self.assertEqual(json.loads(self.succeed("inspect", "r.h5.journal", "--json").stdout)["unfinished"]["worlds"], 0)
        self.fail_with(3, "error: 'r.h5.journal' does not say yet what run it is of, which was stopped as it began; give "
                          "the command again that began it", "resume", "r.h5")


class TimeLimit(Stopped):
    def test_a_run_stops_at_its_limit_and_goes_on(self):
        arguments = ("run", "small.toml", "--replications", "40000", "-o", "r.h5")
        done = self.vouch(*arguments, "--time-limit", "1s")
        self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)
        self.assertRegex(done.stderr, r"(?m)^stopped at the time limit of 1 second: [0-9,]+ of 120,000 worlds are kept in "
                                      r"r\.h5\.journal; give the same command again to go on$")
        done = self.vouch("resume", "r.h5", "--time-limit", "1")
        self.assertEqual(done.returncode, 5, done.stderr)

    def test_a_run_that_ends_before(self):
        self.succeed("run", "small.toml", "--time-limit", "1h30m")

    def test_no_time(self):
        for text, why in (("0", "nothing could be done in that time"), ("0s", "nothing could be done in that time"),
                          ("soon", "no time"), ("1.5h", "no time"), ("-3", "no time"), ("5m1h", "no time"),
                          ("1h30", "no time"), ("99999999999999999999", "no time"), ("9999d", "longer than ten years")):
            self.fail_with(2, f"error: --time-limit {text}: {why}; write it as 90s, 10m, 1h30m or 2d",
                           "run", "small.toml", f"--time-limit={text}")
        for command in ("run", "batch"):  # of a variable that is not set
            self.fail_with(2, "error: --time-limit '': no time; write it as 90s, 10m, 1h30m or 2d",
                           command, "small.toml", "--time-limit", "")
        self.assertEqual(self.list_files(), ["small.toml"])


class Unread(Stopped):
    """A run whose words nobody reads is stopped like any other."""

    def full_pipe(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        fcntl.fcntl(writer, fcntl.F_SETFL, os.O_NONBLOCK)
        try:
            while True:
                os.write(writer, b"x" * 4096)
        except BlockingIOError:
            pass
        fcntl.fcntl(writer, fcntl.F_SETFL, 0)
        return writer

    def stop_in_time(self, process):
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        self.assertEqual(process.returncode, 143)
        self.assertLess(time.monotonic() - begun, 5.0)  # tests/faults measures it; here the machine may be busy

    def test_a_blocked_error_stream(self):
        process = self.start(*self.arguments[:-3], "400000", "-o", "r.h5", stderr=self.full_pipe(), stdout=subprocess.DEVNULL)
        self.wait_for_bytes(process, "r.h5.journal")
        time.sleep(2)  # a line of progress is due, which nobody takes
        self.stop_in_time(process)
        self.assertTrue((self.folder / "r.h5.journal").exists())

    def test_a_blocked_output(self):
        self.succeed("run", "small.toml", "-o", "r.h5")
        whole = self.read("r.h5")
        process = self.start("run", "small.toml", "-o", "r.h5", stdout=self.full_pipe())
        self.assertEqual(process.stderr.readline(), "nothing to simulate: these worlds are finished (--force runs them "
                                                    "again)\n")
        time.sleep(0.5)
        self.stop_in_time(process)
        self.assertEqual(process.stderr.read(), "stopped by SIGTERM: results: r.h5 is whole\n")
        process.stderr.close()
        self.assertEqual(self.read("r.h5"), whole)


if __name__ == "__main__":
    unittest.main()
