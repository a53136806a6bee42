// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/director.hpp"
#include "experiment/gathering.hpp"
#include "statistics/metric.hpp"

namespace vouch::cli {

/// Tells who leads so far, such that whoever watches may stop whenever they like.
struct Standing {
  statistics::Metric metric;
  std::vector<std::string> strategy_names;
  std::string currency;
  double confidence = 0.95;
  std::string by = {};  ///< " by win_rate": where people might think of another metric

  /// "leading so far: early", or, once that is sure at whatever moment one looks, "early leads, 95 % sure at any
  /// moment: +12,300 ± 8,000 EUR over late"; and the same in fewer words, ever shorter. Empty while there is too little
  /// to tell, and where nothing is better.
  std::vector<std::string> describe(const statistics::Evidence& evidence) const;
};

/// Shows the worlds of the first point to a gathering as well as to the director.
class WatchedDirector final : public experiment::Director {
 public:
  WatchedDirector(experiment::Director& director, experiment::Gathering& gathering)
      : director_(director), gathering_(gathering) {}

  std::vector<std::uint32_t> plan_round() override { return director_.plan_round(); }
  void observe(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) override;

 private:
  experiment::Director& director_;
  experiment::Gathering& gathering_;
};

}  // namespace vouch::cli
