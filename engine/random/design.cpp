// SPDX-License-Identifier: Apache-2.0
#include "random/design.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <numeric>

#include "random/words.hpp"

namespace vouch::random {
namespace {

std::uint64_t draw_design_word(std::uint64_t seed, std::uint64_t dimension, Decision decision, std::size_t point) {
  return draw_word({seed, static_cast<std::uint32_t>(point), 0}, dimension, decision, 0);
}

}  // namespace

std::vector<std::vector<std::size_t>> make_grid(std::span<const std::size_t> sizes) {
  std::vector<std::vector<std::size_t>> points{{}};
  for (const std::size_t size : sizes) {
    std::vector<std::vector<std::size_t>> longer;
    for (const std::vector<std::size_t>& point : points) {
      for (std::size_t i = 0; i < size; ++i) {
        longer.push_back(point);
        longer.back().push_back(i);
      }
    }
    points = std::move(longer);
  }
  return points;
}

Design make_latin_hypercube(std::size_t num_points, std::span<const std::uint64_t> dimensions, std::uint64_t seed) {
  Design design(num_points);
  for (const std::uint64_t dimension : dimensions) {
    std::vector<std::uint64_t> words;
    for (std::size_t slice = 0; slice < num_points; ++slice)
      words.push_back(draw_design_word(seed, dimension, Decision::design_order, slice));
    std::vector<std::size_t> slices(num_points);
    std::iota(slices.begin(), slices.end(), std::size_t{0});
    std::stable_sort(slices.begin(), slices.end(), [&](std::size_t a, std::size_t b) { return words[a] < words[b]; });
    for (std::size_t point = 0; point < num_points; ++point) {
      const double within = to_unit(draw_design_word(seed, dimension, Decision::design_position, point));
      // The sum may round up to the next slice.
      const double position = (static_cast<double>(slices[point]) + within) / static_cast<double>(num_points);
      design[point].push_back(std::min(position, 1.0 - 0x1p-53));
    }
  }
  return design;
}

std::vector<std::vector<std::uint64_t>> compute_sobol(std::size_t num_points, std::size_t num_dimensions) {
  std::vector<std::vector<std::uint64_t>> points(num_points, std::vector<std::uint64_t>(num_dimensions, 0));
  if (num_dimensions == 0) return points;
  boost::random::sobol sequence(num_dimensions);  // begins behind the origin
  for (std::size_t point = 1; point < num_points; ++point)
    for (std::uint64_t& coordinate : points[point]) coordinate = sequence();
  return points;
}

Design make_sobol(std::size_t num_points, std::span<const std::uint64_t> dimensions, std::uint64_t seed) {
  Design design(num_points);
  const auto points = compute_sobol(num_points, dimensions.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const std::uint64_t shift = draw_design_word(seed, dimensions[d], Decision::design_shift, 0);
    for (std::size_t point = 0; point < num_points; ++point) design[point].push_back(to_unit(points[point][d] ^ shift));
  }
  return design;
}

}  // namespace vouch::random
