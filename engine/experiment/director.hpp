// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vouch::experiment {

/// Decides how many worlds each lane gets. A lane is one strategy of one point of a sweep: point x strategies +
/// strategy. What it sees and when it is asked do not depend on threads, nor on what was resumed.
class Director {
 public:
  virtual ~Director() = default;

  /// By lane, how many replications it shall have, no fewer than when asked last. Asked before the first world, and
  /// again whenever every world asked for has been observed; when no number grows the run is over.
  virtual std::vector<std::uint32_t> plan_round() = 0;

  /// Whether observe is to be called; if not, nothing is read back from the sink or kept for its turn.
  virtual bool is_observing() const { return true; }

  /// Consecutive replications of one lane, counted from the plan's first. `rows`: count x layout.size(). In the order
  /// of (round, block of replications, lane), also those resumed from a journal; never twice at the same time.
  virtual void observe(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) = 0;
};

/// Every lane gets the same number of worlds, in one round.
class FixedDirector final : public Director {
 public:
  FixedDirector(std::size_t num_lanes, std::uint32_t replications) : replications_(num_lanes, replications) {}

  std::vector<std::uint32_t> plan_round() override { return replications_; }
  bool is_observing() const override { return false; }
  void observe(int, std::uint32_t, std::span<const std::int64_t>) override {}

 private:
  std::vector<std::uint32_t> replications_;
};

/// Why a run ended and what it took, for the screen and the results file. Depends on the worlds only.
struct Stopping {
  std::string aim;         ///< in the words of --until; empty: a fixed number of worlds
  bool is_reached = true;  ///< false: the limit came first
  std::string reason;      ///< a sentence for people
  std::uint64_t worlds_used = 0;
  std::uint64_t worlds_if_equal = 0;  ///< had every strategy gone as far as the furthest
  std::uint64_t worlds_if_independent =
      0;                      ///< had strategies not shared their luck, for the same certainty; 0: unknown
  double indifference = 0.0;  ///< of a selection, in the metric's unit; 0: none

  /// Whether the number of worlds depended on who was ahead: intervals of differences are then to hold at any time.
  bool hangs_on_lead() const { return aim.starts_with("best") || aim.starts_with("budget"); }
};

}  // namespace vouch::experiment
