// SPDX-License-Identifier: Apache-2.0
// The quantile functions of the families that are sampled by inversion; u in (0, 1).
#pragma once

#include "random/maths.hpp"
#include "random/normal_quantile.hpp"

namespace vouch::maths {
inline namespace VOUCH_VARIANT {

inline double invert_uniform(double u, double low, double high) noexcept { return low + (high - low) * u; }
inline double invert_exponential(double u, double mean) noexcept { return -mean * log(1.0 - u); }
inline double invert_normal(double u, double mean, double sd) noexcept { return mean + sd * normal_quantile(u); }
inline double invert_lognormal(double u, double median, double sigma) noexcept {
  return median * exp(sigma * normal_quantile(u));
}
inline double invert_weibull(double u, double scale, double shape) noexcept {
  return scale * exp(log(-log(1.0 - u)) / shape);
}

}  // namespace VOUCH_VARIANT
}  // namespace vouch::maths
