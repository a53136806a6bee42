// SPDX-License-Identifier: Apache-2.0
#include "statistics/metric.hpp"

#include <algorithm>
#include <array>

namespace vouch::statistics {
namespace {

constexpr Direction higher = Direction::higher_is_better;
constexpr Direction lower = Direction::lower_is_better;

Metric first_referral_rate(const std::string& days) {
  return {"first_referral_rate_" + days,
          "share",
          "accounts with a referral within " + days + " days of purchase",
          higher,
          {{"first_referral_" + days}},
          {{"eligible_" + days}}};
}

std::vector<Metric> make_ratio_metrics() {
  const Term client_won{"won", Source::referral};
  const Term client_lost{"lost", Source::referral};
  const Term cold_won{"won", Source::cold};
  const Term cold_lost{"lost", Source::cold};
  return {
      {"win_rate_referral", "share", "referral deals won / decided", higher, {client_won}, {client_won, client_lost}},
      {"win_rate_cold", "share", "cold deals won / decided", higher, {cold_won}, {cold_won, cold_lost}},
      {"yes_rate", "share", "first answers yes / asks", higher, {{"yes"}}, {{"asks"}}},
      {"acceptance_rate",
       "share",
       "asks accepted at once, when pressed or later / asks",
       higher,
       {{"accepted"}},
       {{"asks"}}},
      {"opt_out_rate", "share", "opt-outs / accounts asked", lower, {{"opt_outs"}}, {{"asked_accounts"}}},
      {"share_new_business",
       "share",
       "referral wins / all wins",
       higher,
       {{"referral_wins"}},
       {{"referral_wins"}, {"cold_wins"}}},
      {"share_new_value",
       "share",
       "contract value won by referral / all contract value won",
       higher,
       {{"referral_value"}},
       {{"new_value"}}},
      {"referrals_per_customer",
       "1",
       "introductions and bare names / customers",
       higher,
       {{"introduced"}, {"bare"}},
       {{"customers"}}},
      {"reproduction_number", "1", "referral wins / customers", higher, {{"referral_wins"}}, {{"customers"}}},
      {"churn_rate",
       "share",
       "contracts not renewed / contract ends",
       lower,
       {{"lost_customers"}},
       {{"contract_ends"}}},
      {"cost_per_referral_win",
       "currency",
       "touches, rewards, commissions and fees / referral wins",
       lower,
       {{"touch_cost"}, {"reward_cost"}},
       {{"referral_wins"}}},
      {"minutes_per_win",
       "minutes",
       "rep time spent on touches / all wins",
       lower,
       {{"rep_minutes"}},
       {{"referral_wins"}, {"cold_wins"}}},
      {"mean_fatigue", "1", "fatigue, averaged over customers and time", lower, {{"fatigue_days"}}, {{"active_days"}}},
      {"burned_out_share",
       "share",
       "accounts above the fatigue limit / accounts asked",
       lower,
       {{"burned_out"}},
       {{"asked_accounts"}}},
      {"matched_referrals_per_account",
       "1",
       "own referrals within the follow-up / accounts followed",
       higher,
       {{"matched_referrals"}},
       {{"matched_accounts"}}},
      {"matched_wins_per_account",
       "1",
       "customers won from an account's own referrals within follow_up_days of its purchase, per account bought early "
       "enough to be followed so long",
       higher,
       {{"matched_wins"}},
       {{"matched_accounts"}}},
      {"matched_net_value_per_account",
       "currency",
       "own and referred net value within the follow-up / accounts followed",
       higher,
       {{"matched_net_value"}},
       {{"matched_accounts"}}},
      first_referral_rate("90"),
      first_referral_rate("180"),
      first_referral_rate("365"),
      {"net_value_per_account_year",
       "currency a year",
       "net value / years of being a customer",
       higher,
       {{"net_value", Source::all, 365.0}},
       {{"active_days"}}},
      {"net_value_per_rep_hour",
       "currency an hour",
       "net value / hours of rep time",
       higher,
       {{"net_value", Source::all, 60.0}},
       {{"rep_minutes"}}},
      {"days_to_close",
       "days",
       "days from opening to winning, early enough deals",
       lower,
       {{"close_days"}},
       {{"close_wins"}}},
      {"days_to_close_referral",
       "days",
       "the same of referral deals",
       lower,
       {{"close_days", Source::referral}},
       {{"close_wins", Source::referral}}},
      {"days_to_close_cold",
       "days",
       "the same of cold deals",
       lower,
       {{"close_days", Source::cold}},
       {{"close_wins", Source::cold}}},
  };
}

/// Observations of which less is better; of every other, more is.
constexpr auto unwelcome = std::to_array<std::string_view>({
    "skipped_inactive",
    "skipped_opted_out",
    "skipped_no_peers",
    "skipped_max_asks",
    "skipped_min_gap",
    "skipped_guard",
    "skipped_nerve",
    "no",
    "opt_outs",
    "complaints",
    "incidents",
    "unacknowledged",
    "lost_customers",
    "touch_cost",
    "reward_cost",
    "rep_minutes",
    "fatigue_days",
    "fatigue_square_days",
    "burned_out",
    "lost_refused",
    "lost_churned",
    "lost_opted_out",
    "unqualified",
    "duplicates",
    "lost",
    "close_days",
});

}  // namespace

std::span<const Metric> ratio_metrics() {
  static const std::vector<Metric> metrics = make_ratio_metrics();
  return metrics;
}

Metric make_plain_metric(std::string_view observation, std::string_view unit, std::string_view description) {
  const bool is_unwelcome = std::find(unwelcome.begin(), unwelcome.end(), observation) != unwelcome.end();
  return {std::string(observation),     std::string(unit),
          std::string(description),     is_unwelcome ? lower : higher,
          {{std::string(observation)}}, {}};
}

}  // namespace vouch::statistics
