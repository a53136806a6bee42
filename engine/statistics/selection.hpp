// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "statistics/evidence.hpp"

namespace vouch::statistics {

struct SelectionOptions {
  double confidence = 0.95;        ///< in (1 / num_strategies, 1)
  double indifference = 0.0;       ///< > 0, in the metric's unit: a smaller difference does not matter
  std::uint64_t first_stage = 64;  ///< groups before the first look, at least 2
};

/// Fully sequential selection of the best with an indifference zone, valid with common random numbers and unequal
/// variances: S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection in simulation",
/// ACM TOMACS 11 (2001) 251-273, with c = 1. If the best is ahead by at least `indifference`, it is the one that is
/// kept with a probability of at least `confidence`, for normal groups; looking seldom only makes that surer.
/// Two things are added for groups that are not normal, since the first stage's variances are then often too small.
/// Neither lets a strategy be dropped earlier; that neither makes selection less sure is measured in tests/statistics,
/// not proved. A variance is the larger of the first stage's and of all groups' so far
/// (taking it anew at every look is the idea of Kim and Nelson's KN++, Operations Research 54 (2006) 475-488). And none
/// is dropped before compute_groups_to_tell, so that one whose good worlds are rare is not dropped before they came.
/// Of two that tie when variances leave no more doubt the later is dropped.
class Selection {
 public:
  struct Dropped {
    std::size_t strategy;
    std::size_t by;            ///< the strategy that was ahead
    std::uint64_t num_groups;  ///< it had then
  };

  Selection(std::size_t num_strategies, const SelectionOptions& options);

  /// Drops those that fell behind. Every survivor has the same number of groups, at least first_stage; the first look's
  /// groups are the first stage. Throws std::logic_error otherwise. A strategy that has no value yet after
  /// groups_to_be_constant is dropped if another has one.
  void look(const Evidence& evidence);

  const std::vector<std::size_t>& survivors() const noexcept { return survivors_; }
  const std::vector<Dropped>& dropped() const noexcept { return dropped_; }
  bool is_decided() const noexcept { return survivors_.size() == 1; }

  /// How many groups are enough for a decision, the end of the continuation region, if variances stay as they were at
  /// the last look; skewed groups may take longer. Empty before the first look.
  std::optional<std::uint64_t> find_most_groups() const;

 private:
  /// Two strategies as the last look found them.
  struct Pair {
    std::optional<double> advantage;  ///< of the first; none if either has no value
    double first_variance = 0.0;      ///< of their difference, at the first look
    double variance = 0.0;            ///< that the rule goes by
  };

  void check(const Evidence& evidence) const;
  void read_pairs(const Evidence& evidence);
  double compute_reach(const Pair& pair) const;
  bool is_behind(const Evidence& evidence, std::size_t strategy, std::size_t other) const;
  Pair& pair(std::size_t a, std::size_t b) { return pairs_[a * num_strategies_ + b]; }
  const Pair& pair(std::size_t a, std::size_t b) const { return pairs_[a * num_strategies_ + b]; }

  std::size_t num_strategies_;
  SelectionOptions options_;
  std::vector<std::size_t> survivors_;
  std::vector<Dropped> dropped_;
  std::vector<Pair> pairs_;      ///< by strategy x num_strategies + strategy
  std::uint64_t num_first_ = 0;  ///< groups at the first look; 0 before it
};

}  // namespace vouch::statistics
