# SPDX-License-Identifier: Apache-2.0
"""What one asks of results."""

from __future__ import annotations

import contextlib
import json
import math
import re
from typing import Any, Optional

import numpy as np
import pandas as pd
import xarray as xr

from .intervals import sequence_factor, student_factor
from .worlds import Worlds, check_name, compare, estimate, find_totals

_BAND_AXES = ("tenure_band", "fatigue_band", "generation", "profile_band")


class Results:
    """An open results file. `data` has everything of it but the group `worlds`, as one xarray Dataset:

    - a variable of the root by its own name: data["net_value"], (strategy, replication);
    - one of a group after the group's name and "_": data["by_segment_won"], data["series_asks_mean"],
      data["curves_tenure_yes_mean"], data["comparison_difference"];
    - of a sweep, every variable over strategy with the dimension `point` before it, and the varied keys as
      coordinates of it: data["outcomes.ask.intercept"].

    Units are in each variable's attributes. Where worlds are missing, since a rule ended a strategy earlier, they are
    NaN, and every variable over replications is floating point; in a file without gaps counts are integers.
    """

    def __init__(self, path: str, data: xr.Dataset, files: contextlib.ExitStack):
        self.path = path
        self.data = data
        #: The metrics that are ratios of sums, by name: unit, better, description, numerator, denominator.
        self.ratios: dict[str, dict[str, Any]] = json.loads(data.attrs["ratios"])
        self._files = files

    def __enter__(self) -> Results:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._files.close()

    def __repr__(self) -> str:
        sizes = self.data.sizes
        points = f"{sizes['point']} points x " if "point" in sizes else ""
        part = f", a part of {self.data.attrs['replications']}" if self.part else ""
        return (f"<Results of {self.data.attrs['title']!r}: {points}{sizes['strategy']} strategies x "
                f"{sizes['replication']} replications{part}, ranked by {self.data.attrs['metric']}>")

    @property
    def part(self) -> Optional[tuple[int, int]]:
        """Of a shard, or several that were joined, the first replication and the one after the last; None: a whole run.

        The coordinate `replication` has them too. Everything else is about these worlds alone.
        """
        if "part_first" not in self.data.attrs:
            return None
        first = int(self.data.attrs["part_first"])
        return first, first + int(self.data.attrs["part_count"])

    @property
    def scenario(self) -> str:
        """The resolved scenario, as TOML: saved as a file, `vouch run` makes the same worlds from it."""
        return self.data.attrs["scenario"]

    @property
    def provenance(self) -> dict[str, Any]:
        """How the file was made: the root's attributes but for `scenario` and `ratios`, which have their own names."""
        return {str(name): value for name, value in self.data.attrs.items() if name not in ("scenario", "ratios")}

    @property
    def horizon_days(self) -> float:
        """How long is counted: the end of the last bin of a series."""
        return float(re.search(r"^horizon_days = (\S+)$", self.scenario, re.MULTILINE)[1])

    def metric(self, name: Optional[str] = None) -> xr.DataArray:
        """A metric in every world, (strategy, replication), in its own unit; default: what the scenario ranks by.

        `name`: a variable of the root over replications (leads and deals are summed over sources), one of `ratios`, or
        two variables, as in "won / leads". Of a ratio this is each world's own, NaN where its denominator is 0; its
        mean is not what strategies are compared by: that is the ratio of sums, see estimate().
        Raises ValueError for a name that is not there.
        """
        name = self.data.attrs["metric"] if name is None else name
        above, below = find_totals(self.data, self.ratios, name)
        values = above.values * above.unit
        if below is not None:
            values = values / (below.values.where(below.values != 0) * below.unit)
        return values.rename(name)

    def estimate(self, metric: Optional[str] = None) -> pd.DataFrame:
        """Each strategy's value: a mean over its worlds, or a ratio of their sums.

        Index: strategy; of a sweep, point and strategy. Columns, in the metric's unit: value, standard_error (NaN for
        fewer than two worlds), num_worlds (independent ones: an antithetic pair counts once). `metric` as in metric().
        """
        return self._tabulate(metric, ["value", "standard_error", "num_worlds"], None)

    def differences(self, metric: Optional[str] = None, baseline: Optional[str] = None,
                    confidence: Optional[float] = None, adjust: str = "none") -> pd.DataFrame:
        """Paired differences of the strategies from `baseline`, world by world; default: as the scenario has it.

        Index: strategy (without the baseline); of a sweep, point and strategy. Columns, in the metric's unit:
        difference, standard_error, low, high, num_worlds (that both have; an antithetic pair counts once). NaN where
        these worlds cannot tell.
        Intervals are Student's. They hold each by itself; with adjust="bonferroni" all of one point at once (interval
        and joint_interval of `vouch compare --json`). They are confidence sequences, which are wider, where the run
        went on until it had seen enough of the differences (`--until best` and `budget`).
        Raises ValueError for a name that is not there, or a confidence that is not between 0 and 1.
        """
        if adjust not in ("none", "bonferroni"):
            raise ValueError(f"adjust must be 'none' or 'bonferroni', not {adjust!r}")
        confidence = float(self.data.attrs["confidence"]) if confidence is None else confidence
        if not 0 < confidence < 1:
            raise ValueError(f"confidence must be between 0 and 1, as 0.95 is, not {confidence}")
        baseline = self.data.attrs["baseline"] if baseline is None else baseline
        frame = self._tabulate(metric, ["difference", "standard_error", "num_worlds"], baseline)
        points = frame.index.get_level_values("point") if "point" in frame.index.names else np.zeros(len(frame))
        num_joint = frame["difference"].notna().groupby(points).transform("sum")
        alphas = (1 - confidence) / (num_joint.clip(lower=1) if adjust == "bonferroni" else 1.0 + 0 * num_joint)
        half_widths = [error * self._factor(alpha, int(num_worlds), error > 0) for alpha, num_worlds, error
                       in zip(alphas, frame["num_worlds"], frame["standard_error"])]
        frame.insert(2, "low", frame["difference"] - half_widths)
        frame.insert(3, "high", frame["difference"] + half_widths)
        return frame

    def series(self, name: str) -> pd.DataFrame:
        """A series over time, tidy: a row for each strategy and bin (and point, and source, where there are any).

        Columns: strategy, day and end_day (of the bin: stocks are those at its end, all else is what happened in it),
        mean, variance, q05, q25, median, q75 and q95 over worlds, standard_error of the mean; difference_mean,
        difference_variance, difference_standard_error, difference_low and difference_high of the paired difference
        from the file's baseline, with intervals as in differences(), each by itself. In the series' unit, variances in
        its square. With antithetic pairs, standard errors and intervals are NaN: worlds are not independent then.
        Raises ValueError for a series that is not there.
        """
        if "bin" not in self.data.sizes:
            raise ValueError(f"'{self.path}' was made without series; run it again with --set output.series=true")
        frame = self._summarise("series", name).rename(columns={"bin": "day"})
        ends = np.append(self.data["bin"].values[1:], self.horizon_days)
        frame.insert(frame.columns.get_loc("day") + 1, "end_day",
                     ends[self.data.get_index("bin").get_indexer(frame["day"])])
        return frame

    def curve(self, name: str) -> pd.DataFrame:
        """A curve, tidy: a row for each strategy and band (and point); columns as in series(), but for the days.

        Each band goes from `lower` up to, but without, `upper`: days of tenure, units of fatigue, generations, quality
        or people to name. What is open ends at infinity. The chance of a yes by tenure is the mean of tenure_yes over
        that of tenure_asks. Raises ValueError for a curve that is not there.
        """
        frame = self._summarise("curves", name)
        axis = next(column for column in frame.columns if column in _BAND_AXES)
        trait = f"{name.split('_')[0]}_band_lower"
        lower = self.data[trait if axis == "profile_band" else axis].values.astype(float)
        if axis == "fatigue_band":
            lower[0] = -math.inf  # it holds negative values too
        upper = np.append(lower[1:], math.inf)
        band = self.data.get_index(axis).get_indexer(frame[axis])
        place = frame.columns.get_loc(axis)
        frame.insert(place, "lower", lower[band])
        frame.insert(place + 1, "upper", upper[band])
        return frame.drop(columns=axis)

    def sweep(self) -> pd.DataFrame:
        """The points of a sweep: a row for each, a column for each varied key; empty without a sweep.

        `results.differences().join(results.sweep())` puts the keys beside the numbers.
        """
        keys = {str(name): values.values for name, values in self.data.coords.items()
                if values.dims == ("point",) and name != "point"}
        points = self.data["point"].values if "point" in self.data.sizes else []
        return pd.DataFrame(keys, index=pd.Index(points, name="point", dtype="int64"))

    def _factor(self, alpha: float, num_worlds: int, varies: bool) -> float:
        """Half the width of an interval that misses with probability alpha, in standard errors."""
        is_sequential = str(self.data.attrs.get("until", "")).startswith(("best", "budget"))
        return sequence_factor(alpha, num_worlds, varies) if is_sequential else student_factor(alpha, num_worlds)

    def _tabulate(self, metric: Optional[str], columns: list[str], baseline: Optional[str]) -> pd.DataFrame:
        """A row for each strategy; with a baseline, of each other's difference from it."""
        metric = self.data.attrs["metric"] if metric is None else metric
        worlds = Worlds(self.data, *find_totals(self.data, self.ratios, metric))
        names = [str(name) for name in self.data["strategy"].values]
        if baseline is not None:
            check_name("strategy", baseline, names)
        rows = []
        for point in range(self.data.sizes.get("point", 1)):
            for strategy, name in enumerate(names):
                if baseline is None:
                    rows.append((point, name, *estimate(*worlds.sample(point, [strategy]))))
                elif name != baseline:
                    pair = worlds.sample(point, [strategy, names.index(baseline)])
                    rows.append((point, name, *compare(*pair)))
        frame = pd.DataFrame(rows, columns=["point", "strategy", *columns])
        if "point" in self.data.sizes:
            return frame.set_index(["point", "strategy"])
        return frame.drop(columns="point").set_index("strategy")

    def _summarise(self, group: str, name: str) -> pd.DataFrame:
        end = "_difference_variance"
        check_name("series" if group == "series" else "curve", name,
                   [str(variable)[len(group) + 1:-len(end)] for variable in self.data.data_vars
                    if str(variable).startswith(group + "_") and str(variable).endswith(end)])
        read = {part: self.data[f"{group}_{name}_{part}"] for part in
                ("mean", "variance", "quantiles", "difference_mean", "difference_variance")}
        done = self.data["completed"] == 1
        both = done & done.sel(strategy=self.data.attrs["baseline"], drop=True)
        independent = math.nan if self.data.attrs["antithetic"] else 1.0
        columns = {"mean": read["mean"], "variance": read["variance"]}
        for place, share in enumerate(self.data["quantile"].values):
            column = "median" if share == 0.5 else f"q{round(100 * share):02d}"
            columns[column] = read["quantiles"].isel(quantile=place, drop=True)
        columns["standard_error"] = independent * np.sqrt(read["variance"] / done.sum("replication"))
        columns["difference_mean"], squares = read["difference_mean"], read["difference_variance"]
        columns["difference_variance"] = squares
        num_worlds = both.sum("replication")
        errors = independent * np.sqrt(squares / num_worlds).where((squares > 0) | (read["difference_mean"] == 0))
        columns["difference_standard_error"] = errors
        half_widths = errors * xr.apply_ufunc(self._factor, 1 - float(self.data.attrs["confidence"]), num_worlds,
                                              squares > 0, vectorize=True)
        columns["difference_low"] = read["difference_mean"] - half_widths
        columns["difference_high"] = read["difference_mean"] + half_widths
        table = xr.Dataset(columns)
        table = table.drop_vars([coordinate for coordinate in table.coords if coordinate not in table.dims])
        first = [dimension for dimension in ("point", "strategy", "source") if dimension in table.dims]
        order = first + [str(dimension) for dimension in read["mean"].dims if dimension not in first]
        return table.to_dataframe(dim_order=order).reset_index()
