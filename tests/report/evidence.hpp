// SPDX-License-Identifier: Apache-2.0
// Comparisons of a few made-up worlds.
#pragma once

#include <string>
#include <vector>

#include "report/comparison_view.hpp"
#include "statistics/evidence.hpp"

namespace vouch::test {

/// A strategy's worlds, as whole numbers.
struct Worlds {
  std::vector<std::int64_t> numerators = {};
  std::vector<std::int64_t> denominators = {};  ///< of ratios
};

struct EvidenceShape {
  std::size_t group_size = 1;
  double unit = 1.0;  ///< of numerators
};

/// A strategy may have fewer worlds than others, or none.
statistics::Evidence make_evidence(const std::vector<Worlds>& strategies, const statistics::Metric& metric,
                                   const EvidenceShape& shape = {});

/// Options for strategies A, B, C ... whose currency is EUR, and the first of them the baseline.
report::ViewOptions make_view_options(std::size_t num_strategies);

report::ComparisonView make_view(const std::vector<Worlds>& strategies, const statistics::Metric& metric,
                                 const EvidenceShape& shape = {});

}  // namespace vouch::test
