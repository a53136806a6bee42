# SPDX-License-Identifier: Apache-2.0
"""`vouch run --shard` and `vouch merge`: many machines give the bytes of one run, and nothing that does not fit."""

import json
import shutil
import signal
import subprocess
import time
import unittest

from journey import ROOT, VOUCH, Journey, limit_file_size, quiet_environment

SWEEP = ("--sweep", "outcomes.ask.intercept=-2,-1,0")
NUMBERED = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT",
            "SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE", "PBS_ARRAY_INDEX", "PARALLEL_SEQ",
            "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", "CLOUD_RUN_TASK_INDEX",
            "CLOUD_RUN_TASK_COUNT", "BATCH_TASK_INDEX", "BATCH_TASK_COUNT")


def only(**variables):
    """The environment of a task: what its scheduler sets, and nothing that another may have set around this test."""
    return {name: "" for name in NUMBERED} | variables


def name(index, count, stem="s"):
    return f"{stem}.shard-{index:0{len(str(count))}}-of-{count}.h5"


class Shards(Journey):
    def run_shards(self, count, *more, stem="s", indices=None, scenario="small.toml"):
        names = []
        for index in indices or range(1, count + 1):
            self.succeed("run", scenario, "-o", f"{stem}.h5", "--shard", f"{index}/{count}", "--quiet", *more)
            names.append(name(index, count, stem))
        return names

    def check_same_bytes(self, count, *more, scenario="small.toml"):
        shards = self.run_shards(count, *more, scenario=scenario)
        once = self.succeed("run", scenario, "-o", "once.h5", *more)
        merged = self.succeed("merge", *reversed(shards))
        self.assertEqual(self.read("s.h5"), self.read("once.h5"))
        self.assertEqual(merged.stdout, once.stdout)
        return shards


class SameBytes(Shards):
    def test_a_merge_gives_the_bytes_of_one_run(self):
        shards = self.check_same_bytes(3)
        self.assertEqual(self.list_files(), sorted(["once.h5", "once.h5.log.jsonl", "s.h5", "s.h5.log.jsonl",
                                                    "small.toml"] + shards + [f"{one}.log.jsonl" for one in shards]))
        line = json.loads(self.read("s.h5.log.jsonl"))
        self.assertEqual((line["ending"], line["command"][1]), ("published", "merge"))

    def test_of_antithetic_pairs(self):
        self.check_same_bytes(7, "--set", "experiment.antithetic=true")

    def test_of_sweeps(self):
        self.check_same_bytes(6, *SWEEP)

    def test_of_every_worlds_series(self):
        self.check_same_bytes(3, "--set", "output.detail=world", "--strategies", "late,early")

    def test_of_more_worlds_than_a_chunk_has(self):
        self.check_same_bytes(3, "--replications", 1300, "--set", "segments.smb.accounts=5", "--set",
                              "experiment.horizon_days=60", "--set", "segments.enterprise.accounts=2")

    def test_of_one_shard_and_of_as_many_as_replications(self):
        self.check_same_bytes(1)
        (self.folder / "s.h5").unlink()
        self.check_same_bytes(20)

    def test_of_the_flagship(self):
        shutil.copytree(ROOT / "scenarios", self.folder / "scenarios")
        self.check_same_bytes(4, "--replications", 8, scenario="scenarios/when-to-ask.toml")

    def test_in_a_tree_of_shards_of_several_numbers(self):
        thirds = self.run_shards(3, "--replications", 24)
        quarters = self.run_shards(4, "--replications", 24, indices=[3, 4])  # 12 to 24
        self.succeed("run", "small.toml", "-o", "once.h5", "--replications", 24)
        self.fail_with(2, "error: 's.shard-2-of-3.h5' and 's.shard-3-of-4.h5' both hold replications 13 to 16",
                       "merge", thirds[0], thirds[1], *quarters)
        eighths = self.run_shards(6, "--replications", 24, indices=[3])  # 8 to 12
        done = self.succeed("merge", "--partial", thirds[0], *eighths)
        self.assertIn("Part of a run: replications 1 to 12 of 24, joined from shards.", done.stdout)
        self.succeed("merge", "--partial", *quarters, "-o", "right.h5")
        self.succeed("merge", "right.h5", "s.part-01-to-12.h5", "-o", "tree.h5")
        self.assertEqual(self.read("tree.h5"), self.read("once.h5"))
        self.succeed("merge", "--partial", "s.part-01-to-12.h5", "right.h5", "-o", "whole.h5")
        self.assertEqual(self.read("whole.h5"), self.read("once.h5"))
        inspected = self.succeed("inspect", "right.h5").stdout
        self.assertIn("joined from shards, each made, in the folder of the scenario, with\n"
                      "  vouch run small.toml --seed 7 --replications 24 --shard I/N\n", inspected)

    def test_the_same_shards_give_the_same_bytes_anywhere(self):
        self.run_shards(3)
        self.run_shards(3, "--threads", 5, stem="t")
        for index in (1, 2, 3):
            self.assertEqual(self.read(name(index, 3)), self.read(name(index, 3, "t")))


class Told(Shards):
    def test_a_shard_says_what_it_is(self):
        self.run_shards(3, indices=[2])
        done = self.succeed("run", "small.toml", "-o", "s.h5", "--shard", "2/3")
        told = ("Shard 2 of 3 of a run: replications 7 to 13 of 20. When all shards are there, this joins them:\n"
                "  vouch merge s.shard-*-of-3.h5\n")
        self.assertTrue(done.stdout.startswith(told), done.stdout)
        self.assertIn("nothing to simulate", done.stderr)
        shard = name(2, 3)
        self.assertEqual(self.succeed("compare", shard).stdout, done.stdout)
        self.assertTrue(self.succeed("plot", shard, "comparison").stdout.startswith(told))
        inspected = self.succeed("inspect", shard).stdout
        self.assertTrue(inspected.startswith(told))
        self.assertIn("  vouch run small.toml --seed 7 --replications 20 --shard 2/3\n", inspected)
        self.assertIn("3 strategies x 7 replications", inspected)
        part = {"first_replication": 6, "replications": 7, "of_replications": 20, "shard": 2, "shards": 3}
        for command in (["inspect", shard], ["compare", shard], ["run", "small.toml", "-o", "s.h5", "--shard", "2/3"]):
            self.assertEqual(json.loads(self.succeed(*command, "--json").stdout)["part"], part)
        self.succeed("report", shard, "-o", "page.html")
        self.assertIn("Shard 2 of 3 of a run, by itself", self.read("page.html").decode())

    def test_a_whole_run_says_nothing_of_parts(self):
        self.succeed("run", "small.toml", "-o", "s.h5")
        self.assertNotIn("part", json.loads(self.succeed("inspect", "s.h5", "--json").stdout))
        self.assertNotIn(b"part_first", self.read("s.h5"))

    def test_a_shard_is_made_again_from_its_file_alone(self):
        self.run_shards(3, indices=[2])
        self.write("again.toml", self.succeed("inspect", name(2, 3), "--scenario").stdout)
        self.succeed("run", "again.toml", "-o", "again.h5", "--shard", "2/3")
        digest = [json.loads(self.succeed("inspect", one, "--json").stdout)["worlds_digest"]
                  for one in (name(2, 3), name(2, 3, "again"))]
        self.assertEqual(*digest)

    def test_names(self):
        self.succeed("run", "small.toml", "--shard", "2/10", "-q")
        self.assertIn("outputs/small.shard-02-of-10.h5", self.list_files())
        self.run_shards(2, stem="my run")
        self.assertIn("vouch merge 'my run'.shard-*-of-2.h5", self.succeed("compare", name(1, 2, "my run")).stdout)
        done = subprocess.run([VOUCH, "merge", *map(str, self.folder.glob("my run.shard-*-of-2.h5"))], check=True,
                              capture_output=True, env=quiet_environment())
        self.assertIn(b"my run.h5", done.stderr)

    def test_python_knows_parts(self):
        self.run_shards(3, indices=[2])
        code = ("from vouch_results import open_results\n"
                f"results = open_results({name(2, 3)!r})\n"
                "print(results, results.part, list(results.data.replication.values))\n"
                "print(len(results.differences()))")
        done = subprocess.run(["/usr/bin/python3", "-B", "-c", code], cwd=self.folder, text=True, capture_output=True,
                              env=quiet_environment(PYTHONPATH=str(ROOT / "tools" / "python")))
        self.assertEqual((done.stdout, done.stderr),
                         ("<Results of 'Small': 3 strategies x 7 replications, a part of 20, ranked by net_value> "
                          "(6, 13) [6, 7, 8, 9, 10, 11, 12]\n2\n", ""))


class Scheduled(Shards):
    CASES = (
        ("auto", dict(SLURM_ARRAY_TASK_ID="2", SLURM_ARRAY_TASK_MIN="1", SLURM_ARRAY_TASK_MAX="3",
                      SLURM_ARRAY_TASK_COUNT="3")),
        ("auto", dict(SLURM_ARRAY_TASK_ID="1", SLURM_ARRAY_TASK_MIN="0", SLURM_ARRAY_TASK_MAX="2",
                      SLURM_ARRAY_TASK_COUNT="3")),
        ("auto/3", dict(SLURM_ARRAY_TASK_ID="2")),
        ("auto", dict(SGE_TASK_ID="2", SGE_TASK_FIRST="1", SGE_TASK_LAST="3", SGE_TASK_STEPSIZE="1")),
        ("auto/3", dict(SGE_TASK_ID="2")),
        ("auto/3", dict(PBS_ARRAY_INDEX="2")),
        ("auto/3", dict(PARALLEL_SEQ="2")),
        ("auto/3", dict(JOB_COMPLETION_INDEX="1")),
        ("auto", dict(AWS_BATCH_JOB_ARRAY_INDEX="1", AWS_BATCH_JOB_ARRAY_SIZE="3")),
        ("auto", dict(CLOUD_RUN_TASK_INDEX="1", CLOUD_RUN_TASK_COUNT="3")),
        ("auto", dict(BATCH_TASK_INDEX="1", BATCH_TASK_COUNT="3")),
    )

    def test_every_scheduler_tells_the_shard(self):
        for shard, variables in self.CASES:
            with self.subTest(shard, **variables):
                done = self.succeed("run", "small.toml", "-o", "s.h5", "--shard", shard, **only(**variables))
                self.assertTrue(done.stdout.startswith("Shard 2 of 3 of a run"))
                self.assertEqual([file for file in self.list_files() if file.endswith("h5")], [name(2, 3)])

    def test_none_and_too_many_are_refused(self):
        run = ("run", "small.toml", "--shard")
        self.fail_with(2, "error: --shard auto: no scheduler has numbered this task (none of SLURM_ARRAY_TASK_ID, "
                       "SGE_TASK_ID, PBS_ARRAY_INDEX, PARALLEL_SEQ, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX, "
                       "CLOUD_RUN_TASK_INDEX and BATCH_TASK_INDEX is set); give --shard I/N", *run, "auto", **only())
        self.fail_with(2, "error: --shard auto/3: PARALLEL_SEQ is 4, and must be from 1 to 3", *run, "auto/3",
                       **only(PARALLEL_SEQ="4"))


class Refused(Shards):
    def test_on_the_command_line(self):
        run = ("run", "small.toml", "--shard")
        self.fail_with(2, "error: --shard 4/3: there is no shard 4 of 3; they are numbered from 1", *run, "4/3")
        self.fail_with(2, "error: --shard 3: this names no shard; write I/N, where I is from 1 to N, as in --shard 3/10, "
                       "or auto or auto/N under a scheduler", *run, "3")
        self.fail_with(2, "error: --shard 1/21: 20 replications cannot be shared among 21 shards; give at most 20, or "
                       "more --replications", *run, "1/21")
        self.fail_with(2, "error: --shard 1/11: 10 antithetic pairs cannot be shared among 11 shards; give at most 10, "
                       "or more --replications", *run, "1/11", "--set", "experiment.antithetic=true")
        for other in (["--until", "best"], ["--append"]):
            done = self.vouch(*run, "1/2", *other)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("--shard", done.stderr)
        self.assertEqual(self.list_files(), ["small.toml"])

    def test_gaps(self):
        self.run_shards(10, indices=[1, 2, 3, 5, 8])
        shards = [name(index, 10) for index in (5, 1, 3, 2, 8)]
        self.fail_with(2, "error: no file holds replications 7 to 8 (shard 4 of 10)\n"
                       "error: no file holds replications 11 to 14 (shards 6 to 7 of 10)\n"
                       "error: no file holds replications 17 to 20 (shards 9 to 10 of 10)", "merge", *shards)
        self.fail_with(2, "error: no file holds replications 7 to 8 (shard 4 of 10)\n"
                       "error: no file holds replications 11 to 14 (shards 6 to 7 of 10)", "merge", "--partial", *shards)
        self.assertNotIn("s.h5", self.list_files())

    def test_overlaps(self):
        one, two, three = self.run_shards(3)
        shutil.copy(self.folder / two, self.folder / "copy.h5")
        self.fail_with(2, f"error: './{two}' is given twice", "merge", one, two, f"./{two}", three)
        done = self.vouch("merge", one, two, "copy.h5", three)
        self.assertEqual(done.returncode, 2)
        self.assertIn("both hold replications 7 to 13", done.stderr)
        self.assertIn("'copy.h5'", done.stderr)
        self.assertIn(f"'{two}'", done.stderr)

    def test_strangers(self):
        one, two, three = self.run_shards(3)
        for more, difference in (
                (["--seed", 8], "its seed is '8', this run's '7'"),
                (["--set", "outcomes.win.probability=0.4"], "its scenario differs from this run's"),
                (["--strategies", "early,never"], "its strategies are 'never, early', this run's 'never, early, late'"),
                (["--set", "experiment.antithetic=true"], "its antithetic is 'yes', this run's 'no'"),
                (SWEEP, "its sweep differs from this run's"),
                (["--replications", 21], "its number of replications is '21', this run's '20'"),
                (["--set", "experiment.metric=asks"], "its metric is 'asks', this run's 'net_value'"),
                (["--set", "experiment.baseline=late"], "its baseline is 'late', this run's 'never'"),
                (["--set", "experiment.confidence=0.9"], "its confidence is '0.9', this run's '0.95'"),
                (["--set", "title=Other"], "its scenario differs in words or in what files keep, such as title, labels "
                                           "or detail")):
            with self.subTest(difference):
                [other] = self.run_shards(3, *more, "--force", stem="other", indices=[2])
                self.fail_with(3, f"error: '{other}' is of another run than '{one}': {difference}\n"
                               "error: no file holds replications 7 to 13 (shard 2 of 3)", "merge", other, one, three)
        self.succeed("merge", one, two, three)

    def test_everything_that_is_wrong_is_told_at_once(self):
        one, two, three = self.run_shards(3)
        self.succeed("run", "small.toml", "-o", "whole.h5")
        bytes_of_two = bytearray(self.read(two))
        bytes_of_two[len(bytes_of_two) // 2] ^= 1
        self.write("damaged.h5", bytes(bytes_of_two))
        done = self.vouch("merge", "whole.h5", "absent.h5", "damaged.h5", "small.toml", one, three)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        lines = done.stderr.splitlines()
        self.assertEqual(lines[0], "error: 'whole.h5' holds a whole run, not a part of one")
        self.assertIn("'absent.h5'", lines[1])
        self.assertIn("'damaged.h5' is damaged", lines[2])
        self.assertIn("'small.toml'", lines[3])
        self.assertEqual(lines[4:], ["error: no file holds replications 7 to 13 (shard 2 of 3)"])
        self.assertEqual(self.vouch("merge", "absent.h5", one, three).returncode, 4)

    def test_runs_that_are_not_over(self):
        one, two, three = self.run_shards(3, "--set", "output.bin_days=1")
        (self.folder / two).unlink()
        done = subprocess.run([VOUCH, "run", "small.toml", "-o", "s.h5", "--shard", "2/3", "--set",
                               "output.bin_days=1"], cwd=self.folder, capture_output=True,
                              env=quiet_environment(), preexec_fn=limit_tightly)
        self.assertEqual(done.returncode, 4, done.stderr)
        gap = "error: no file holds replications 7 to 13 (shard 2 of 3)"
        self.fail_with(3, f"error: '{two}.journal' is a run that is not over; finish it first with vouch resume "
                       f"{two}.journal\n{gap}", "merge", one, f"{two}.journal", three)
        self.fail_with(3, f"error: '{two}' is not there, since its run is not over; finish it first with vouch resume "
                       f"{two}.journal\n{gap}", "merge", one, two, three)
        compared = self.succeed("compare", f"{two}.journal").stdout
        self.assertIn("Shard 2 of 3 of a run", compared)
        self.assertIn("Unfinished run", compared)

    def test_names(self):
        one, two, three = self.run_shards(3)
        shutil.copy(self.folder / two, self.folder / "b.h5")
        self.fail_with(2, "error: these files have no name in common, as a.shard-1-of-2.h5 and a.shard-2-of-2.h5 have: "
                       "name the joined file with -o", "merge", one, "b.h5", three)
        self.fail_with(2, "error: 'b.h5' is one of the files that are to be joined; name another with -o",
                       "merge", one, "b.h5", three, "-o", "b.h5")
        self.write("notes.h5", "mine")
        self.fail_with(2, "error: 'notes.h5' exists and is no whole results file of vouch, so it is not replaced; name "
                       "another file with -o, or give --force", "merge", one, two, three, "-o", "notes.h5")
        self.assertEqual(self.read("notes.h5"), b"mine")

    def test_a_part_is_not_added_to(self):
        [two] = self.run_shards(3, indices=[2])
        self.fail_with(2, f"error: cannot add to '{two}': it is a part of a run, replications 7 to 13; vouch merge joins "
                       "parts", "run", "small.toml", "-o", two, "--append")


def limit_tightly():
    """As limit_file_size, but the results of seven replications do not fit either."""
    import resource
    limit_file_size()
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


class Interrupted(Shards):
    def test_a_shard_that_was_killed_goes_on(self):
        more = ("--replications", 3000, "--threads", 1)
        [reference] = self.run_shards(3, *more, stem="ref", indices=[2])
        process = subprocess.Popen([VOUCH, "run", "small.toml", "-o", "s.h5", "--shard", "2/3", *map(str, more)],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=quiet_environment())
        journal = self.folder / f"{name(2, 3)}.journal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 20_000):
            time.sleep(0.01)
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)
        other = self.vouch("run", "small.toml", "-o", "s.h5", "--shard", "3/3", *more)  # has a journal of its own
        self.assertEqual(other.returncode, 0)
        done = self.succeed("run", "small.toml", "-o", "s.h5", "--shard", "2/3", *more)
        self.assertIn("going on where a run was stopped", done.stderr)
        self.assertEqual(self.read(name(2, 3)), self.read(reference))

    def test_a_merge_that_ran_into_a_full_disk_goes_on(self):
        shards = self.run_shards(3, "--replications", 900)
        self.succeed("run", "small.toml", "-o", "once.h5", "--replications", 900)
        done = subprocess.run([VOUCH, "merge", *shards], cwd=self.folder, text=True, capture_output=True,
                              env=quiet_environment(), preexec_fn=limit_file_size)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        again = self.succeed("merge", *shards)
        self.assertIn("going on where a merge or run was stopped", again.stderr)
        self.assertEqual(self.read("s.h5"), self.read("once.h5"))
        self.assertNotIn("s.h5.journal", self.list_files())

    def test_a_merge_that_was_stopped_goes_on(self):
        shards = self.run_shards(3, "--replications", 900)
        self.succeed("run", "small.toml", "-o", "once.h5", "--replications", 900)
        for _ in range(10):  # on a busy machine it may be over before the signal comes
            (self.folder / "s.h5").unlink(missing_ok=True)
            process = subprocess.Popen([VOUCH, "merge", *shards], cwd=self.folder, text=True,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=quiet_environment())
            while process.poll() is None and not (self.folder / "s.h5.journal").exists():
                pass
            process.terminate()
            told = process.communicate()[1]
            if process.returncode != 0:
                break
        self.assertEqual(process.returncode, 143)
        self.assertRegex(told, r"\Astopped by SIGTERM: [0-9,]+ of 2,700 worlds are kept in s\.h5\.journal; give the same "
                               r"command again to go on\n\Z")
        self.succeed("merge", *shards)
        self.assertEqual(self.read("s.h5"), self.read("once.h5"))
        self.assertNotIn("s.h5.journal", self.list_files())

    def test_a_finished_merge_is_not_made_again(self):
        shards = self.run_shards(3)
        first = self.succeed("merge", *shards)
        again = self.succeed("merge", *shards)
        self.assertEqual(again.stderr, "nothing to merge: s.h5 has these worlds (--force merges them again)\n"
                                       "results: s.h5\n")
        self.assertEqual(again.stdout, first.stdout)
        self.assertEqual(len(self.read("s.h5.log.jsonl").splitlines()), 1)
        self.succeed("merge", *shards, "--force", "--quiet")
        self.assertEqual(len(self.read("s.h5.log.jsonl").splitlines()), 2)
        self.assertEqual(json.loads(self.succeed("merge", *shards, "--json").stdout),
                         json.loads(self.succeed("compare", "s.h5", "--json").stdout))

    def test_a_run_finishes_what_a_whole_runs_journal_and_shards_have(self):
        shards = self.run_shards(2)
        self.succeed("merge", *shards, "-o", "merged.h5")
        self.assertIn("nothing to simulate", self.succeed("run", "small.toml", "-o", "merged.h5").stderr)


if __name__ == "__main__":
    unittest.main()
