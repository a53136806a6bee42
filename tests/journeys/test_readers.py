# SPDX-License-Identifier: Apache-2.0
"""A results file read by other programs: the same numbers, with labels."""

import json
import os
import subprocess
import unittest
from pathlib import Path

import h5py
import netCDF4
import numpy
import xarray

from journey import VOUCH, Journey, quiet_environment

STRATEGIES = ["never", "early", "late"]


class Readers(Journey):
    def setUp(self):
        super().setUp()
        self.succeed("run", "small.toml", "-o", "small.h5")
        self.path = self.folder / "small.h5"

    def test_xarray(self):
        with xarray.open_dataset(self.path) as results:
            self.assertEqual(list(results["strategy"].values), STRATEGIES)
            self.assertEqual(results["net_value"].dims, ("strategy", "replication"))
            self.assertEqual(results["net_value"].shape, (3, 20))
            self.assertTrue(numpy.isfinite(results["net_value"]).all())
            self.assertTrue((results["completed"] == 1).all())
            self.assertEqual(results["asks"].dtype.kind, "i")
            self.assertEqual(float(results["asks"].sel(strategy="never").sum()), 0.0)
            for name in ("title", "source", "history", "schema_version", "vouch_version", "git_sha1"):
                self.assertIn(name, results.attrs)

    def test_every_variable_says_what_it_is(self):
        with h5py.File(self.path) as results:
            bare = []
            results.visititems(lambda name, item: bare.append(name) if isinstance(item, h5py.Dataset)
                               and not {"long_name", "units"} & set(item.attrs) else None)
        self.assertEqual(bare, [])

    def test_segments_add_up(self):
        with xarray.open_dataset(self.path) as total, xarray.open_dataset(self.path, group="by_segment") as parts:
            for name in ("net_value", "asks", "new_customers"):
                if name in parts:
                    numpy.testing.assert_allclose(parts[name].sum("segment"), total[name], rtol=1e-12)
            self.assertIn("asks", parts)

    def test_netcdf4_and_h5py_agree(self):
        with netCDF4.Dataset(self.path) as labelled, h5py.File(self.path) as plain:
            for name, variable in labelled.variables.items():
                if variable.dtype is not str:
                    numpy.testing.assert_array_equal(numpy.asarray(variable[:]), plain[name][:])
            self.assertEqual([dimension.label or dimension[0].name.strip("/") for dimension in plain["net_value"].dims],
                             ["strategy", "replication"])

    def test_ncdump(self):
        done = subprocess.run(["ncdump", "-h", self.path], text=True, capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("double net_value(strategy, replication)", done.stdout)

    def test_compare_prints_what_python_finds(self):
        compared = json.loads(self.succeed("compare", "small.h5", "--json").stdout)
        with xarray.open_dataset(self.path) as results:
            net_value = results["net_value"].load()
        self.assertEqual(compared["num_worlds"], 20)
        for entry in compared["strategies"]:
            own = net_value.sel(strategy=entry["strategy"])
            self.assertAlmostEqual(entry["value"] / float(own.mean()), 1.0, places=12)
            self.assertAlmostEqual(entry["standard_error"] / (float(own.std(ddof=1)) / 20**0.5), 1.0, places=9)
            if entry["strategy"] != "never":
                difference = own - net_value.sel(strategy="never")
                self.assertAlmostEqual(entry["from_baseline"]["difference"] / float(difference.mean()), 1.0, places=9)

    def test_the_scenario_inside_runs_again(self):
        with h5py.File(self.path) as results:
            text = results.attrs["scenario"] if "scenario" in results.attrs else results["scenario"].asstr()[()]
        self.write("again.toml", text)
        self.succeed("run", "again.toml", "-o", "again.h5")
        with xarray.open_dataset(self.path) as first, xarray.open_dataset(self.folder / "again.h5") as again:
            self.assertTrue(first["net_value"].identical(again["net_value"]))

    def test_inspect_tells_how_to_make_the_same_again(self):
        """Its commands, given as they stand, make the same comparison."""
        for options in (("--strategies", "early,late"), ("--until", "net_value +- 20%", "--strategies", "late,early")):
            made = self.succeed("run", "small.toml", "--force", "-o", "made.h5", *options).stdout
            recipe = self.succeed("inspect", "made.h5").stdout.partition("or, without any other file,\n")[2]
            commands = [line.strip() for line in recipe.splitlines() if line.startswith("  vouch ")][:2]
            self.assertEqual(len(commands), 2, recipe)
            path = f"{Path(VOUCH).resolve().parent}:{os.environ['PATH']}"
            again = subprocess.run(f"{commands[0]} && {commands[1]} --force", shell=True, cwd=self.folder, text=True,
                                   capture_output=True, check=True, env=quiet_environment(PATH=path))
            self.assertEqual(again.stdout, made)


if __name__ == "__main__":
    unittest.main()
