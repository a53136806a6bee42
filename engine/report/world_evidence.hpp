// SPDX-License-Identifier: Apache-2.0
// A metric, read from the worlds of a results file as the whole numbers that they reported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/results_file.hpp"
#include "statistics/evidence.hpp"
#include "statistics/metric.hpp"

namespace vouch::report {

/// Part of every world that is looked at: all of it, one segment, one cohort, or what came from one source.
struct Part {
  std::optional<int> segment;
  std::optional<int> cohort;
  std::string from = {};  ///< empty: anywhere; "cold", "organic", "referral" (all but cold) or a program's name
};

/// Which worlds are looked at.
struct WorldChoice {
  Part part = {};
  int point = 0;                           ///< of a sweep
  std::vector<int> strategies = {};        ///< empty: all
  std::vector<std::string> controls = {};  ///< metrics whose expected value the file knows, for control variates
};

/// By strategy chosen. A strategy has no value where it lacks the part's program. Worlds are read slab by slab, so that
/// memory does not grow with their number.
statistics::Evidence gather_evidence(const results::ResultsFile& file, const statistics::Metric& metric,
                                     const WorldChoice& choice = {});

/// The metrics of a file whose expected value is known, that can serve as control variates; at most
/// statistics::max_controls. Throws Error (usage) if there is none.
std::vector<std::string> list_controls(const results::ResultsFile& file, int point = 0);

/// Worlds that are there, by strategy; of antithetic pairs whole ones.
std::vector<std::uint64_t> count_worlds(const results::ResultsFile& file, int point = 0);

}  // namespace vouch::report
