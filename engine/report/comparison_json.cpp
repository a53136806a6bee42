// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/comparison_view.hpp"
#include "report/unit.hpp"
#include "results/caution_name.hpp"

namespace vouch::report {
namespace {

using Json = nlohmann::ordered_json;
using statistics::ComparedStrategy;
using statistics::Estimate;

Json make_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json make_json(const std::optional<statistics::Interval>& interval) {
  return interval ? Json{interval->low, interval->high} : Json(nullptr);
}

Json make_json(statistics::Caution caution) {
  return caution == statistics::Caution::none ? Json(nullptr) : Json(results::name_of(caution));
}

void add_estimate(Json& json, const char* name, const Estimate& estimate) {
  json[name] = make_json(estimate.value);
  json["standard_error"] = make_json(estimate.standard_error);
  json["half_width"] = make_json(estimate.half_width);
  json["interval"] = make_json(estimate.interval);
  json["caution"] = make_json(estimate.value ? estimate.caution : statistics::Caution::none);
}

void add_difference(Json& json, const ComparisonView& view, const statistics::AdjustedDifference& adjusted) {
  const bool is_fixed = view.looks == statistics::Looks::fixed;
  const statistics::Difference& difference = adjusted.difference;
  add_estimate(json, "difference", difference.estimate);
  json["joint_interval"] = make_json(adjusted.joint);
  json["p_value"] = is_fixed ? make_json(difference.p_value) : Json(nullptr);
  json["adjusted_p_value"] = is_fixed ? make_json(adjusted.adjusted_p_value) : Json(nullptr);
  json["surely_different"] = is_judged(view, adjusted) ? Json(adjusted.is_told_apart) : Json(nullptr);
  json["relative"] = make_json(difference.relative);
  json["correlation"] = make_json(difference.correlation);
  json["variance_ratio"] = make_json(difference.variance_ratio);
}

Json make_controlled_json(const std::optional<statistics::ControlledEstimate>& controlled, const char* name) {
  if (!controlled) return nullptr;
  Json json;
  add_estimate(json, name, controlled->estimate);
  json["gain"] = controlled->gain;
  return json;
}

/// What was asked for besides.
void add_extras(Json& row, const ComparisonView& view, std::size_t strategy) {
  if (!view.quantiles.empty()) {
    row["quantiles"] = Json::array();
    for (const statistics::QuantileEstimate& quantile : view.quantiles[strategy])
      row["quantiles"].push_back({{"probability", quantile.probability},
                                  {"num_worlds", quantile.num_worlds * view.group_size},
                                  {"value", make_json(quantile.value)},
                                  {"interval", make_json(quantile.interval)}});
  }
  if (!view.antithetic_gains.empty()) row["antithetic_gain"] = make_json(view.antithetic_gains[strategy]);
  if (!view.controlled.empty()) {
    row["controlled"] = make_controlled_json(view.controlled[strategy].value, "value");
    row["controlled_from_baseline"] = make_controlled_json(view.controlled[strategy].from_baseline, "difference");
  }
}

Json make_row(const ComparisonView& view, std::size_t s) {
  const ComparedStrategy& strategy = view.comparison.strategies[s];
  const bool contest = is_contest(view);
  Json row;
  row["strategy"] = view.strategy_names[s];
  row["num_worlds"] = view.num_worlds[s];
  add_estimate(row, "value", strategy.estimate);
  row["share_of_firsts"] = contest ? make_json(strategy.share_of_firsts) : Json(nullptr);
  row["chance_of_best"] = contest && strategy.prospect ? Json(strategy.prospect->chance_of_best) : Json(nullptr);
  row["expected_loss"] = contest && strategy.prospect ? Json(strategy.prospect->expected_loss) : Json(nullptr);
  row["from_best"] = contest ? make_json(strategy.from_best) : Json(nullptr);
  row["from_baseline"] = nullptr;
  if (strategy.from_baseline) {
    Json difference;
    add_difference(difference, view, *strategy.from_baseline);
    row["from_baseline"] = std::move(difference);
  }
  add_extras(row, view, s);
  return row;
}

Json make_pairs_json(const ComparisonView& view) {
  Json pairs = Json::array();
  for (const statistics::ComparedPair& pair : view.comparison.pairs) {
    Json json{{"first", view.strategy_names[pair.first]}, {"second", view.strategy_names[pair.second]}};
    add_difference(json, view, pair.difference);
    pairs.push_back(std::move(json));
  }
  return pairs;
}

}  // namespace

Json make_comparison_json(const ComparisonView& view) {
  Json json;
  json["metric"] = view.metric.name;
  json["unit"] = view.metric.unit == "share" ? "1" : find_scale(view.metric, view.currency).unit;
  if (json["unit"] == "") json["unit"] = "1";
  json["description"] = view.metric.description;
  json["better"] = name_of_better(view.metric);
  json["confidence"] = view.confidence;
  json["adjustment"] = name_of(view.adjustment);
  json["looks"] = view.looks == statistics::Looks::any ? "any" : "fixed";
  json["num_worlds"] = view.num_worlds.empty() ? 0 : *std::max_element(view.num_worlds.begin(), view.num_worlds.end());
  json["baseline"] = view.strategy_names[view.baseline];
  json["verdict"] = format_verdict(view);
  json["contenders"] = Json::array();
  for (const std::size_t s : view.comparison.contenders) json["contenders"].push_back(view.strategy_names[s]);
  if (!view.controls.empty()) json["controls"] = view.controls;
  json["strategies"] = Json::array();
  for (const std::size_t s : view.comparison.ranking) json["strategies"].push_back(make_row(view, s));
  json["pairs"] = make_pairs_json(view);
  return json;
}

}  // namespace vouch::report
