// SPDX-License-Identifier: Apache-2.0
// The array kernels give the scalar functions' bits, in every instruction set this processor has.
#include "random/lanes.hpp"

#include <cstdint>
#include <cstring>
#include <vector>

#include "random/inversion.hpp"
#include "random/words.hpp"
#include "support/catch.hpp"

using namespace vouch::random;
namespace maths = vouch::maths;

namespace {

constexpr std::size_t num_elements = 20'011;  // no multiple of any vector's length: tails are tried too

std::vector<std::uint64_t> draw_words(std::uint32_t stream) {
  std::vector<std::uint64_t> words(num_elements);
  for (std::size_t i = 0; i < num_elements; ++i)
    words[i] = compute_philox(static_cast<std::uint32_t>(i), stream, 0, 0, 99).first;
  words[0] = 0;
  words[1] = ~std::uint64_t{0};
  return words;
}

std::vector<double> draw_numbers(std::uint32_t stream, double low, double high) {
  std::vector<double> numbers(num_elements);
  const std::vector<std::uint64_t> words = draw_words(stream);
  for (std::size_t i = 0; i < num_elements; ++i) numbers[i] = low + (high - low) * to_unit(words[i]);
  return numbers;
}

std::size_t count_different(const std::vector<double>& a, const std::vector<double>& b) {
  std::size_t num_different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) num_different += std::memcmp(&a[i], &b[i], sizeof a[i]) != 0;
  return num_different;
}

/// Runs `kernel` into one array and `scalar` element by element into another; how many bits patterns differ.
template <typename Kernel, typename Scalar>
std::size_t compare(Kernel kernel, Scalar scalar) {
  std::vector<double> by_lanes(num_elements);
  std::vector<double> one_by_one(num_elements);
  kernel(by_lanes.data());
  for (std::size_t i = 0; i < num_elements; ++i) one_by_one[i] = scalar(i);
  return count_different(by_lanes, one_by_one);
}

void check_draws(const Lanes& lanes) {
  const std::vector<std::uint64_t> lineage = draw_words(1);
  std::vector<std::uint32_t> replication(num_elements);
  std::vector<std::uint32_t> last(num_elements);
  for (std::size_t i = 0; i < num_elements; ++i) {
    replication[i] = static_cast<std::uint32_t>(i * 2654435761U);
    last[i] = static_cast<std::uint32_t>(~i * 40503U);
  }
  std::vector<std::uint64_t> first(num_elements);
  constexpr std::uint64_t key = 0xfedcba9876543210ULL;
  lanes.philox(num_elements, lineage.data(), replication.data(), last.data(), key, first.data());
  std::size_t num_different = 0;
  for (std::size_t i = 0; i < num_elements; ++i)
    num_different +=
        first[i] != compute_philox(static_cast<std::uint32_t>(lineage[i]), static_cast<std::uint32_t>(lineage[i] >> 32),
                                   replication[i], last[i], key)
                        .first;
  CHECK(num_different == 0);
}

void check_functions(const Lanes& lanes) {
  const std::vector<double> x = draw_numbers(2, -760.0, 760.0);
  const std::vector<double> near = draw_numbers(3, -8.0, 8.0);
  CHECK(compare([&](double* out) { lanes.logistic(num_elements, near.data(), out); },
                [&](std::size_t i) { return maths::logistic(near[i]); }) == 0);
  CHECK(compare([&](double* out) { lanes.logistic(num_elements, x.data(), out); },
                [&](std::size_t i) { return maths::logistic(x[i]); }) == 0);
  CHECK(compare([&](double* out) { lanes.exp(num_elements, near.data(), -0.7, out); },
                [&](std::size_t i) { return maths::exp(-0.7 * near[i]); }) == 0);
  CHECK(compare([&](double* out) { lanes.exp(num_elements, x.data(), 1.0, out); },
                [&](std::size_t i) { return maths::exp(x[i]); }) == 0);

  const std::vector<double> value = draw_numbers(4, -3.0, 3.0);
  const std::vector<double> since = draw_numbers(5, -900.0, 300.0);
  const std::vector<double> time = draw_numbers(6, 300.0, 90'000.0);
  CHECK(compare([&](double* out) { lanes.decay(num_elements, value.data(), since.data(), time.data(), 61.7, out); },
                [&](std::size_t i) { return value[i] * maths::exp2((since[i] - time[i]) / 61.7); }) == 0);
}

void check_inversions(const Lanes& lanes) {
  const std::vector<std::uint64_t> word = draw_words(7);
  const auto u = [&](std::size_t i) { return to_open_unit(word[i]); };
  CHECK(compare([&](double* out) { lanes.invert_uniform(num_elements, word.data(), -2.0, 5.5, out); },
                [&](std::size_t i) { return maths::invert_uniform(u(i), -2.0, 5.5); }) == 0);
  CHECK(compare([&](double* out) { lanes.invert_exponential(num_elements, word.data(), 42.0, out); },
                [&](std::size_t i) { return maths::invert_exponential(u(i), 42.0); }) == 0);
  CHECK(compare([&](double* out) { lanes.invert_normal(num_elements, word.data(), 1.0, 2.0, out); },
                [&](std::size_t i) { return maths::invert_normal(u(i), 1.0, 2.0); }) == 0);
  CHECK(compare([&](double* out) { lanes.invert_lognormal(num_elements, word.data(), 42.0, 0.6, out); },
                [&](std::size_t i) { return maths::invert_lognormal(u(i), 42.0, 0.6); }) == 0);
  CHECK(compare([&](double* out) { lanes.invert_weibull(num_elements, word.data(), 30.0, 1.7, out); },
                [&](std::size_t i) { return maths::invert_weibull(u(i), 30.0, 1.7); }) == 0);
}

}  // namespace

TEST_CASE("every instruction set's lanes equal the scalar functions to the bit", "[random]") {
  REQUIRE(find_lanes("plain") != nullptr);
  for (const char* name : {"plain", "avx2", "avx512"}) {
    const Lanes* found = find_lanes(name);
    if (found == nullptr) continue;  // this processor has it not
    INFO(name);
    CHECK(std::string(found->name) == name);
    check_draws(*found);
    check_functions(*found);
    check_inversions(*found);
  }
  CHECK(find_lanes("abacus") == nullptr);
}

TEST_CASE("inverting an array equals inverting word by word, for every family", "[random]") {
  const std::vector<std::uint64_t> word = draw_words(8);
  for (const Distribution& distribution :
       {make_distribution(Family::constant, 4.0), make_distribution(Family::uniform, -1.0, 2.0),
        make_distribution(Family::exponential, 9.0), make_distribution(Family::lognormal, 9.0, 0.5),
        make_distribution(Family::weibull, 9.0, 0.5), make_distribution(Family::normal, 9.0, 0.5),
        make_distribution(Family::poisson, 3.0), make_distribution(Family::geometric, 3.0),
        make_distribution(Family::negative_binomial, 3.0, 0.5), make_distribution(Family::zeta, 2.0, 90.0),
        make_empirical({1.0, 2.0, 5.0}, {1.0, 1.0, 1.0})}) {
    INFO(static_cast<int>(distribution.family));
    CHECK(compare([&](double* out) { invert(distribution, num_elements, word.data(), out); },
                  [&](std::size_t i) { return invert(distribution, word[i]); }) == 0);
  }
}
