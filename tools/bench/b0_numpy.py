# SPDX-License-Identifier: Apache-2.0
"""B0 in NumPy: all customers of a generation of many worlds at once, one whole-array step for each ask.

Generation by generation is allowed here because B0 couples nothing; it is the arrangement that suits NumPy best.
Nothing about the model is worked out beforehand: fatigue is a state of each account that fades and is added to.
"""
import argparse
import json
import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np

from counters import Cost

HORIZON, MAX_ASKS, FIRST_ASK, GAP = 365.0, 6, 30.0, 45.0
POISSON_EDGES = np.cumsum([0.8**k * np.exp(-0.8) / f for k, f in enumerate((1, 1, 2, 6, 24, 120, 720, 5040, 40320))])


def simulate_generation(rng, born, world, num_worlds, totals):
    """Simulates the customers `born` at these times; returns the times and worlds of those won from them."""
    n = len(born)
    end = rng.standard_exponential(n)
    end *= 365.0 / 0.15
    end += born
    totals[4] += np.bincount(world[end < HORIZON], minlength=num_worlds)
    np.minimum(end, HORIZON, out=end)
    value_at = rng.standard_normal(n)
    value_at *= 0.5
    np.exp(value_at, out=value_at)
    value_at *= 75.0
    value_at += born

    now = born + FIRST_ASK
    fatigue = np.zeros(n)
    named_at, named_world = [], []
    for k in range(MAX_ASKS):
        here = np.flatnonzero(now < end)
        if len(here) == 0:
            break
        if len(here) < len(now):
            now, end, value_at, fatigue, world = (a[here] for a in (now, end, value_at, fatigue, world))
        if k > 0:
            fatigue *= np.exp2(-GAP / 60.0)
        eta = fatigue * -0.9
        eta -= 1.0
        eta += 1.2 * (value_at <= now)
        np.negative(eta, out=eta)
        np.exp(eta, out=eta)
        eta += 1.0
        fatigue += 1.0
        # u < 1 / (1 + e^-eta)
        eta *= rng.random(len(now))
        said_yes = np.flatnonzero(eta < 1.0)
        names = np.searchsorted(POISSON_EDGES, rng.random(len(said_yes)), side="right")
        totals[0] += np.bincount(world, minlength=num_worlds)
        totals[1] += np.bincount(world[said_yes], minlength=num_worlds)
        namers = np.repeat(said_yes, names)
        named_at.append(now[namers])
        named_world.append(world[namers])
        now += GAP

    if not named_at:
        return np.empty(0), np.empty(0, dtype=np.int64)
    named_at, named_world = np.concatenate(named_at), np.concatenate(named_world)
    totals[2] += np.bincount(named_world, minlength=num_worlds)
    won = np.flatnonzero(rng.random(len(named_at)) < 0.65)
    cycle = rng.standard_normal(len(won))
    cycle *= 0.6
    np.exp(cycle, out=cycle)
    cycle *= 42.0
    cycle += named_at[won]
    in_time = np.flatnonzero(cycle < HORIZON)
    won_world = named_world[won[in_time]]
    totals[3] += np.bincount(won_world, minlength=num_worlds)
    return cycle[in_time], won_world


def simulate_worlds(rng, num_worlds, num_customers):
    """An array (6, num_worlds) of counts, in the order of b0_exact.QUANTITIES."""
    totals = np.zeros((6, num_worlds))
    born = np.zeros(num_worlds * num_customers)
    world = np.repeat(np.arange(num_worlds), num_customers)
    while len(born):
        born, world = simulate_generation(rng, born, world, num_worlds, totals)
    totals[5] = num_customers + totals[3] - totals[4]
    return totals


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--chunk", type=int, default=64, help="worlds at once; more of them leave the cache")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = np.random.Generator(np.random.SFC64(arguments.seed))
    simulate_worlds(rng, min(arguments.chunk, arguments.worlds), arguments.customers)  # warm
    parts = []
    with Cost() as cost:
        for first in range(0, arguments.worlds, arguments.chunk):
            parts.append(simulate_worlds(rng, min(arguments.chunk, arguments.worlds - first), arguments.customers))
    totals = np.concatenate(parts, axis=1)
    per_customer = totals / arguments.customers
    print(json.dumps({
        "mean": per_customer.mean(axis=1).tolist(),
        "standard_error": (per_customer.std(axis=1, ddof=1) / np.sqrt(arguments.worlds)).tolist(),
        "customers": int(arguments.worlds * arguments.customers + totals[3].sum()),
        "cycles": cost.cycles, "cpu_ns": cost.cpu_ns, "wall_ns": cost.wall_ns}))


if __name__ == "__main__":
    main()
