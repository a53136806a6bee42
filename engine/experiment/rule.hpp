// SPDX-License-Identifier: Apache-2.0
// When a point of a run has enough worlds: one rule for each aim that a run can have.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "experiment/gathering.hpp"
#include "statistics/precision.hpp"
#include "statistics/selection.hpp"

namespace vouch::experiment {

/// Where a rule looks: at whole blocks of replications and whole groups, and never beyond the limit.
struct LookSchedule {
  std::uint32_t block = 1;
  std::uint32_t limit = 0;  ///< replications of a strategy

  static constexpr std::uint32_t first_groups = 64;    ///< as the rules were measured with
  static constexpr std::uint32_t largest_step = 4096;  ///< replications

  /// Looks lie on multiples of this.
  std::uint32_t find_step(std::size_t group_size) const;

  /// The look after one at `num_worlds` replications: an eighth more, since a look costs little then, and no aim is
  /// overshot by more. After 0 the first one.
  std::uint32_t find_next(std::uint32_t num_worlds, std::size_t group_size) const;
};

/// Decides for one point. Depends on what was gathered only.
class Rule {
 public:
  virtual ~Rule() = default;

  /// By strategy, how many replications it shall have; the same as it has when the rule has ended. Asked when all that
  /// were asked for last have been gathered.
  virtual std::vector<std::uint32_t> plan(Gathering& gathering) = 0;

  virtual bool is_reached() const = 0;  ///< the aim
  virtual bool is_ended() const = 0;    ///< reached, or at the limit
};

/// Until values or differences are known well enough. All strategies keep step.
class PrecisionRule final : public Rule {
 public:
  PrecisionRule(statistics::PrecisionAim aim, LookSchedule looks) : aim_(std::move(aim)), looks_(looks) {}

  std::vector<std::uint32_t> plan(Gathering& gathering) override;
  bool is_reached() const override { return state_.is_reached; }
  bool is_ended() const override { return is_ended_; }

  const statistics::PrecisionState& state() const noexcept { return state_; }  ///< at the last look

 private:
  statistics::PrecisionAim aim_;
  LookSchedule looks_;
  statistics::PrecisionState state_;
  bool is_ended_ = false;
};

/// What difference between strategies does not matter.
struct Indifference {
  double amount = 0.0;  ///< > 0: in the metric's unit, or a share of the baseline's value at the first look
  bool is_relative = false;
  std::size_t baseline = 0;
};

/// Until one strategy is left that is the best, or nearly. Those that fell behind get no more worlds.
class SelectionRule final : public Rule {
 public:
  SelectionRule(const Indifference& indifference, double confidence, LookSchedule looks)
      : indifference_(indifference), confidence_(confidence), looks_(looks) {}

  std::vector<std::uint32_t> plan(Gathering& gathering) override;
  bool is_reached() const override { return selection_ && selection_->is_decided(); }
  bool is_ended() const override { return is_ended_; }

  /// None before the first look, and where the baseline has no value there, or that of 0, to take a share of: then all
  /// strategies go on to the limit.
  const std::optional<statistics::Selection>& selection() const noexcept { return selection_; }
  double indifference() const noexcept { return absolute_indifference_; }  ///< in the metric's unit; 0: not known

 private:
  void start(const statistics::Evidence& evidence);

  Indifference indifference_;
  double confidence_;
  LookSchedule looks_;
  std::optional<statistics::Selection> selection_;
  double absolute_indifference_ = 0.0;
  bool is_ended_ = false;
};

/// Until a number of worlds is used up, shared out such that the best is found as surely as that number allows.
class BudgetRule final : public Rule {
 public:
  /// `total` worlds for all strategies together; `looks.limit` is not read.
  BudgetRule(std::uint64_t total, LookSchedule looks) : total_(total), looks_(looks) {}

  std::vector<std::uint32_t> plan(Gathering& gathering) override;
  bool is_reached() const override { return is_ended_; }
  bool is_ended() const override { return is_ended_; }

 private:
  std::uint64_t total_;
  LookSchedule looks_;
  bool is_ended_ = false;
};

}  // namespace vouch::experiment
