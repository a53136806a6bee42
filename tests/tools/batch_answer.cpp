// SPDX-License-Identifier: Apache-2.0
#include "batch_answer.hpp"

#include "report/evidence.hpp"
#include "report/headline.hpp"
#include "support/catch.hpp"

using namespace vouch;
using cli::BatchAnswer;
using cli::find_answer;

namespace {

const statistics::Metric money = statistics::make_plain_metric("net_value", "currency", "");
const statistics::Metric asks = statistics::make_plain_metric("asks", "1", "");

/// Worlds that are the same but for luck, and `ahead` more in the second.
std::vector<test::Worlds> make_worlds(std::int64_t ahead, int num_worlds) {
  std::vector<test::Worlds> strategies(2);
  for (int i = 0; i < num_worlds; ++i) {
    const std::int64_t luck = i * 37 % 101;
    strategies[0].numerators.push_back(luck);
    strategies[1].numerators.push_back(luck + ahead + (i % 2 == 0 ? 30 : -30));
  }
  return strategies;
}

BatchAnswer answer(const std::vector<test::Worlds>& strategies, const statistics::Metric& metric) {
  const report::ComparisonView view = test::make_view(strategies, metric);
  const BatchAnswer answer = find_answer(view);
  // Never more than the sentence on a page.
  CHECK(answer.best.has_value() == (report::make_headline(view).answer.find("B is best") != std::string::npos));
  return answer;
}

}  // namespace

TEST_CASE("a best strategy is named only where it surely is") {
  CHECK(answer(make_worlds(100, 60), money).text == "B is best");
  CHECK(answer(make_worlds(100, 60), money).best == "B");
  CHECK(answer(make_worlds(1, 60), money).text == "too close to call between B and A");
  CHECK(answer(make_worlds(100, 1), money).text == "too few worlds to tell");
  CHECK(answer(make_worlds(100, 0), money).text == "nothing simulated");
}

TEST_CASE("what is neither good nor bad has a first and no best") {
  CHECK(answer(make_worlds(100, 60), asks).text == "B is first by asks");
  CHECK_FALSE(answer(make_worlds(100, 60), asks).best);
}

TEST_CASE("nothing to compare is told as such") {
  const std::vector<test::Worlds> same(2, make_worlds(0, 60)[0]);
  CHECK(answer(same, money).text == "no difference between A and B");
  CHECK(answer({same[0]}, money).text == "A is the only strategy");
}
