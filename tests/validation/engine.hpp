// SPDX-License-Identifier: Apache-2.0
// The real engine at the tests' service: a scenario's text in, a metric of every world out, and the comparison with an
// exact value.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/observations.hpp"
#include "scenario/scenario.hpp"
#include "support/statistics.hpp"

namespace vouch::test {

using model::Curve;
using model::Funnel;
using model::Metric;
using model::Series;

/// A scenario with one strategy, "only". Everything certain that an outcome could decide is so by default: asks are
/// answered yes, names introduced, deals won, calls accepted, contracts not renewed; nobody opts out or refers unasked.
struct Setting {
  double horizon_days = 1.0;
  double warm_up_days = 0.0;
  bool series = false;
  double bin_days = 30.0;
  std::string output;    ///< further keys of [output]
  std::string segment;   ///< the keys of the one segment "all"; or none, and whole tables in `tables`
  std::string strategy;  ///< keys of [strategies.only]
  std::map<std::string, std::string> outcomes;  ///< keys of [outcomes.NAME], in place of the default
  std::string tables;                           ///< further tables, as they stand
};

std::string write_scenario(const Setting& setting);

/// `count` segments c0, c1, ... alike: as many independent samples of one segment from each world.
std::string write_copies(int count, const std::string& keys);

/// One world's row, in the units of its metrics.
class World {
 public:
  World(const model::ObservationLayout& layout, std::span<const std::int64_t> row) : layout_(layout), row_(row) {}

  double metric(Metric metric) const;               ///< all segments and cohorts
  double metric(Metric metric, int segment) const;  ///< both cohorts
  double funnel(Funnel funnel, int source) const;   ///< all prospects' segments and cohorts
  double funnel(Funnel funnel, int source, int segment) const;
  double series(Series series, int bin) const;
  double curve(Curve curve, int band) const;

 private:
  const model::ObservationLayout& layout_;
  std::span<const std::int64_t> row_;
};

inline constexpr int cold = 0;  ///< sources of the funnel
inline constexpr int organic = 1;
inline constexpr int first_program = 2;

/// Simulates `num_worlds` worlds under a seed made from `name`, and shows each to `see`, in order.
void run(const std::string& name, const std::string& text, int num_worlds,
         const std::function<void(const World&)>& see);

/// Sums of y and x over worlds, for the ratio E y / E x.
class RatioSample {
 public:
  void add(double y, double x) noexcept;
  double ratio() const noexcept { return y_ / x_; }
  double standard_error() const noexcept;  ///< by linearisation

 private:
  double num_ = 0.0, x_ = 0.0, y_ = 0.0, xx_ = 0.0, xy_ = 0.0, yy_ = 0.0;
};

/// Every comparison of the suite goes through these. It holds when |estimate - exact| is within the Sidak limit of the
/// whole suite (family-wise 1e-6), and demands that the standard error be at most 0.5 % of the exact value, so that an
/// error worth having would be seen. Prints one line: what, exact, estimate, z, and the relative error that it would
/// detect with 99 % power, (limit + 2.326) standard errors.
void check(const std::string& what, double estimate, double standard_error, double exact);
void check(const std::string& what, const Sample& sample, double exact);
void check(const std::string& what, const RatioSample& sample, double exact);
/// For an exact value of 0: the standard error is held against `scale` instead.
void check_zero(const std::string& what, const Sample& sample, double scale);
/// For what is the same in every world: nothing but the rounding of the row's integers may lie between.
void check_rounded(const std::string& what, double value, double exact, double rounding);

}  // namespace vouch::test
