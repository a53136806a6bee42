# SPDX-License-Identifier: Apache-2.0
"""What the rows of tests/faults share: a folder of their own, the program, a journal read without it, the figure.

A row is a script that ends in `row.finish(words)`. It runs from the root of the tree; environment: VOUCH, the program
(default: build/vouch); VOUCH_LONG=1, ten times as much; VOUCH_FRESH_SEEDS=1, other random choices than the last time,
or VOUCH_SEED, the ones of a time that failed; VOUCH_SHARE=0.1, a tenth, to see whether it works at all; VOUCH_KEEP=1,
leaves its folder.
"""

import collections
import concurrent.futures
import hashlib
import os
import random
import re
import secrets
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

FAULTS = Path(__file__).resolve().parent
ROOT = FAULTS.parents[1]
VOUCH = os.path.abspath(os.environ.get("VOUCH", ROOT / "build" / "vouch"))
CAMPAIGN = str(FAULTS / "campaign.toml")
LONG = os.environ.get("VOUCH_LONG") == "1"
SHARE = float(os.environ.get("VOUCH_SHARE", 1))  # a small one shows quickly whether a row works at all
KEPT = re.compile(r"([\d,]+) of ([\d,]+) worlds are kept")

Done = collections.namedtuple("Done", "code stdout stderr")
Journal = collections.namedtuple("Journal", "worlds whole_bytes bytes")
Call = collections.namedtuple("Call", "op error number offset size path other data")
OPS = ("open", "create", "read", "write", "truncate", "allocate", "sync", "rename", "unlink", "mkdir", "close", "lock",
       "stat")  # as in interposed.c


def times(count):
    """How often a row tries something: as given, or ten times that with --long."""
    return max(2, round((10 if LONG else 1) * SHARE * count))


def environment(**more):
    """The environment without what would change the program's words."""
    dropped = ("NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "SOURCE_DATE_EPOCH")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {name: str(value) for name, value in more.items()}


def start(*arguments, cwd=None, preexec=None, **more):
    """Starts `vouch ARGUMENTS`; to be waited for with finish."""
    return subprocess.Popen([VOUCH, *map(str, arguments)], cwd=cwd, text=True, errors="replace", env=environment(**more),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=preexec)


def finish(process, timeout=120):
    """What the process said and how it ended; one that hangs is an error."""
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        stdout, stderr = process.communicate()
        stderr += f"\nHANGS: not finished after {timeout} s"
    return Done(process.returncode, stdout, stderr)


def run(*arguments, **more):
    return finish(start(*arguments, **more))


def campaign(output, *options, threads=1):
    """The words of the campaign's run into `output`, to be given to run or start."""
    return ["run", CAMPAIGN, "-o", str(output), "--threads", str(threads), *map(str, options)]


def list_error_lines(stderr):
    return [line for line in stderr.splitlines() if line.startswith("error:")]


def count_kept(stderr):
    """How many worlds a run says that it found; 0 if it says nothing of them."""
    found = KEPT.search(stderr)
    return int(found.group(1).replace(",", "")) if found else 0


def checksum(data):
    return hashlib.sha256(data).digest()[:8]


def read_journal(path):
    """The worlds, (lane, replication), in the whole records at the beginning of a journal, read as
    engine/results/journal_format.hpp says it is written. A file that is not there, or has no whole header, has none."""
    data = Path(path).read_bytes() if os.path.exists(path) else b""
    worlds = set()
    if len(data) < 16 or data[:8] != b"VOUCHJNL":
        return Journal(worlds, 0, len(data))
    schema, length = struct.unpack_from("=II", data, 8)
    if schema != 2:
        raise RuntimeError(f"{path} is a journal of schema {schema}; tests/faults/faults.py reads 2")
    end = 16 + length
    if data[end:end + 8] != checksum(data[:end]):
        return Journal(worlds, 0, len(data))
    end += 8
    while end + 24 <= len(data):
        kind, lane, first, count, size = struct.unpack_from("=IIIIQ", data, end)
        covered = end + 24 + size
        if kind not in (0x43455256, 0x43534456) or data[covered:covered + 8] != checksum(data[end:covered]):
            break
        if kind == 0x43455256:
            worlds.update((lane, first + i) for i in range(count))
        end = covered + 8
    return Journal(worlds, end, len(data))


def is_sealed(data):
    """Whether these are the bytes of a whole results file: HDF5 first, and a digest of all of it at the end."""
    return (data[:8] == b"\x89HDF\r\n\x1a\n" and data[-40:-32] == b"VOUCHSHA"
            and data[-32:] == hashlib.sha256(data[:-40]).digest())


def build_library(folder):
    """Compiles interposed.c; for LD_PRELOAD."""
    library = Path(folder) / "interposed.so"
    command = [os.environ.get("CC", "cc"), "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library),
               str(FAULTS / "interposed.c"), "-ldl", "-pthread"]
    subprocess.run(command, check=True)
    return str(library)


def interpose(library, folder, **settings):
    """The environment in which interposed.c does as `settings` say, as in at=3, kind="error", errno=errno.EIO."""
    settings = {f"VOUCH_FAULT_{name.upper()}": value for name, value in settings.items()}
    return {"LD_PRELOAD": library, "VOUCH_FAULT_FOLDER": folder} | settings


def read_trace(path):
    """The calls that interposed.c has recorded, in order."""
    data = Path(path).read_bytes()
    calls, at = [], 0
    while at < len(data):
        op, error, number, offset, size, *lengths = struct.unpack_from("=IiQQQIIQ", data, at)
        at += 48
        parts = []
        for length in lengths:
            parts.append(data[at:at + length])
            at += length
        calls.append(Call(OPS[op], error, number, offset, size, parts[0].decode(), parts[1].decode(), parts[2]))
    return calls


class Row:
    """One row of the table: its folder, its random choices, and what went wrong."""

    def __init__(self, name):
        self.name = name
        self.started = time.monotonic()
        self.failures = []
        self.lock = threading.Lock()
        self.keep = os.environ.get("VOUCH_KEEP") == "1"
        self.folder = Path(tempfile.mkdtemp(prefix=f"vouch-{name}-"))
        seed = secrets.randbits(32) if os.environ.get("VOUCH_FRESH_SEEDS") == "1" else name
        seed = os.environ.get("VOUCH_SEED", seed)
        self.random = random.Random(str(seed))
        print(f"random choices: VOUCH_SEED={seed}", flush=True)
        if not os.access(VOUCH, os.X_OK):
            sys.exit(f"error: there is no program at {VOUCH}; build it, or name it by VOUCH")

    def fail(self, words):
        """Notes something that must not be; the row goes on."""
        with self.lock:
            self.failures.append(words)
            if len(self.failures) <= 50:
                print(f"FAILED: {words}", flush=True)

    def require(self, holds, words):
        if not holds:
            self.fail(words)
        return bool(holds)

    def make_folder(self, name):
        path = self.folder / str(name)
        path.mkdir()
        return path

    def run_whole(self, *options, name="whole"):
        """The bytes of the results file of an uninterrupted run of the campaign, and its seconds."""
        folder = self.make_folder(name)
        before = time.monotonic()
        done = run(*campaign(folder / "results.h5", *options))
        seconds = time.monotonic() - before
        if done.code != 0:
            sys.exit(f"error: the uninterrupted run failed with {done.code}:\n{done.stderr}")
        return (folder / "results.h5").read_bytes(), seconds

    def for_all(self, function, cases):
        """Runs function(case) for every case, as many at once as there are processors; the results in order."""
        with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            return list(pool.map(function, cases))

    def clear(self, folder):
        if not self.keep:
            shutil.rmtree(folder, ignore_errors=True)

    def finish(self, figure):
        """Prints the figure and leaves: with 0 if nothing failed."""
        if self.failures:
            print(f"{len(self.failures)} failed; with the seed above the same happens again, and VOUCH_KEEP=1 keeps "
                  f"{self.folder}")
        self.clear(self.folder)
        print(f"seconds: {time.monotonic() - self.started:.0f}")
        print(f"{self.name}: {figure}", flush=True)
        sys.exit(1 if self.failures else 0)
