// SPDX-License-Identifier: Apache-2.0
// What --until asks for: when a run has enough worlds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "statistics/metric.hpp"
#include "statistics/precision.hpp"

namespace vouch::cli {

struct Until {
  enum class Kind { precision, best, budget };

  Kind kind = Kind::best;
  statistics::Metric metric;
  statistics::PrecisionAim::Of of = statistics::PrecisionAim::Of::values;
  statistics::PrecisionAim::Needed needed = statistics::PrecisionAim::Needed::all;
  std::vector<std::size_t> strategies = {};  ///< of precision, in order; empty: all
  double given = 1.0;                        ///< the number after "+-" or "within"
  bool is_percent = true;

  /// In the metric's unit, or a share of a value.
  double amount() const noexcept { return is_percent ? given / 100.0 : given; }
};

/// What the words of --until are judged by.
struct UntilSetting {
  std::vector<statistics::Metric> metrics;  ///< that there are
  std::string metric;                       ///< the experiment's
  std::vector<std::string> strategy_names;
  std::size_t baseline = 0;
  double confidence = 0.95;
  std::uint32_t replications = 0;
};

/// Reads one of
///   [any | all] [difference] METRIC +- AMOUNT [of STRATEGY,STRATEGY ...]
///   best [by METRIC] [within AMOUNT]
///   budget [by METRIC]
/// where AMOUNT is a number in the metric's unit or, with %, a share of the value, for differences and the best of the
/// baseline's. Throws Error (usage) with every problem.
Until parse_until(const std::string& text, const UntilSetting& setting);

/// The same aim always in the same words, which parse_until reads.
std::string format_until(const Until& until, const std::vector<std::string>& strategy_names);

/// "1 % of its value" needs to know of what; this is "1 %" or "5,000 EUR".
std::string format_amount(const Until& until, const std::string& currency);

}  // namespace vouch::cli
