// SPDX-License-Identifier: Apache-2.0
#include "report/metric_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "report/headline.hpp"

namespace vouch::report {
namespace {

struct Entry {
  std::string_view metric;
  std::string_view noun;
  Manner manner;
  double factor = 1.0;  ///< of what is counted per customer, mostly below 1: 100, as the noun says
};

constexpr auto entries = std::to_array<Entry>({
    {"customers", "customers", Manner::count},
    {"active_end", "active customers at the end", Manner::count},
    {"new_customers", "new customers", Manner::count},
    {"referral_wins", "customers won by referral", Manner::count},
    {"partner_wins", "customers won through partners", Manner::count},
    {"cold_wins", "customers won from cold leads", Manner::count},
    {"lost_customers", "customers lost", Manner::count},
    {"asks", "asks", Manner::count},
    {"mentions", "mentions", Manner::count},
    {"yes", "first answers that were a yes", Manner::count},
    {"no", "first answers that were a no", Manner::count},
    {"accepted", "accepted asks", Manner::count},
    {"opt_outs", "opt-outs", Manner::count},
    {"complaints", "complaints", Manner::count},
    {"testimonials", "testimonials", Manner::count},
    {"expansions", "expansions", Manner::count},
    {"asked_accounts", "customers asked", Manner::count},
    {"burned_out", "burned-out customers", Manner::count},
    {"calls_held", "reference calls held", Manner::count},
    {"references_used", "customers who gave reference calls", Manner::count},
    {"introduced", "introductions", Manner::count},
    {"leads", "leads", Manner::count},
    {"opened", "deals opened", Manner::count},
    {"won", "deals won", Manner::count},
    {"lost", "deals lost", Manner::count},
    {"matched_referrals_per_account", "referrals per 100 new customers", Manner::count, 100.0},
    {"matched_wins_per_account", "referred customers per 100 new customers", Manner::count, 100.0},
    {"referrals_per_customer", "referrals per 100 customers", Manner::count, 100.0},
    {"reproduction_number", "referred customers per 100 customers", Manner::count, 100.0},
    {"calls_per_reference", "calls per reference", Manner::count},
    {"net_value", "net value", Manner::amount},
    {"revenue", "margin earned", Manner::amount},
    {"touch_cost", "cost of touches", Manner::amount},
    {"reward_cost", "cost of rewards and fees", Manner::amount},
    {"rep_minutes", "rep time", Manner::amount},
    {"new_value", "contract value won", Manner::amount},
    {"referral_value", "contract value won by referral", Manner::amount},
    {"partner_value", "contract value won through partners", Manner::amount},
    {"cold_value", "contract value won from cold leads", Manner::amount},
    {"matched_net_value_per_account", "net value per new customer", Manner::amount},
    {"matched_value_per_account", "referred contract value per new customer", Manner::amount},
    {"net_value_per_account_year", "net value per customer", Manner::amount},
    {"net_value_per_rep_hour", "net value from rep time", Manner::amount},
    {"cost_per_referral_win", "cost per referred customer", Manner::amount},
    {"minutes_per_win", "rep time per customer won", Manner::amount},
    {"days_to_close", "time from opening to winning a deal", Manner::amount},
    {"days_to_close_referral", "time from opening to winning a referral deal", Manner::amount},
    {"days_to_close_cold", "time from opening to winning a cold deal", Manner::amount},
    {"win_rate", "win rate", Manner::level},
    {"win_rate_referral", "win rate of referral deals", Manner::level},
    {"win_rate_cold", "win rate of cold deals", Manner::level},
    {"yes_rate", "yes rate", Manner::level},
    {"acceptance_rate", "acceptance rate", Manner::level},
    {"opt_out_rate", "opt-out rate", Manner::level},
    {"churn_rate", "churn rate", Manner::level},
    {"refusal_rate", "refusal rate", Manner::level},
    {"introduction_rate", "introduction rate", Manner::level},
    {"duplicate_rate", "duplicate rate", Manner::level},
    {"conversion_rate_referral", "conversion rate of referrals", Manner::level},
    {"qualified_rate_referral", "share of referrals that qualify", Manner::level},
    {"share_new_business", "share of customers won by referral or partners", Manner::level},
    {"share_partners", "share of customers won through partners", Manner::level},
    {"share_new_value", "share of contract value won by referral or partners", Manner::level},
    {"served_rate", "share of reference requests served", Manner::level},
    {"call_rate", "share of reference requests served by a call", Manner::level},
    {"burned_out_share", "share of burned-out customers", Manner::level},
    {"mean_fatigue", "mean fatigue", Manner::level},
    {"first_referral_rate_90", "share of customers who refer within 90 days", Manner::level},
    {"first_referral_rate_180", "share of customers who refer within 180 days", Manner::level},
    {"first_referral_rate_365", "share of customers who refer within a year", Manner::level},
});

struct Explanation {
  std::string_view metric;
  std::string_view text;
};

/// Of metrics whose descriptions are formulas.
constexpr auto explanations = std::to_array<Explanation>({
    {"net_value", "margin earned less what touches, rewards and fees cost, discounted to the start"},
    {"accepted", "asks answered with a yes at once, when pressed, or later after a maybe"},
});

const Entry* find_entry(const statistics::Metric& metric) {
  const auto* const found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.metric == metric.name; });
  return found == entries.end() ? nullptr : found;
}

}  // namespace

MetricWords find_words(const statistics::Metric& metric) {
  if (const Entry* const found = find_entry(metric); found != nullptr)
    return {std::string(found->noun), found->manner, true};
  const bool is_total = metric.denominator.empty();
  return {metric.name, !is_total ? Manner::level : metric.unit == "1" ? Manner::count : Manner::amount, false};
}

std::string explain_metric(const statistics::Metric& metric) {
  const auto* const found = std::find_if(explanations.begin(), explanations.end(),
                                         [&](const Explanation& known) { return known.metric == metric.name; });
  if (found != explanations.end()) return std::string(found->text);
  std::string text = metric.description;
  constexpr std::string_view over = " / ";
  if (const std::size_t at = text.find(over); at != std::string::npos && find_entry(metric) != nullptr)
    text.replace(at, over.size(), metric.unit == "share" ? ", as a share of " : ", divided by ");
  return text;
}

Scale find_told_scale(const statistics::Metric& metric, const std::string& currency) {
  Scale scale = find_scale(metric, currency);
  if (const Entry* const found = find_entry(metric); found != nullptr) scale.factor *= found->factor;
  return scale;
}

const char* name_direction(Manner manner, bool is_more) {
  if (manner == Manner::level) return is_more ? "higher" : "lower";
  return is_more ? "more" : manner == Manner::count ? "fewer" : "less";
}

std::string name_axis(const statistics::Metric& metric, const std::string& unit) {
  const std::string noun = find_words(metric).noun;
  return unit.empty() || unit == "%" ? noun : fmt::format("{}, {}", noun, unit);
}

std::string describe_metric(const statistics::Metric& metric, const std::string& currency) {
  const MetricWords words = find_words(metric);
  const Scale scale = find_told_scale(metric, currency);
  std::string text = words.noun;
  if (!scale.unit.empty()) text = fmt::format("{}{}{}", scale.unit, metric.unit == "share" ? " " : " of ", text);
  if (words.is_plain || metric.description.empty()) return text;
  return fmt::format("{} ({})", text, metric.description);
}

}  // namespace vouch::report
