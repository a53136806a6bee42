# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a machine: one clear line each, with what is kept and what to do, and the right exit code."""

import fcntl
import os
import resource
import subprocess
import time
import unittest

from journey import IS_SANITIZED, SMALL, VOUCH, Journey, limit_file_size, quiet_environment

NOBODY = 65534


class Trouble(Journey):
    run_it = ("run", "small.toml", "-o", "r.h5", "--replications", "2000")
    run_whole = ("run", "small.toml", "-o", "whole.h5", "--replications", "2000")

    def start(self, *arguments, **more):
        """As Journey.vouch, with what subprocess.run takes besides."""
        more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                "cwd": self.folder, "env": quiet_environment()} | more
        return subprocess.run([VOUCH, *map(str, arguments)], text=True, timeout=600, **more)

    def require(self, done, code, line):
        """The exit code, nothing on stdout, and on stderr this one line beside progress."""
        told = [one for one in done.stderr.splitlines() if " worlds/s" not in one]
        self.assertEqual((told, done.returncode, done.stdout), ([line], code, ""))

    def require_match(self, done, code, pattern):
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        told = [one for one in done.stderr.splitlines() if " worlds/s" not in one]
        self.assertEqual(len(told), 1, done.stderr)
        self.assertRegex(told[0], f"^{pattern}$")

    def keep_a_journal(self):
        """That of a run that could not go on."""
        self.start(*self.run_it, preexec_fn=limit_file_size)
        self.assertIn("r.h5.journal", self.list_files())


class Disk(Trouble):
    def mount(self, size):
        place = self.folder / "disk"
        place.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place], capture_output=True).returncode:
            self.skipTest("only root may make a small file system")
        self.addCleanup(subprocess.run, ["umount", place], check=True)
        (place / "small.toml").write_text(SMALL, encoding="utf-8")
        return place

    def test_a_full_disk(self):
        place = self.mount("1m")
        self.require_match(self.start(*self.run_it, cwd=place), 4,
                           r"error: cannot write 'r\.h5\.journal': No space left on device; [0-9,]+ of 6,?000 worlds are "
                           r"kept; free space and run the same command again to resume")
        subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
        self.assertEqual(self.start("resume", "r.h5", cwd=place).returncode, 0)
        self.succeed(*self.run_it)
        self.assertEqual((place / "r.h5").read_bytes(), self.read("r.h5"))

    def test_a_disk_that_takes_the_journal_but_not_the_results(self):
        self.keep_a_journal()
        place = self.mount("2600k")
        done = self.start(*self.run_it, cwd=place)
        self.assertEqual((done.returncode, done.stdout), (4, ""), done.stderr)
        self.assertRegex(done.stderr, r"(?m)^error: cannot write 'r\.h5(\.journal)?': No space left on device; .* again")

    def test_a_folder_that_may_only_be_read(self):
        self.folder.chmod(0o755)
        try:
            done = self.start(*self.run_it, user=NOBODY)
        except PermissionError:
            self.skipTest("only root may become another user")
        self.require(done, 4, "error: cannot write 'r.h5.journal': Permission denied")
        self.folder.chmod(0o777)
        self.assertEqual(self.start(*self.run_it, user=NOBODY).returncode, 0)


class Held(Trouble):
    def test_by_another_run(self):
        self.keep_a_journal()
        with open(self.folder / "r.h5.journal", "rb") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            for command in (self.run_it, ("resume", "r.h5")):
                self.require(self.start(*command), 4, "error: cannot write 'r.h5.journal': another run is writing it; wait "
                                                      "for it, or choose another output with -o")


class OtherWorlds(Trouble):
    remedy = ("; finish that run with its own command or vouch, choose another output with -o, or start anew with --force")

    def require_difference(self, difference, *more):
        done = self.start(*self.run_it, *more)
        self.require(done, 3, f"error: 'r.h5.journal' holds worlds of another run: {difference}{self.remedy}")

    def test_differences_are_named(self):
        self.keep_a_journal()
        before = self.read("r.h5.journal")
        self.require_difference("its seed is '7', this run's '8'", "--seed", 8)
        self.require_difference("in its scenario segments.smb.accounts is 100, here 30", "--set",
                                "segments.smb.accounts=30")
        self.require_difference("in its scenario money.margin is 0.5, here 0.4, segments.smb.accounts is 100, here 30, "
                                "segments.smb.leads_per_month is 10, here 9, and 1 more key",
                                *(part for key in ("money.margin=0.4", "segments.smb.accounts=30",
                                                   "segments.smb.leads_per_month=9", "strategies.early.max_asks=2")
                                  for part in ("--set", key)))
        self.require_difference("its strategies are 'never, early, late', this run's 'never, late'", "--strategies",
                                "never,late")
        self.assertEqual(self.read("r.h5.journal"), before)

    def test_results_of_another_scenario_are_not_added_to(self):
        self.succeed("run", "small.toml", "-o", "r.h5")
        done = self.start(*self.run_it, "--append", "--set", "segments.smb.accounts=30")
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertIn("error: cannot add to 'r.h5', which holds other worlds: in its scenario segments.smb.accounts is "
                      "100, here 30;", done.stderr)

    def test_another_vouch(self):
        """Its commit stands in the journal's header and description; both are signed, so another is written here."""
        self.keep_a_journal()
        text = self.read("r.h5.journal")
        commit = self.succeed("--version").stdout.split("(")[1].split(")")[0].encode()
        self.assertIn(b"commit=" + commit, text)
        self.write("r.h5.journal", reseal(text.replace(commit, commit[::-1])))
        self.require_difference(f"its commit is '{commit.decode()[::-1]}', this run's '{commit.decode()}'")
        done = self.start("resume", "r.h5")
        self.require(done, 3, f"error: 'r.h5.journal' holds worlds of another vouch: its commit is "
                              f"'{commit.decode()[::-1]}', this one's '{commit.decode()}'; resume it with that vouch, or "
                              "start anew with its command and --force (vouch inspect r.h5.journal tells it)")
        self.assertIn("goes on with that vouch only", self.succeed("inspect", "r.h5.journal").stdout)


def reseal(journal):
    """The journal with the checksums that its bytes ask for."""
    import hashlib
    import struct

    def seal(data):
        return data + hashlib.sha256(data).digest()[:8]

    end = 16 + struct.unpack_from("<I", journal, 12)[0]
    whole, offset = seal(journal[:end]), end + 8
    while offset + 24 <= len(journal):
        end = offset + 24 + struct.unpack_from("<Q", journal, offset + 16)[0]
        if end + 8 > len(journal):
            break
        whole += seal(journal[offset:end])
        offset = end + 8
    return whole


@unittest.skipIf(IS_SANITIZED, "a sanitizer needs more memory")
class Memory(Trouble):
    def limit(self, kind, amount):
        return lambda: resource.setrlimit(kind, (amount, amount))

    def test_a_limit_on_memory(self):
        done = self.start("run", "small.toml", "--set", "segments.smb.accounts=900000", "--threads", 1,
                          preexec_fn=self.limit(resource.RLIMIT_AS, 300 << 20))
        self.require_match(done, 6, r"error: strategy '(never|early|late)', replication [0-9]+: out of memory; use fewer threads "
                                    r"\(--threads\) or smaller populations")

    def test_hardly_any_memory(self):
        for megabytes in (40, 60, 80, 100):
            done = self.start(*self.run_it, preexec_fn=self.limit(resource.RLIMIT_AS, megabytes << 20))
            if done.returncode == 127:  # not even its libraries could be loaded
                continue
            if done.returncode != 0:
                self.require_match(done, 6, "error: .*(out of memory|Cannot allocate memory|Resource temporarily "
                                            "unavailable); (use fewer|allow this).*")

    def test_too_many_threads_for_the_memory(self):
        done = self.start(*self.run_it, "--threads", 1024, preexec_fn=self.limit(resource.RLIMIT_AS, 1 << 30))
        self.require(done, 6, "error: cannot start 1024 threads: Resource temporarily unavailable; use fewer (--threads)")

    def test_too_many_threads_for_the_user(self):
        self.folder.chmod(0o777)
        try:
            done = self.start(*self.run_it, "--threads", 64, user=NOBODY - 7,
                              preexec_fn=self.limit(resource.RLIMIT_NPROC, 20))
        except PermissionError:
            self.skipTest("only root may become another user")
        self.require(done, 6, "error: cannot start 64 threads: Resource temporarily unavailable; use fewer (--threads)")


class Clock(Trouble):
    def test_a_journal_of_the_future(self):
        self.succeed(*self.run_whole)
        self.keep_a_journal()
        ahead = time.time() + 7200.5
        os.utime(self.folder / "r.h5.journal", (ahead, ahead))
        done = self.succeed(*self.run_it)
        self.assertRegex(done.stderr, r"(?m)^warning: r\.h5\.journal was written (2 hours|1 hour 59 minutes [0-9]+ seconds?) "
                                      r"in the future, so a clock was set back; no result depends on it$")
        self.assertEqual(self.read("r.h5"), self.read("whole.h5"))


class Streams(Trouble):
    def close(self, *streams):
        def close_them():
            for stream in streams:
                os.close(stream)
        return close_them

    def test_no_input(self):
        self.assertEqual(self.start(*self.run_it, preexec_fn=self.close(0)).returncode, 0)

    def test_no_output(self):
        done = self.start(*self.run_it, "--quiet", stdout=None, preexec_fn=self.close(1))
        self.assertEqual((done.returncode, done.stderr),
                         (4, "error: cannot write to the standard output: Bad file descriptor; results: r.h5 is whole\n"))
        self.succeed("compare", "r.h5")

    def test_a_full_output(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = self.start(*self.run_it, "--quiet", stdout=full)
        self.assertEqual((done.returncode, done.stderr),
                         (4, "error: cannot write to the standard output: No space left on device; results: r.h5 is "
                             "whole\n"))

    def test_no_error_stream(self):
        """Its number is not given to a file of the run, which words would damage."""
        for closed in ((2,), (0, 1, 2), (0, 2)):
            with self.subTest(closed):
                (self.folder / "r.h5").unlink(missing_ok=True)
                done = self.start(*self.run_it, stdout=subprocess.DEVNULL, stderr=None, preexec_fn=self.close(*closed))
                self.assertEqual(done.returncode, 4 if 1 in closed else 0)
                self.succeed(*self.run_whole)
                self.assertEqual(self.read("r.h5"), self.read("whole.h5"))

    def test_nobody_reads_what_is_told(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assertEqual(self.start(*self.run_it, stderr=full).returncode, 0)


if __name__ == "__main__":
    unittest.main()
