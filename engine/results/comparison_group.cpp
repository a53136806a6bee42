// SPDX-License-Identifier: Apache-2.0
#include "results/comparison_group.hpp"

#include <limits>
#include <utility>

#include "results/caution_name.hpp"

namespace vouch::results {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// As variables over worlds have it: a share is a plain number, days are "day".
std::string unit_in_file(const std::string& unit) {
  return unit == "share" ? "1" : unit == "days" ? "day" : unit == "minutes" ? "min" : unit;
}

}  // namespace

ComparisonGroup::ComparisonGroup(const Contents& contents)
    : contents_(contents),
      metric_(contents.layout, contents.metric),
      group_size_(contents.identity.antithetic ? 2 : 1),
      evidence_(metric_.make_options(contents.identity.strategy_names.size(), group_size_)),
      tile_(contents.identity.strategy_names.size()),
      group_(contents.identity.strategy_names.size() * group_size_) {
  const std::string unit = unit_in_file(contents.metric.unit);
  strategies_ = {{"value", "the metric", unit, {}},
                 {"standard_error", "standard error of value", unit, {}},
                 {"low", "lower end of value's interval", unit, {}},
                 {"high", "upper end of value's interval", unit, {}},
                 {"from_best_low", "value minus the best of the others': lower end of the joint interval", unit, {}},
                 {"from_best_high", "value minus the best of the others': upper end of the joint interval", unit, {}},
                 {"share_of_firsts", "share of worlds in which it came first", "1", {}},
                 {"chance_of_best", "probability that its expected value is the best, given these worlds", "1", {}},
                 {"expected_loss", "expected opportunity loss of choosing it", unit, {}}};
  pairs_ = {{"difference", "strategy minus other strategy", unit, {}},
            {"difference_standard_error", "standard error of difference", unit, {}},
            {"difference_low", "lower end of the difference's interval, joint for all pairs", unit, {}},
            {"difference_high", "upper end of the difference's interval, joint for all pairs", unit, {}},
            {"p_value", "of no difference, adjusted for the number of pairs", "1", {}},
            {"correlation", "of the two, world by world", "1", {}},
            {"variance_ratio", "how many times as many independent worlds the same precision would need", "1", {}}};
  const std::size_t num_lanes = contents.identity.num_lanes();
  for (Numbers& numbers : strategies_) numbers.values.assign(num_lanes, unknown);
  for (Numbers& numbers : pairs_) numbers.values.assign(num_lanes * tile_.size(), unknown);
  num_worlds_.assign(num_lanes, 0);
  cautions_.resize(num_lanes);
}

void ComparisonGroup::observe(const Tile& tile, std::span<const std::int64_t> rows) {
  const std::size_t lane_size = std::size_t{tile.count} * contents_.layout.size();
  for (int l = 0; l < tile.num_lanes; ++l)
    take(tile.first_lane + l, tile, rows.subspan(static_cast<std::size_t>(l) * lane_size, lane_size));
}

/// One lane of a tile. With the last strategy of a point its worlds are complete: they are paired.
void ComparisonGroup::take(int lane, const Tile& tile, std::span<const std::int64_t> rows) {
  const std::size_t size = contents_.layout.size();
  auto& values = tile_[static_cast<std::size_t>(lane % contents_.num_strategies())];
  values.assign(tile.count, std::nullopt);
  for (std::uint32_t i = 0; i < tile.count; ++i)
    if (contents_.is_done(lane, tile.first + i)) values[i] = metric_.read(rows.subspan(i * size, size));
  if (lane % contents_.num_strategies() != contents_.num_strategies() - 1) return;
  point_ = lane / contents_.num_strategies();
  add_groups(tile.first, tile.count);
  if (tile.first + tile.count == contents_.num_replications) compare();
}

/// A group may begin in one tile and end in the next.
void ComparisonGroup::add_groups(std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t member = (first + i) % group_size_;
    for (std::size_t s = 0; s < tile_.size(); ++s) group_[s * group_size_ + member] = tile_[s][i];
    if (member + 1 == group_size_) evidence_.add_group(group_);
  }
}

void ComparisonGroup::compare() {
  statistics::ComparisonOptions options;
  options.baseline = static_cast<std::size_t>(contents_.baseline);
  options.confidence = contents_.identity.confidence;
  if (contents_.identity.stopping.hangs_on_lead()) options.looks = statistics::Looks::any;
  const statistics::Comparison comparison = statistics::compare_strategies(evidence_, options);
  const std::size_t first = static_cast<std::size_t>(point_) * tile_.size();
  for (std::size_t s = 0; s < comparison.strategies.size(); ++s) keep_strategy(first + s, comparison.strategies[s]);
  for (const statistics::ComparedPair& pair : comparison.pairs) keep_pair(first, pair);
  evidence_ = statistics::Evidence(evidence_.options());
}

void ComparisonGroup::keep_strategy(std::size_t place, const statistics::ComparedStrategy& compared) {
  const auto keep = [&](StrategyNumber number, std::optional<double> known) {
    strategies_[number].values[place] = known.value_or(unknown);
  };
  const statistics::Estimate& estimate = compared.estimate;
  keep(value, estimate.value);
  keep(error, estimate.standard_error);
  if (estimate.interval) keep(low, estimate.interval->low);
  if (estimate.interval) keep(high, estimate.interval->high);
  if (compared.from_best) keep(best_low, compared.from_best->low);
  if (compared.from_best) keep(best_high, compared.from_best->high);
  keep(share, compared.share_of_firsts);
  if (compared.prospect) keep(chance, compared.prospect->chance_of_best);
  if (compared.prospect) keep(loss, compared.prospect->expected_loss);
  num_worlds_[place] = static_cast<std::int64_t>(estimate.num_worlds);
  cautions_[place] = name_of(estimate.caution);
}

/// Both ways round: second minus first is first minus second, turned over.
void ComparisonGroup::keep_pair(std::size_t place, const statistics::ComparedPair& pair) {
  const statistics::AdjustedDifference& adjusted = pair.difference;
  const statistics::Estimate& estimate = adjusted.difference.estimate;
  for (const double sign : {1.0, -1.0}) {
    const std::size_t strategy = sign > 0.0 ? pair.first : pair.second;
    const std::size_t other = sign > 0.0 ? pair.second : pair.first;
    const auto keep = [&](PairNumber number, std::optional<double> known) {
      pairs_[number].values[(place + strategy) * tile_.size() + other] = known.value_or(unknown);
    };
    if (estimate.value) keep(difference, sign * *estimate.value);
    keep(pair_error, estimate.standard_error);
    if (adjusted.joint) keep(pair_low, sign > 0.0 ? adjusted.joint->low : -adjusted.joint->high);
    if (adjusted.joint) keep(pair_high, sign > 0.0 ? adjusted.joint->high : -adjusted.joint->low);
    keep(p_value, adjusted.adjusted_p_value);
    keep(correlation, adjusted.difference.correlation);
    keep(ratio, adjusted.difference.variance_ratio);
  }
}

void ComparisonGroup::write(LabelledFile& file) const {
  const std::string group = "comparison";
  std::vector<std::string> dimensions = contents_.lane_dimensions();
  const auto write_numbers = [&](const std::vector<Numbers>& all) {
    for (const Numbers& numbers : all) {
      const auto variable = file.add_variable(group, numbers.name, ValueType::float64, dimensions,
                                              {{"long_name", numbers.text}, {"units", numbers.unit}});
      file.write(variable, numbers.values.data());
    }
  };
  write_numbers(strategies_);
  const auto worlds = file.add_variable(
      group, "num_worlds", ValueType::int64, dimensions,
      {{"long_name", std::string("independent worlds: antithetic pairs count once")}, {"units", std::string("1")}});
  file.write(worlds, num_worlds_.data());
  const auto caution =
      file.add_variable(group, "caution", ValueType::text, dimensions,
                        {{"long_name", std::string("why intervals may hold less often than they say; empty: none")}});
  file.write_texts(caution, cautions_);
  dimensions.emplace_back("other_strategy");
  write_numbers(pairs_);
}

}  // namespace vouch::results
