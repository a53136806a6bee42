// SPDX-License-Identifier: Apache-2.0
// What worlds say about strategies: everything that estimates, comparisons and stopping rules are computed from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/moments.hpp"

namespace vouch::statistics {

enum class Direction { higher_is_better, lower_is_better };

/// Times which a value is the larger the better.
constexpr int sign_of(Direction direction) { return direction == Direction::higher_is_better ? 1 : -1; }

inline constexpr std::size_t max_controls = 3;

/// A metric in one world of one strategy, in whole units: exact, so that nothing depends on an order of adding.
struct WorldValue {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;  ///< of ratios
  std::array<std::int64_t, max_controls> controls{};
};

/// A quantity whose expected value is known, for control variates.
struct Control {
  std::string name;
  double unit = 1.0;         ///< what one of a world's whole units is worth
  double expectation = 0.0;  ///< of a world, in the metric's unit system (whole units x unit)
};

struct EvidenceOptions {
  std::size_t num_strategies = 1;
  double numerator_unit = 1.0;  ///< value = numerator x numerator_unit / (denominator x denominator_unit)
  double denominator_unit = 1.0;
  bool is_ratio = false;       ///< a ratio of sums over worlds; else a mean over worlds, and denominators are not read
  bool is_proportion = false;  ///< of ratios: a share of the denominator's cases, from 0 to 1
  Direction direction = Direction::higher_is_better;
  std::size_t group_size = 1;  ///< 2 for antithetic pairs: consecutive worlds that depend on each other
  std::vector<Control> controls = {};
};

/// Worlds of several strategies, paired by replication. A group is the unit of independence: a world, or an antithetic
/// pair. Strategies may have different numbers of groups (one that was dropped has fewer); pairs count those that both
/// have. The size does not depend on the number of worlds: sums, and the first max_kept groups for quantiles and shape.
class Evidence {
 public:
  static constexpr std::size_t max_kept = 4096;

  explicit Evidence(EvidenceOptions options);

  const EvidenceOptions& options() const noexcept { return options_; }
  std::size_t num_strategies() const noexcept { return options_.num_strategies; }

  /// The next group of replications. `values`: by strategy, then by world of the group, num_strategies x group_size;
  /// a strategy that lacks a world of the group has no part in it. Throws std::logic_error for another size.
  void add_group(std::span<const std::optional<WorldValue>> values);

  /// Groups of a strategy; that both have.
  std::uint64_t num_groups(std::size_t strategy) const { return own(strategy).num_samples(); }
  std::uint64_t num_groups(std::size_t first, std::size_t second) const;

  /// Quantities: numerator, denominator (0 in means), controls ...; each summed over a group's worlds.
  const Moments& own(std::size_t strategy) const { return own_[strategy]; }
  /// first < second. Quantities: numerator, denominator of the first, of the second, controls of the first ...
  const Moments& pair(std::size_t first, std::size_t second) const;
  /// As own, over single worlds: what antithetic pairs are judged by. Without controls in groups of two.
  const Moments& single(std::size_t strategy) const {
    return options_.group_size > 1 ? single_[strategy] : own_[strategy];
  }

  /// The first max_kept groups of a strategy: sums over each group's worlds.
  std::span<const WorldValue> kept(std::size_t strategy) const { return kept_[strategy]; }

  /// By number of firsts among which it is shared (1 is [0]): worlds in which the strategy came first, counting those
  /// that every strategy has and in which some strategy has a value.
  std::span<const std::uint64_t> firsts(std::size_t strategy) const { return firsts_[strategy]; }
  std::uint64_t num_contests() const noexcept { return num_contests_; }  ///< worlds counted by firsts

 private:
  void count_firsts(std::span<const std::optional<WorldValue>> values);
  std::size_t index_of(std::size_t first, std::size_t second) const;

  EvidenceOptions options_;
  std::vector<Moments> own_;
  std::vector<Moments> single_;
  std::vector<Moments> pairs_;
  std::vector<std::vector<WorldValue>> kept_;
  std::vector<std::vector<std::uint64_t>> firsts_;
  std::uint64_t num_contests_ = 0;
};

}  // namespace vouch::statistics
