// SPDX-License-Identifier: Apache-2.0
// What the two files on fatigue share: asks add to a stock that halves every 30 days.
#pragma once

#include <fmt/format.h>

#include <cmath>

#include "validation/engine.hpp"

namespace vouch::test {

inline constexpr double half_life = 30.0;
inline const double tau = half_life / std::log(2.0);
inline constexpr double impulse = 0.8;    ///< a
inline constexpr double weariness = 0.7;  ///< k: p = p_0 e^(-k fatigue)
inline constexpr double rested = 0.9;     ///< p_0

/// `timing` is the strategy's delay_days and repeat_days. Accounts stay, and their yeses name nobody.
inline Setting make_fatigue_setting(int accounts, double warm_up_days, double horizon_days, const std::string& timing) {
  Setting setting;
  setting.horizon_days = horizon_days;
  setting.warm_up_days = warm_up_days;
  setting.segment = fmt::format("accounts = {}\nnames_per_yes = 0", accounts);
  setting.strategy = "when = 'purchase'\n" + timing;
  setting.outcomes = {
      {"ask", fmt::format("link = 'log'\nintercept = {}\nweights = {{ fatigue = {} }}", std::log(rested), -weariness)}};
  setting.tables = fmt::format("[stocks.fatigue]\nhalf_life_days = {}\n[touches.ask]\nimpulses = {{ fatigue = {} }}\n",
                               half_life, impulse);
  return setting;
}

/// Ein(z) = integral from 0 to z of (1 - e^-u)/u du = sum over n >= 1 of (-1)^(n+1) z^n / (n n!).
inline double compute_ein(double z) {
  double sum = 0.0;
  double term = 1.0;
  for (int n = 1; n < 60; ++n) {
    term *= -z / n;
    sum -= term / n;
  }
  return sum;
}

/// Yeses a day of an account asked at Poisson times, stationary.
inline double compute_poisson_yeses(double rate) {
  return rate * rested * std::exp(-rate * tau * compute_ein(weariness * impulse));
}

/// The same, asked at equal gaps: fatigue before an ask is a/(e^(T/tau) - 1).
inline double compute_periodic_yeses(double gap) {
  return rested * std::exp(-weariness * impulse / std::expm1(gap / tau)) / gap;
}

}  // namespace vouch::test
