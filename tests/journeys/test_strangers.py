# SPDX-License-Identifier: Apache-2.0
"""Files from strangers: what they may not do, and the words that say so."""

import hashlib
import os
import pty
import subprocess
import unittest

import h5py
from journey import SMALL, VOUCH, Journey, quiet_environment

HOSTILE = "\x1b]0;pwned\x07\x1b[2J\u202e<script>alert(1)</script>"
SHOWN = "\\x1b]0;pwned\\x07\\x1b[2J\\u202e<script>alert(1)</script>"


class Strangers(Journey):
    def run_small(self, *options):
        self.succeed("run", "small.toml", "-o", "small.h5", "--replications", "4", "-q", *options)

    def change_results(self, change):
        """Changes the results file as a stranger would, who can seal it as well as we can."""
        path = self.folder / "small.h5"
        path.write_bytes(path.read_bytes()[:-40])
        with h5py.File(path, "r+") as file:
            change(file)
        data = path.read_bytes()
        path.write_bytes(data + b"VOUCHSHA" + hashlib.sha256(data).digest())

    def see(self, *arguments):
        """What `vouch ARGUMENTS` writes to a terminal."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([VOUCH, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=theirs,
                                   stderr=theirs, env=quiet_environment(TERM="xterm", NO_COLOR="1"))
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 1 << 16):
                seen += part
        except OSError:  # how a terminal ends
            pass
        os.close(ours)
        process.wait(60)
        return seen.decode("utf-8").replace("\r\n", "\n")

    def test_extends_outside(self):
        self.write("own/s.toml", 'extends = "../small.toml"\n')
        folder = self.folder.resolve()
        for command in ("check", "show", "run"):
            self.fail_with(2,
                f"own/s.toml:1:11: error: 'small.toml' is outside the scenario's folder (a scenario extends files in "
                f"{folder}/own and below, links followed); move it there, mark a folder above as theirs by an empty file "
                ".vouch-root, or give --allow-outside", command, "own/s.toml")
            self.succeed(command, "own/s.toml", "--allow-outside")
        self.write(".vouch-root", "")
        self.succeed("check", "own/s.toml")

    def test_allow_outside_is_part_of_the_command(self):
        self.write("own/s.toml", 'extends = "../small.toml"\n')
        self.succeed("run", "own/s.toml", "--allow-outside", "-o", "o.h5", "-q", "--replications", "2")
        self.assertIn("vouch run s.toml --seed 7 --replications 2 --allow-outside\n", self.succeed("inspect", "o.h5").stdout)

    def test_extends_an_absolute_path(self):
        self.write("s.toml", 'extends = "/etc/passwd"\n' + SMALL)
        self.fail_with(2,
            f"s.toml:1:11: error: '/etc/passwd' is an absolute path (a scenario extends files in {self.folder.resolve()} "
            "and below, links followed); move it there, mark a folder above as theirs by an empty file .vouch-root, or "
            "give --allow-outside", "check", "s.toml")

    def test_nothing_is_written_through_a_link(self):
        for ending in (".journal", ".log.jsonl"):
            self.write("victim", "precious")
            os.symlink("victim", self.folder / f"r.h5{ending}")
            done = self.vouch("run", "small.toml", "-o", "r.h5", "--force")
            told = f"cannot write 'r.h5{ending}': it is a symbolic link, which might lead anywhere; remove the link"
            self.assertIn(told, done.stderr)
            self.assertEqual(done.returncode, 4 if ending == ".journal" else 0)  # without its log a run is whole
            self.assertEqual(self.read("victim"), b"precious")
            (self.folder / f"r.h5{ending}").unlink()

    def test_force_drops_what_vouch_kept_and_nothing_else(self):
        self.write("r.h5.journal", "precious")
        for force in ([], ["--force"]):
            self.fail_with(3, "error: 'r.h5.journal' is no journal of vouch; move it away, or choose another output with "
                              "-o", "run", "small.toml", "-o", "r.h5", *force)
        self.assertEqual(self.read("r.h5.journal"), b"precious")

    def test_extends_a_pipe(self):
        os.mkfifo(self.folder / "pipe.toml")
        self.write("s.toml", 'extends = "pipe.toml"\n' + SMALL)
        self.fail_with(2, "s.toml:1:11: error: cannot read 'pipe.toml' (it is a pipe, not a file); paths in `extends` are "
                          "relative to the file that holds them", "check", "s.toml")
        self.fail_with(2, "pipe.toml: error: cannot read 'pipe.toml' (it is a pipe, not a file); check the path", "run", "pipe.toml")
        self.fail_with(4, "error: cannot read 'pipe.toml': it is no regular file; name a file",
                       "inspect", "pipe.toml")

    def test_escapes_in_a_scenario(self):
        self.write("s.toml", 'title = "\\u001b[2J"\n')
        self.fail_with(2, "s.toml:1:9: error: the character \\x1b in a text (it would act on a terminal); remove it",
                       "check", "s.toml")

    def test_escapes_in_a_file_name(self):
        name = "\x1b[2J.toml"
        self.write(name, "a = \n")
        self.assertTrue(self.vouch("check", name).stderr.startswith("\\x1b[2J.toml:1:5: error: not TOML"))

    def test_more_errors_than_anybody_reads(self):
        self.write("s.toml", SMALL + "".join(f"k{i} = 1\n" for i in range(1000)))
        told = self.vouch("check", "s.toml").stderr.splitlines()
        self.assertEqual(len(told), 201)
        self.assertEqual(told[-1], "s.toml:255:1: error: checking stopped here (200 errors are enough); mend these first")

    def test_time_series_without_end(self):
        self.write("s.toml", SMALL + "[output]\nbin_days = 0.001\n")
        self.fail_with(2, "s.toml:57:12: error: time series of 365000 bins (they have at most 50000); raise output.bin_days, "
                          "or set output.series = false", "run", "s.toml")

    def test_escapes_in_a_results_file(self):
        self.run_small()

        def change(file):
            for name in ("title", "question"):
                file.attrs.modify(name, HOSTILE)
        self.change_results(change)
        self.assertIn(SHOWN, self.see("inspect", "small.h5"))
        for command in (["inspect", "small.h5"], ["compare", "small.h5"], ["compare", "small.h5", "--json"], ["report", "small.h5", "-o", "-"]):
            said = self.succeed(*command).stdout
            self.assertNotRegex(said, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", command)
        self.assertNotIn("<script>alert", self.succeed("report", "small.h5", "-o", "-").stdout)

    def test_markup_in_every_text_of_a_report(self):
        script = "<script>alert(1)</script>"
        text = SMALL.replace('title = "Small"', f"title = '{script}T'").replace("[strategies.early]", f"[strategies.early]\nlabel = '{script}L'\ndescription = '{script}D'")
        text = text.replace("accounts = 100", f"label = '{script}S'\naccounts = {{ value = 100, source = '{script}Q', note = '\"onload={script}' }}")
        self.write("<img src=x>&.toml", text.replace("margin = 0.5", f"margin = 0.5\ncurrency = '{script}C'"))
        self.succeed("run", "<img src=x>&.toml", "-o", "<b>&.h5", "-q", "--replications", "4")
        for options in ([], ["--interactive"]):
            page = self.succeed("report", "<b>&.h5", "-o", "-", *options).stdout
            self.assertNotIn(script, page)
            self.assertNotIn("<img src=x>", page)
            self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;T", page)

    def refuse(self, code, words, *command):
        done = self.vouch(*command)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_results_that_make_no_sense(self):
        self.run_small()
        whole = self.read("small.h5")

        def shrink(name):
            def change(file):
                data = file[name][...]
                del file[name]
                file.create_dataset(name, data=data[:, :-1])
            return change

        def enlarge(file):
            del file["net_value"]
            file.create_dataset("net_value", shape=(3, 1 << 40), chunks=(1, 1024), dtype="f8")

        def rename(file):
            file.attrs.modify("baseline", "nobody")
        for change, words in ((shrink("net_value"), "HDF5 found 'net_value' in another shape than the file tells"),
                              (shrink("completed"), "HDF5 found 'completed' in another shape than the file tells"),
                              (enlarge, "HDF5 found 'net_value' in another shape than the file tells"),
                              (rename, "its baseline is none of its strategies")):
            self.write("small.h5", whole)
            self.change_results(change)
            self.refuse(3, words, "compare", "small.h5")


if __name__ == "__main__":
    unittest.main()
