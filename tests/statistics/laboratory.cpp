// SPDX-License-Identifier: Apache-2.0
#include "statistics/laboratory.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "random/distribution.hpp"

namespace vouch::test {
namespace {

constexpr double unit = 0x1p-20;

statistics::WorldValue count_units(const Shown& shown, const Population& population) {
  const auto count = [](double x) { return static_cast<std::int64_t>(std::llround(x / unit)); };
  statistics::WorldValue value{count(shown.numerator), count(shown.denominator), {}};
  for (std::size_t c = 0; c < population.controls.size(); ++c) value.controls[c] = count(shown.controls[c]);
  return value;
}

statistics::EvidenceOptions describe(const Population& population, statistics::Direction direction) {
  statistics::EvidenceOptions options;
  options.num_strategies = population.values.size();
  options.numerator_unit = options.denominator_unit = unit;
  options.is_ratio = population.is_ratio;
  options.is_proportion = population.is_proportion;
  options.direction = direction;
  options.group_size = population.group_size;
  for (const double expectation : population.controls) options.controls.push_back({"", unit, expectation});
  return options;
}

}  // namespace

Population make_normal(std::string name, std::vector<double> values, std::vector<double> standard_deviations,
                       double correlation) {
  const double shared = std::sqrt(correlation);
  const double own = std::sqrt(1.0 - correlation);
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double common = correlation > 0.0 ? shared * draws.normal() : 0.0;
    for (std::size_t s = 0; s < shown.size(); ++s)
      shown[s].numerator = values[s] + standard_deviations[s] * (common + own * draws.normal());
  };
  return {std::move(name), values, draw};
}

Population make_skewed(std::string name, std::vector<double> means, Luck luck) {
  std::vector<random::Distribution> distributions;
  for (const double mean : means)
    distributions.push_back(random::make_distribution(random::Family::negative_binomial, mean, 0.2));
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const std::uint64_t common = draws.word();
    for (std::size_t s = 0; s < shown.size(); ++s)
      shown[s].numerator = random::invert(distributions[s], luck == Luck::shared ? common : draws.word());
  };
  return {std::move(name), std::move(means), draw};
}

Population make_one_sided(std::string name, double mean, double constant) {
  const auto distribution = random::make_distribution(random::Family::negative_binomial, mean, 0.2);
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    shown[0].numerator = random::invert(distribution, draws.word());
    shown[1].numerator = constant;
  };
  return {std::move(name), {mean, constant}, draw};
}

Population make_rare(std::string name, std::vector<double> probabilities, Luck luck) {
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const std::uint64_t common = draws.word();
    for (std::size_t s = 0; s < shown.size(); ++s)
      shown[s].numerator = random::happens(luck == Luck::shared ? common : draws.word(), probabilities[s]) ? 1.0 : 0.0;
  };
  return {std::move(name), probabilities, draw};
}

Population make_shares(std::string name, std::vector<double> probabilities) {
  const auto cases = random::make_distribution(random::Family::negative_binomial, 20.0, 2.0);
  auto draw = [=](Draws& draws, std::span<Shown> shown) {
    const double num_cases = random::invert(cases, draws.word());
    const double tilt = 2.0 * draws.uniform() - 1.0;  // of the world's chances, by up to half, for all strategies alike
    for (std::size_t s = 0; s < shown.size(); ++s) {
      const double p = probabilities[s];
      const double chance = p + tilt * 0.5 * std::min(p, 1.0 - p);
      shown[s] = {0.0, num_cases};
      for (double i = 0.0; i < num_cases; ++i) shown[s].numerator += draws.uniform() < chance ? 1.0 : 0.0;
    }
  };
  return {std::move(name), probabilities, draw, true, true};
}

std::vector<double> make_equals(std::size_t num_strategies, double value) {
  return std::vector<double>(num_strategies, value);
}

std::vector<double> put_first(double other, std::vector<double> values) {
  values.front() = other;
  return values;
}

Experiment::Experiment(const Population& population, std::uint64_t seed, int index, statistics::Direction direction)
    : population_(population),
      seed_(seed),
      index_(static_cast<std::uint32_t>(index)),
      evidence_(describe(population, direction)),
      shown_(population.values.size()),
      values_(population.values.size() * population.group_size) {}

void Experiment::add_world(const std::function<bool(std::size_t)>& has_it) {
  for (std::size_t i = 0; i < population_.group_size; ++i) {
    Draws draws(seed_, index_, next_world_, i == 0 ? 0 : ~std::uint64_t{0});
    population_.draw(draws, shown_);
    for (std::size_t s = 0; s < shown_.size(); ++s) {
      auto& value = values_[s * population_.group_size + i];
      value.reset();
      if (has_it(s)) value = count_units(shown_[s], population_);
    }
  }
  ++next_world_;
  evidence_.add_group(values_);
}

void Experiment::add_worlds(std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) add_world([](std::size_t) { return true; });
}

void Experiment::add_worlds(std::uint64_t count, std::span<const std::size_t> strategies) {
  const auto has_it = [&](std::size_t s) {
    return std::find(strategies.begin(), strategies.end(), s) != strategies.end();
  };
  for (std::uint64_t i = 0; i < count; ++i) add_world(has_it);
}

void Experiment::set_worlds(std::span<const std::uint64_t> counts) {
  evidence_ = statistics::Evidence(evidence_.options());
  next_world_ = 0;
  while (next_world_ < *std::max_element(counts.begin(), counts.end()))
    add_world([&, world = next_world_](std::size_t s) { return world < counts[s]; });
}

int count_experiments(int usual) {
#ifdef VOUCH_SANITIZED
  return usual / 10;
#else
  return std::getenv("VOUCH_LONG") != nullptr ? usual * 10 : usual;
#endif
}

double Share::compute_error(double nominal) const { return std::sqrt(nominal * (1.0 - nominal) / num_experiments); }

Share measure_share(int num_experiments, const std::function<bool(int)>& happens) {
  Share share{0, num_experiments};
  for (int i = 0; i < num_experiments; ++i) share.count += happens(i) ? 1 : 0;
  return share;
}

}  // namespace vouch::test
