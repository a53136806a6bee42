// SPDX-License-Identifier: Apache-2.0
#include "standing.hpp"

#include "support/catch.hpp"

using namespace vouch;
using cli::Standing;

namespace {

/// Evidence in which the second strategy is ahead by `lead`, give or take one.
statistics::Evidence make_evidence(const statistics::Metric& metric, std::int64_t lead, int num_worlds) {
  statistics::EvidenceOptions options;
  options.num_strategies = 2;
  options.direction = metric.direction;
  statistics::Evidence evidence(options);
  for (int i = 0; i < num_worlds; ++i) {
    const std::int64_t luck = i * 37 % 101;
    const statistics::WorldValue first{luck, 1, {}};
    const statistics::WorldValue second{luck + lead + (i % 2 == 0 ? 1 : -1), 1, {}};
    evidence.add_group(std::vector<std::optional<statistics::WorldValue>>{first, second});
  }
  return evidence;
}

const statistics::Metric money = statistics::make_plain_metric("net_value", "currency", "");
const statistics::Metric cost = statistics::make_plain_metric("touch_cost", "currency", "");

std::string describe(const statistics::Metric& metric, std::int64_t lead, int num_worlds) {
  const Standing standing{metric, {"early", "late"}, "EUR", 0.95};
  const auto wordings = standing.describe(make_evidence(metric, lead, num_worlds));
  for (std::size_t i = 1; i < wordings.size(); ++i) CHECK(wordings[i].size() < wordings[i - 1].size());
  return wordings.empty() ? "" : wordings.front();
}

}  // namespace

TEST_CASE("nobody leads before there is enough to tell") { CHECK(describe(money, 100, 8).empty()); }

TEST_CASE("a lead that may be chance is told without a number") {
  CHECK(describe(money, 0, 41) == "leading so far: late");
}

TEST_CASE("a sure lead is told with its interval, signed as the metric is") {
  CHECK_THAT(describe(money, 100, 1000), Catch::Matchers::StartsWith("late leads, 95 % sure at any moment: +100") &&
                                             Catch::Matchers::EndsWith(" EUR over early"));
  CHECK_THAT(describe(cost, -100, 1000), Catch::Matchers::StartsWith("late leads, 95 % sure at any moment: -100"));
  CHECK_THAT(describe(cost, 100, 1000), Catch::Matchers::StartsWith("early leads, 95 % sure at any moment: -100"));
}

TEST_CASE("where more is neither good nor bad nobody leads") {
  CHECK(describe(statistics::make_plain_metric("asks", "1", ""), 100, 1000).empty());
}
