// SPDX-License-Identifier: Apache-2.0
#include "report/charts/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/observations.hpp"

namespace vouch::report {
namespace {

/// The end of counting.
std::optional<double> find_horizon(const results::RunIdentity& identity) {
  return find_scenario_number(identity, "horizon_days");
}

}  // namespace

std::optional<double> find_scenario_number(const results::RunIdentity& identity, const std::string& key) {
  for (const results::SweptKey& swept : identity.sweep)
    if (swept.key.ends_with(key)) return std::nullopt;
  const std::size_t at = ("\n" + identity.scenario_text).find("\n" + key + " = ");
  if (at == std::string::npos) return std::nullopt;
  const double number = std::strtod(identity.scenario_text.c_str() + at + key.size() + 3, nullptr);
  return number > 0.0 ? std::optional(number) : std::nullopt;
}

double TimeBins::position(std::size_t bin) const {
  return (starts[bin] + (is_level ? days : days / 2.0)) / days_per_month;
}

int TimeBins::first_month(std::size_t bin) const {
  return static_cast<int>(std::ceil(starts[bin] / days_per_month - 1e-9)) + 1;
}

int TimeBins::last_month(std::size_t bin) const {
  return static_cast<int>(std::ceil((starts[bin] + days) / days_per_month - 1e-9));
}

TimeBins find_bins(const results::ResultsFile& file, const std::string& series) {
  TimeBins bins{file.bin_starts(), 0.0, model::is_level(series)};
  const std::optional<double> horizon = find_horizon(file.identity());
  if (bins.starts.empty()) return bins;
  if (bins.starts.size() == 1) {
    bins.days = horizon.value_or(0.0);
    if (!horizon) bins.starts.clear();
    return bins;
  }
  bins.days = bins.starts[1] - bins.starts[0];
  if (!horizon || *horizon < bins.starts.back() + bins.days) bins.starts.pop_back();
  return bins;
}

std::vector<std::size_t> thin_bins(const TimeBins& bins, std::size_t most) {
  std::vector<std::size_t> kept;
  const std::size_t step = (bins.size() + most - 1) / std::max<std::size_t>(1, most);
  for (std::size_t left = bins.size(); left > 0; left = left > step ? left - step : 0) kept.push_back(left - 1);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

}  // namespace vouch::report
