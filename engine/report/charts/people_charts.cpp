// SPDX-License-Identifier: Apache-2.0
#include "report/charts/people_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts/brief.hpp"
#include "report/charts/charts.hpp"
#include "report/metric_choice.hpp"
#include "report/number.hpp"
#include "report/world_evidence.hpp"

namespace vouch::report {
namespace {

double sum_of(const Reading& reading, const std::string& metric, std::size_t strategy) {
  double sum = 0.0;
  for (const double value : reading.file.read_metric(metric, reading.lane_of(strategy)))
    if (value > 0.0) sum += value;
  return sum;
}

double sum_of(const Reading& reading, const std::string& metric) {
  double sum = 0.0;
  for (std::size_t s = 0; s < reading.strategy_names().size(); ++s) sum += sum_of(reading, metric, s);
  return sum;
}

/// The strategies that ask anything of customers: names, or calls as a reference.
std::vector<bool> find_asking(const Reading& reading) {
  std::vector<bool> asking;
  for (std::size_t s = 0; s < reading.strategy_names().size(); ++s)
    asking.push_back(sum_of(reading, "asked_accounts", s) + sum_of(reading, "desk_asks", s) > 0.0);
  return asking;
}

/// Adds a burden that is a metric's value times `factor`. Compared are two strategies that have a value and burden
/// anybody: that one which never asks annoys nobody is no news.
void add_burden(const Reading& reading, const statistics::Metric& metric, Quantity quantity, const std::string& phrase,
                BurdenData& data) {
  const std::vector<bool> has_asks = find_asking(reading);
  constexpr std::size_t most_burdens = 3;  // of a chart
  const statistics::Evidence evidence = gather_evidence(reading.file, metric, {{}, reading.choice.point, {}, {}});
  quantity.estimates = estimate_values(reading, evidence);
  std::vector<bool> is_candidate;
  for (std::size_t s = 0; s < quantity.estimates.size(); ++s)
    is_candidate.push_back(quantity.estimates[s].value && (has_asks[s] || quantity.estimates[s].value > 0.0));
  data.contrasts.push_back(
      contrast_strategies(reading, evidence, choose_compared(data.order, is_candidate), most_burdens));
  data.burdens.push_back(std::move(quantity));
  data.phrases.push_back(phrase);
}

BurdenData start_burdens(const Reading& reading) {
  BurdenData data;
  data.order = order_strategies(reading);
  data.confidence = reading.view.confidence;
  return data;
}

bool is_known(const Quantity& quantity) {
  return std::any_of(quantity.estimates.begin(), quantity.estimates.end(),
                     [](const statistics::Estimate& estimate) { return estimate.value.has_value(); });
}

/// A sentence about a burden of two strategies that surely differ.
std::optional<std::string> tell_contrast(const BurdenData& data, std::size_t burden) {
  const auto& contrast = data.contrasts[burden];
  const Quantity& quantity = data.burdens[burden];
  if (!contrast || !is_told_apart(*contrast, quantity)) return std::nullopt;
  const auto scaled = [&](std::size_t s) { return quantity.estimates[s].value.value_or(0.0) * quantity.factor; };
  const auto [one, other] = format_brief(scaled(contrast->first), scaled(contrast->second));
  return fmt::format("Under {} {}{} {}, under {} {}{}", data.order.names[contrast->first], one, quantity.suffix,
                     data.phrases[burden], data.order.names[contrast->second], other, quantity.suffix);
}

/// The first that differs, or the value of the best strategy that has any.
std::string make_burden_title(const BurdenData& data) {
  for (std::size_t b = 0; b < data.burdens.size(); ++b)
    if (const auto text = tell_contrast(data, b)) return *text;
  for (std::size_t b = 0; b < data.burdens.size(); ++b) {
    const Quantity& quantity = data.burdens[b];
    std::vector<std::size_t> order = data.order.ranking;
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t s) { return quantity.estimates[s].value.value_or(0.0) > 0.0; });
    for (const std::size_t s : order) {
      if (!quantity.estimates[s].value) continue;
      if (!has_telling_interval(quantity, s))
        return fmt::format("Under {} {}{} {}", data.order.names[s],
                           format_brief(*quantity.estimates[s].value * quantity.factor), quantity.suffix,
                           data.phrases[b]);
      return fmt::format("Under {} {} {} ({})", data.order.names[s], format_value(quantity, s), data.phrases[b],
                         format_range(quantity, s));
    }
  }
  return "Nobody was asked";
}

Chart chart_burdens(const BurdenData& data, const std::string& id, const std::string& caption) {
  Chart chart;
  chart.id = id;
  chart.title = make_burden_title(data);
  chart.caption = fmt::format(
      "{} Lines are intervals ({} confidence, each by itself); where hardly any "
      "simulated future shows a case there is none.",
      caption, format_confidence(data.confidence));
  for (const Quantity& quantity : data.burdens) {
    chart.panels.push_back(make_rows_panel(quantity, data.order));
    chart.alternative +=
        (chart.alternative.empty() ? "" : " ") + quantity.title + ": " + list_values(quantity, data.order) + ".";
  }
  chart.num_columns = data.burdens.size();
  chart.table = make_rows_table(data.burdens, data.order);
  return chart;
}

/// A strategy's bin in which fatigue was highest.
std::size_t find_peak(const std::vector<Spread>& fatigue) {
  const auto less = [](const Spread& a, const Spread& b) { return a.mean < b.mean; };
  return static_cast<std::size_t>(std::max_element(fatigue.begin(), fatigue.end(), less) - fatigue.begin());
}

std::optional<double> half_width_of(const FatigueData& data, std::size_t strategy, std::size_t bin) {
  const Sample& sample = data.samples[strategy];
  if (sample.num_groups < fewest_to_claim) return std::nullopt;
  const double confidence = split_confidence(data.confidence, data.fatigue.size() * data.bins.size());
  return compute_half_width(data.fatigue[strategy][bin].variance, sample, confidence);
}

/// Whether the strategy's fatigue in `bin` is above that of every other in every bin, by intervals that hold at once.
bool is_surely_highest(const FatigueData& data, std::size_t strategy, std::size_t bin) {
  const auto own = half_width_of(data, strategy, bin);
  if (!own || data.fatigue.size() < 2) return false;
  const double low = data.fatigue[strategy][bin].mean - *own;
  for (std::size_t s = 0; s < data.fatigue.size(); ++s) {
    for (std::size_t b = 0; s != strategy && b < data.bins.size(); ++b) {
      const auto half_width = half_width_of(data, s, b);
      if (!half_width || data.fatigue[s][b].mean + *half_width >= low) return false;
    }
  }
  return true;
}

double error_of(const FatigueData& data, std::size_t strategy, std::size_t bin) {
  const auto& sample = data.samples[strategy];
  if (sample.num_groups < 2) return 0.0;
  return std::sqrt(data.fatigue[strategy][bin].variance / static_cast<double>(sample.num_groups));
}

std::string format_fatigue(const FatigueData& data, std::size_t strategy, std::size_t bin) {
  statistics::Estimate estimate;
  estimate.value = data.fatigue[strategy][bin].mean;
  estimate.standard_error = error_of(data, strategy, bin);
  return format_number(*estimate.value, std::clamp(choose_decimals({&estimate, 1}), 0, *estimate.value >= 0.1 ? 2 : 3));
}

std::string make_fatigue_title(const FatigueData& data) {
  std::size_t highest = 0;
  for (std::size_t s = 1; s < data.fatigue.size(); ++s)
    if (data.fatigue[s][find_peak(data.fatigue[s])].mean > data.fatigue[highest][find_peak(data.fatigue[highest])].mean)
      highest = s;
  const std::size_t bin = find_peak(data.fatigue[highest]);
  const std::string where =
      fmt::format("{} at the end of month {}", format_fatigue(data, highest, bin), data.bins.last_month(bin));
  if (is_surely_highest(data, highest, bin))
    return fmt::format("{} tires customers most: their mean fatigue reached {}", data.order.names[highest], where);
  const bool is_judged = data.fatigue.size() > 1 && std::none_of(data.samples.begin(), data.samples.end(), is_too_few);
  return fmt::format("Mean fatigue was highest under {}, {}{}", data.order.names[highest], where,
                     is_judged ? ", but not surely higher than under all others" : "");
}

Series draw_fatigue(const FatigueData& data, std::size_t strategy) {
  Series series{data.order.names[strategy], Mark::line, colour_of(strategy), false, {}};
  for (std::size_t b = 0; b < data.bins.size(); ++b)
    series.data.push_back({data.bins.position(b), data.fatigue[strategy][b].mean});
  return series;
}

}  // namespace

FatigueData read_fatigue(const Reading& reading) {
  FatigueData data;
  data.order = order_strategies(reading);
  data.bins = find_bins(reading.file, "fatigue_mean");
  data.limit = find_scenario_number(reading.file.identity(), "fatigue_limit");
  data.confidence = reading.view.confidence;
  for (std::size_t s = 0; s < reading.strategy_names().size(); ++s) {
    data.samples.push_back(find_sample(reading, s));
    auto& spreads = data.fatigue.emplace_back(data.bins.size());
    if (spreads.empty() || data.samples.back().num_worlds == 0) continue;
    const int lane = reading.lane_of(s);
    const auto means = reading.file.read_series("fatigue_mean", lane, results::Statistic::mean);
    const auto variances = reading.file.read_series("fatigue_mean", lane, results::Statistic::variance);
    for (std::size_t b = 0; b < spreads.size(); ++b) spreads[b] = {means[b], variances[b]};
  }
  return data;
}

Chart chart_fatigue(const FatigueData& data) {
  Chart chart;
  chart.id = "fatigue";
  chart.title = make_fatigue_title(data);
  chart.caption =
      "Mean fatigue of active customers, averaged over simulated futures: what asking adds and rest takes away, as the "
      "scenario has it. 0: nobody is tired of being asked.";
  if (data.limit)
    chart.caption += fmt::format(" A customer above {:.6g} counts as burned out in this scenario.", *data.limit);
  Panel panel;
  panel.x.title = "months since the start";
  panel.x.from_zero = true;
  panel.y.title = "mean fatigue";
  panel.y.from_zero = true;
  chart.table.header = {"strategy", "month", "mean fatigue"};
  for (const std::size_t s : data.order.ranking) {
    if (data.samples[s].num_worlds == 0) continue;
    panel.series.push_back(draw_fatigue(data, s));
    const std::size_t peak = find_peak(data.fatigue[s]);
    chart.alternative += fmt::format(
        "{}{}: at most {} (month {}), {} at the end.", chart.alternative.empty() ? "" : " ", data.order.names[s],
        format_fatigue(data, s, peak), data.bins.last_month(peak), format_fatigue(data, s, data.bins.size() - 1));
    for (const std::size_t b : thin_bins(data.bins, 8))
      chart.table.rows.push_back(
          {data.order.names[s], fmt::format("{}", data.bins.last_month(b)), format_fatigue(data, s, b)});
  }
  chart.panels.push_back(std::move(panel));
  return chart;
}

BurdenData read_people(const Reading& reading) {
  BurdenData data = start_burdens(reading);
  const bool has_partners = sum_of(reading, "bystanders") > 0.0;
  const std::string whom = has_partners ? "customers and partners" : "customers";
  const statistics::Metric opt_outs{
      "opt_outs_per_customer",        "share", "", statistics::Direction::lower_is_better, {{"opt_outs"}},
      {{"customers"}, {"bystanders"}}};
  add_burden(reading, opt_outs, {"opted out, per 1,000 " + whom, 1000.0, "", Mark::interval, {}},
             fmt::format("of 1,000 {} asked not to be asked again", whom), data);
  const auto metrics = list_metrics(reading.file);
  add_burden(reading, choose_metric(metrics, "burned_out_share"),
             {"burned out, % of those asked", 100.0, " %", Mark::interval, {}}, "of those asked burned out", data);
  return data;
}

Chart chart_people(const BurdenData& data) {
  return chart_burdens(data, "people",
                       "Opted out: asked, after a no, not to be asked again; of all who were customers at any time. "
                       "Burned out: fatigue went above the scenario's limit at least once; of those who were asked.");
}

BurdenData read_references(const Reading& reading) {
  BurdenData data = start_burdens(reading);
  const statistics::Metric unserved{"unserved_share",
                                    "share",
                                    "",
                                    statistics::Direction::lower_is_better,
                                    {{"desk_unserved"}, {"renewal_unserved"}},
                                    {{"desk_requests"}, {"renewal_requests"}}};
  add_burden(reading, unserved, {"requests not served, %", 100.0, " %", Mark::interval, {}},
             "of requests for a reference found none", data);
  const auto metrics = list_metrics(reading.file);
  add_burden(reading, choose_metric(metrics, "calls_per_reference"),
             {"calls by each reference", 1.0, "", Mark::interval, {}}, "calls fell on each customer who gave any",
             data);
  add_burden(reading, choose_metric(metrics, "refusal_rate"),
             {"refused a call, % of those asked", 100.0, " %", Mark::interval, {}},
             "of those asked for a reference call refused", data);
  return data;
}

Chart chart_references(const BurdenData& data) {
  return chart_burdens(
      data, "references",
      "What the reference desk could not serve, of all requests by buyers and at renewals, and what it "
      "asked of the customers that serve as references.");
}

std::vector<Chart> make_people_charts(const Reading& reading) {
  std::vector<Chart> charts;
  const FatigueData fatigue = read_fatigue(reading);
  const auto is_tired = [](const std::vector<Spread>& spreads) {
    return std::any_of(spreads.begin(), spreads.end(), [](const Spread& spread) { return spread.mean > 0.0; });
  };
  if (std::any_of(fatigue.fatigue.begin(), fatigue.fatigue.end(), is_tired)) charts.push_back(chart_fatigue(fatigue));
  if (sum_of(reading, "asked_accounts") > 0.0) charts.push_back(chart_people(read_people(reading)));
  if (sum_of(reading, "desk_asks") + sum_of(reading, "desk_requests") + sum_of(reading, "renewal_requests") > 0.0) {
    const BurdenData references = read_references(reading);
    if (std::any_of(references.burdens.begin(), references.burdens.end(), is_known))
      charts.push_back(chart_references(references));
  }
  return charts;
}

}  // namespace vouch::report
