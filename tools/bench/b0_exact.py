# SPDX-License-Identifier: Apache-2.0
"""B0's exact expectations per initial customer, by its renewal equation.

The reading under which the published figures hold: every customer's clock starts at its purchase (the initial
ones' at day 0); churn has the hazard 0.15 a year and comes before anything later in the account's life; asks stand
at ages 30, 75, ..., 255 and are made while the customer is there and day 365 is not reached; fatigue is that of the
asks made; value, once realised, stays; deals go on without their referrer; people to name never run out.
"""
import math

import numpy as np

HORIZON = 365.0
HAZARD = 0.15 / 365.0
ASK_AGES = 30.0 + 45.0 * np.arange(6)
QUANTITIES = ("asks", "yes", "introductions", "conversions", "churned", "final")


def normal_cdf(x):
    return 0.5 * np.vectorize(math.erfc)(-np.asarray(x) / math.sqrt(2.0))


def compute_yes_probabilities():
    """P(yes) at each ask, given that it is made."""
    fatigue = np.zeros(len(ASK_AGES))
    for k in range(1, len(ASK_AGES)):
        fatigue[k] = (fatigue[k - 1] + 1.0) * 2.0 ** (-45.0 / 60.0)
    logistic = lambda x: 1.0 / (1.0 + np.exp(-x))
    realised = normal_cdf(np.log(ASK_AGES / 75.0) / 0.5)
    return realised * logistic(0.2 - 0.9 * fatigue) + (1.0 - realised) * logistic(-1.0 - 0.9 * fatigue)


def compute_expectations(num_cells=8192):
    """A dictionary of QUANTITIES. Errors shrink with the square of the cell; 8192 cells give seven digits."""
    cell = HORIZON / num_cells
    edges = cell * np.arange(num_cells + 1)
    survival = np.exp(-HAZARD * ASK_AGES)
    p_yes = compute_yes_probabilities()
    offspring = np.zeros(num_cells + 1)  # expected customers won from one by each age
    for age, weight in zip(ASK_AGES, survival * p_yes * 0.8 * 0.65):
        later = edges > age
        offspring[later] += weight * normal_cdf(np.log((edges[later] - age) / 42.0) / 0.6)
    kernel = np.diff(offspring)
    births, generation = kernel.copy(), kernel.copy()
    while generation.sum() > 1e-14:
        size = 2 * num_cells
        product = np.fft.irfft(np.fft.rfft(generation, size) * np.fft.rfft(kernel, size), size)[:num_cells]
        generation = 0.5 * product  # two uniform cells add up to a triangle over two cells
        generation[1:] += 0.5 * product[:-1]
        births += generation
    born_by = np.concatenate([[0.0], np.cumsum(births)])
    reached = 1.0 + np.interp(HORIZON - ASK_AGES, edges, born_by)  # customers old enough for each ask
    asks = survival * reached
    middles = edges[:-1] + 0.5 * cell
    churned = 1.0 - math.exp(-HAZARD * HORIZON) + (births * -np.expm1(-HAZARD * (HORIZON - middles))).sum()
    yes = (asks * p_yes).sum()
    values = (asks.sum(), yes, 0.8 * yes, births.sum(), churned, 1.0 + births.sum() - churned)
    return dict(zip(QUANTITIES, map(float, values)))


if __name__ == "__main__":
    for name, value in compute_expectations().items():
        print(f"{name:14} {value:.7f}")
