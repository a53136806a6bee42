// SPDX-License-Identifier: Apache-2.0
// Form 7: fatigue under periodic asks. Times and stocks are certain here: where nothing is drawn, values are held
// against the rounding of the row's integers (half of 2^-20 for each stretch between asks), not against a standard
// error.
#include "support/catch.hpp"
#include "validation/fatigue.hpp"

using namespace vouch::test;

namespace {

constexpr double gap = 25.0;

std::string periodic(double gap_days, const std::string& delay = "0") {
  return fmt::format("delay_days = {}\nrepeat_days = {}", delay, gap_days);
}

/// Time averages of F and F^2 in one world of one account.
struct Averages {
  double first = 0.0;
  double second = 0.0;
  double asks = 0.0;
};

Averages simulate_averages(const std::string& name, const Setting& setting) {
  Averages averages;
  run(name, write_scenario(setting), 1, [&](const World& world) {
    const double days = world.metric(Metric::active_days);
    averages = {world.metric(Metric::fatigue_days) / days, world.metric(Metric::fatigue_square_days) / days,
                world.metric(Metric::asks)};
  });
  return averages;
}

}  // namespace

// After a warm-up of 40 gaps, over 20 gaps: mean a tau/T, variance (a^2 tau/2T) coth(T/2tau) - (a tau/T)^2, whatever
// the phase.
TEST_CASE("7. fatigue under periodic asks: stationary time mean and variance", "[validation]") {
  const double mean = impulse * tau / gap;
  const double variance = impulse * impulse * tau / (2.0 * gap) / std::tanh(gap / (2.0 * tau)) - mean * mean;
  const double horizon = 20.0 * gap;
  const double rounding = 22.0 * 0x1p-21 / horizon + 1e-9;
  for (const char* phase : {"0", "7.25", "{ distribution = 'uniform', low = 0, high = 25 }"}) {
    const Averages found =
        simulate_averages("periodic, stationary", make_fatigue_setting(1, 40.0 * gap, horizon, periodic(gap, phase)));
    check_rounded("7 time mean", found.first, mean, rounding);
    check_rounded("7 time variance", found.second - found.first * found.first, variance, 6.0 * rounding);
  }
}

// From rest, asks on days 0, T, .., K T and the horizon h days after the last: after ask k fatigue is
// A_k = a (1 - r^(k+1))/(1 - r), r = e^(-T/tau); a stretch of s days adds tau A_k (1 - e^(-s/tau)) to the integral of F
// and tau/2 A_k^2 (1 - e^(-2s/tau)) to that of F^2.
TEST_CASE("7. fatigue under periodic asks: the transient", "[validation]") {
  constexpr int last = 5;
  constexpr double after = 7.0;
  const double horizon = last * gap + after;
  const double r = std::exp(-gap / tau);
  double first = 0.0;
  double second = 0.0;
  for (int k = 0; k <= last; ++k) {
    const double level = impulse * (1.0 - std::pow(r, k + 1)) / (1.0 - r);
    const double stretch = k < last ? gap : after;
    first += tau * level * -std::expm1(-stretch / tau);
    second += tau / 2.0 * level * level * -std::expm1(-2.0 * stretch / tau);
  }
  const Averages found = simulate_averages("periodic, transient", make_fatigue_setting(1, 0.0, horizon, periodic(gap)));
  CHECK(found.asks == last + 1);
  const double rounding = (last + 1) * 0x1p-21 / horizon + 1e-12;
  check_rounded("7 transient mean", found.first, first / horizon, rounding);
  check_rounded("7 transient mean square", found.second, second / horizon, rounding);
}

// Before an ask fatigue is a/(e^(T/tau) - 1). An identity link makes it visible: P(yes) = fatigue / 4.
TEST_CASE("7. fatigue under periodic asks: before an ask", "[validation]") {
  Setting setting = make_fatigue_setting(100, 40.0 * gap, 20.0 * gap, periodic(gap));
  setting.outcomes["ask"] = "link = 'identity'\nintercept = 0\nweights = { fatigue = 0.25 }";
  Sample yes;
  run("fatigue before an ask", write_scenario(setting), 150,
      [&](const World& world) { yes.add(world.metric(Metric::yes) / world.metric(Metric::asks)); });
  check("7 fatigue before an ask / 4", yes, 0.25 * impulse / std::expm1(gap / tau));
}

// The gap with most yeses solves 4 sinh^2(T/2tau) = k a T/tau. Its neighbours have fewer, exactly and through the
// engine; at the same rate Poisson asks have fewer yeses than periodic ones.
TEST_CASE("7. fatigue under periodic asks: the best gap, and better than Poisson", "[validation]") {
  double low = 1.0;
  double high = 20.0 * tau;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (4.0 * std::pow(std::sinh(middle / (2.0 * tau)), 2) < weariness * impulse * middle / tau ? low : high) = middle;
  }
  const double best = low;
  CHECK(compute_periodic_yeses(best) > compute_periodic_yeses(best * 0.999));
  CHECK(compute_periodic_yeses(best) > compute_periodic_yeses(best * 1.001));
  CHECK(compute_periodic_yeses(best) > compute_poisson_yeses(1.0 / best));
  constexpr double shares[3] = {0.5, 1.0, 2.0};
  double estimates[3];
  for (int i = 0; i < 3; ++i) {
    const double gap_days = shares[i] * best;
    // Phases are uniform and the horizon is ten gaps: every account is asked ten times in it.
    const std::string phase = fmt::format("{{ distribution = 'uniform', low = 0, high = {} }}", gap_days);
    Sample yes;
    run(fmt::format("best gap {}", i),
        write_scenario(make_fatigue_setting(100, 1000.0, 10.0 * gap_days, periodic(gap_days, phase))), 270,
        [&](const World& world) { yes.add(world.metric(Metric::yes) / world.metric(Metric::active_days)); });
    check(fmt::format("7 yeses a day at {} of the best gap", shares[i]), yes, compute_periodic_yeses(gap_days));
    estimates[i] = yes.mean();
  }
  CHECK(estimates[1] > estimates[0]);
  CHECK(estimates[1] > estimates[2]);

  const std::string poisson = fmt::format(
      "delay_days = {{ distribution = 'exponential', mean = {0} }}\n"
      "repeat_days = {{ distribution = 'exponential', mean = {0} }}",
      best);
  Sample yes;
  run("poisson at the best gap", write_scenario(make_fatigue_setting(200, 1000.0, 150.0, poisson)), 150,
      [&](const World& world) { yes.add(world.metric(Metric::yes) / world.metric(Metric::active_days)); });
  check("7 yeses a day of Poisson asks at the best gap", yes, compute_poisson_yeses(1.0 / best));
  CHECK(estimates[1] > yes.mean());
}
