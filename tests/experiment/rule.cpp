// SPDX-License-Identifier: Apache-2.0
#include "experiment/rule.hpp"

#include <numeric>

#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using namespace vouch::experiment;

namespace {

/// Made-up worlds of strategies that share some luck.
class Worlds {
 public:
  explicit Worlds(std::vector<std::int64_t> means, std::int64_t noise = 1000, std::size_t group_size = 1)
      : means_(std::move(means)),
        noise_(noise),
        gathering(layout_, statistics::make_plain_metric("net_value", "currency", ""), means_.size(), group_size) {}

  /// Runs the rule to its end; returns its plans.
  std::vector<std::vector<std::uint32_t>> run(Rule& rule) {
    std::vector<std::vector<std::uint32_t>> plans;
    for (;;) {
      auto wanted = rule.plan(gathering);
      bool grows = false;
      for (std::size_t s = 0; s < means_.size(); ++s) {
        REQUIRE(wanted[s] >= gathering.num_worlds(s));
        grows = grows || wanted[s] > gathering.num_worlds(s);
        add(s, wanted[s]);
      }
      if (!grows) break;
      plans.push_back(std::move(wanted));
    }
    CHECK(rule.is_ended());
    return plans;
  }

 private:
  void add(std::size_t strategy, std::uint32_t wanted) {
    std::vector<std::int64_t> row(layout_.size());
    for (std::uint32_t r = gathering.num_worlds(strategy); r < wanted; ++r) {
      row[layout_.metric(model::Metric::net_value, 0, 0)] =
          10'000 * (means_[strategy] + draw(r, 99) + draw(r, strategy));  // money has four decimals
      gathering.add(strategy, r, row);
    }
  }

  /// Uniform from -noise to noise.
  std::int64_t draw(std::uint32_t replication, std::size_t stream) const {
    std::uint64_t x = (std::uint64_t{replication} << 8 | stream) + test::seed_of("rule");
    for (int round = 0; round < 3; ++round) x = (x ^ (x >> 31)) * 0x9e3779b97f4a7c15;
    return static_cast<std::int64_t>(x >> 33) % (2 * noise_ + 1) - noise_;
  }

  static model::Model make_model() {
    model::Model model;
    model.segments.resize(1);
    return model;
  }

  model::Model model_ = make_model();
  model::ObservationLayout layout_{model_, 0};
  std::vector<std::int64_t> means_;
  std::int64_t noise_;

 public:
  Gathering gathering;
};

std::uint64_t sum(const std::vector<std::uint32_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

statistics::PrecisionAim make_aim(double half_width, bool is_relative) {
  statistics::PrecisionAim aim;
  aim.half_width = half_width;
  aim.is_relative = is_relative;
  return aim;
}

}  // namespace

TEST_CASE("looks begin at 64 groups, grow by an eighth, and lie on blocks and pairs") {
  const LookSchedule looks{16, 100'000};
  CHECK(looks.find_next(0, 1) == 64);
  CHECK(looks.find_next(0, 2) == 128);
  CHECK(looks.find_next(64, 1) == 80);
  CHECK(looks.find_next(800, 1) == 912);
  CHECK(looks.find_next(80'000, 1) == 84'096);  // never more than 4096 at once
  CHECK(looks.find_next(99'000, 1) == 100'000);
  CHECK(looks.find_next(100'000, 1) == 100'000);
  CHECK(LookSchedule{1, 1000}.find_next(64, 2) == 72);
  CHECK(LookSchedule{5, 1000}.find_next(0, 2) == 130);
  CHECK(LookSchedule{16, 40}.find_next(0, 1) == 40);
  CHECK(LookSchedule{16, 4'294'967'295U}.find_next(4'294'967'290U, 1) == 4'294'967'295U);
}

TEST_CASE("precision: all strategies keep step until the aim, or the limit") {
  Worlds worlds({10'000, 20'000});
  PrecisionRule rule(make_aim(50.0, false), {16, 10'000});
  const auto plans = worlds.run(rule);
  CHECK(rule.is_reached());
  for (const auto& plan : plans) CHECK(plan[0] == plan[1]);
  CHECK(plans.front()[0] == 64);
  CHECK(plans.back()[0] > 500);  // the spread of a world is about 816
  CHECK(plans.back()[0] < 2000);

  Worlds others({10'000, 20'000});
  PrecisionRule hopeless(make_aim(0.0001, true), {16, 300});
  CHECK(others.run(hopeless).back() == std::vector<std::uint32_t>{300, 300});
  CHECK_FALSE(hopeless.is_reached());
  REQUIRE(hopeless.state().groups_needed);
  CHECK(*hopeless.state().groups_needed > 100'000);
}

TEST_CASE("selection: what falls behind gets no more worlds") {
  // At the first look a strategy is dropped if it is about 1,025 behind; a lead is then known to about 100.
  Worlds worlds({10'000, 12'000, 12'000, 5'000});
  SelectionRule rule({30.0, false, 0}, 0.95, {16, 100'000});
  const auto plans = worlds.run(rule);
  CHECK(rule.is_reached());
  CHECK(rule.indifference() == 30.0);
  CHECK(rule.selection()->survivors().front() != 0);
  CHECK(rule.selection()->survivors().front() != 3);
  CHECK(plans.back()[0] == 64);
  CHECK(plans.back()[3] == 64);
  CHECK(plans.back()[1] == plans.back()[2]);
  CHECK(plans.back()[1] > 64);
  CHECK(worlds.gathering.evidence().num_groups(3) == 64);
}

TEST_CASE("selection: a relative indifference is that of the baseline's value at the first look") {
  Worlds worlds({10'000, 30'000});
  SelectionRule rule({0.01, true, 1}, 0.95, {16, 1000});
  worlds.run(rule);
  CHECK(rule.is_reached());
  CHECK(rule.indifference() == Approx(300.0).epsilon(0.02));
}

TEST_CASE("selection: nothing is a share of a baseline that is always 0, nor of one without a first look") {
  Worlds worlds({0, 0}, 0);
  SelectionRule rule({0.01, true, 0}, 0.95, {16, 200});
  CHECK(worlds.run(rule).back() == std::vector<std::uint32_t>{200, 200});
  CHECK_FALSE(rule.is_reached());
  CHECK_FALSE(rule.selection());
  Worlds few({10'000, 20'000});
  SelectionRule early({100.0, false, 0}, 0.95, {16, 63});
  CHECK(few.run(early).back() == std::vector<std::uint32_t>{63, 63});
  CHECK_FALSE(early.selection());
}

TEST_CASE("selection: at the limit several may be left") {
  Worlds worlds({10'000, 10'001, 1'000});
  SelectionRule rule({5.0, false, 0}, 0.95, {16, 200});
  CHECK(worlds.run(rule).back() == std::vector<std::uint32_t>{200, 200, 64});
  CHECK_FALSE(rule.is_reached());
  CHECK(rule.selection()->survivors().size() == 2);
}

TEST_CASE("budget: every world is used, most for those that are close") {
  for (const std::size_t group_size : {1U, 2U}) {
    Worlds worlds({10'000, 12'000, 11'900, 5'000}, 1000, group_size);
    BudgetRule rule(4001, {16, 0});
    const auto plans = worlds.run(rule);
    CHECK(plans.size() > 5);
    const auto& last = plans.back();
    CHECK(sum(last) <= 4001);
    CHECK(sum(last) + group_size > 4001);
    CHECK(last[3] < 200);
    CHECK(last[2] > 1000);
    CHECK(last[1] > 1000);
    for (std::size_t p = 0; p + 1 < plans.size(); ++p)
      for (const std::uint32_t count : plans[p]) CHECK(count % 16 == 0);
  }
}

TEST_CASE("budget: too little to look at is shared equally") {
  Worlds worlds({1, 2});
  BudgetRule rule(20, {16, 0});
  CHECK(worlds.run(rule).back() == std::vector<std::uint32_t>{10, 10});
}
