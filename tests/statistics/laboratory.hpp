// SPDX-License-Identifier: Apache-2.0
// Experiments whose truth is known: made-up worlds that are the same bits on every processor, so that what is measured
// on them can be recorded and compared to the last digit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "random/normal_quantile.hpp"
#include "random/words.hpp"
#include "statistics/evidence.hpp"

namespace vouch::test {

/// The random numbers of one world of one experiment, in the order they are asked for: words of the engine's generator,
/// and its own logarithm and normal quantile. `mirror`: all ones for the second world of an antithetic pair, else 0.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint32_t experiment, std::uint32_t world, std::uint64_t mirror = 0) noexcept
      : seed_(seed), mirror_(mirror), experiment_(experiment), world_(world) {}

  std::uint64_t word() noexcept {
    return random::compute_philox(next_++, world_, experiment_, 0, seed_).first ^ mirror_;
  }
  double uniform() noexcept { return random::to_open_unit(word()); }
  double normal() noexcept { return maths::normal_quantile(uniform()); }
  double exponential() noexcept { return -maths::log(uniform()); }

 private:
  std::uint64_t seed_;
  std::uint64_t mirror_;
  std::uint32_t experiment_;
  std::uint32_t world_;
  std::uint32_t next_ = 0;
};

/// What one world shows of one strategy.
struct Shown {
  double numerator = 0.0;
  double denominator = 1.0;
  std::array<double, statistics::max_controls> controls = {};
};

/// Worlds of which the truth is known.
struct Population {
  std::string name;            ///< as tables call it
  std::vector<double> values;  ///< the expected ones, by strategy
  /// One world: fills what it shows, by strategy.
  std::function<void(Draws&, std::span<Shown>)> draw;
  bool is_ratio = false;
  bool is_proportion = false;
  std::vector<double> controls = {};  ///< their expected values
  std::size_t group_size = 1;         ///< 2: antithetic pairs
};

/// How much of their luck strategies share.
enum class Luck { own, shared };

/// Normal worlds; any two strategies are correlated by `correlation` >= 0.
Population make_normal(std::string name, std::vector<double> values, std::vector<double> standard_deviations,
                       double correlation);
/// Counts: negative binomial of dispersion 0.2, variance mean + 5 mean^2. Shared luck is one word for all strategies.
Population make_skewed(std::string name, std::vector<double> means, Luck luck);
/// A count as above against the same `constant` in every world: what rare worlds give is all on one side.
Population make_one_sided(std::string name, double mean, double constant);
/// 1 with a small probability, else 0. Shared luck is one word for all strategies.
Population make_rare(std::string name, std::vector<double> probabilities, Luck luck);
/// Shares of cases, such as win rates: each world has a negative binomial number of cases (mean 20, dispersion 2),
/// which strategies share, and a chance of its own that varies about the expected one.
Population make_shares(std::string name, std::vector<double> probabilities);

/// `value` in each of `num_strategies` places, and `other` in the first.
std::vector<double> make_equals(std::size_t num_strategies, double value);
std::vector<double> put_first(double other, std::vector<double> values);

/// One experiment: evidence from the worlds of a population, which are added in order.
class Experiment {
 public:
  /// `population` must outlive it; `seed`: of the test, see seed_of. Values are whole numbers of 2^-20.
  Experiment(const Population& population, std::uint64_t seed, int index, statistics::Direction direction = {});

  const statistics::Evidence& evidence() const noexcept { return evidence_; }
  std::uint64_t num_worlds() const noexcept { return next_world_; }

  /// The next worlds (or pairs), for all strategies or for some.
  void add_worlds(std::uint64_t count);
  void add_worlds(std::uint64_t count, std::span<const std::size_t> strategies);
  /// Starts over, with so many of the same worlds for each strategy.
  void set_worlds(std::span<const std::uint64_t> counts);

 private:
  void add_world(const std::function<bool(std::size_t)>& has_it);

  const Population& population_;
  std::uint64_t seed_;
  std::uint32_t index_;
  std::uint32_t next_world_ = 0;
  statistics::Evidence evidence_;
  std::vector<Shown> shown_;
  std::vector<std::optional<statistics::WorldValue>> values_;
};

/// How many experiments to make where `usual` are usual: a tenth under sanitizers, ten times as many with VOUCH_LONG.
int count_experiments(int usual);

/// A share of experiments.
struct Share {
  int count = 0;
  int num_experiments = 0;

  double value() const noexcept { return static_cast<double>(count) / num_experiments; }
  /// The standard error if the true share is `nominal`.
  double compute_error(double nominal) const;
};

/// The share of experiments, numbered from 0, in which `happens`.
Share measure_share(int num_experiments, const std::function<bool(int)>& happens);

}  // namespace vouch::test
