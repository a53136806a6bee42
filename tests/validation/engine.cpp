// SPDX-License-Identifier: Apache-2.0
#include "validation/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "simulation/run_worlds.hpp"
#include "support/catch.hpp"

namespace vouch::test {
namespace {

/// An upper bound of the comparisons that the suite makes; check() fails when it is exceeded.
constexpr int num_checks = 300;
constexpr double largest_standard_error = 0.005;
constexpr double power_quantile = 2.326;  // of 99 %

double sum_cells(std::span<const std::int64_t> row, std::size_t first, std::size_t count) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += row[first + i];
  return static_cast<double>(sum);
}

void compare(const std::string& what, double estimate, double standard_error, double exact, double scale) {
  static const double limit = compute_sidak_limit(num_checks);
  static int num_made = 0;
  REQUIRE(++num_made <= num_checks);
  const double z = (estimate - exact) / standard_error;
  fmt::print("{}: exact {:.6g}, estimate {:.6g}, z {:+.2f}, detects {:.2f} %\n", what, exact, estimate, z,
             100.0 * (limit + power_quantile) * standard_error / scale);
  CAPTURE(what, exact, estimate, standard_error, limit);
  CHECK(standard_error <= largest_standard_error * scale);
  CHECK(std::fabs(estimate - exact) <= limit * standard_error);
}

}  // namespace

std::string write_scenario(const Setting& setting) {
  std::map<std::string, std::string> outcomes = {
      {"ask", "probability = 1"},         {"second_ask", "probability = 0"}, {"opt_out", "probability = 0"},
      {"testimonial", "probability = 1"}, {"introduce", "probability = 1"},  {"organic", "probability = 0"},
      {"qualify", "probability = 1"},     {"win", "probability = 1"},        {"renew", "probability = 0"},
      {"expand", "probability = 0"},      {"accept_call", "probability = 1"}};
  for (const auto& [name, keys] : setting.outcomes) outcomes[name] = keys;
  std::string text = fmt::format("[experiment]\nhorizon_days = {}\nwarm_up_days = {}\nmax_accounts = 4000000\n",
                                 setting.horizon_days, setting.warm_up_days);
  text += fmt::format("[output]\nseries = {}\nbin_days = {}\n{}\n", setting.series, setting.bin_days, setting.output);
  if (!setting.segment.empty()) text += "[segments.all]\n" + setting.segment + "\n";
  for (const auto& [name, keys] : outcomes) text += "[outcomes." + name + "]\n" + keys + "\n";
  return text + setting.tables + "\n[strategies.only]\n" + setting.strategy + "\n";
}

std::string write_copies(int count, const std::string& keys) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format("[segments.c{}]\n{}\n", i, keys);
  return text;
}

double World::metric(Metric metric) const {
  const auto& block = layout_.blocks()[static_cast<std::size_t>(metric)];
  return sum_cells(row_, block.offset, block.size) * model::scale_of(block.unit);
}

double World::metric(Metric metric, int segment) const {
  const auto& block = layout_.blocks()[static_cast<std::size_t>(metric)];
  return sum_cells(row_, layout_.metric(metric, segment, 0), model::num_cohorts) * model::scale_of(block.unit);
}

double World::funnel(Funnel funnel, int source) const {
  double sum = 0.0;
  for (int segment = 0; segment < layout_.num_segments(); ++segment) sum += this->funnel(funnel, source, segment);
  return sum;
}

double World::funnel(Funnel funnel, int source, int segment) const {
  const auto& block = layout_.blocks()[static_cast<std::size_t>(model::num_metrics) + static_cast<std::size_t>(funnel)];
  return sum_cells(row_, layout_.funnel(funnel, source, segment, 0), model::num_cohorts) * model::scale_of(block.unit);
}

double World::series(Series series, int bin) const {
  const auto& block = layout_.blocks()[static_cast<std::size_t>(model::num_metrics + model::num_funnel) +
                                       static_cast<std::size_t>(series)];
  return static_cast<double>(row_[layout_.series(series, bin)]) * model::scale_of(block.unit);
}

double World::curve(Curve curve, int band) const { return static_cast<double>(row_[layout_.curve(curve, band)]); }

void run(const std::string& name, const std::string& text, int num_worlds,
         const std::function<void(const World&)>& see) {
  if (std::getenv("VOUCH_LONG") != nullptr) num_worlds *= 10;  // tools/check --long
  const scenario::Compiled compiled = scenario::compile(scenario::parse_scenario(text, name + ".toml"));
  const model::ObservationLayout layout(compiled.model, compiled.max_programs);
  const int batch = std::clamp(simulation::suggest_batch_size(compiled.model), 1, num_worlds);
  std::vector<std::int64_t> rows(layout.size() * static_cast<std::size_t>(batch));
  const std::uint64_t seed = seed_of(name);
  simulation::Workspace workspace;
  std::vector<simulation::WorldKey> keys;
  std::vector<simulation::WorldResult> results;
  for (int first = 0; first < num_worlds; first += batch) {
    keys.clear();
    results.clear();
    for (int i = 0; i < std::min(batch, num_worlds - first); ++i) {
      keys.push_back({seed, static_cast<std::uint32_t>(first + i), false});
      results.push_back({std::span(rows).subspan(layout.size() * static_cast<std::size_t>(i), layout.size())});
    }
    simulation::run_worlds(compiled.model, compiled.strategies.front(), layout, keys, results, workspace);
    for (const simulation::WorldResult& result : results) see(World(layout, result.row));
  }
}

void RatioSample::add(double y, double x) noexcept {
  num_ += 1.0;
  x_ += x;
  y_ += y;
  xx_ += x * x;
  xy_ += x * y;
  yy_ += y * y;
}

double RatioSample::standard_error() const noexcept {
  const double r = ratio();
  const double squares = yy_ - 2.0 * r * xy_ + r * r * xx_;  // of the residuals y - r x, whose mean is 0
  return std::sqrt(std::max(0.0, squares) * num_ / (num_ - 1.0)) / x_;
}

void check(const std::string& what, double estimate, double standard_error, double exact) {
  compare(what, estimate, standard_error, exact, std::fabs(exact));
}

void check(const std::string& what, const Sample& sample, double exact) {
  check(what, sample.mean(), sample.standard_error(), exact);
}

void check(const std::string& what, const RatioSample& sample, double exact) {
  check(what, sample.ratio(), sample.standard_error(), exact);
}

void check_zero(const std::string& what, const Sample& sample, double scale) {
  compare(what, sample.mean(), sample.standard_error(), 0.0, scale);
}

void check_rounded(const std::string& what, double value, double exact, double rounding) {
  fmt::print("{}: exact {:.9g}, value {:.9g}, rounding {:.2g}\n", what, exact, value, rounding);
  CAPTURE(what, exact, value, rounding);
  CHECK(std::fabs(value - exact) <= rounding);
}

}  // namespace vouch::test
