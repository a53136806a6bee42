// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "model/feature.hpp"
#include "random/maths.hpp"

namespace vouch::model {

/// Everything uncertain that someone does.
enum class OutcomeKind : std::uint8_t {
  ask,
  second_ask,
  opt_out,
  testimonial,
  introduce,
  organic,
  qualify,
  win,
  renew,
  expand,
  accept_call
};
inline constexpr int num_outcomes = static_cast<int>(OutcomeKind::accept_call) + 1;

enum class Link : std::uint8_t {
  logit,     ///< 1 / (1 + e^-eta)
  log,       ///< min(1, e^eta)
  identity,  ///< eta, clamped to [0, 1]
};

/// P = F(eta) for a predictor eta.
inline double apply_link(Link link, double eta) noexcept {
  if (link == Link::logit) return maths::logistic(eta);
  const double p = link == Link::log ? maths::exp(eta < 0.0 ? eta : 0.0) : eta;
  return p < 0.0 ? 0.0 : (p > 1.0 ? 1.0 : p);
}

struct Weight {
  Feature feature;
  double weight;
};

/// One outcome under one strategy: eta = base + sum of weight x feature, added in the order of `weights`
/// (ascending feature, no zero weights).
struct Outcome {
  Link link = Link::logit;
  /// Intercept, offsets, and what is constant under a program (conduct, reward), by [source x num_segments + segment];
  /// source 0 is no program (cold and organic), source 1 + p is program p.
  std::vector<double> base;
  std::vector<Weight> weights;

  bool is_constant() const noexcept { return weights.empty(); }
};

}  // namespace vouch::model
