# SPDX-License-Identifier: Apache-2.0
"""Results files of vouch in Python: one xarray Dataset with labels, and the numbers one asks for as pandas tables.

>>> results = open_results("small.h5")
>>> results
<Results of 'Small': 3 strategies x 20 replications, ranked by net_value>
>>> results.data.asks.dims
('strategy', 'replication')
>>> list(results.differences("acceptance_rate", baseline="early").index)
['never', 'late']
>>> list(results.series("asks").columns[:5])
['strategy', 'day', 'end_day', 'mean', 'variance']
>>> results.close()

outputs/README.md says what each variable means. Needs xarray, pandas, numpy, scipy, and netCDF4 or h5netcdf;
nothing is built or installed: put the folder that holds vouch_results on Python's path (PYTHONPATH=tools/python), or
copy it.
"""

from __future__ import annotations

import contextlib
import os
from typing import Union

from .file import SCHEMA_VERSION, ResultsError, check_head, check_seal, read_data
from .results import Results

__all__ = ["Results", "ResultsError", "SCHEMA_VERSION", "open_results"]


def open_results(path: Union[str, os.PathLike], verify: bool = True) -> Results:
    """Opens a results file; close it with close(), or use it in a `with` statement.

    `verify=False` leaves out comparing the file with its seal, which reads it once.
    Raises ResultsError for what is no intact results file of this schema version, OSError for what cannot be read.
    """
    path = os.fspath(path)
    check_head(path)
    if verify:
        check_seal(path)
    with contextlib.ExitStack() as stack:
        data = read_data(path, stack)
        return Results(path, data, stack.pop_all())
