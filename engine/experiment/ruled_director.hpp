// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "experiment/director.hpp"
#include "experiment/gathering.hpp"
#include "experiment/rule.hpp"

namespace vouch::experiment {

/// Gives every point of a run a rule of its own; the run ends when each has ended.
class RuledDirector final : public Director {
 public:
  struct RuledPoint {
    Gathering gathering;
    std::unique_ptr<Rule> rule;
  };

  /// Every point has as many strategies as the first.
  explicit RuledDirector(std::vector<RuledPoint> points);

  std::vector<std::uint32_t> plan_round() override;
  void observe(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) override;

  const std::vector<RuledPoint>& points() const noexcept { return points_; }

 private:
  std::vector<RuledPoint> points_;
  std::size_t num_strategies_;
};

}  // namespace vouch::experiment
