// SPDX-License-Identifier: Apache-2.0
// A results file of worlds that are written down here, to make charts of.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "report/charts/charts.hpp"
#include "results/sample.hpp"

namespace vouch::test {

/// A world's row, by name.
class SmallWorld {
 public:
  explicit SmallWorld(const model::ObservationLayout& layout) : layout_(layout), numbers(layout.size(), 0) {}
  /// `index`: within the block, as outputs/README.md orders it.
  void set(const std::string& name, std::int64_t value, std::size_t index = 0);

 private:
  const model::ObservationLayout& layout_;

 public:
  std::vector<std::int64_t> numbers;
};

/// Strategies "never" (no program), "at signing" and "later"; two segments; bins of 30 days, and the last of 10.
class SmallFile {
 public:
  using Fill = std::function<void(SmallWorld& world, int strategy, std::int64_t replication)>;

  SmallFile(std::uint32_t num_worlds, const Fill& fill, bool has_series = true);

  /// By its own metric and baseline.
  report::Reading read() const { return read_by(file_.identity().metric); }
  report::Reading read_by(const std::string& metric, const std::string& baseline = "never") const;

 private:
  TemporaryFolder folder_;
  results::ResultsFile file_;
};

/// Asks, yeses, names, deals and wins as one would see them, with some luck; none under "never".
void fill_plausibly(SmallWorld& world, int strategy, std::int64_t replication);

/// All charts of these builders.
std::vector<report::Chart> make_people_and_deal_charts(const report::Reading& reading);

/// That each says something everywhere, and no number is missing or endless.
void check_charts(const std::vector<report::Chart>& charts);

}  // namespace vouch::test
