// SPDX-License-Identifier: Apache-2.0
#include "results/ratios_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "statistics/metric.hpp"

namespace vouch::results {
namespace {

using statistics::Source;

// Only of single texts: the destructor of a JSON list or object needs memory, and ends the program where there is none.
std::string quote(const std::string& text) { return nlohmann::json(text).dump(); }

const char* name_of(Source source) {
  if (source == Source::all) return "all";
  return source == Source::cold ? "cold" : "referral";
}

std::string write_terms(const std::vector<statistics::Term>& terms) {
  std::vector<std::string> texts;
  for (const statistics::Term& term : terms)
    texts.push_back(fmt::format(R"({{"variable":{},"source":"{}","factor":{}}})", quote(term.observation),
                                name_of(term.source), term.factor));
  return fmt::format("[{}]", fmt::join(texts, ","));
}

std::string write_ratio(const statistics::Metric& metric) {
  const bool is_lower_better = metric.direction == statistics::Direction::lower_is_better;
  return fmt::format(R"({}:{{"unit":{},"better":"{}","description":{},"numerator":{},"denominator":{}}})",
                     quote(metric.name), quote(metric.unit), is_lower_better ? "lower" : "higher",
                     quote(metric.description), write_terms(metric.numerator), write_terms(metric.denominator));
}

}  // namespace

std::string write_ratios() {
  std::vector<std::string> texts;
  for (const statistics::Metric& metric : statistics::ratio_metrics()) texts.push_back(write_ratio(metric));
  return fmt::format("{{{}}}", fmt::join(texts, ","));
}

}  // namespace vouch::results
