// SPDX-License-Identifier: Apache-2.0
#include "statistics/moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "random/normal_quantile.hpp"
#include "random/words.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch::statistics;

namespace {

/// The i-th of a sequence of words.
std::uint64_t word(const char* name, std::uint32_t i) {
  return vouch::random::compute_philox(i, 0, 0, 0, vouch::test::seed_of(name)).first;
}

Moments sum_up(const std::vector<std::array<std::int64_t, 2>>& samples) {
  Moments moments(2);
  for (const auto& sample : samples) moments.add(sample);
  return moments;
}

}  // namespace

TEST_CASE("merging parts in any tree and order gives the same sums, to the bit") {
  std::vector<std::array<std::int64_t, 2>> samples;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const int shift = static_cast<int>(word("sizes", i) % 62) + 2;  // from 2 to 63, so that sizes stay below 2^62
    samples.push_back({static_cast<std::int64_t>(word("first", i)) >> shift,
                       static_cast<std::int64_t>(word("second", i)) >> (65 - shift)});
  }
  const Moments whole = sum_up(samples);
  std::uint32_t next = 0;
  for (int tree = 0; tree < 100; ++tree) {
    std::vector<Moments> parts;
    for (std::size_t begin = 0; begin < samples.size();) {
      const auto end = std::min(samples.size(), begin + word("part", ++next) % 20);  // some parts are empty
      parts.push_back(sum_up(
          {samples.begin() + static_cast<std::ptrdiff_t>(begin), samples.begin() + static_cast<std::ptrdiff_t>(end)}));
      begin = end;
    }
    while (parts.size() > 1) {
      const std::size_t from = word("from", ++next) % parts.size();
      const Moments part = parts[from];
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from));
      parts[word("to", ++next) % parts.size()].merge(part);
    }
    CHECK(parts[0] == whole);
  }
  CHECK(whole.variance(0) > 0.0);
}

TEST_CASE("a variance far below the mean's square is exact") {
  // Mean 1e9 and deviation 1 in units of 1e-6, against sums about the true mean in long double.
  constexpr std::int64_t mean = 1'000'000'000'000'000;
  Moments moments(1);
  long double sum = 0.0L, squares = 0.0L;
  constexpr int n = 10'000;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double z = vouch::maths::normal_quantile(vouch::random::to_open_unit(word("far from zero", i)));
    const auto deviation = static_cast<std::int64_t>(std::llround(1e6 * z));
    moments.add(std::array{mean + deviation});
    sum += static_cast<long double>(deviation);
    squares += static_cast<long double>(deviation) * static_cast<long double>(deviation);
  }
  const auto expected = static_cast<double>((squares - sum * sum / n) / (n - 1));
  CHECK(moments.variance(0) == Approx(expected).epsilon(1e-15));
  CHECK(moments.variance(0) == Approx(1e12).epsilon(0.1));
  CHECK(moments.mean(0) == Approx(static_cast<double>(mean) + static_cast<double>(sum / n)).epsilon(1e-15));
}

TEST_CASE("moments of small numbers are as by hand") {
  const Moments moments = sum_up({{1, 2}, {2, 4}, {6, -3}});
  CHECK(moments.mean(0) == 3.0);
  CHECK(moments.mean(1) == 1.0);
  CHECK(moments.variance(0) == 7.0);
  CHECK(moments.covariance(0, 1) == -8.5);  // deviations -2 -1 3 and 1 3 -4: -2 -3 -12, over 2
  CHECK(moments.covariance(1, 0) == moments.covariance(0, 1));
  CHECK(moments.variance_of(std::array<std::int64_t, 2>{1, -1}) == Approx(7.0 + moments.variance(1) + 17.0));
}

TEST_CASE("the largest numbers do not overflow") {
  constexpr std::int64_t large = (std::int64_t{1} << 62) - 1;
  Moments moments(2);
  for (int i = 0; i < 1000; ++i) moments.add(std::array<std::int64_t, 2>{i % 2 == 0 ? large : -large, -large});
  CHECK(moments.mean(0) == 0.0);
  CHECK(moments.variance(0) == Approx(std::ldexp(1.0, 124) * 1000 / 999));
  CHECK(moments.mean(1) == -static_cast<double>(large));
  CHECK(moments.variance(1) == 0.0);
  CHECK(moments.covariance(0, 1) == 0.0);
}

TEST_CASE("constants do not vary, and equal quantities have no difference, to the bit") {
  const Moments moments = sum_up({{7, 3}, {7, 4}, {7, 8}});
  CHECK(moments.variance(0) == 0.0);
  CHECK(moments.covariance(0, 1) == 0.0);
  const Moments shifted = sum_up({{13, 3}, {14, 4}, {18, 8}});
  CHECK(shifted.variance_of(std::array<std::int64_t, 2>{1, -1}) == 0.0);
}

TEST_CASE("a sample has as many numbers as there are quantities") {
  Moments moments(2);
  CHECK_THROWS_AS(moments.add(std::array<std::int64_t, 1>{1}), std::logic_error);
  CHECK_THROWS_AS(moments.merge(Moments(3)), std::logic_error);
}
