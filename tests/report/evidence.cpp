// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include <algorithm>

namespace vouch::test {

using statistics::WorldValue;

statistics::Evidence make_evidence(const std::vector<Worlds>& strategies, const statistics::Metric& metric,
                                   const EvidenceShape& shape) {
  statistics::EvidenceOptions options =
      statistics::make_evidence_options(metric, [&](std::string_view) { return 1.0 / shape.unit; });
  if (options.is_ratio) options.denominator_unit = 1.0;
  options.num_strategies = strategies.size();
  options.group_size = shape.group_size;
  statistics::Evidence evidence(options);
  std::size_t num_worlds = 0;
  for (const Worlds& worlds : strategies) num_worlds = std::max(num_worlds, worlds.numerators.size());
  for (std::size_t first = 0; first + shape.group_size <= num_worlds; first += shape.group_size) {
    std::vector<std::optional<WorldValue>> group;
    for (const Worlds& worlds : strategies) {
      for (std::size_t i = first; i < first + shape.group_size; ++i) {
        if (i >= worlds.numerators.size())
          group.emplace_back();
        else
          group.push_back(WorldValue{worlds.numerators[i], options.is_ratio ? worlds.denominators[i] : 1, {}});
      }
    }
    evidence.add_group(group);
  }
  return evidence;
}

report::ViewOptions make_view_options(std::size_t num_strategies) {
  report::ViewOptions options;
  for (std::size_t s = 0; s < num_strategies; ++s)
    options.strategy_names.push_back(std::string(1, static_cast<char>('A' + s)));
  options.currency = "EUR";
  return options;
}

report::ComparisonView make_view(const std::vector<Worlds>& strategies, const statistics::Metric& metric,
                                 const EvidenceShape& shape) {
  return report::make_view(make_evidence(strategies, metric, shape), metric, make_view_options(strategies.size()));
}

}  // namespace vouch::test
