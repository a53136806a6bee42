// SPDX-License-Identifier: Apache-2.0
// Elementary functions whose bits do not depend on the processor or its libm. All are branch-free
// polynomials in plain double arithmetic, so that a vectorised loop gives each lane the bits of the
// scalar call. They need -ffp-contract=off and no fast-math.
#pragma once

#include <cstdint>

// The same source is compiled for several instruction sets (random/lanes_variant.cpp). Each gets symbols of its
// own, so that the linker never gives a plain processor code that was made for a richer one.
#ifndef VOUCH_VARIANT
#define VOUCH_VARIANT plain
#endif

namespace vouch::maths {
inline namespace VOUCH_VARIANT {

inline constexpr double ln2 = 0.6931471805599453094;

namespace detail {

/// 1.5 x 2^52: adding it leaves the nearest integer in the low mantissa bits.
inline constexpr double shifter = 6755399441055744.0;

/// 2^n for an integer n in [-1022, 1023] held in the low bits of `shifted` = n + shifter.
inline double power_of_two(double shifted) noexcept {
  const auto n = __builtin_bit_cast(std::uint64_t, shifted) - __builtin_bit_cast(std::uint64_t, shifter);
  return __builtin_bit_cast(double, (n + 1023) << 52);
}

/// e^r for |r| <= ln(2)/2 by its Taylor series to r^13; the remainder is below 2^-55.
inline double exp_reduced(double r) noexcept {
  double p = 1.6059043836821613e-10;
  p = p * r + 2.0876756987868099e-9;
  p = p * r + 2.5052108385441719e-8;
  p = p * r + 2.7557319223985891e-7;
  p = p * r + 2.7557319223985893e-6;
  p = p * r + 2.4801587301587302e-5;
  p = p * r + 1.9841269841269841e-4;
  p = p * r + 1.3888888888888889e-3;
  p = p * r + 8.3333333333333333e-3;
  p = p * r + 4.1666666666666667e-2;
  p = p * r + 1.6666666666666667e-1;
  p = p * r + 0.5;
  return (p * r) * r + r + 1.0;
}

}  // namespace detail

/// 2^x. Relative error below 4e-16; below 2^-1022 it gives 0, above 2^1023 it stays at 2^1023.
inline double exp2(double x) noexcept {
  double clamped = x < -1022.0 ? -1022.0 : x;
  clamped = clamped > 1023.0 ? 1023.0 : clamped;
  const double shifted = clamped + detail::shifter;
  const double r = clamped - (shifted - detail::shifter);
  const double value = detail::exp_reduced(r * ln2) * detail::power_of_two(shifted);
  return x < -1022.0 ? 0.0 : value;
}

/// e^x. Relative error below 4e-16; 0 below -708, and e^709 above 709.
inline double exp(double x) noexcept {
  double clamped = x < -708.0 ? -708.0 : x;
  clamped = clamped > 709.0 ? 709.0 : clamped;
  // Cody and Waite: ln 2 in two parts, the first short enough that its multiples are exact.
  const double shifted = clamped * 1.4426950408889634 + detail::shifter;
  const double n = shifted - detail::shifter;
  const double r = (clamped - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  const double value = detail::exp_reduced(r) * detail::power_of_two(shifted);
  return x < -708.0 ? 0.0 : value;
}

/// ln x for normal x > 0. Absolute error below 3e-16 x max(1, |ln x|). Not for 0, negative or subnormal x.
inline double log(double x) noexcept {
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  // Split x = m 2^k with m in [sqrt(1/2), sqrt(2)).
  constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcdULL;
  const std::uint64_t offset = bits - sqrt_half + (1023ULL << 52);
  const std::uint64_t biased_k = offset >> 52;
  const double m = __builtin_bit_cast(double, bits - ((biased_k - 1023) << 52));
  // biased_k is small: place it in a mantissa instead of converting, which vectorises.
  const double k = __builtin_bit_cast(double, biased_k | 0x4330000000000000ULL) - (4503599627370496.0 + 1023.0);
  // ln m = 2 artanh(s), s = (m - 1)/(m + 1), |s| < 0.1716.
  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  double p = 1.0 / 21.0;
  p = p * z + 1.0 / 19.0;
  p = p * z + 1.0 / 17.0;
  p = p * z + 1.0 / 15.0;
  p = p * z + 1.0 / 13.0;
  p = p * z + 1.0 / 11.0;
  p = p * z + 1.0 / 9.0;
  p = p * z + 1.0 / 7.0;
  p = p * z + 1.0 / 5.0;
  p = p * z + 1.0 / 3.0;
  const double tail = 2.0 * s * (z * p) + k * 1.90821492927058770002e-10;
  return k * 6.93147180369123816490e-01 + (2.0 * s + tail);
}

/// 1 / (1 + e^-x).
inline double logistic(double x) noexcept { return 1.0 / (1.0 + exp(-x)); }

}  // namespace VOUCH_VARIANT
}  // namespace vouch::maths
