// SPDX-License-Identifier: Apache-2.0
#include "until_run.hpp"

#include "report/metric_choice.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// A model whose worlds are made up here: net values of three strategies, which share most of their luck.
class Pursuit {
 public:
  explicit Pursuit(const std::string& aim, std::uint32_t replications, std::size_t num_points = 1)
      : setting_{report::list_metrics(layout_), "net_value", names_.strategies, 0, 0.95, replications},
        until_(parse_until(aim, setting_)) {
    experiment::Plan plan;
    points_.assign(num_points, {&model_, strategies_});
    plan.points = points_;
    plan.layout = &layout_;
    plan.replications = replications;
    plan.block = 16;
    director_ = make_director(until_, names_, plan);
    std::vector<std::uint32_t> have(plan.num_lanes());
    for (auto wanted = director_->plan_round(); wanted != have; wanted = director_->plan_round()) {
      for (std::size_t lane = 0; lane < have.size(); ++lane)
        for (; have[lane] < wanted[lane]; ++have[lane]) observe(lane, have[lane]);
    }
  }

  experiment::Stopping stop() const { return make_stopping(until_, names_, setting_.replications, *director_); }

 private:
  /// At the first point strategies are 1,000 apart, at others equal but for luck.
  void observe(std::size_t lane, std::uint32_t replication) {
    const std::size_t strategy = lane % names_.strategies.size();
    const std::size_t point = lane / names_.strategies.size();
    const auto world = static_cast<std::int64_t>(replication);
    const auto which = static_cast<std::int64_t>(strategy);
    const std::int64_t luck = world * 7919 % 2003 - 1001;
    const std::int64_t own = (world + 131 * which) * 104'729 % 211 - 105;
    const std::int64_t lead = point == 0 ? 1000 * which : 0;
    std::vector<std::int64_t> row(layout_.size());
    row[layout_.metric(model::Metric::net_value, 0, 0)] = 10'000 * (20'000 + lead + luck + own);
    director_->observe(static_cast<int>(lane), replication, row);
  }

  static model::Model make_model() {
    model::Model model;
    model.segments.resize(1);
    return model;
  }

  model::Model model_ = make_model();
  model::ObservationLayout layout_{model_, 0};
  UntilNames names_{{"never", "early", "late"}, 0, 0.95, "EUR"};
  UntilSetting setting_;
  Until until_;
  std::vector<model::Strategy> strategies_ = std::vector<model::Strategy>(3);
  std::vector<experiment::Point> points_;
  std::unique_ptr<experiment::RuledDirector> director_;
};

}  // namespace

TEST_CASE("the best, and what it took") {
  const auto stopping = Pursuit("best within 200", 1000).stop();
  CHECK(stopping.aim == "best by net_value within 200");
  CHECK(stopping.is_reached);
  CHECK(stopping.reason ==
        "late has the best net_value, or is within 200 EUR of it (95 % confidence): 2 others were dropped after 64 "
        "worlds");
  CHECK(stopping.worlds_used == 192);
  CHECK(stopping.worlds_if_equal == 192);
  CHECK(stopping.worlds_if_independent > 20 * 192);  // luck is ten times what is not shared
  CHECK(stopping.indifference == 200.0);
}

TEST_CASE("a relative indifference is told in the metric's unit") {
  const auto stopping = Pursuit("best", 1000).stop();
  CHECK_THAT(stopping.reason, Contains(" EUR (1 % of never's value at the first look) of it"));
  CHECK(stopping.indifference == Approx(200.0).epsilon(0.05));
}

TEST_CASE("the limit comes before the best is found") {
  const auto stopping = Pursuit("best within 0.1", 80).stop();
  CHECK_FALSE(stopping.is_reached);
  CHECK_THAT(stopping.reason,
             StartsWith("stopped at the limit of 80 worlds for each strategy before one was left: by net_value none of "
                        "never, early and late has been dropped; "));
  CHECK_THAT(stopping.reason, Contains("worlds for each may be enough"));
  CHECK(Pursuit("best", 63).stop().reason ==
        "stopped at the limit of 63 worlds for each strategy, before the first look at 64: raise --replications");
}

TEST_CASE("precision, reached and not") {
  auto stopping = Pursuit("net_value +- 500", 1000).stop();
  CHECK(stopping.is_reached);
  CHECK(stopping.reason == "net_value of every strategy is known to ± 500 EUR (95 % confidence for each by itself)");
  CHECK(stopping.worlds_if_independent == stopping.worlds_used);
  stopping = Pursuit("difference net_value +- 100 of late", 1000).stop();
  CHECK(stopping.reason == "the difference in net_value of late from never is known to ± 100 EUR (95 % confidence)");
  CHECK(stopping.worlds_if_independent > 20 * stopping.worlds_used);
  stopping = Pursuit("difference net_value +- 0.001%", 100).stop();
  CHECK_FALSE(stopping.is_reached);
  CHECK_THAT(stopping.reason, StartsWith("stopped at the limit of 100 worlds for each strategy before the aim: the "
                                         "difference in net_value of "));
  CHECK_THAT(stopping.reason, Contains(" from never is not known to ± 0.001 % of never's value; about "));
}

TEST_CASE("a budget is told by strategy") {
  const auto stopping = Pursuit("budget", 100).stop();
  CHECK(stopping.is_reached);
  CHECK(stopping.worlds_used == 300);
  CHECK_THAT(stopping.reason, StartsWith("300 worlds were shared out to find the best net_value: never "));
}

TEST_CASE("points of a sweep are told together") {
  const auto reached = Pursuit("net_value +- 500", 1000, 3).stop();
  CHECK(reached.reason == "each of 3 points reached it by itself");
  const auto stopping = Pursuit("best within 1", 100, 2).stop();
  CHECK_FALSE(stopping.is_reached);
  CHECK_THAT(stopping.reason, StartsWith("1 of 2 points reached it; point 1 stopped at the limit of 100 worlds"));
}

TEST_CASE("a fixed number of worlds has no aim") {
  const auto stopping = make_fixed_stopping(20, 6);
  CHECK(stopping.aim.empty());
  CHECK(stopping.is_reached);
  CHECK(stopping.worlds_used == 120);
  CHECK(stopping.worlds_if_equal == 120);
}
