// SPDX-License-Identifier: Apache-2.0
#include "experiment/ruled_director.hpp"

#include <utility>

namespace vouch::experiment {

RuledDirector::RuledDirector(std::vector<RuledPoint> points)
    : points_(std::move(points)), num_strategies_(points_.at(0).gathering.num_strategies()) {}

std::vector<std::uint32_t> RuledDirector::plan_round() {
  std::vector<std::uint32_t> wanted;
  for (RuledPoint& point : points_) {
    const std::vector<std::uint32_t> own = point.rule->plan(point.gathering);
    wanted.insert(wanted.end(), own.begin(), own.end());
  }
  return wanted;
}

void RuledDirector::observe(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  const auto index = static_cast<std::size_t>(lane);
  points_[index / num_strategies_].gathering.add(index % num_strategies_, first_replication, rows);
}

}  // namespace vouch::experiment
