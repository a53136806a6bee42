# SPDX-License-Identifier: Apache-2.0
"""The file itself: whether it is intact, and its groups as one Dataset."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import Optional

import xarray as xr

SCHEMA_VERSION = 3

_SEAL = b"VOUCHSHA"
_SEAL_SIZE = len(_SEAL) + 32


class ResultsError(Exception):
    """The file is damaged, is no results file of vouch, or has another schema version."""


def check_head(path: str) -> None:
    with open(path, "rb") as file:
        head = file.read(8)
    if not head:
        raise ResultsError(f"'{path}' is empty; make it again with vouch run")
    if head != b"\x89HDF\r\n\x1a\n":
        raise ResultsError(f"'{path}' is no results file of vouch; give one that vouch run has written")


def check_seal(path: str) -> None:
    """The last 40 bytes are VOUCHSHA and the SHA-256 of all before them."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        left = os.fstat(file.fileno()).st_size - _SEAL_SIZE
        while left > 0:
            block = file.read(min(left, 1 << 20))
            if not block:
                raise ResultsError(f"'{path}' became shorter while it was read; try again")
            digest.update(block)
            left -= len(block)
        seal = file.read(_SEAL_SIZE)
    if not seal.startswith(_SEAL):
        raise ResultsError(f"'{path}' has no seal at its end: it was cut short, or written or changed by another "
                           "program; take an intact copy, or make it again with vouch run")
    if seal[len(_SEAL):] != digest.digest():
        raise ResultsError(f"'{path}' is damaged: its bytes do not match its seal; take an intact copy, or make it "
                           "again with vouch run")


def read_data(path: str, stack: contextlib.ExitStack) -> xr.Dataset:
    """All groups but `worlds` in one Dataset; the open files are left to `stack`."""
    def open_group(group: Optional[str]) -> xr.Dataset:
        return stack.enter_context(xr.open_dataset(path, group=group, decode_times=False))

    root = open_group(None)
    if root.attrs.get("filetype") != "vouch results":
        raise ResultsError(f"'{path}' is no results file of vouch; give one that vouch run has written")
    version = root.attrs.get("schema_version")
    if version != SCHEMA_VERSION:
        raise ResultsError(f"'{path}' has schema version {version}, and this module reads {SCHEMA_VERSION}; use the "
                           "module of the vouch that made it")
    if "ratios" not in root.attrs:
        raise ResultsError(f"'{path}' does not say how its ratios are made: an earlier vouch wrote it; make it again "
                           "with vouch run")
    groups = ["by_segment", "by_cohort", "curves", "comparison"] + (["series"] if "bin" in root.sizes else [])
    parts = {f"{group}_{name}": values for group in groups for name, values in open_group(group).data_vars.items()}
    clashes = set(parts) & set(root.variables)
    if clashes:
        raise ResultsError(f"'{path}' has two variables of one name: {', '.join(sorted(clashes))}")
    data = root.assign(parts)
    if "point" in root.sizes:
        data = data.assign_coords(dict(open_group("sweep").data_vars))
    done = data["completed"] == 1
    if not done.all():
        missing = {name: values.where(done) for name, values in data.data_vars.items()
                   if "replication" in values.dims and name != "completed"}
        data = data.assign({name: values.transpose(*data[name].dims).assign_attrs(data[name].attrs)
                            for name, values in missing.items()})
    return data
