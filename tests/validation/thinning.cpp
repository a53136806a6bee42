// SPDX-License-Identifier: Apache-2.0
// Form 5: thinned Poisson streams, and the open pipeline.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

/// A count that is to be Poisson: its mean, and its variance, which equals it.
struct PoissonCheck {
  std::string what;
  double exact;
  Sample mean = {};
  Sample squares = {};

  void add(double count) {
    mean.add(count);
    squares.add((count - exact) * (count - exact));
  }
  void check() const {
    vouch::test::check(what + " mean", mean, exact);
    vouch::test::check(what + " variance", squares, exact);
  }
};

}  // namespace

// Asks at rate 0.02 over 400 days, answered yes with 0.3, maybe with 0.2, no with 0.5: three independent Poisson
// counts. yes, maybe, no of segments of one account each.
TEST_CASE("5. thinning: answers are independent Poisson streams", "[validation]") {
  constexpr int copies = 20;
  Setting setting;
  setting.horizon_days = 400;
  setting.tables = write_copies(copies, "accounts = 1\nnames_per_yes = 0");
  setting.strategy =
      "when = 'purchase'\ndelay_days = { distribution = 'exponential', mean = 50 }\n"
      "repeat_days = { distribution = 'exponential', mean = 50 }";
  setting.outcomes = {{"ask", "probability = 0.3\nmaybe_margin = 0.2"}};
  PoissonCheck yes = {"5 yes", 8.0 * 0.3};
  PoissonCheck maybe = {"5 maybe", 8.0 * 0.2};
  PoissonCheck no = {"5 no", 8.0 * 0.5};
  Sample yes_maybe;
  Sample yes_no;
  Sample maybe_no;
  run("thinning", write_scenario(setting), 7'000, [&](const World& world) {
    for (int copy = 0; copy < copies; ++copy) {
      const double y = world.metric(Metric::yes, copy);
      const double m = world.metric(Metric::maybe, copy);
      const double n = world.metric(Metric::no, copy);
      yes.add(y);
      maybe.add(m);
      no.add(n);
      yes_maybe.add((y - yes.exact) * (m - maybe.exact));
      yes_no.add((y - yes.exact) * (n - no.exact));
      maybe_no.add((m - maybe.exact) * (n - no.exact));
    }
  });
  for (const PoissonCheck* count : {&yes, &maybe, &no}) count->check();
  check_zero("5 covariance yes, maybe", yes_maybe, std::sqrt(yes.exact * maybe.exact));
  check_zero("5 covariance yes, no", yes_no, std::sqrt(yes.exact * no.exact));
  check_zero("5 covariance maybe, no", maybe_no, std::sqrt(maybe.exact * no.exact));
}

// Cold leads at rate L = 0.2 a day (6 a month). Open deals at t are Poisson of mean L E min(cycle, t) when the pipeline
// starts empty, L E cycle when it has filled. Weibull(c, 2): E min(C, t) = c sqrt(pi)/2 erf(t/c). Lognormal(median e^u,
// s): e^(u + s^2/2) Phi((ln t - u - s^2)/s) + t Phi(-(ln t - u)/s). Uniform(10, 50), full: 30. Wins (probability 0.4)
// by t are Poisson of mean 0.4 L (t - E min(C, t)). open_end and won of the cold source, by segment.
TEST_CASE("5. the open pipeline is Poisson", "[validation]") {
  constexpr double rate = 0.2;
  constexpr double t = 60.0;
  const double weibull = 40.0 * std::sqrt(M_PI) / 2.0 * std::erf(t / 40.0);
  const double z = std::log(t / 42.0);
  const double lognormal = 42.0 * std::exp(0.18) * normal_cdf((z - 0.36) / 0.6) + t * normal_cdf(-z / 0.6);
  Setting setting;
  setting.horizon_days = t;
  setting.tables =
      "[segments.weibull]\nleads_per_month = 6\ncycle_days = { distribution = 'weibull', scale = 40, shape = 2 }\n"
      "[segments.lognormal]\nleads_per_month = 6\ncycle_days = { distribution = 'lognormal', median = 42, sigma = 0.6 "
      "}\n"
      "[segments.full]\nleads_per_month = 6\npipeline_days = 50\ncycle_days = { distribution = 'uniform', low = 10, "
      "high = 50 }\n";
  setting.strategy = "label = 'never ask'";
  setting.outcomes = {{"win", "probability = 0.4"}};
  PoissonCheck open[3] = {
      {"5 open, Weibull", rate * weibull}, {"5 open, lognormal", rate * lognormal}, {"5 open, full", rate * 30.0}};
  PoissonCheck won[3] = {{"5 won, Weibull", 0.4 * rate * (t - weibull)},
                         {"5 won, lognormal", 0.4 * rate * (t - lognormal)},
                         {"5 won, full", 0.4 * rate * t}};
  run("pipeline", write_scenario(setting), 135'000, [&](const World& world) {
    for (int s = 0; s < 3; ++s) {
      open[s].add(world.funnel(Funnel::open_end, cold, s));
      won[s].add(world.funnel(Funnel::won, cold, s));
    }
  });
  for (int s = 0; s < 3; ++s) {
    open[s].check();
    won[s].check();
  }
}
