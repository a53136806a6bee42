# SPDX-License-Identifier: Apache-2.0
"""`vouch batch`: many scenarios, one after another and together."""

import fcntl
import json
import os
import pty
import re
import signal
import subprocess
import time
import unittest

from journey import SMALL, VOUCH, Journey, quiet_environment

LONG = SMALL.replace("replications = 20", "replications = 3000")


class Batch(Journey):
    def setUp(self):
        super().setUp()
        for name in ("a", "b", "c"):
            self.write(f"nightly/{name}.toml", SMALL.replace("seed = 7", f"seed = {ord(name)}"))

    def statuses(self, *arguments, code=0, **environment):
        """Runs a batch; gives the status of each run by name."""
        done = self.vouch("batch", *arguments, "--json", **environment)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        summary = json.loads(done.stdout)
        self.assertEqual(summary["exit_code"], code)
        return {os.path.basename(run["results"]).removesuffix(".h5"): run["status"] for run in summary["runs"]}

    def log(self, name="outputs/batch.log.jsonl"):
        return [json.loads(line) for line in self.read(name).splitlines()]

    def start(self, *arguments, **more):
        return subprocess.Popen([VOUCH, "batch", *arguments], cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, env=quiet_environment(), **{"stderr": subprocess.PIPE} | more)

    def wait_for_worlds(self, journal):
        for _ in range(6000):
            path = self.folder / journal
            if path.exists() and path.stat().st_size > 100_000:
                return
            time.sleep(0.01)
        self.fail(f"nothing came to {journal}")

    def test_a_folder(self):
        self.write("nightly/deeper/not-this.toml", SMALL)
        self.write("nightly/notes.txt", "not this")
        done = self.succeed("batch", "nightly")
        self.assertEqual([name for name in self.list_files() if name.endswith(".h5")],
                         ["outputs/a.h5", "outputs/b.h5", "outputs/c.h5"])
        for name in "abc":
            self.assertRegex(done.stdout, rf"(?m)^{name} +made +60 +[0-9.]+ s +\S.*\S +{name}\.h5$")
            self.assertRegex(done.stderr, rf"(?m)^made {name}: 60 worlds in [0-9.]+ s, \S")
        self.assertIn("3 made of 3 runs in ", done.stdout)
        self.assertNotIn("\x1b", done.stdout + done.stderr)

    def test_results_are_those_of_single_runs_for_any_number_of_threads(self):
        for name in "abc":
            self.succeed("run", f"nightly/{name}.toml", "-o", f"{name}.h5")
        for threads in (1, 4):
            self.succeed("batch", "nightly", "-o", f"with-{threads}", "--threads", threads)
            for name in "abc":
                self.assertEqual(self.read(f"with-{threads}/{name}.h5"), self.read(f"{name}.h5"))
            logged = json.loads(self.read(f"with-{threads}/a.h5.log.jsonl"))
            self.assertEqual(logged["threads"], threads)

    def test_runs_with_an_aim_decide_as_alone(self):
        aims = {"best": "best within 1%", "precise": "net_value +- 2%", "shared": "budget"}
        self.write("list.txt", "".join(f"nightly/a.toml --replications 500 --until '{aim}' -o {name}.h5\n"
                                       for name, aim in aims.items()))
        self.statuses("list.txt", "--threads", 3)
        for name, aim in aims.items():
            self.succeed("run", "nightly/a.toml", "--replications", 500, "--until", aim, "-o", f"{name}.h5")
            self.assertEqual(self.read(f"outputs/{name}.h5"), self.read(f"{name}.h5"))

    def test_a_list_with_options_quotes_and_comments(self):
        self.write("lists/nightly.txt",
                   "# what runs at night\n\n"
                   "../nightly/a.toml --replications 10   # fewer\r\n"
                   "  ../nightly/a.toml -o 'deep/two words.h5' --set 'title=\"A \\\"B\\\" #1\"' --seed 3\n"
                   "\"../nightly/b.toml\" --strategies never,early --report pages/b.html")
        self.assertEqual(self.statuses("lists/nightly.txt", "-o", "night"),
                         {"a": "made", "two words": "made", "b": "made"})
        self.assertEqual([name for name in self.list_files() if name.endswith((".h5", ".html"))],
                         ["night/a.h5", "night/b.h5", "night/deep/two words.h5", "night/pages/b.html"])
        self.succeed("run", "nightly/a.toml", "--seed", 3, "--set", 'title="A \\"B\\" #1"', "-o", "single.h5")
        self.assertEqual(self.read("night/deep/two words.h5"), self.read("single.h5"))

    def test_broken_lines_keep_no_other_from_running_and_are_told_first(self):
        self.write("list.txt", "nightly/a.toml --sede 3\nnightly/a.toml\nnightly/a.toml --json\n"
                               "nightly/b.toml -o a.h5\nnightly/b.toml -o ../b.h5\nnightly/b.toml -o '/b.h5'\n"
                               "nightly/c.toml 'open\n")
        done = self.vouch("batch", "list.txt", "--json")
        self.assertEqual(done.returncode, 2)
        expected = """
list.txt:1: error: unknown option '--sede'; did you mean '--seed'?
list.txt:3: error: '--json' has no place in a list; give it to 'vouch batch', as in: vouch batch list.txt --json
list.txt:4: error: 'outputs/a.h5' is written by line 2, too (one would replace the other); give one of them another name with -o
list.txt:5: error: '-o ../b.h5' leads out of the output folder 'outputs'; give a path below that folder, or another folder to 'vouch batch' with -o
list.txt:6: error: '-o /b.h5' leads out of the output folder 'outputs'; give a path below that folder, or another folder to 'vouch batch' with -o
list.txt:7: error: a quote is not closed, or nothing follows a backslash; quote as for a shell
"""
        self.assertEqual([line for line in done.stderr.splitlines() if line.startswith("list.txt:")],
                         expected.strip().splitlines())
        self.assertLess(done.stderr.index("list.txt:7"), done.stderr.index("made a: 60 worlds"))
        runs = json.loads(done.stdout)["runs"]
        self.assertEqual([run["status"] for run in runs], ["failed", "made"] + ["failed"] * 5)
        self.assertEqual([(run["scenario"], run["results"]) for run in runs],
                         [(None, None), ("nightly/a.toml", "outputs/a.h5")] + [(None, None)] * 5)
        self.assertEqual([name for name in self.list_files() if name.startswith("outputs/")],
                         ["outputs/a.h5", "outputs/a.h5.log.jsonl", "outputs/batch.log.jsonl"])
        self.assertIn("failed list.txt:3 (exit code 2):\n  list.txt:3: error: '--json' has no place in a list",
                      self.vouch("batch", "list.txt").stdout)

    def test_a_list_with_a_byte_order_mark(self):
        self.write("list.txt", "\ufeffnightly/a.toml\n")
        self.assertEqual(self.statuses("list.txt"), {"a": "made"})

    def test_files_that_would_replace_each_other(self):
        self.write("list.txt", "nightly/a.toml -o x/../one.h5\nnightly/b.toml -o one.h5\n")
        self.assertIn("list.txt:2: error: 'outputs/one.h5' is written by line 1, too",
                      self.vouch("batch", "list.txt").stderr)
        self.succeed("run", "nightly/a.toml", "-o", "a.h5")
        self.assertEqual(self.read("outputs/one.h5"), self.read("a.h5"))
        self.write("list.txt", "nightly/a.toml --report p.html\nnightly/b.toml --report p.html\n")
        self.assertIn("'outputs/p.html' is written by line 1, too", self.vouch("batch", "list.txt").stderr)
        num_lines = len(self.log())
        self.write("list.txt", "nightly/a.toml -o batch.log.jsonl\n")
        self.assertIn("is written by the batch's log, too", self.vouch("batch", "list.txt").stderr)
        self.assertIn("is written by the batch's log, too", self.log()[num_lines]["message"])

    def test_files_that_vouch_puts_beside_results(self):
        self.write("list.txt", "nightly/a.toml -o one.h5\nnightly/b.toml -o one.h5.journal\n")
        self.assertIn("list.txt:2: error: 'outputs/one.h5.journal' is written by line 1, too",
                      self.vouch("batch", "list.txt").stderr)

    def test_hidden_files_of_a_folder_are_not_run(self):
        self.write("nightly/.#a.toml", "an editor's lock")
        os.symlink("nowhere.toml", self.folder / "nightly/b-link.toml")
        self.assertEqual(self.statuses("nightly", code=2), {"a": "made", "b": "made", "b-link": "failed", "c": "made"})
        self.assertNotIn("did you mean 'nightly/b-link.toml'", "".join(run["message"] for run in self.log()))

    def test_nothing_to_run(self):
        (self.folder / "empty").mkdir()
        self.write("empty.txt", "# nothing\n#\n\n")
        self.fail_with(2, "error: no scenario in the folder 'empty': it has no *.toml (subfolders are not looked into)",
                       "batch", "empty")
        self.fail_with(2, "error: no scenario in 'empty.txt': it has no line with one", "batch", "empty.txt")
        self.fail_with(2, "error: 'small.toml' is one scenario, which 'vouch run' runs; give a folder, or a text file "
                          "with a scenario on each line", "batch", "small.toml")
        self.fail_with(4, "error: cannot open 'missing': No such file or directory", "batch", "missing")

    def test_a_broken_scenario_keeps_no_other_from_running(self):
        self.write("nightly/b.toml", "title = \n")
        self.write("nightly/c.toml", SMALL.replace("accounts = 100", "acounts = 100"))
        self.write("nightly/d.toml", SMALL)
        done = self.vouch("batch", "nightly")
        self.assertEqual(done.returncode, 2)
        self.assertIn("2 made, 2 failed of 4 runs", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^b +failed +- ")
        self.assertRegex(done.stdout, r"failed b \(exit code 2\):\n  nightly/b.toml:1:\d+: error: ")
        self.assertIn("nightly/c.toml:14:1: error: unknown key 'acounts'", done.stdout)
        self.assertIn("nightly/c.toml:14:1: error: unknown key 'acounts'", done.stderr)
        self.assertIn("error: b failed\n", done.stderr)
        self.assertEqual([name for name in self.list_files() if name.endswith(".h5")], ["outputs/a.h5", "outputs/d.h5"])

    def test_the_gravest_failure_is_the_exit_code(self):
        (self.folder / "outputs" / "a.h5").mkdir(parents=True)  # cannot be written: 4
        self.assertEqual(self.statuses("nightly", code=4), {"a": "failed", "b": "made", "c": "made"})
        self.write("nightly/b.toml", "nothing")  # 2, which does not go away by itself
        self.assertEqual(self.statuses("nightly", code=2), {"a": "failed", "b": "failed", "c": "up to date"})
        by_name = {run["scenario"]: run["exit_code"] for run in self.log()[-3:]}
        self.assertEqual(by_name, {"nightly/a.toml": 4, "nightly/b.toml": 2, "nightly/c.toml": 0})

    def test_a_foreign_file_is_not_replaced(self):
        self.write("outputs/a.h5", "my notes")
        self.assertEqual(self.statuses("nightly", code=2)["a"], "failed")
        self.assertEqual(self.read("outputs/a.h5"), b"my notes")

    def test_what_is_up_to_date_is_left_as_it_is(self):
        self.write("nightly/parts/base.toml", SMALL)
        self.write("nightly/b.toml", 'extends = "parts/base.toml"\ntitle = "Extended"\n')
        self.statuses("nightly")
        made = {name: os.stat(self.folder / f"outputs/{name}.h5").st_mtime_ns for name in "abc"}
        done = self.succeed("batch", "nightly")
        self.assertIn("3 up to date of 3 runs", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^a +up to date +60 +\S+ s +\S.*a\.h5$")
        self.assertEqual(made, {name: os.stat(self.folder / f"outputs/{name}.h5").st_mtime_ns for name in "abc"})

        os.utime(self.folder / "nightly/a.toml")  # its time says nothing, what is in it does
        self.assertEqual(set(self.statuses("nightly").values()), {"up to date"})
        self.write("nightly/a.toml", SMALL.replace("median = 75", "median = 76"))
        self.assertEqual(self.statuses("nightly"), {"a": "made", "b": "up to date", "c": "up to date"})
        self.write("nightly/parts/base.toml", SMALL.replace("cost_per_minute = 1.0", "cost_per_minute = 2.0"))
        self.assertEqual(self.statuses("nightly"), {"a": "up to date", "b": "made", "c": "up to date"})
        self.write("nightly/c.toml", SMALL.replace("seed = 7", "seed = 8"))
        self.assertEqual(self.statuses("nightly"), {"a": "up to date", "b": "up to date", "c": "made"})
        self.assertEqual(self.statuses("nightly", "--force"), {"a": "made", "b": "made", "c": "made"})

    def test_stopped_and_gone_on(self):
        for name in "abc":
            self.write(f"nightly/{name}.toml", LONG.replace("seed = 7", f"seed = {ord(name)}"))
        for signal_number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            running = self.start("nightly", "-o", "night", "--threads", "2", "--json")
            self.wait_for_worlds("night/a.h5.journal")
            asked = time.monotonic()
            running.send_signal(signal_number)
            out, err = running.communicate(timeout=60)
            self.assertLess(time.monotonic() - asked, 5)
            self.assertEqual(running.returncode, code, out + err)
            summary = json.loads(out)
            self.assertEqual(summary["made"] + summary["failed"], 0)
            self.assertEqual(summary["runs"][0]["status"], "stopped")
            self.assertRegex(summary["runs"][0]["message"], r"^[\d,]+ of 9,000 worlds are kept in night/a\.h5\.journal$")
            self.assertEqual(summary["runs"][2]["status"], "not started")
            self.assertRegex(err, rf"(?m)^stopped by {signal_number.name}: .*give the same command again to go on$")
            os.rename(self.folder / "night/a.h5.journal", self.folder / "kept")  # the second time is like the first
        os.rename(self.folder / "kept", self.folder / "night/a.h5.journal")
        self.assertEqual(self.statuses("nightly", "-o", "night"), {"a": "made", "b": "made", "c": "made"})
        self.assertGreater(next(run for run in self.log("night/batch.log.jsonl")[-3:]
                                if run["scenario"] == "nightly/a.toml")["resumed"], 0)
        for name in "abc":
            self.succeed("run", f"nightly/{name}.toml", "-o", f"{name}.h5")
            self.assertEqual(self.read(f"night/{name}.h5"), self.read(f"{name}.h5"))

    def test_a_run_that_another_has_open_can_be_tried_again(self):
        self.write("outputs/a.h5.journal", "")
        with open(self.folder / "outputs/a.h5.journal", "r+b") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            done = self.vouch("batch", "nightly")
            self.assertEqual(done.returncode, 4)
            self.assertIn("error: a failed: cannot write 'outputs/a.h5.journal': another run is writing it; wait for it",
                          done.stderr)
            self.assertIn("2 made, 1 failed", done.stdout)
        self.assertEqual(self.statuses("nightly"), {"a": "made", "b": "up to date", "c": "up to date"})

    def test_two_batches_at_the_same_time(self):
        for name in "abc":
            self.write(f"nightly/{name}.toml", LONG.replace("seed = 7", f"seed = {ord(name)}"))
        first = self.start("nightly", "-q", "--json")
        self.wait_for_worlds("outputs/a.h5.journal")
        second = self.vouch("batch", "nightly", "-q", "--json")
        out, err = first.communicate(timeout=300)
        self.assertEqual((first.returncode, second.returncode), (0, 4), out + err + second.stdout + second.stderr)
        for run in json.loads(second.stdout)["runs"]:
            if run["status"] == "failed":
                self.assertIn("another run is writing it", run["message"])
        self.assertEqual(set(self.statuses("nightly").values()), {"up to date"})

    def test_the_log_has_a_line_for_each_run(self):
        self.write("nightly/b.toml", "nothing")
        self.vouch("batch", "nightly")
        runs = {run["scenario"]: run for run in self.log()}
        self.assertEqual(sorted(runs), ["nightly/a.toml", "nightly/b.toml", "nightly/c.toml"])
        self.assertEqual(list(runs["nightly/a.toml"]),
                         ["started", "seconds", "scenario", "results", "status", "exit_code", "message", "worlds",
                          "simulated", "resumed", "seed", "replications", "answer", "best", "vouch_version",
                          "git_sha1"])
        made = runs["nightly/a.toml"]
        self.assertRegex(made["started"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual((made["status"], made["results"], made["worlds"], made["simulated"], made["resumed"],
                          made["seed"], made["replications"], made["exit_code"], made["message"]),
                         ("made", "outputs/a.h5", 60, 60, 0, ord("a"), 20, 0, ""))
        self.assertTrue(made["answer"])
        self.assertIn("nightly/b.toml:1:", runs["nightly/b.toml"]["message"])
        self.vouch("batch", "nightly", "--log", "elsewhere.jsonl")
        self.assertEqual(len(self.log()), 3)
        self.assertEqual(len(self.log("elsewhere.jsonl")), 3)

    def test_a_log_that_cannot_be_written_spoils_no_run(self):
        done = self.vouch("batch", "nightly", "--log", "missing/log.jsonl", "--quiet")
        self.assertEqual(done.returncode, 4)
        self.assertEqual(len(re.findall("error: .*missing/log.jsonl.*the runs go on without that log", done.stderr)), 1)
        self.assertIn("3 made", done.stdout)

    def test_pages(self):
        self.succeed("batch", "nightly", "--report")
        pages = {name: os.stat(self.folder / f"outputs/{name}.html").st_mtime_ns for name in "abc"}
        self.succeed("batch", "nightly", "--report")
        self.assertEqual(pages, {name: os.stat(self.folder / f"outputs/{name}.html").st_mtime_ns for name in "abc"})
        (self.folder / "outputs/b.html").unlink()
        self.succeed("batch", "nightly", "--report")
        self.assertTrue((self.folder / "outputs/b.html").exists())

    def test_quiet_tells_errors_only(self):
        self.assertEqual(self.succeed("batch", "nightly", "--quiet").stderr, "")
        self.write("nightly/b.toml", SMALL.replace("replications = 20", "replications = 20\nreplication = 1"))
        done = self.vouch("batch", "nightly", "-q")
        self.assertEqual([line for line in done.stderr.splitlines() if "error: " not in line], [])
        self.assertIn("error: b failed", done.stderr)

    def test_the_error_stream_as_json(self):
        self.write("nightly/b.toml", "title = 1\n")
        done = self.vouch("batch", "nightly", "--log-format", "json")
        told = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertTrue(all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", one["time"]) for one in told))
        placed = [one for one in told if "file" in one]
        self.assertEqual({(one["level"], one["file"]) for one in placed}, {("error", "nightly/b.toml")})
        self.assertTrue(all(one["line"] >= 1 for one in placed if "line" in one))
        self.assertIn(("error", "b failed"), [(one["level"], one["message"]) for one in told])
        self.assertEqual(len([one for one in told if one["level"] == "info" and one["message"].startswith("made ")]), 2)

    def test_run_tells_as_json_too(self):
        self.write("long.toml", LONG)
        done = self.succeed("run", "long.toml", "-o", "long.h5", "--log-format=json")
        told = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual(told[-1]["message"], "results: long.h5")
        progress = [one for one in told if one["level"] == "progress"]
        for one in progress:
            self.assertEqual(one["worlds"], 9000)
            self.assertLessEqual(one["done"], 9000)
        self.write("wrong.toml", SMALL.replace("accounts = 100", "acounts = 100"))
        wrong = self.vouch("run", "wrong.toml", "--log-format", "json")
        told = [json.loads(line) for line in wrong.stderr.splitlines()]
        self.assertIn(("error", "wrong.toml", 14, 1),
                      [(one["level"], one.get("file"), one.get("line"), one.get("column")) for one in told])
        misspelt = self.vouch("run", "--log-format", "json", "small.toml", "--sede", "3")
        self.assertEqual(json.loads(misspelt.stderr)["message"], "unknown option '--sede'; did you mean '--seed'?")
        self.fail_with(2, "error: --log-format: xml not in {text,json}; see 'vouch run --help'",
                       "run", "small.toml", "--log-format", "xml")

    def test_a_terminal_shows_one_line(self):
        for name in "ab":
            self.write(f"nightly/{name}.toml", LONG)
        leader, follower = pty.openpty()
        running = self.start("nightly", stderr=follower)
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 4096):
                shown += piece
        except OSError:  # the other side is closed
            pass
        out, _ = running.communicate(timeout=60)
        os.close(leader)
        self.assertEqual(running.returncode, 0, out)
        text = shown.decode()
        self.assertRegex(text, r"\r1 of 3: a, \d+ % of 9,000 worlds, [\d,]+ worlds/s, \d+:\d\d left\x1b\[K")
        self.assertNotIn("\n", text)
        self.assertTrue(text.endswith("\r\x1b[K"))


if __name__ == "__main__":
    unittest.main()
