// SPDX-License-Identifier: Apache-2.0
// What one draw and one function of the inner loop cost, over arrays as the engine uses them.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "random/distribution.hpp"
#include "random/lanes.hpp"
#include "random/words.hpp"

namespace {

using namespace vouch;

constexpr std::size_t length = 1024;

std::vector<std::uint64_t> make_words() {
  std::vector<std::uint64_t> words(length);
  for (std::size_t i = 0; i < length; ++i)
    words[i] = random::compute_block({1, 0, 0}, i, random::Decision::ask, 0).first;
  return words;
}

void per_element(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * length));
}

void philox_one_by_one(benchmark::State& state) {
  const auto lineages = make_words();
  std::vector<std::uint64_t> out(length);
  for (auto _ : state) {
    for (std::size_t i = 0; i < length; ++i)
      out[i] = random::draw_word({1, 0, 0}, lineages[i], random::Decision::ask, 0);
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}
BENCHMARK(philox_one_by_one);

void philox_lanes(benchmark::State& state) {
  const auto lineages = make_words();
  const std::vector<std::uint32_t> replications(length, 1), last(length, 50u << 24);
  std::vector<std::uint64_t> out(length);
  for (auto _ : state) {
    random::lanes().philox(length, lineages.data(), replications.data(), last.data(), 1, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}
BENCHMARK(philox_lanes);

void logistic_lanes(benchmark::State& state) {
  std::vector<double> x(length, 0.3), out(length);
  for (auto _ : state) {
    random::lanes().logistic(length, x.data(), out.data());
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}
BENCHMARK(logistic_lanes);

void decay_lanes(benchmark::State& state) {
  std::vector<double> value(length, 1.0), since(length, 10.0), time(length, 55.0), out(length);
  for (auto _ : state) {
    random::lanes().decay(length, value.data(), since.data(), time.data(), 60.0, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}
BENCHMARK(decay_lanes);

void inversion(benchmark::State& state, const random::Distribution& distribution) {
  const auto words = make_words();
  std::vector<double> out(length);
  for (auto _ : state) {
    random::invert(distribution, length, words.data(), out.data());
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}

void rejection(benchmark::State& state, const random::Distribution& distribution) {
  const auto lineages = make_words();
  std::vector<double> out(length);
  for (auto _ : state) {
    for (std::size_t i = 0; i < length; ++i)
      out[i] = random::sample(distribution, {1, 0, 0}, lineages[i], random::Decision::quality, 0);
    benchmark::DoNotOptimize(out.data());
  }
  per_element(state);
}

using random::Family;
BENCHMARK_CAPTURE(inversion, uniform, random::make_distribution(Family::uniform, 0.0, 1.0));
BENCHMARK_CAPTURE(inversion, exponential, random::make_distribution(Family::exponential, 3.0));
BENCHMARK_CAPTURE(inversion, normal, random::make_distribution(Family::normal, 0.0, 1.0));
BENCHMARK_CAPTURE(inversion, lognormal, random::make_distribution(Family::lognormal, 42.0, 0.6));
BENCHMARK_CAPTURE(inversion, weibull, random::make_distribution(Family::weibull, 42.0, 1.5));
BENCHMARK_CAPTURE(inversion, poisson, random::make_distribution(Family::poisson, 0.8));
BENCHMARK_CAPTURE(inversion, geometric, random::make_distribution(Family::geometric, 0.8));
BENCHMARK_CAPTURE(inversion, negative_binomial, random::make_distribution(Family::negative_binomial, 0.8, 0.2));
BENCHMARK_CAPTURE(inversion, zeta, random::make_distribution(Family::zeta, 2.0, 150.0));
BENCHMARK_CAPTURE(rejection, gamma, random::make_distribution(Family::gamma, 3.0, 0.7));
BENCHMARK_CAPTURE(rejection, beta, random::make_distribution(Family::beta, 2.0, 3.0));

}  // namespace
