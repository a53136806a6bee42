// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "report/charts/time_charts.hpp"

namespace vouch::report {
namespace {

struct Known {
  std::string_view series;
  std::string_view title;
  std::string_view noun;
};

/// Of levels the title is whole; of flows "in each 30 days" follows.
constexpr Known known_series[] = {
    {"contract_value", "recurring revenue, {currency} a year", "recurring revenue"},
    {"referral_wins", "referred customers won", "referred customers"},
    {"partner_wins", "customers won through partners", "customers through partners"},
    {"cold_wins", "customers won by cold leads", "customers by cold leads"},
    {"active", "active customers", "active customers"},
    {"fatigue_mean", "mean fatigue of customers", "fatigue"},
    {"opt_outs", "customers who opted out", "opt-outs"},
    {"lost_customers", "customers lost", "lost customers"},
    {"asks", "asks and mentions", "asks"},
    {"accepted", "asks answered yes", "yeses"},
    {"introduced", "introductions and bare names", "introductions"},
    {"rep_minutes", "rep time, minutes", "rep time"},
    {"touch_cost", "cost of touches, {currency}", "cost of touches"},
    {"reward_cost", "rewards, commissions and fees, {currency}", "rewards"},
    {"desk_unserved", "requests for a reference not served", "unserved requests"},
    {"duplicates", "duplicates", "duplicates"},
    {"queue", "attempts waiting for a slot", "waiting attempts"},
};

/// Parts of metrics' names, and the series to show: the first that fits.
constexpr std::pair<std::string_view, std::string_view> rules[] = {
    {"fatigue", "fatigue_mean"},
    {"burned", "fatigue_mean"},
    {"opt_out", "opt_outs"},
    {"churn", "lost_customers"},
    {"lost_customers", "lost_customers"},
    {"unserved", "desk_unserved"},
    {"served", "desk_unserved"},
    {"minutes", "rep_minutes"},
    {"duplicate", "duplicates"},
    {"queue", "queue"},
    {"active", "active"},
    {"touch_cost", "touch_cost"},
    {"reward_cost", "reward_cost"},
    {"cold", "cold_wins"},
    {"partner_wins", "partner_wins"},
    {"share_partners", "partner_wins"},
    {"yes", "accepted"},
    {"accept", "accepted"},
    {"introduc", "introduced"},
    {"asks", "asks"},
};

std::string_view choose_series(const statistics::Metric& metric) {
  for (const Known& known : known_series)
    if (metric.name == known.series) return known.series;
  for (const auto& [part, series] : rules)
    if (metric.name.find(part) != std::string::npos) return series;
  const bool is_cost = metric.direction == statistics::Direction::lower_is_better;
  return metric.unit.starts_with("currency") && !is_cost ? "contract_value" : "referral_wins";
}

}  // namespace

std::optional<TimeTopic> choose_topic(const statistics::Metric& metric, const std::vector<std::string>& series,
                                      const std::string& currency) {
  const std::string_view chosen = choose_series(metric);
  if (std::find(series.begin(), series.end(), chosen) == series.end()) return std::nullopt;
  const auto known = std::find_if(std::begin(known_series), std::end(known_series),
                                  [&](const Known& entry) { return entry.series == chosen; });
  TimeTopic topic{std::string(chosen), std::string(known->title), std::string(known->noun), true, false};
  constexpr std::string_view placeholder = "{currency}";
  if (const std::size_t at = topic.title.find(placeholder); at != std::string::npos) {
    topic.title.replace(at, placeholder.size(), currency);
    topic.is_money = true;
  }
  topic.is_counted = !topic.is_money && chosen != "fatigue_mean" && chosen != "rep_minutes";
  topic.is_measure = metric.name == chosen;
  return topic;
}

}  // namespace vouch::report
