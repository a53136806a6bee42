// SPDX-License-Identifier: Apache-2.0
// How often intervals hold the truth, measured and set out in tables.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "statistics/estimate.hpp"
#include "statistics/laboratory.hpp"
#include "statistics/record.hpp"

namespace vouch::test {

/// What one experiment says of one interval, or of several together.
struct Outcome {
  bool is_known = false;  ///< an interval was given
  bool holds = false;
  bool is_cautious = false;
};

Outcome judge(const statistics::Estimate& estimate, double truth);

/// What is claimed: exactly the confidence; or at least that, as order statistics and Bonferroni give more.
enum class Claim { exact, at_least };

/// Of confidence 0.95.
struct Statement {
  std::string name;
  Claim claim;
  std::function<Outcome(const statistics::Evidence&)> judge;
};
Statement state_value(std::string name, Claim claim, double truth);  ///< of the first strategy
Statement state_difference(double truth);                            ///< the first minus the second

/// What is demanded of the coverage. Easy: within 1 point of the claim from 30 worlds on. Hard: within 2 points at 1
/// 000 worlds, and where it is lower than that with fewer, a caution in most experiments. Where chance alone may move
/// the measured share further (family-wise alpha 1e-6), by no more than chance may.
enum class Data { easy, hard };

/// Experiments of 10, 30, 100 and 1 000 worlds (or pairs).
class CoverageTable {
 public:
  void measure(const Population& population, Data data, const std::vector<Statement>& statements);
  const Table& table() const noexcept { return table_; }

 private:
  Table table_{{"interval", "worlds", "number", "nominal", "measured", "standard error", "experiments",
                "with a caution", "without an interval"},
               {}};
};

}  // namespace vouch::test
