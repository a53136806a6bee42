# SPDX-License-Identifier: Apache-2.0
"""read_results.py WRITE_SAMPLE README: reads a results file with every reader users have, and checks its numbers.

Also checks that outputs/README.md describes every variable and attribute of a file, and nothing that is not there.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import h5py
import netCDF4
import numpy as np
import xarray as xr

REPLICATIONS = 600  # more than one chunk
STRATEGIES = ["never", "at signing", "later"]


def read_h5py(path):
    with h5py.File(path) as file:
        assert file.attrs["filetype"] == "vouch results"
        assert file.attrs["seed"] == 7
        assert "ümlauts" in file.attrs["question"]
        assert [name.decode() for name in file["strategy"][:]] == STRATEGIES
        net_value = file["net_value"]
        assert net_value.dims[0].label == "" and net_value.dims[1][0].name == "/replication"
        unguarded = []
        file.visititems(lambda name, item: unguarded.append(name) if isinstance(item, h5py.Dataset)
                        and item.dtype.kind != "O" and not item.fletcher32 else None)
        assert not unguarded, unguarded
        return net_value[:], file["by_segment/net_value"][:], file["by_cohort/won"][:], file["won"][:]


def read_netcdf(path):
    with netCDF4.Dataset(path) as file:
        assert file.dimensions["replication"].size == REPLICATIONS
        assert list(file["strategy"][:]) == STRATEGIES
        assert file["net_value"].dimensions == ("strategy", "replication")
        assert file["by_segment/won"].dimensions == ("strategy", "replication", "source", "segment")
        assert file["series/asks_quantiles"].dimensions == ("strategy", "bin", "quantile")
        assert file["asks"].dtype == np.int64 and not hasattr(file["asks"], "_FillValue")
        return np.asarray(file["net_value"][:])


def read_xarray(path, engine):
    with xr.open_dataset(path, engine=engine) as root:
        assert root.attrs["metric"] == "net_value" and root.attrs["replications"] == REPLICATIONS
        one = root["net_value"].sel(strategy="at signing", replication=5)
        assert one.dtype == np.float64 and one.attrs["units"] == "currency"
        assert root["active_days"].dtype == np.float64, "durations must not be decoded as time spans"
        assert root["rep_minutes"].dtype == np.float64
        assert root["asks"].dtype == np.int64
        assert root["start_value"].attrs["expectation"] == 1234.5 and "expectation" not in root["cold_wins"].attrs
        assert list(root["source"].values) == ["cold", "organic", "program_1", "program_2"]
        assert root["source_name"].sel(strategy="later", source="program_2") == "remind"
        assert root["completed"].all()
        frame = root[["asks", "net_value"]].to_dataframe()
        assert len(frame) == len(STRATEGIES) * REPLICATIONS
        values = root["net_value"].values
    groups = {"by_segment": "asks", "by_cohort": "asks", "series": "asks_mean", "curves": "tenure_yes_mean"}
    for group, name in groups.items():
        with xr.open_dataset(path, group=group, engine=engine) as part:
            assert part[name].dims[0] == "strategy"
            assert np.isfinite(part[name].values).all()
    return values


def expected_value(strategy, replication, element):
    """As SampleRun::value in sample.cpp."""
    mixed = (strategy * 1000003 + replication) * 1000003 + element
    return ((mixed * 0x9E3779B97F4A7C15) % 2**64 >> 40) - (5000 if element % 3 == 0 else 0)


def check_series(path):
    """Summaries against the worlds themselves, which detail = "world" keeps."""
    with h5py.File(path) as file:
        worlds = file["series/fatigue_mean"][:]
        np.testing.assert_allclose(file["series/fatigue_mean_mean"][:], worlds.mean(axis=1), rtol=1e-12)
        np.testing.assert_allclose(file["series/fatigue_mean_variance"][:], worlds.var(axis=1, ddof=1), rtol=1e-12)
        quantiles = np.moveaxis(np.quantile(worlds, file["quantile"][:], axis=1), 0, -1)
        np.testing.assert_allclose(file["series/fatigue_mean_quantiles"][:], quantiles, rtol=1e-12)
        difference = worlds - worlds[:1]
        np.testing.assert_allclose(file["series/fatigue_mean_difference_mean"][:], difference.mean(axis=1), rtol=1e-9)
        variance = difference.var(axis=1, ddof=1)
        np.testing.assert_allclose(file["series/fatigue_mean_difference_variance"][:], variance, rtol=1e-9)


def list_contents(path):
    """Names as the README has them: attributes with @, summaries without their suffix, metrics once for all groups."""
    names = set()
    with h5py.File(path) as file:
        names.update("@" + name for name in file.attrs)
        names.update(name for name, item in file.items() if isinstance(item, h5py.Dataset))
        for group in ("by_segment", "by_cohort"):
            assert set(file[group]) <= names
        for group in ("comparison", "worlds"):
            names.update(f"{group}/{name}" for name in file[group])
        for group in ("series", "curves"):
            kept = {re.sub("_difference_mean$", "", name) for name in file[group] if name.endswith("_difference_mean")}
            suffixes = ("", "_mean", "_variance", "_quantiles", "_difference_mean", "_difference_variance")
            assert set(file[group]) == {name + suffix for name in kept for suffix in suffixes}
            names.update(f"{group}/{name}" for name in kept)
    return names


def check_comparison(path):
    """The group against the worlds themselves."""
    with h5py.File(path) as file:
        worlds = file["net_value"][:]
        group = {name: item[:] for name, item in file["comparison"].items()}
        others = [name.decode() for name in file["other_strategy"][:]]
    assert others == STRATEGIES
    np.testing.assert_allclose(group["value"], worlds.mean(axis=1), rtol=1e-12)
    error = worlds.std(axis=1, ddof=1) / np.sqrt(REPLICATIONS)
    np.testing.assert_allclose(group["standard_error"], error, rtol=1e-9)
    assert (group["low"] < group["value"]).all() and (group["value"] < group["high"]).all()
    assert (group["num_worlds"] == REPLICATIONS).all()
    assert set(group["caution"]) <= {b"", b"skewed"}
    assert abs(group["share_of_firsts"].sum() - 1.0) < 1e-12 and abs(group["chance_of_best"].sum() - 1.0) < 1e-9
    assert (group["from_best_low"] <= 0.0).all() and (group["from_best_high"] >= 0.0).all()
    assert (group["expected_loss"] >= 0.0).all()
    for first in range(3):
        assert np.isnan(group["difference"][first, first])
        for second in set(range(3)) - {first}:
            difference = worlds[first] - worlds[second]
            np.testing.assert_allclose(group["difference"][first, second], difference.mean(), rtol=1e-9)
            error = difference.std(ddof=1) / np.sqrt(REPLICATIONS)
            np.testing.assert_allclose(group["difference_standard_error"][first, second], error, rtol=1e-9)
            correlation = np.corrcoef(worlds[first], worlds[second])[0, 1]
            np.testing.assert_allclose(group["correlation"][first, second], correlation, rtol=1e-9, atol=1e-12)
            assert group["difference_low"][first, second] == -group["difference_high"][second, first]
            assert group["p_value"][first, second] == group["p_value"][second, first]
            ratio = (worlds[first].var(ddof=1) + worlds[second].var(ddof=1)) / difference.var(ddof=1)
            np.testing.assert_allclose(group["variance_ratio"][first, second], ratio, rtol=1e-9)


def check_rows(path):
    with h5py.File(path) as file:
        rows = file["worlds/rows"]
        assert rows.shape == (len(STRATEGIES), file["element"].size, REPLICATIONS) and rows.dtype == np.int64
        for strategy, element, replication in ((0, 0, 0), (2, 17, 511), (1, rows.shape[1] - 1, 599)):
            assert rows[strategy, element, replication] == expected_value(strategy, replication, element)


def check_sweep(path):
    """A file of three points: the same variables, with a dimension before."""
    for engine in ("netcdf4", "h5netcdf"):
        with xr.open_dataset(path, engine=engine) as root:
            assert root["net_value"].dims == ("point", "strategy", "replication")
            assert root["completed"].dims == ("point", "strategy", "replication")
            assert root["won"].dims == ("point", "strategy", "replication", "source")
            assert root["source_name"].dims == ("strategy", "source")
            assert list(root["point"].values) == [0, 1, 2]
            assert root.attrs["until"] == "best" and root.attrs["worlds_used"] == 17
            done = root["completed"].values
            values = root["net_value"].values
        assert (np.isnan(values) == (done == 0)).all() and 0 < done.sum() < done.size
        with xr.open_dataset(path, group="sweep", engine=engine) as sweep:
            assert list(sweep["segments.small.accounts"].values) == [10.0, 2.5, 1000.0]
            assert list(sweep["strategies.later.guard"].values) == ['"fatigue < 1"', '""', '"fatigue < 2"']
        with xr.open_dataset(path, group="comparison", engine=engine) as group:
            assert group["value"].dims == ("point", "strategy")
            assert group["difference"].dims == ("point", "strategy", "other_strategy")
            means = [[values[p, s][done[p, s] == 1].mean() for s in range(3)] for p in range(3)]
            np.testing.assert_allclose(group["value"].values, means, rtol=1e-12)
            both = (done[1, 0] == 1) & (done[1, 2] == 1)
            difference = (values[1, 0] - values[1, 2])[both].mean()
            np.testing.assert_allclose(group["difference"].values[1, 0, 2], difference, rtol=1e-9)
        with xr.open_dataset(path, group="series", engine=engine) as series:
            assert series["asks_quantiles"].dims == ("point", "strategy", "bin", "quantile")
        with xr.open_dataset(path, group="worlds", engine=engine) as worlds:
            assert worlds["rows"].dims == ("point", "strategy", "element", "replication")
    with h5py.File(path) as file:
        for point, strategy, replication in ((0, 0, 0), (2, 2, 1)):
            lane = point * 3 + strategy
            total = sum(expected_value(lane, replication, element) for element in range(4))
            assert file["accounts_existing"][point, strategy, replication] == total
        assert {"sweep", "comparison", "worlds"} <= set(file)


def check_part(path):
    """The second of three shards of 12 replications, with the detail "world"."""
    for engine in ("netcdf4", "h5netcdf"):
        with xr.open_dataset(path, engine=engine) as root:
            assert list(root["replication"].values) == [4, 5, 6, 7]
            assert (root.attrs["part_first"], root.attrs["part_count"], root.attrs["shard"]) == (4, 4, "2/3")
            assert root.attrs["replications"] == 12
            total = sum(expected_value(1, 6, element) for element in range(4))
            assert root["accounts_existing"].isel(strategy=1).sel(replication=6) == total


def check_description(path, other_paths, readme):
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    described = set(re.findall(r"^\| `([^`]+)`", text, flags=re.MULTILINE))
    contents = set.union(*map(list_contents, [path, *other_paths]))
    assert not contents - described, f"in the file, not in the README: {sorted(contents - described)}"
    assert not described - contents, f"in the README, not in the file: {sorted(described - contents)}"
    with h5py.File(path) as file:
        version = file.attrs["schema_version"]
    assert f"schema version {version}" in text


def check_tool(*command):
    if shutil.which(command[0]) is None:
        print(f"{command[0]} is not installed: skipped")
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "net_value" in done.stdout


def main():
    write_sample, readme = sys.argv[1:]
    warnings.simplefilter("error", FutureWarning)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sample.h5")
        environment = dict(os.environ, SOURCE_DATE_EPOCH="1700000000")
        subprocess.run([write_sample, path, str(REPLICATIONS), "world"], check=True, env=environment)
        net_value, by_segment, by_cohort, won = read_h5py(path)
        np.testing.assert_allclose(by_segment.sum(axis=-1), net_value, rtol=1e-12)
        np.testing.assert_array_equal(by_cohort.sum(axis=-1), won)
        for values in (read_netcdf(path), read_xarray(path, "netcdf4"), read_xarray(path, "h5netcdf")):
            np.testing.assert_array_equal(values, net_value)
        with h5py.File(path) as file:  # accounts_existing is the row's first block: 2 segments x 2 cohorts
            for strategy, replication in ((0, 0), (2, 511), (1, 512), (2, 599)):
                total = sum(expected_value(strategy, replication, element) for element in range(4))
                assert file["accounts_existing"][strategy, replication] == total
        check_series(path)
        check_comparison(path)
        check_rows(path)
        sweep_path = os.path.join(folder, "sweep.h5")
        subprocess.run([write_sample, sweep_path, "5", "sweep"], check=True)
        check_sweep(sweep_path)
        part_path = os.path.join(folder, "part.h5")
        subprocess.run([write_sample, part_path, "12", "part"], check=True)
        check_part(part_path)
        check_description(path, [sweep_path, part_path], readme)
        check_tool("ncdump", "-h", path)
        check_tool("h5dump", "-H", path)


if __name__ == "__main__":
    main()
