#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A figure for a paper: how strategies differ from the baseline, in all and over time, with intervals.

    build/vouch run scenarios/when-to-ask.toml -o outputs/when-to-ask.h5
    python3 tools/python/example_figure.py outputs/when-to-ask.h5 outputs/when-to-ask.pdf

Needs matplotlib (Debian: python3-matplotlib). An editor that knows "# %%" runs it cell by cell.
"""

# %% What to draw: a results file without a sweep, and a figure that ends in .pdf, .svg or .png
import sys

import matplotlib

matplotlib.use("Agg")  # into files, without a display
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import MaxNLocator  # noqa: E402

from vouch_results import open_results  # noqa: E402

RESULTS, FIGURE = sys.argv[1:] if len(sys.argv) == 3 else ("outputs/when-to-ask.h5", "outputs/when-to-ask.pdf")
SERIES = "contract_value"  # over time: any that outputs/README.md lists under "Series", by strategy and bin
MOST_LINES = 3  # over time: so many strategies, the first by the metric, so that bands can be told apart

# %% Read it
with open_results(RESULTS) as results:
    made = results.provenance
    metric, baseline, percent = made["metric"], made["baseline"], 100 * made["confidence"]
    differences = results.differences(adjust="bonferroni").dropna()
    series = results.series(SERIES).set_index("strategy")
    ratio = results.ratios.get(metric)  # else a variable
    unit = ratio["unit"] if ratio else results.data[metric].attrs["units"]
    series_unit = results.data[f"series_{SERIES}_mean"].attrs["units"]
differences = differences.sort_values("difference", ascending=bool(ratio) and ratio["better"] == "lower")


def name_axis(name, unit):
    shown = unit.replace("currency", made["currency"])
    return name.replace("_", " ") + ("" if unit in ("1", "share") else f" ({shown})")


def write_number(value, _place):
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}").replace("-", "\N{MINUS SIGN}")


# %% How it looks: colours that colour-blind readers tell apart, and a marker for each strategy
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
MARKERS = "osD^vPX"
look = {name: (COLOURS[i % 7], MARKERS[(i + i // 7) % 7]) for i, name in enumerate(differences.index)}
plt.rcParams.update({
    "font.size": 8, "axes.titlesize": 8, "axes.titlelocation": "left", "axes.linewidth": 0.6,
    "axes.spines.top": False, "axes.spines.right": False, "pdf.fonttype": 42, "svg.fonttype": "none",
    "svg.hashsalt": "vouch"})
figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, max(2.2, 1.0 + 0.24 * len(differences))),
                                     layout="constrained")

# %% a: the differences, with intervals that hold all at once
for row, (name, line) in enumerate(differences.iterrows()):
    colour, marker = look[name]
    left.errorbar(line["difference"], row, xerr=line["high"] - line["difference"], fmt=marker, color=colour,
                  markersize=4, linewidth=1.2, capsize=2.5)
left.axvline(0, color="0.5", linewidth=0.6)
left.set_yticks(range(len(differences)), differences.index)
left.set_ylim(len(differences) - 0.5, -0.5)
left.tick_params(axis="y", length=0)
left.xaxis.set_major_locator(MaxNLocator(5))
left.xaxis.set_major_formatter(write_number)
left.set_title(f"a  Compared with {baseline}")
left.set_xlabel(name_axis("difference in " + metric, unit))

# %% b: the same over time, each interval by itself
for place, name in enumerate(differences.index[:MOST_LINES]):
    colour, marker = look[name]
    line = series.loc[[name]]
    right.fill_between(line["end_day"], line["difference_low"], line["difference_high"], color=colour, alpha=0.2,
                       linewidth=0)
    right.plot(line["end_day"], line["difference_mean"], color=colour, linewidth=1.2, marker=marker, markersize=3.5,
               markevery=(2 * place, 6), label=name)
right.axhline(0, color="0.5", linewidth=0.6)
right.set_title("b  Over time")
right.yaxis.set_major_formatter(write_number)
right.set_xlabel("day")
right.set_ylabel(name_axis("difference in " + SERIES, series_unit))
right.legend(frameon=False, loc="best")

# %% Save it, and what its caption has to say
figure.savefig(FIGURE, dpi=300)
least, most = differences["num_worlds"].min(), differences["num_worlds"].max()
worlds = f"{least}" if least == most else f"at least {least}"
print(f"{FIGURE}: differences from {baseline} in {worlds} simulated worlds of each strategy, paired by world, with "
      f"{percent:g} % intervals that hold (a) all at once, (b) each by itself. "
      f"{made['source']}, seed {made['seed']}.")
