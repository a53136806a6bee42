// SPDX-License-Identifier: Apache-2.0
// Form 6: fatigue under Poisson asks. A warm-up of 1000 days leaves e^(-1000/tau) = 1e-10 of the start.
#include "support/catch.hpp"
#include "validation/fatigue.hpp"

using namespace vouch::test;

namespace {

constexpr int accounts = 200;
constexpr double warm_up = 1000.0;
constexpr double horizon = 150.0;

std::string poisson(double rate) {
  return fmt::format(
      "delay_days = {{ distribution = 'exponential', mean = {0} }}\nrepeat_days = {{ distribution = 'exponential', "
      "mean = {0} }}",
      1.0 / rate);
}

}  // namespace

// Stationary mean lambda tau a: fatigue_days / active_days. Variance lambda tau a^2 / 2: the time average of
// (F - lambda tau a)^2, from fatigue_square_days. Acceptance p_0 exp(-lambda tau Ein(k a)): yes, of lambda asks a day.
TEST_CASE("6. fatigue under Poisson asks: mean, variance and acceptance", "[validation]") {
  constexpr double rate = 0.04;
  const double mean = rate * tau * impulse;
  Sample first;
  Sample squares;
  Sample yes;
  RatioSample acceptance;
  run("fatigue, poisson asks", write_scenario(make_fatigue_setting(accounts, warm_up, horizon, poisson(rate))), 250,
      [&](const World& world) {
        const double days = world.metric(Metric::active_days);
        const double x = world.metric(Metric::fatigue_days) / days;
        first.add(x);
        squares.add(world.metric(Metric::fatigue_square_days) / days - 2.0 * mean * x + mean * mean);
        yes.add(world.metric(Metric::yes) / days);
        acceptance.add(world.metric(Metric::yes), world.metric(Metric::asks));
      });
  check("6 mean fatigue", first, mean);
  check("6 variance of fatigue", squares, rate * tau * impulse * impulse / 2.0);
  check("6 yeses a day", yes, compute_poisson_yeses(rate));
  check("6 acceptance", acceptance, rested * std::exp(-rate * tau * compute_ein(weariness * impulse)));
}

// The rate with most yeses is 1/(tau Ein(k a)): exactly, its neighbours have fewer; through the engine, so have rates
// well apart from it.
TEST_CASE("6. fatigue under Poisson asks: the best rate", "[validation]") {
  const double best = 1.0 / (tau * compute_ein(weariness * impulse));
  CHECK(compute_poisson_yeses(best) > compute_poisson_yeses(best * 0.999));
  CHECK(compute_poisson_yeses(best) > compute_poisson_yeses(best * 1.001));
  constexpr double shares[3] = {0.5, 1.0, 1.8};
  double estimates[3];
  for (int i = 0; i < 3; ++i) {
    const double rate = shares[i] * best;
    Sample yes;
    run(fmt::format("best rate {}", i), write_scenario(make_fatigue_setting(accounts, warm_up, horizon, poisson(rate))),
        140, [&](const World& world) { yes.add(world.metric(Metric::yes) / world.metric(Metric::active_days)); });
    check(fmt::format("6 yeses a day at {} of the best rate", shares[i]), yes, compute_poisson_yeses(rate));
    estimates[i] = yes.mean();
  }
  CHECK(estimates[1] > estimates[0]);
  CHECK(estimates[1] > estimates[2]);
}
