// SPDX-License-Identifier: Apache-2.0
#include "comparison_view.hpp"
#include "unit.hpp"

namespace vouch::cli {
namespace {

using statistics::ComparedStrategy;
using statistics::Estimate;

nlohmann::ordered_json make_json(const std::optional<double>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

void add_estimate(nlohmann::ordered_json& json, const char* name, const Estimate& estimate) {
  json[name] = make_json(estimate.value);
  json["standard_error"] = make_json(estimate.standard_error);
  json["half_width"] = make_json(estimate.half_width);
  json["interval"] = nullptr;
  if (estimate.half_width)
    json["interval"] = {*estimate.value - *estimate.half_width, *estimate.value + *estimate.half_width};
}

enum class Contest : bool { no, yes };

nlohmann::ordered_json make_row(const std::string& name, const ComparedStrategy& strategy, Contest contest) {
  nlohmann::ordered_json row;
  row["strategy"] = name;
  add_estimate(row, "value", strategy.estimate);
  row["share_of_firsts"] = contest == Contest::yes ? make_json(strategy.share_of_firsts) : nullptr;
  row["chance_of_best"] = contest == Contest::yes ? make_json(strategy.chance_of_best) : nullptr;
  row["from_baseline"] = nullptr;
  if (strategy.from_baseline) {
    nlohmann::ordered_json difference;
    add_estimate(difference, "difference", strategy.from_baseline->estimate);
    difference["relative"] = make_json(strategy.from_baseline->relative);
    difference["variance_ratio"] = make_json(strategy.from_baseline->variance_ratio);
    row["from_baseline"] = std::move(difference);
  }
  return row;
}

}  // namespace

nlohmann::ordered_json make_comparison_json(const ComparisonView& view) {
  nlohmann::ordered_json json;
  json["metric"] = view.metric.name;
  json["unit"] = view.metric.unit == "share" ? "1" : find_scale(view.metric, view.currency).unit;
  if (json["unit"] == "") json["unit"] = "1";
  json["description"] = view.metric.description;
  json["better"] = name_of_better(view.metric);
  json["confidence"] = view.confidence;
  json["num_worlds"] = view.num_worlds;
  json["baseline"] = view.strategy_names[view.baseline];
  json["verdict"] = format_verdict(view);
  json["contenders"] = nlohmann::ordered_json::array();
  for (const std::size_t s : view.comparison.contenders) json["contenders"].push_back(view.strategy_names[s]);
  json["strategies"] = nlohmann::ordered_json::array();
  const Contest contest = is_contest(view) ? Contest::yes : Contest::no;
  for (const std::size_t s : view.comparison.ranking)
    json["strategies"].push_back(make_row(view.strategy_names[s], view.comparison.strategies[s], contest));
  return json;
}

}  // namespace vouch::cli
