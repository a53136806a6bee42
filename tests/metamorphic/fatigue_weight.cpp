// SPDX-License-Identifier: Apache-2.0
// More weight of fatigue never raises the number of yeses, in any world: asks on a fixed schedule, fatigue from asks
// only, nobody opts out, stops or runs out of peers, and the draws are the same.
#include <fmt/format.h>

#include "metamorphic/coupled.hpp"

using namespace vouch::test;

namespace {

constexpr double weights[] = {0.0, 0.1, 0.3, 0.7, 1.5, 4.0};

/// With `names` names a yes those won are asked in turn.
std::string write_tiring(const std::string& link, double weight, int names) {
  return fmt::format(R"([experiment]
horizon_days = 400
[segments.all]
accounts = 15
contract_days = 300
names_per_yes = {}
cycle_days = 45
quality = {{ distribution = "normal", mean = 0, sd = 1 }}
[stocks.fatigue]
half_life_days = 40
[touches.ask]
impulses = {{ fatigue = 1 }}
[outcomes.ask]
link = "{}"
intercept = {}
maybe_margin = 0.3
weights = {{ quality = 0.3, fatigue = {} }}
[outcomes.introduce]
probability = 0.6
[outcomes.win]
probability = 0.4
[strategies.only]
when = "purchase"
delay_days = 12
repeat_days = {{ distribution = "gamma", mean = 25, shape = 4 }}
introduction_delay_days = 3
)",
                     names, link, link == "identity" ? 0.8 : -0.3, -weight * (link == "identity" ? 0.2 : 1.0));
}

std::int64_t sum_of(const NamedRow& row, const std::string& block) {
  std::int64_t sum = 0;
  for (const auto& [key, value] : row)
    if (key.rfind(block + " |", 0) == 0) sum += value;
  return sum;
}

}  // namespace

TEST_CASE("more weight of fatigue never raises yeses", "[metamorphic]") {
  constexpr std::uint32_t worlds = 60;
  for (const char* link : {"logit", "log", "identity"}) {
    for (const int names : {0, 1}) {
      std::vector<Worlds> runs;
      for (const double weight : weights) runs.push_back(simulate(write_tiring(link, weight, names), worlds));
      std::int64_t fewer = 0;
      for (std::size_t r = 0; r < worlds; ++r) {
        for (std::size_t i = 1; i < runs.size(); ++i) {
          INFO(link << ", weight " << weights[i] << ", " << names << " names, replication " << r);
          const NamedRow less = runs[i - 1].name_cells("only", r);
          const NamedRow more = runs[i].name_cells("only", r);
          for (const char* block : {"yes", "won", "asks", "referral_wins"})
            CHECK(sum_of(more, block) <= sum_of(less, block));
          if (names == 0) CHECK(sum_of(more, "asks") == sum_of(less, "asks"));
          fewer += sum_of(less, "yes") - sum_of(more, "yes");
        }
      }
      CHECK(fewer > 0);
    }
  }
}
