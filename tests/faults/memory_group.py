# SPDX-License-Identifier: Apache-2.0
"""A group of processes (a cgroup) whose memory is limited, so that the kernel kills what takes more."""

import os
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")


class MemoryGroup:
    """To be used in a with statement, at whose end the group goes."""

    def __init__(self, path, limit_file):
        self.path, self.limit_file = path, limit_file

    @staticmethod
    def make(name):
        """None where none may be made: that takes root, or a part of the tree that was given to the user."""
        parent, limit_file = find_parent()
        try:
            path = parent / name
            path.mkdir()
        except OSError:
            return None
        group = MemoryGroup(path, limit_file)
        if os.access(path / limit_file, os.W_OK):
            return group
        path.rmdir()
        return None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.path.rmdir()

    def limit(self, num_bytes):
        (self.path / self.limit_file).write_text(str(num_bytes))

    def enter(self):
        """In the child, before it becomes the program."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))


def find_parent():
    """Version 1: our own group; version 2, where a group with processes has no limited children: the top."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, own = line.split(":", 2)
        if "memory" in controllers.split(","):
            path = ROOT / "memory" / own.lstrip("/")
            return (path if path.is_dir() else ROOT / "memory"), "memory.limit_in_bytes"
    return ROOT, "memory.max"
