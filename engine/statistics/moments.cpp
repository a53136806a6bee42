// SPDX-License-Identifier: Apache-2.0
#include "statistics/moments.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace vouch::statistics {
namespace {

using Big = boost::multiprecision::int512_t;  // n x a product sum, and 64 bits more to divide: below 2^320
__extension__ typedef __int128 Wide;

Big to_big(const WideSum& sum) {
  Big value = static_cast<std::int64_t>(sum.limbs[2]);
  value <<= 64;
  value += sum.limbs[1];
  value <<= 64;
  value += sum.limbs[0];
  return value;
}

/// The double nearest to numerator / denominator > 0, as long as it is a normal number.
double divide(const Big& numerator, const Big& denominator) {
  if (numerator == 0) return 0.0;
  Big top = abs(numerator);
  Big bottom = denominator;
  // So that the quotient has 63 or 64 bits; a last bit that is not 0 stands for all that follow.
  const int shift = 63 - static_cast<int>(msb(top)) + static_cast<int>(msb(bottom));
  (shift >= 0 ? top : bottom) <<= std::abs(shift);
  Big remainder;
  Big quotient;
  divide_qr(top, bottom, quotient, remainder);
  std::uint64_t bits = static_cast<std::uint64_t>(quotient);
  if (remainder != 0) bits |= 1;
  const double size = std::ldexp(static_cast<double>(bits), -shift);
  return numerator < 0 ? -size : size;
}

}  // namespace

void WideSum::add_product(std::int64_t a, std::int64_t b) noexcept {
  const Wide product = Wide{a} * b;
  const auto sign = static_cast<std::uint64_t>(product < 0 ? -1 : 0);
  add({{static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64), sign}});
}

void WideSum::add(const WideSum& other) noexcept {
  std::uint64_t carry = 0;
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t partial = limbs[i] + other.limbs[i];
    const std::uint64_t total = partial + carry;
    carry = (partial < limbs[i] ? 1U : 0U) + (total < partial ? 1U : 0U);
    limbs[i] = total;
  }
}

Moments::Moments(std::size_t num_quantities)
    : sums_(num_quantities), products_(num_quantities * (num_quantities + 1) / 2) {}

WideSum& Moments::product(std::size_t first, std::size_t second) {
  if (first < second) std::swap(first, second);
  return products_[first * (first + 1) / 2 + second];
}

const WideSum& Moments::product(std::size_t first, std::size_t second) const {
  if (first < second) std::swap(first, second);
  return products_[first * (first + 1) / 2 + second];
}

void Moments::add(std::span<const std::int64_t> sample) {
  if (sample.size() != sums_.size()) throw std::logic_error("a sample has one number for each quantity");
  ++num_samples_;
  std::size_t next = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    sums_[i].add_product(sample[i], 1);
    for (std::size_t j = 0; j <= i; ++j) products_[next++].add_product(sample[i], sample[j]);
  }
}

void Moments::merge(const Moments& other) {
  if (other.sums_.size() != sums_.size()) throw std::logic_error("only moments of the same quantities can be merged");
  num_samples_ += other.num_samples_;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].add(other.sums_[i]);
  for (std::size_t i = 0; i < products_.size(); ++i) products_[i].add(other.products_[i]);
}

double Moments::mean(std::size_t quantity) const { return divide(to_big(sums_[quantity]), Big(num_samples_)); }

double Moments::covariance(std::size_t first, std::size_t second) const {
  const Big n = num_samples_;
  return divide(n * to_big(product(first, second)) - to_big(sums_[first]) * to_big(sums_[second]), n * (n - 1));
}

double Moments::variance_of(std::span<const std::int64_t> weights) const {
  Big sum = 0;
  Big squares = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * to_big(sums_[i]);
    for (std::size_t j = 0; j < weights.size(); ++j) squares += Big(weights[i]) * weights[j] * to_big(product(i, j));
  }
  const Big n = num_samples_;
  return divide(n * squares - sum * sum, n * (n - 1));
}

}  // namespace vouch::statistics
