# SPDX-License-Identifier: Apache-2.0
"""Results files that cannot be read (exit code 3) or written (exit code 4)."""

import hashlib
import os
import resource
import subprocess
import unittest

import h5py

from journey import VOUCH, Journey, limit_file_size, quiet_environment

SEAL = 40  # "VOUCHSHA" and a SHA-256, at the end of the file


class Unreadable(Journey):
    def setUp(self):
        super().setUp()
        self.succeed("run", "small.toml", "-o", "small.h5", "--replications", 2)

    def compare(self, code, message):
        for command in ("compare", "inspect"):
            self.fail_with(code, message, command, "small.h5")

    def test_missing(self):
        self.fail_with(4, "error: cannot open 'none.h5': No such file or directory", "compare", "none.h5")

    def test_damaged(self):
        data = bytearray(self.read("small.h5"))
        data[len(data) // 2] ^= 1
        self.write("small.h5", bytes(data))
        self.compare(3,
            "error: 'small.h5' is damaged: its bytes do not match its seal; take an intact copy, or make it again "
            "with vouch run")

    def test_cut_short(self):
        self.write("small.h5", self.read("small.h5")[:-100])
        self.compare(3,
            "error: 'small.h5' has no seal at its end: it was cut short, or written or changed by another program; "
            "take an intact copy, or make it again with vouch run")

    def test_empty(self):
        self.write("small.h5", b"")
        self.compare(3, "error: 'small.h5' is empty; make it again with vouch run")

    def test_no_hdf5(self):
        self.write("small.h5", "a table, once\n")
        self.compare(3, "error: 'small.h5' is no results file of vouch; give one that vouch run has written")

    def test_hdf5_of_another_program(self):
        with h5py.File(self.folder / "small.h5", "w") as other:
            other["temperature"] = [1.0, 2.0]
        self.compare(3,
            "error: 'small.h5' has no seal at its end: it was cut short, or written or changed by another program; "
            "take an intact copy, or make it again with vouch run")

    def test_another_schema_version(self):
        self.write("small.h5", self.read("small.h5")[:-SEAL])
        with h5py.File(self.folder / "small.h5", "r+") as results:
            version = results.attrs["schema_version"]
            results.attrs.modify("schema_version", version + 1)
        data = self.read("small.h5")
        self.write("small.h5", data + b"VOUCHSHA" + hashlib.sha256(data).digest())
        self.compare(3,
            "error: 'small.h5' has results of schema version 4, and this vouch (0.1.0) reads version 3; read it with "
            "vouch 0.1.0, which wrote it, or make it again with vouch run")

    def test_unknown_metric(self):
        self.fail_with(2,
            "error: unknown metric 'net_valeu'; did you mean "
            "'net_value'?", "compare", "small.h5", "--metric", "net_valeu")

    def test_unknown_baseline(self):
        self.fail_with(2,
            "error: unknown baseline 'erly'; did you mean 'early'?", "compare", "small.h5", "--baseline", "erly")


class Unwritable(Journey):
    """What stood there before stays, and nothing half-made is left."""

    def run_and_keep(self, code, output, message):
        before = {name: self.read(name) for name in self.list_files()}
        self.fail_with(code, message, "run", "small.toml", "-o", output)
        self.assertEqual(before, {name: self.read(name) for name in self.list_files()})

    def test_the_folder_is_a_file(self):
        self.write("taken", "something else\n")
        self.run_and_keep(4, "taken/small.h5", "error: cannot write 'taken/small.h5.journal': Not a directory")

    def test_the_folder_is_missing(self):
        self.run_and_keep(4, "missing/small.h5",
            "error: cannot write 'missing/small.h5.journal': No such file or directory; create its folder first")

    def test_the_target_is_a_folder(self):
        (self.folder / "small.h5").mkdir()
        self.run_and_keep(4, "small.h5",
            "error: 'small.h5' is a folder; name a file in it, as in -o small.h5/results.h5")

    def test_the_target_is_a_device(self):
        self.run_and_keep(4, "/dev/full", "error: cannot write '/dev/full': it is no regular file; name a file with -o")

    def test_a_file_of_another_kind_is_not_replaced(self):
        self.write("small.h5", "a table, once\n")
        self.run_and_keep(2, "small.h5",
            "error: 'small.h5' exists and is no whole results file of vouch, so it is not replaced; name another file "
            "with -o, or give --force")
        self.succeed("run", "small.toml", "-o", "small.h5", "--force")
        self.succeed("compare", "small.h5")

    def test_hdf5_of_another_program_is_not_replaced(self):
        with h5py.File(self.folder / "small.h5", "w") as other:
            other["temperature"] = [1.0, 2.0]
        self.run_and_keep(2, "small.h5",
            "error: 'small.h5' exists and is no whole results file of vouch, so it is not replaced; name another file "
            "with -o, or give --force")

    def test_an_empty_file_and_results_are_replaced(self):
        self.write("small.h5", b"")
        self.succeed("run", "small.toml", "-o", "small.h5")
        self.succeed("run", "small.toml", "-o", "small.h5", "--seed", 5)

    def test_no_permission(self):
        os.mkdir(self.folder / "locked", 0o500)
        if os.access(self.folder / "locked", os.W_OK):
            self.skipTest("root may write anywhere")
        self.run_and_keep(4, "locked/small.h5", "error: cannot write 'locked/small.h5.journal': Permission denied")

    def test_a_full_disk(self):
        """A limit on the size of files stands for it. The results of before stay, and what is finished is kept."""
        self.succeed("run", "small.toml", "-o", "small.h5")
        self.succeed("run", "small.toml", "-o", "whole.h5", "--replications", 2000)
        before = self.read("small.h5")
        full = subprocess.run([VOUCH, "run", "small.toml", "-o", "small.h5", "--replications", "2000"], cwd=self.folder,
                              text=True, capture_output=True, env=quiet_environment(), preexec_fn=limit_file_size)
        self.assertEqual((full.returncode, full.stdout), (4, ""), full.stderr)
        self.assertRegex(full.stderr, r"(?m)^error: cannot write 'small\.h5\.journal': File too large; .* again .*$")
        self.assertEqual(self.read("small.h5"), before)
        self.assertNotIn("small.h5.partial", self.list_files())
        self.succeed("run", "small.toml", "-o", "small.h5", "--replications", 2000)
        self.assertEqual(self.read("small.h5"), self.read("whole.h5"))

    def test_a_journal_damaged_in_the_middle(self):
        """What follows is run again, and that is told."""
        arguments = ("run", "small.toml", "-o", "small.h5", "--replications", "2000")
        self.succeed(*arguments[:2], "-o", "whole.h5", *arguments[4:])
        subprocess.run([VOUCH, *arguments], cwd=self.folder, capture_output=True, env=quiet_environment(),
                       preexec_fn=limit_file_size)
        journal = bytearray(self.read("small.h5.journal"))
        journal[len(journal) // 2] ^= 1
        self.write("small.h5.journal", bytes(journal))
        done = self.succeed(*arguments)
        self.assertRegex(done.stderr, r"(?m)^warning: [0-9,]+ bytes at the end of small\.h5\.journal were damaged; "
                                      r"their worlds run again$")
        self.assertEqual(self.read("small.h5"), self.read("whole.h5"))


class Starved(Journey):
    """A process that may not have the threads that it wants ends with exit code 6."""

    def start(self, stack, memory, *arguments):
        def limit():
            resource.setrlimit(resource.RLIMIT_STACK, (stack, resource.getrlimit(resource.RLIMIT_STACK)[1]))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        return subprocess.run([VOUCH, *arguments], cwd=self.folder, text=True, capture_output=True,
                              env=quiet_environment(), preexec_fn=limit)

    def setUp(self):
        super().setUp()
        if resource.getrlimit(resource.RLIMIT_STACK)[1] != resource.RLIM_INFINITY:
            self.skipTest("stacks are limited")
        if self.start(8 << 20, 4 << 30, "--version").returncode != 0:
            self.skipTest("a sanitizer needs more memory")

    def test_too_many_threads(self):
        done = self.start(256 << 20, 4 << 30, "run", "small.toml", "-o", "small.h5", "--threads", "64")
        self.assertEqual((done.returncode, done.stdout), (6, ""), done.stderr)
        self.assertRegex(done.stderr, r"(?m)^error: cannot start 64 threads: .*; use fewer \(--threads\)$")
        again = self.start(256 << 20, 4 << 30, "run", "small.toml", "-o", "small.h5", "--threads", "2")
        self.assertEqual(again.returncode, 0, again.stderr)

    def test_not_even_one_thread(self):
        done = self.start(16 << 30, 4 << 30, "run", "small.toml", "-o", "small.h5")
        self.assertEqual((done.returncode, done.stdout), (6, ""), done.stderr)
        self.assertRegex(done.stderr, r"^error: cannot start a thread: .*; allow this process more memory or threads")


if __name__ == "__main__":
    unittest.main()
