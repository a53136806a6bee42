// SPDX-License-Identifier: Apache-2.0
#include "report/charts/funnel_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "model/observations.hpp"
#include "report/charts/brief.hpp"
#include "report/charts/charts.hpp"
#include "report/number.hpp"
#include "statistics/comparison.hpp"

namespace vouch::report {
namespace {

using Counts = std::vector<std::int64_t>;  // by replication

using model::first_program_source;
constexpr int unasked_source = 1;

/// What is counted of a world: sums of an observation over accounts, or over the sources from `first` to `last`.
struct Count {
  std::vector<std::string> observations;
  int first_source = -1;  ///< none: not known by source
  int last_source = -1;
};

Counts read_counts(const results::ResultsFile& file, int lane, const Count& count) {
  Counts sums(file.num_replications(), 0);
  const auto add = [&](const std::string& name, const results::Slice& slice) {
    const std::vector<double> values = file.read_metric(name, lane, slice);
    for (std::size_t i = 0; i < sums.size(); ++i)
      if (!std::isnan(values[i])) sums[i] += std::llround(values[i]);
  };
  for (const std::string& name : count.observations) {
    if (count.first_source < 0) add(name, {});
    for (int source = count.first_source; source >= 0 && source <= count.last_source; ++source)
      add(name, {std::nullopt, std::nullopt, source});
  }
  return sums;
}

/// Of counts, or of the ratio of two.
statistics::Evidence gather(const Reading& reading, const Count& numerator, const Count* denominator) {
  const results::ResultsFile& file = reading.file;
  statistics::EvidenceOptions options;
  options.num_strategies = reading.strategy_names().size();
  options.group_size = reading.view.group_size;
  options.is_ratio = denominator != nullptr;
  const std::size_t size = options.group_size;
  std::vector<std::vector<std::optional<statistics::WorldValue>>> worlds;
  for (std::size_t s = 0; s < options.num_strategies; ++s) {
    const int lane = reading.lane_of(s);
    const auto completed = file.completed(lane);
    const Counts above = read_counts(file, lane, numerator);
    const Counts below = denominator ? read_counts(file, lane, *denominator) : Counts(above.size(), 1);
    auto& values = worlds.emplace_back(completed.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      if (completed[i] != 0) values[i] = statistics::WorldValue{above[i], below[i], {}};
  }
  statistics::Evidence evidence(options);
  std::vector<std::optional<statistics::WorldValue>> group(worlds.size() * size);
  for (std::size_t first = 0; first + size <= file.num_replications(); first += size) {
    for (std::size_t k = 0; k < group.size(); ++k) group[k] = worlds[k / size][first + k % size];
    evidence.add_group(group);
  }
  return evidence;
}

std::string name_asks(const FunnelData& data) { return data.has_mentions ? "asks and mentions" : "asks"; }

std::string make_title(const FunnelData& data) {
  const std::size_t first = data.told[0];
  const auto& names = data.order.names;
  const auto& estimates = data.wins_per_100.estimates;
  const double wins = 100.0 * estimates[first].value.value_or(0.0);
  if (wins == 0.0) return fmt::format("No customer was won by asking under {}", names[first]);
  const auto start = [&](const std::string& number) {
    return fmt::format("100 {} won {} customers under {}", name_asks(data), number, names[first]);
  };
  const bool is_told = data.contrast && is_told_apart(*data.contrast, data.wins_per_100);
  const bool is_sure = data.contrast && data.contrast->difference.excludes_zero();
  if (!data.contrast || (is_sure && !is_told))
    return has_telling_interval(data.wins_per_100, first)
               ? fmt::format("{} ({})", start(format_value(data.wins_per_100, first)),
                             format_range(data.wins_per_100, first))
               : start(format_brief(wins));
  const std::size_t second = data.told[1];
  if (!is_told)
    return fmt::format("{}; whether more or fewer than under {} is not sure", start(format_brief(wins)), names[second]);
  const auto [one, other] = format_brief(wins, 100.0 * estimates[second].value.value_or(0.0));
  return fmt::format("{}, {} under {}", start(one), other, names[second]);
}

std::string make_caption(const FunnelData& data) {
  std::string text = fmt::format(
      "What asking comes to: a panel for each step, each with a scale of its own. Numbers are means of a simulated "
      "future, from the start to the end of the time that is counted; what was still under way at the end is in none "
      "of the later steps. Asks and yeses are counted by customers asked, the steps after them by people named.");
  if (data.has_mentions)
    text += " Where people are written to in a customer's name, each mention counts as an ask, and needs no yes.";
  return text + " Customers who were won by referrals that nobody had asked for are only in the table.";
}

double mean_of(const Quantity& quantity, std::size_t strategy) {
  return quantity.estimates[strategy].value.value_or(0);
}

DataTable make_table(const FunnelData& data) {
  std::vector<Quantity> columns = data.stages;
  columns.push_back(data.wins_per_100);
  columns.push_back(data.unasked);
  DataTable table = make_rows_table(columns, data.order);
  table.header.insert(table.header.end(), {"yeses per 100 asks", "people named per yes", "introduced, of named",
                                           "deals, of introduced", "won, of deals"});
  const auto divide = [](double above, double below, double factor, int decimals, const char* suffix) {
    return below > 0.0 ? format_number(above / below * factor, decimals) + suffix : std::string("-");
  };
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::vector<double> steps;
    for (const Quantity& stage : data.stages) steps.push_back(mean_of(stage, data.order.ranking[row]));
    auto& cells = table.rows[row];
    cells.push_back(divide(steps[1], steps[0], 100.0, 0, ""));
    cells.push_back(divide(steps[2], steps[1], 1.0, 1, ""));
    for (std::size_t k = 3; k < steps.size(); ++k) cells.push_back(divide(steps[k], steps[k - 1], 100.0, 0, " %"));
  }
  return table;
}

}  // namespace

FunnelData read_funnel(const Reading& reading) {
  const int last = static_cast<int>(reading.file.source_names().size()) - 1;
  const Count asks{{"asks", "mentions"}};
  const Count won{{"won"}, first_program_source, last};
  FunnelData data;
  data.order = order_strategies(reading);
  data.confidence = reading.view.confidence;
  const auto add = [&](const std::string& title, const Count& count) {
    data.stages.push_back({title, 1.0, "", Mark::bar, estimate_values(reading, gather(reading, count, nullptr))});
  };
  add("asks", asks);
  add("said yes, at once or later", {{"accepted"}});
  add("people named", {{"named"}, first_program_source, last});
  add("people introduced", {{"leads"}, first_program_source, last});
  add("deals opened", {{"opened"}, first_program_source, last});
  add("customers won", won);
  data.unasked = {"customers won unasked", 1.0, "", Mark::bar,
                  estimate_values(reading, gather(reading, {{"won"}, unasked_source, unasked_source}, nullptr))};
  const statistics::Evidence ratio = gather(reading, won, &asks);
  data.wins_per_100 = {"customers won per 100 asks", 100.0, "", Mark::interval, estimate_values(reading, ratio)};
  std::vector<bool> asking;
  for (const statistics::Estimate& estimate : data.stages[0].estimates)
    asking.push_back(estimate.value.value_or(0.0) > 0.0);
  data.told = choose_compared(data.order, asking);
  data.contrast = contrast_strategies(reading, ratio, data.told, 1);
  for (std::size_t s = 0; s < data.order.names.size(); ++s)
    for (const double mentions : reading.file.read_metric("mentions", reading.lane_of(s)))
      data.has_mentions = data.has_mentions || mentions > 0.0;
  return data;
}

Chart chart_funnel(const FunnelData& data) {
  Chart chart;
  chart.id = "funnel";
  chart.title = make_title(data);
  chart.caption = make_caption(data);
  chart.alternative = "Bars by strategy. ";
  for (const Quantity& stage : data.stages)
    chart.alternative += stage.title + ": " + list_values(stage, data.order) + ". ";
  chart.alternative += fmt::format("Customers won per 100 {}, with {} intervals: {}.", name_asks(data),
                                   format_confidence(data.confidence), list_values(data.wins_per_100, data.order));
  for (const Quantity& stage : data.stages) chart.panels.push_back(make_rows_panel(stage, data.order));
  chart.num_columns = 3;
  chart.table = make_table(data);
  return chart;
}

std::vector<Chart> make_funnel_charts(const Reading& reading) {
  const FunnelData data = read_funnel(reading);
  if (data.told.empty()) return {};
  return {chart_funnel(data)};
}

}  // namespace vouch::report
