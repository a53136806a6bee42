// SPDX-License-Identifier: Apache-2.0
// Which points of a space are tried when several parameters vary together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vouch::random {

/// By point, by dimension: positions in [0, 1).
using Design = std::vector<std::vector<double>>;

/// Every combination of one index below each size, the last index fastest.
std::vector<std::vector<std::size_t>> make_grid(std::span<const std::size_t> sizes);

/// Latin hypercube sampling (M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979) 239-245): each
/// dimension has one position in each of `num_points` equal slices, in an order of its own. `dimensions` are their
/// identities: a dimension's positions depend on its identity, the number of points and the seed alone.
Design make_latin_hypercube(std::size_t num_points, std::span<const std::uint64_t> dimensions, std::uint64_t seed);

/// The first points of the sequence of I. M. Sobol (USSR Computational Mathematics and Mathematical Physics 7 (1967)
/// 86-112), its origin included, with the direction numbers of S. Joe and F. Y. Kuo (2008); coordinates as multiples
/// of 2^-64. At most max_sobol_dimensions.
std::vector<std::vector<std::uint64_t>> compute_sobol(std::size_t num_points, std::size_t num_dimensions);
inline constexpr std::size_t max_sobol_dimensions = 3667;

/// The same under a digital shift: in each dimension all points are xored with one word, keyed by its identity and the
/// seed. Any first 2^k points still have one in each of 2^k equal slices of every dimension, which they lose when the
/// origin is left out instead (A. B. Owen, "On dropping the first Sobol' point", 2022); and no point is a corner.
Design make_sobol(std::size_t num_points, std::span<const std::uint64_t> dimensions, std::uint64_t seed);

}  // namespace vouch::random
