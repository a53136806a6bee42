// SPDX-License-Identifier: Apache-2.0
#include "random/design.hpp"

#include <algorithm>
#include <set>

#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using namespace vouch::random;

namespace {

const std::vector<std::uint64_t> three = {11, 22, 33};

std::vector<double> column(const Design& design, std::size_t dimension) {
  std::vector<double> values;
  for (const auto& point : design) values.push_back(point[dimension]);
  return values;
}

/// Whether each of as many equal slices as there are values holds one.
bool fills_slices(const std::vector<double>& values) {
  std::set<std::size_t> slices;
  for (const double value : values) {
    if (value < 0.0 || value >= 1.0) return false;
    slices.insert(static_cast<std::size_t>(value * static_cast<double>(values.size())));
  }
  return slices.size() == values.size();
}

}  // namespace

TEST_CASE("a grid has every combination, the last index fastest") {
  const std::vector<std::size_t> sizes = {2, 1, 3};
  CHECK(make_grid(sizes) ==
        std::vector<std::vector<std::size_t>>{{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {1, 0, 0}, {1, 0, 1}, {1, 0, 2}});
}

TEST_CASE("a Latin hypercube has one point in every slice of every dimension") {
  const std::uint64_t seed = test::seed_of("a Latin hypercube has one point in every slice of every dimension");
  for (const std::size_t num_points : {1, 2, 7, 64, 1000}) {
    const Design design = make_latin_hypercube(num_points, three, seed);
    REQUIRE(design.size() == num_points);
    for (std::size_t d = 0; d < three.size(); ++d) CHECK(fills_slices(column(design, d)));
  }
}

TEST_CASE("a Latin hypercube depends on its seed and on each dimension's identity, not on the others") {
  const Design design = make_latin_hypercube(16, three, 5);
  CHECK(make_latin_hypercube(16, three, 5) == design);
  CHECK(make_latin_hypercube(16, three, 6) != design);
  const std::vector<std::uint64_t> other = {33, 44};
  CHECK(column(make_latin_hypercube(16, other, 5), 0) == column(design, 2));
  CHECK(column(design, 0) != column(design, 1));
}

TEST_CASE("the dimensions of a Latin hypercube are unrelated, and its points lie anywhere in their slices") {
  // By the permutation distribution the correlation of two columns has variance 1 / (n - 1); six standard deviations
  // are passed with probability 2e-9. A column that repeated another, reversed or not, would have correlation +-1.
  constexpr std::size_t n = 1000;
  const std::uint64_t seed = test::seed_of("the dimensions of a Latin hypercube are unrelated");
  const Design design = make_latin_hypercube(n, three, seed);
  double product = 0.0;
  double within = 0.0;
  for (const auto& point : design) {
    product += (point[0] - 0.5) * (point[1] - 0.5);
    const double scaled = point[0] * static_cast<double>(n);
    within += scaled - static_cast<double>(static_cast<std::size_t>(scaled));
  }
  CHECK(std::abs(product / static_cast<double>(n) * 12.0) < 6.0 / std::sqrt(n - 1.0));
  CHECK(std::abs(within / static_cast<double>(n) - 0.5) < 6.0 / std::sqrt(12.0 * n));
}

TEST_CASE("the first points of Sobol's sequence are those published") {
  // S. Joe and F. Y. Kuo, new-joe-kuo-6, dimensions 1 to 3, in sixteenths.
  const auto points = compute_sobol(8, 3);
  const std::vector<std::vector<std::uint64_t>> expected = {{0, 0, 0},  {8, 8, 8},   {12, 4, 4},  {4, 12, 12},
                                                            {6, 6, 10}, {14, 14, 2}, {10, 2, 14}, {2, 10, 6}};
  REQUIRE(points.size() == expected.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    INFO(i);
    for (std::size_t d = 0; d < 3; ++d) CHECK(points[i][d] == expected[i][d] << 60);
  }
  CHECK(compute_sobol(2, max_sobol_dimensions)[1].back() == std::uint64_t{1} << 63);
}

TEST_CASE("shifted Sobol points fill the slices of every dimension, whatever power of two there are") {
  const Design design = make_sobol(256, three, 9);
  for (const std::size_t count : {1, 2, 16, 256}) {
    const Design first(design.begin(), design.begin() + static_cast<std::ptrdiff_t>(count));
    CHECK(make_sobol(count, three, 9) == first);
    for (std::size_t d = 0; d < three.size(); ++d) CHECK(fills_slices(column(first, d)));
  }
  CHECK(make_sobol(256, three, 10) != design);
  // Together two dimensions fill the cells of a 16 x 16 grid: a net, which a Latin hypercube is not.
  std::set<std::pair<int, int>> cells;
  for (const auto& point : design) cells.emplace(static_cast<int>(point[0] * 16), static_cast<int>(point[1] * 16));
  CHECK(cells.size() == 256);
}
