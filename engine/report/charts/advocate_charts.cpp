// SPDX-License-Identifier: Apache-2.0
#include "report/charts/advocate_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/charts/brief.hpp"
#include "report/charts/charts.hpp"
#include "report/number.hpp"

namespace vouch::report {
namespace {

/// Of 100 customers, as well as the least known group of the panel is known.
int decimals_of(const Advocates& by) {
  int decimals = 6;
  for (const auto& wins : by.wins) {
    if (!wins) continue;
    statistics::Estimate estimate;
    estimate.value = wins->value;
    estimate.standard_error = wins->half_width / 2.0;
    decimals = std::min(decimals, choose_decimals({&estimate, 1}, 100.0) - 1);
  }
  return decimals;
}

std::string format_wins(const Advocates& by, double wins) { return format_number(100.0 * wins, decimals_of(by)); }

std::string format_ends(const Advocates& by, const RatioEstimate& wins) {
  return format_wins(by, std::max(0.0, wins.low())) + " to " + format_wins(by, wins.high());
}

/// The groups that are furthest apart, if they surely differ.
struct Extremes {
  std::size_t most;
  std::size_t least;
};
std::optional<Extremes> find_extremes(const Advocates& by) {
  std::optional<Extremes> found;
  for (std::size_t g = 0; g < by.joint.size(); ++g) {
    if (!by.joint[g]) continue;
    if (!found) found = Extremes{g, g};
    if (by.joint[g]->low() > by.joint[found->most]->low()) found->most = g;
    if (by.joint[g]->high() < by.joint[found->least]->high()) found->least = g;
  }
  if (!found || by.joint[found->most]->low() <= by.joint[found->least]->high()) return std::nullopt;
  return found;
}

/// Whether more than one group could be set against another.
bool is_compared(const Advocates& by) {
  return std::count_if(by.joint.begin(), by.joint.end(), [](const auto& wins) { return wins.has_value(); }) > 1;
}

std::string make_title(const AdvocateData& data) {
  for (const Advocates& by : data.by) {
    const auto extremes = is_too_few(data.sample) ? std::nullopt : find_extremes(by);
    if (!extremes) continue;
    const auto [most, least] =
        format_brief(100.0 * by.wins[extremes->most]->value, 100.0 * by.wins[extremes->least]->value);
    return fmt::format("Under {} 100 {} won {} new customers, 100 {} {}", data.strategy, by.nouns[extremes->most], most,
                       by.nouns[extremes->least], least);
  }
  const std::string question = "which customers bring most others under " + data.strategy;
  if (is_too_few(data.sample)) return tell_too_few(data.sample, question);
  if (std::any_of(data.by.begin(), data.by.end(), is_compared)) return "These futures do not tell " + question;
  return "What is known of customers who bring others under " + data.strategy;
}

Panel draw_panel(const AdvocateData& data, const Advocates& by) {
  Panel panel;
  panel.title = by.title;
  panel.x.title = "customers won by 100 customers";
  panel.x.from_zero = true;
  panel.y.categories = by.groups;
  Series baseline{data.baseline, Mark::point, {Colour::Role::muted, 0}, false, {}};
  Series own{data.strategy, Mark::interval, colour_of(data.index), false, {}};
  for (std::size_t g = 0; g < by.groups.size(); ++g) {
    const auto row = static_cast<double>(g);
    if (g < by.baseline.size() && by.baseline[g]) baseline.data.push_back({100.0 * *by.baseline[g], row});
    if (!by.wins[g]) continue;
    Datum datum{100.0 * by.wins[g]->value, row};
    datum.low = 100.0 * std::max(0.0, by.wins[g]->low());
    datum.high = 100.0 * by.wins[g]->high();
    datum.label = format_wins(by, by.wins[g]->value);
    own.data.push_back(std::move(datum));
  }
  panel.series.push_back(std::move(own));
  if (!baseline.data.empty()) panel.series.push_back(std::move(baseline));
  return panel;
}

void add_rows(const AdvocateData& data, const Advocates& by, DataTable& table) {
  for (std::size_t g = 0; g < by.groups.size(); ++g) {
    const auto& wins = by.wins[g];
    auto& row = table.rows.emplace_back(std::vector<std::string>{by.title, by.groups[g]});
    row.push_back(wins ? format_wins(by, wins->value) : "not known");
    row.push_back(wins ? format_ends(by, *wins) : "not known");
    if (data.baseline.empty()) continue;
    const bool has_baseline = g < by.baseline.size() && by.baseline[g].has_value();
    row.push_back(has_baseline ? format_wins(by, *by.baseline[g]) : "not known");
  }
}

std::string make_caption(const AdvocateData& data) {
  std::string text = fmt::format(
      "Customers that were won through referrals of 100 customers of each group under {}, unasked referrals included. "
      "Lines are intervals ({} confidence, each by itself, rather too wide than too narrow).",
      data.strategy, format_confidence(data.confidence));
  if (!data.baseline.empty()) text += fmt::format(" Grey: {}, the baseline.", data.baseline);
  text += " How well a customer is served is the scenario's measure of quality.";
  if (std::any_of(data.by.begin(), data.by.end(),
                  [](const Advocates& by) { return by.title.starts_with("by segment"); }))
    text += " By segment it is what customers won within the scenario's follow-up time after their own purchase.";
  return text;
}

}  // namespace

Chart chart_advocates(const AdvocateData& data) {
  Chart chart;
  chart.id = "advocates";
  chart.title = make_title(data);
  chart.caption = make_caption(data);
  chart.table.header = {"customers", "group", "customers won by 100", "interval"};
  if (!data.baseline.empty()) chart.table.header.push_back(data.baseline);
  chart.table.num_text_columns = 2;
  chart.alternative = fmt::format("Customers won by 100 customers under {}.", data.strategy);
  for (const Advocates& by : data.by) {
    chart.panels.push_back(draw_panel(data, by));
    add_rows(data, by, chart.table);
    std::string list;
    for (std::size_t g = 0; g < by.groups.size(); ++g)
      if (by.wins[g])
        list += fmt::format("{} {} {} ({})", list.empty() ? "" : ",", by.groups[g], format_wins(by, by.wins[g]->value),
                            format_ends(by, *by.wins[g]));
    chart.alternative += fmt::format(" {}:{}.", by.title, list);
  }
  chart.num_columns = std::min<std::size_t>(3, chart.panels.size());
  return chart;
}

std::vector<Chart> make_advocate_charts(const Reading& reading) {
  const std::optional<AdvocateData> data = read_advocates(reading);
  if (!data) return {};
  return {chart_advocates(*data)};
}

}  // namespace vouch::report
