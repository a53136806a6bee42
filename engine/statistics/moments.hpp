// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vouch::statistics {

/// An integer of 192 bits, two's complement: holds any sum of 2^32 products of two numbers below 2^63.
struct WideSum {
  std::uint64_t limbs[3] = {0, 0, 0};  ///< lowest first

  void add_product(std::int64_t a, std::int64_t b) noexcept;
  void add(const WideSum& other) noexcept;
  friend bool operator==(const WideSum&, const WideSum&) = default;
};

/// Sums of integer quantities over independent samples, and of their products two by two, all exact: whatever the
/// order or the tree in which parts are merged, the result has the same bits, and no variance suffers cancellation
/// (the reason to prefer this to updating formulas). Memory does not grow with samples. At most 2^32 samples of
/// numbers below 2^62 in size.
class Moments {
 public:
  explicit Moments(std::size_t num_quantities = 0);

  std::size_t num_quantities() const noexcept { return sums_.size(); }
  std::uint64_t num_samples() const noexcept { return num_samples_; }

  /// One number for each quantity. Throws std::logic_error if there are more or fewer.
  void add(std::span<const std::int64_t> sample);
  /// Throws std::logic_error if the other has more or fewer quantities.
  void merge(const Moments& other);

  /// Needs a sample.
  double mean(std::size_t quantity) const;
  /// Divisor n - 1; needs two samples. Rounded only once, so exactly 0 if either never varied.
  double covariance(std::size_t first, std::size_t second) const;
  double variance(std::size_t quantity) const { return covariance(quantity, quantity); }
  /// Variance of the sum of weights x quantities; exactly 0 if that sum never varied.
  double variance_of(std::span<const std::int64_t> weights) const;

  friend bool operator==(const Moments&, const Moments&) = default;

 private:
  WideSum& product(std::size_t first, std::size_t second);
  const WideSum& product(std::size_t first, std::size_t second) const;

  std::uint64_t num_samples_ = 0;
  std::vector<WideSum> sums_;
  std::vector<WideSum> products_;  ///< of (i, j <= i), i(i + 1)/2 + j
};

}  // namespace vouch::statistics
