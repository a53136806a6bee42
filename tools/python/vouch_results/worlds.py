# SPDX-License-Identifier: Apache-2.0
"""Metrics in single worlds, and what these say about a strategy or about two: as in engine/statistics."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from typing import Any, NamedTuple, Optional

import numpy as np
import xarray as xr

# The program counts money and minutes in whole numbers, so many to the unit; all else is exact as it is.
_PARTS = {"currency": 10_000, "min": 10_000}
# What rounding alone can leave of a difference, and of its variance between ratios.
_ROUNDING, _RATIO_ROUNDING = 1e-14, 1e-13


def check_name(kind: str, name: str, names: Iterable[Any]) -> None:
    """Raises ValueError, with the nearest name, for one that is not there."""
    known = [str(one) for one in names]
    if name not in known:
        near = difflib.get_close_matches(str(name), known, 1)
        raise ValueError(f"unknown {kind} {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))


class Total(NamedTuple):
    """A numerator or denominator in every world, (strategy, replication), after point in a sweep."""
    values: xr.DataArray  # whole numbers, or exact all the same
    unit: float           # what 1 of them is worth


def find_totals(data: xr.Dataset, ratios: dict[str, Any], name: str) -> tuple[Total, Optional[Total]]:
    """Numerator and, of a ratio, denominator of a metric: a variable, a name in `ratios`, or "variable / variable"."""
    if name in ratios:
        return _add_up(data, ratios[name]["numerator"]), _add_up(data, ratios[name]["denominator"])
    plain = [str(variable) for variable, values in data.data_vars.items() if variable != "completed"
             and set(values.dims) - {"source", "point"} == {"strategy", "replication"}]
    parts = [part.strip() for part in name.split("/", 1)]
    for part in parts:
        check_name("metric", part, plain + (list(ratios) if len(parts) == 1 else []))
    totals = [_add_up(data, [{"variable": part, "source": "all", "factor": 1.0}]) for part in parts]
    return totals[0], totals[1] if len(totals) > 1 else None


def _add_up(data: xr.Dataset, terms: list[dict[str, Any]]) -> Total:
    """All terms have the same unit and size of factor."""
    sum_of_terms: Any = 0
    for term in terms:
        values = data[term["variable"]]
        parts = _PARTS.get(values.attrs.get("units", ""), 1)
        if "source" in values.dims:
            is_cold = values["source"].values == "cold"
            chosen = {"all": is_cold | True, "cold": is_cold, "referral": ~is_cold}[term["source"]]
            values = values.isel(source=chosen).sum("source", skipna=False)
        exact = values if parts == 1 else np.rint(values * parts)
        sum_of_terms = sum_of_terms + (exact if term["factor"] > 0 else -exact)
    return Total(sum_of_terms, abs(terms[0]["factor"]) / parts)


class Sample(NamedTuple):
    """A metric in independent worlds of one strategy; an antithetic pair is one, and its sum stands for it."""
    above: np.ndarray
    below: Optional[np.ndarray]
    above_unit: float
    below_unit: float

    def linearise(self) -> tuple[float, np.ndarray]:
        """The value, and how far each world moves it, summing to 0: near its value a ratio is linear in both sums."""
        if len(self.above) == 0:
            return math.nan, self.above
        mean = self.above.mean()
        if self.below is None:
            return mean * self.above_unit, (self.above - mean) * self.above_unit
        size = self.below.mean() * self.below_unit
        if size == 0:
            return math.nan, np.full(len(self.above), math.nan)
        value = mean * self.above_unit / size
        return value, (self.above * self.above_unit - value * self.below * self.below_unit) / size


class Worlds:
    """A metric in all worlds, for samples of one strategy or of two that are paired by replication."""

    def __init__(self, data: xr.Dataset, above: Total, below: Optional[Total]):
        self._size = 2 if data.attrs["antithetic"] else 1
        self._above = self._group(above.values)
        self._below = None if below is None else self._group(below.values)
        self._done = self._group(data["completed"]) == self._size
        self._units = (above.unit / self._size, 1.0) if below is None else (above.unit, below.unit)

    def _group(self, values: xr.DataArray) -> np.ndarray:
        """(point, strategy, independent worlds): sums."""
        if "point" not in values.dims:
            values = values.expand_dims("point")
        array = values.transpose("point", "strategy", "replication").values.astype(float)
        whole = array[..., :array.shape[-1] // self._size * self._size]
        return whole.reshape(*whole.shape[:-1], -1, self._size).sum(axis=-1)

    def sample(self, point: int, strategies: list[int]) -> list[Sample]:
        """Of the worlds that all these strategies have."""
        done = self._done[point, strategies].all(axis=0)
        return [Sample(self._above[point, strategy][done],
                       None if self._below is None else self._below[point, strategy][done], *self._units)
                for strategy in strategies]


def _variance(moves: np.ndarray) -> float:
    return float(np.square(moves).sum() / (len(moves) - 1)) if len(moves) > 1 else math.nan


def estimate(sample: Sample) -> tuple[float, float, int]:
    """Value, standard error, number of worlds."""
    value, moves = sample.linearise()
    return value, math.sqrt(_variance(moves) / max(1, len(moves))), len(moves)


def compare(own: Sample, other: Sample) -> tuple[float, float, int]:
    """Paired difference, standard error, number of worlds.

    Where worlds vary and their difference does not, there are too few to tell how much it varies: NaN.
    """
    (first, first_moves), (second, second_moves) = own.linearise(), other.linearise()
    spread = _variance(first_moves) + _variance(second_moves)
    if own.below is None:  # from exact differences, which may all be equal
        apart = own.above - other.above
        moves, least = (Sample(apart, None, own.above_unit, 1.0).linearise()[1], 0.0)
    else:
        moves, least = first_moves - second_moves, _RATIO_ROUNDING * spread
    difference, variance = first - second, _variance(moves)
    if variance <= least:
        variance = 0.0
        if abs(difference) <= _ROUNDING * (abs(first) + abs(second)):
            difference = 0.0
        elif spread > 0:
            variance = math.nan
    return difference, math.sqrt(variance / max(1, len(moves))), len(moves)
