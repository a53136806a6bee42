// SPDX-License-Identifier: Apache-2.0
// What went into a run, as a report lists it.
#pragma once

#include <string>
#include <vector>

#include "report/page.hpp"
#include "report/reading.hpp"
#include "scenario/scenario.hpp"

namespace vouch::cli {

/// What a sweep has shown of one of its keys.
struct SweptInfluence {
  std::string key;
  std::string values;     ///< "-1.8 to 0, 4 values"
  std::string influence;  ///< how far it moved the answer, in words
  double range = 0.0;     ///< the same as a number, to sort by
};

/// By key of the file's sweep; empty without one. The answer is the difference between the strategy that is best at the
/// reading's point and the baseline, or the second where the baseline is best; of each of a key's values its mean over
/// the points that have it.
std::vector<SweptInfluence> measure_sweep(const report::Reading& reading);

/// Every belief that is not left at its default: first what was swept, by measured range; then weights by how far a
/// unit moves the odds, those of asks first; then chances and rates on the way from the ask to the won deal; then the
/// rest as in the scenario. Segments, populations and
/// touches share a row for each key, unless one is swept by itself or only some have a source.
std::vector<report::Assumption> list_assumptions(const scenario::Scenario& scenario,
                                                 const std::vector<SweptInfluence>& swept = {});

/// How they are ordered, and what is not known about it.
std::string explain_order(const std::vector<SweptInfluence>& swept);

}  // namespace vouch::cli
