// SPDX-License-Identifier: Apache-2.0
// One comparison for each segment, cohort or source of leads.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/compare_results.hpp"

namespace vouch::cli {

/// The comparison of one part of every world.
struct PartView {
  std::string kind;  ///< "segment", "population", "cohort", "source"
  std::string name;
  report::ComparisonView view;
};

/// `by` is "segment" (then populations too), "cohort" or "source". Throws Error (usage) as compare_results does, and
/// for a metric that is not known by source.
std::vector<PartView> compare_parts(const results::ResultsFile& file, const report::ComparisonChoice& choice,
                                    const std::string& by);

/// Pure: a block for each part in which any strategy has a value; the others are named in a line. `head` makes a
/// block's heading of its kind and name.
std::string format_parts(const std::vector<PartView>& parts, std::string (*head)(const std::string&));
/// Pure: by kind and name, all parts.
nlohmann::ordered_json make_parts_json(const std::vector<PartView>& parts);

}  // namespace vouch::cli
