# SPDX-License-Identifier: Apache-2.0
"""User-mode cycles and CPU time of a piece of work in this process."""
import ctypes
import os
import platform
import resource
import struct
import time

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}


def open_cycle_counter():
    """A file descriptor that counts this process's user-mode cycles, or None where the system has none."""
    number = PERF_EVENT_OPEN.get(platform.machine())
    if number is None or platform.system() != "Linux":
        return None
    attributes = bytearray(112)
    struct.pack_into("<IIQ", attributes, 0, 0, len(attributes), 0)  # PERF_TYPE_HARDWARE, cycles
    struct.pack_into("<Q", attributes, 40, 1 << 1 | 1 << 5 | 1 << 6)  # inherit, exclude kernel and hypervisor
    buffer = (ctypes.c_char * len(attributes)).from_buffer(attributes)
    descriptor = ctypes.CDLL(None, use_errno=True).syscall(number, buffer, 0, -1, -1, 0)
    return descriptor if descriptor >= 0 else None


class Cost:
    """with Cost() as cost: work; then cost.cycles (None if uncounted), cost.cpu_ns, cost.wall_ns."""

    def __enter__(self):
        self.descriptor = open_cycle_counter()
        self.start = self.read()
        return self

    def __exit__(self, *_):
        end = self.read()
        self.cycles = None if self.descriptor is None else end[0] - self.start[0]
        self.cpu_ns, self.wall_ns = end[1] - self.start[1], end[2] - self.start[2]
        if self.descriptor is not None:
            os.close(self.descriptor)

    def read(self):
        cycles = 0 if self.descriptor is None else struct.unpack("<Q", os.read(self.descriptor, 8))[0]
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return cycles, int(usage.ru_utime * 1e9), time.monotonic_ns()
