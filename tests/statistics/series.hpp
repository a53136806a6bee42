// SPDX-License-Identifier: Apache-2.0
// Evidence from worlds written down one by one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "statistics/evidence.hpp"

namespace vouch::test {

/// One strategy's worlds.
struct Series {
  std::vector<std::int64_t> numerators;
  std::vector<std::int64_t> denominators = {};           ///< of ratios
  std::vector<std::vector<std::int64_t>> controls = {};  ///< by control, then by world
};

/// A strategy with fewer worlds than the longest lacks the last ones. Worlds that are left over from whole groups are
/// not added. `options.num_strategies` is set here, as is is_ratio if the first has denominators.
inline statistics::Evidence make_evidence(const std::vector<Series>& strategies,
                                          statistics::EvidenceOptions options = {}) {
  options.num_strategies = strategies.size();
  options.is_ratio = !strategies[0].denominators.empty();
  std::size_t num_worlds = 0;
  for (const Series& series : strategies) num_worlds = std::max(num_worlds, series.numerators.size());
  statistics::Evidence evidence(options);
  for (std::size_t begin = 0; begin + options.group_size <= num_worlds; begin += options.group_size) {
    std::vector<std::optional<statistics::WorldValue>> values;
    for (const Series& series : strategies) {
      for (std::size_t world = begin; world < begin + options.group_size; ++world) {
        auto& value = values.emplace_back();
        if (world >= series.numerators.size()) continue;
        value = {series.numerators[world], options.is_ratio ? series.denominators[world] : 1, {}};
        for (std::size_t c = 0; c < series.controls.size(); ++c) value->controls[c] = series.controls[c][world];
      }
    }
    evidence.add_group(values);
  }
  return evidence;
}

}  // namespace vouch::test
