// SPDX-License-Identifier: Apache-2.0
// What is said of a sweep's points claims no more than their worlds do.
#include "report/sweep_view.hpp"

#include <algorithm>

#include "evidence.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::report;

namespace {

statistics::Metric make_metric() { return statistics::make_plain_metric("net_value", "currency", "what is left"); }

/// Ten worlds in which A is ahead of B by `lead` on average, give or take `spread`.
ComparisonView make_point(std::int64_t lead, std::int64_t spread) {
  test::Worlds a;
  test::Worlds b;
  for (std::int64_t world = 0; world < 10; ++world) {
    b.numerators.push_back(1000 + 10 * world);
    a.numerators.push_back(1000 + 10 * world + lead + (world % 2 == 0 ? spread : -spread));
  }
  return test::make_view({a, b}, make_metric());
}

SweepView make_sweep(const std::vector<std::pair<std::int64_t, std::int64_t>>& points) {
  SweepView view;
  view.keys = {{"outcomes.ask.weights.awkwardness", {}}, {"strategies.a.when", {}}};
  for (const auto& [lead, spread] : points) {
    view.keys[0].values.push_back(std::to_string(view.points.size()));
    view.keys[1].values.push_back("\"purchase\"");
    view.points.push_back(make_point(lead, spread));
  }
  return view;
}

/// Whether the text holds the part, wherever its lines are broken.
void check_holds(const std::string& text, std::string part) {
  std::string unwrapped = text;
  for (std::string* words : {&unwrapped, &part}) std::replace(words->begin(), words->end(), '\n', ' ');
  INFO(text);
  INFO(part);
  CHECK(unwrapped.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("points are called for all at once, and where each strategy is best is told") {
  const SweepView view = make_sweep({{100, 10}, {100, 10}, {-100, 10}, {1, 40}});
  const std::string text = format_sweep(view, PointRows::extract);
  check_holds(
      text, "net_value at 4 points. Varied: outcomes.ask.weights.awkwardness from 0 to 3, strategies.a.when purchase.");
  check_holds(
      text,
      "Of 4 points, A is best at 2 and B is best at 1; at 1 it is too close to call (95 % confidence for\nall points "
      "at once).");
  check_holds(text, "- A: its points have awkwardness from 0 to 1\n- B: its points have awkwardness 2\n");
  check_holds(text, "too close: A, B");
  const std::string sure = format_sweep(make_sweep({{100, 10}, {90, 10}}), PointRows::extract);
  check_holds(sure, "A is best at all 2 points (95 % confidence for all points at once).");
  const std::string open = format_sweep(make_sweep({{1, 40}, {-1, 40}}), PointRows::extract);
  check_holds(open, "Too close to call at all 2 points (95 % confidence for all points at once).");
}

TEST_CASE("what holds by itself at a point need not hold for all points at once") {
  // A lead of 2.5 standard errors: beyond Student's limit for one point (2.26), not for twenty (about 3.9).
  const auto by_itself = call_points(make_sweep({{25, 30}}));
  CHECK(by_itself[0].by_itself.size() == 1);
  CHECK(by_itself[0].together.size() == 1);
  const auto together = call_points(make_sweep(std::vector<std::pair<std::int64_t, std::int64_t>>(20, {25, 30})));
  for (const PointCall& call : together) {
    CHECK(call.by_itself == std::vector<std::size_t>{0});
    CHECK(call.together == std::vector<std::size_t>{0, 1});
  }
}

TEST_CASE("calls for all points agree with contenders found at that confidence") {
  for (const std::int64_t lead : {5, 10, 15, 20, 25, 30, 35, 40}) {
    for (const std::size_t num_points : {1, 3, 50}) {
      const SweepView view = make_sweep(std::vector<std::pair<std::int64_t, std::int64_t>>(num_points, {lead, 30}));
      test::Worlds a;
      test::Worlds b;
      for (std::int64_t world = 0; world < 10; ++world) {
        b.numerators.push_back(1000 + 10 * world);
        a.numerators.push_back(1000 + 10 * world + lead + (world % 2 == 0 ? 30 : -30));
      }
      const statistics::Evidence evidence = test::make_evidence({a, b}, make_metric());
      const double confidence = 1.0 - 0.05 / static_cast<double>(num_points);
      CHECK(call_points(view)[0].together ==
            statistics::find_contenders(evidence, statistics::rank_strategies(evidence), confidence));
    }
  }
}

TEST_CASE("a large sweep shows its least certain points, and all when asked") {
  std::vector<std::pair<std::int64_t, std::int64_t>> points(40, {200, 10});
  points[17] = {1, 40};
  const SweepView view = make_sweep(points);
  const std::string extract = format_sweep(view, PointRows::extract);
  check_holds(extract, "Of 40 points, these 24 have the least certain leads: --all-points shows every one.");
  check_holds(extract, "too close: A, B     17 ");
  CHECK(extract.find("    39 ") == std::string::npos);
  const std::string all = format_sweep(view, PointRows::all);
  CHECK(all.find("--all-points") == std::string::npos);
  CHECK(all.find("    39 ") != std::string::npos);
}

TEST_CASE("points without worlds are unknown, and few worlds call for caution") {
  SweepView view = make_sweep({{100, 10}, {100, 10}});
  view.points[1] = test::make_view({{}, {}}, make_metric());
  const std::string text = format_sweep(view, PointRows::all);
  check_holds(text, "Of 2 points, A is best at 1; at 1 it is too close to call");
  check_holds(text, "–");
  check_holds(text, "Caution: at 1 point intervals may hold the truth less often than they say");
}

TEST_CASE("keys are shortened as far as they stay apart") {
  const auto shorten = [](const std::vector<std::string>& keys) {
    std::vector<results::SweptKey> swept;
    for (const std::string& key : keys) swept.push_back({key, {}});
    return shorten_keys(swept);
  };
  using Names = std::vector<std::string>;
  CHECK(shorten({"a.b.c", "a.b.d"}) == Names{"c", "d"});
  CHECK(shorten({"a.x.c", "a.y.c", "d"}) == Names{"x.c", "y.c", "d"});
  CHECK(shorten({"b.c", "a.b.c"}) == Names{"b.c", "a.b.c"});
}

TEST_CASE("programs get every point with its values and whole comparison") {
  const SweepView view = make_sweep({{100, 10}, {1, 40}});
  const auto json = make_sweep_json(view);
  CHECK(json["metric"] == "net_value");
  REQUIRE(json["points"].size() == 2);
  CHECK(json["points"][1]["point"] == 1);
  CHECK(json["points"][1]["values"]["outcomes.ask.weights.awkwardness"] == 1);
  CHECK(json["points"][1]["values"]["strategies.a.when"] == "purchase");
  CHECK(json["points"][0]["contenders"] == nlohmann::ordered_json{"A"});
  CHECK(json["points"][1]["contenders_together"] == nlohmann::ordered_json{"A", "B"});
  CHECK(json["points"][0]["comparison"] == make_comparison_json(view.points[0]));
}
