// SPDX-License-Identifier: Apache-2.0
#include "statistics/metric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace vouch::statistics {
namespace {

constexpr Direction higher = Direction::higher_is_better;
constexpr Direction lower = Direction::lower_is_better;

Metric first_referral_rate(const std::string& days) {
  return {"first_referral_rate_" + days,
          "share",
          "accounts with a referral within " + days + " days of purchase / accounts bought at least " + days +
              " days before the horizon",
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
       "wins by referral, of customers or partners / all wins",
       higher,
       {{"referral_wins"}, {"partner_wins"}},
       {{"new_customers"}}},
      {"share_partners",
       "share",
       "wins by partners and outsiders / all wins",
       higher,
       {{"partner_wins"}},
       {{"new_customers"}}},
      {"share_new_value",
       "share",
       "contract value won by referral / all contract value won",
       higher,
       {{"referral_value"}, {"partner_value"}},
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
       "touches, rewards, commissions and fees / wins by referral, of customers or partners",
       lower,
       {{"touch_cost"}, {"reward_cost"}},
       {{"referral_wins"}, {"partner_wins"}}},
      {"minutes_per_win",
       "minutes",
       "rep time spent on touches / all wins",
       lower,
       {{"rep_minutes"}},
       {{"new_customers"}}},
      {"win_rate", "share", "deals won / decided", higher, {{"won"}}, {{"won"}, {"lost"}}},
      {"qualified_rate_referral",
       "share",
       "referrals that qualify / that reach us",
       higher,
       {{"leads", Source::referral}, {"unqualified", Source::referral, -1.0}},
       {{"leads", Source::referral}}},
      {"duplicate_rate",
       "share",
       "leads and names whose company in a finite market was a customer, in an open deal or just lost / leads and "
       "names that reach us",
       lower,
       {{"duplicates"}},
       {{"leads"}}},
      {"served_rate",
       "share",
       "requests to the desk served by a call or a capsule / requests, renewals too",
       higher,
       {{"desk_served"}, {"desk_capsules"}, {"renewal_served"}, {"renewal_capsules"}},
       {{"desk_requests"}, {"renewal_requests"}}},
      {"call_rate",
       "share",
       "requests to the desk served by a call / requests, renewals too",
       higher,
       {{"desk_served"}, {"renewal_served"}},
       {{"desk_requests"}, {"renewal_requests"}}},
      {"refusal_rate",
       "share",
       "refusals / accounts asked for a reference call",
       lower,
       {{"desk_refusals"}},
       {{"desk_asks"}}},
      {"calls_per_reference",
       "1",
       "reference calls held / accounts that gave any",
       lower,
       {{"calls_held"}},
       {{"references_used"}}},
      {"credibility_gap_share",
       "share",
       "deals decided with an open credibility gap / deals decided",
       lower,
       {{"credibility_open"}},
       {{"won"}, {"lost"}}},
      {"access_gap_share",
       "share",
       "deals decided with an open access gap / deals decided",
       lower,
       {{"access_open"}},
       {{"won"}, {"lost"}}},
      {"queued_share",
       "share",
       "attempts that had to wait for a slot / attempts made, skipped or still waiting",
       lower,
       {{"queued"}},
       {{"asks"},
        {"mentions"},
        {"queued_end"},
        {"skipped_inactive"},
        {"skipped_opted_out"},
        {"skipped_no_peers"},
        {"skipped_max_asks"},
        {"skipped_min_gap"},
        {"skipped_guard"},
        {"skipped_nerve"}}},
      {"conversion_rate_referral",
       "share",
       "referral deals won / decided or never qualified",
       higher,
       {{"won", Source::referral}},
       {{"won", Source::referral}, {"lost", Source::referral}, {"unqualified", Source::referral}}},
      {"introduction_rate", "share", "introductions / people named", higher, {{"introduced"}}, {{"named"}}},
      {"mean_fatigue", "1", "fatigue, averaged over customers and time", lower, {{"fatigue_days"}}, {{"active_days"}}},
      {"burned_out_share",
       "share",
       "accounts above the fatigue limit / accounts asked",
       lower,
       {{"burned_out"}},
       {{"asked_accounts"}}},
      {"matched_referrals_per_account",
       "1",
       "introductions and bare names by an account within follow_up_days of its purchase, per account bought early "
       "enough to be followed so long",
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
       "net value of an account and of the customers that it referred, within follow_up_days of their purchase, per "
       "account bought early enough to be followed so long",
       higher,
       {{"matched_net_value"}},
       {{"matched_accounts"}}},
      {"matched_value_per_account",
       "currency",
       "contract value a year won from an account's own referrals within follow_up_days of its purchase, per account "
       "bought early enough to be followed so long",
       higher,
       {{"matched_value"}},
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
       "days from opening to winning a deal, of deals opened at least follow_up_days before the horizon",
       lower,
       {{"close_days"}},
       {{"close_wins"}}},
      {"days_to_close_referral",
       "days",
       "days from opening to winning a referral deal, of deals opened at least follow_up_days before the horizon",
       lower,
       {{"close_days", Source::referral}},
       {{"close_wins", Source::referral}}},
      {"days_to_close_cold",
       "days",
       "days from opening to winning a cold deal, of deals opened at least follow_up_days before the horizon",
       lower,
       {{"close_days", Source::cold}},
       {{"close_wins", Source::cold}}},
  };
}

/// Observations of which less is better.
constexpr auto unwelcome = std::to_array<std::string_view>({
    "queued",           "queue_days",       "queued_end",       "unpressed",      "no",
    "opt_outs",         "complaints",       "incidents",        "unacknowledged", "lost_customers",
    "touch_cost",       "reward_cost",      "rep_minutes",      "fatigue_days",   "fatigue_square_days",
    "burned_out",       "lost_refused",     "lost_churned",     "lost_opted_out", "desk_refusals",
    "calls_cancelled",  "renewal_unserved", "credibility_gaps", "access_gaps",    "desk_unserved",
    "credibility_open", "access_open",      "unqualified",      "duplicates",     "lost",
});

/// Observations of which neither more nor less is better: what is done, met with or followed. Of all others, more is.
constexpr auto neutral = std::to_array<std::string_view>({
    "accounts_existing",
    "bystanders",
    "start_value",
    "asks",
    "mentions",
    "skipped_inactive",
    "skipped_opted_out",
    "skipped_no_peers",
    "skipped_max_asks",
    "skipped_min_gap",
    "skipped_guard",
    "skipped_nerve",
    "maybe",
    "pressed",
    "testimonial_requests",
    "favours",
    "chases",
    "organic_moments",
    "contract_ends",
    "desk_asks",
    "calls_booked",
    "calls_held",
    "references_used",
    "capsules",
    "renewal_requests",
    "renewal_capsules",
    "asked_accounts",
    "matched_accounts",
    "eligible_90",
    "eligible_180",
    "eligible_365",
    "mentioned",
    "bare",
    "pending",
    "waiting",
    "open_end",
    "open_days",
    "desk_requests",
    "desk_capsules",
    "deal_calls",
    "close_days",
    "close_wins",
});

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::span<const Metric> ratio_metrics() {
  static const std::vector<Metric> metrics = make_ratio_metrics();
  return metrics;
}

Metric make_plain_metric(std::string_view observation, std::string_view unit, std::string_view description) {
  return {std::string(observation),      std::string(unit),
          std::string(description),      contains(unwelcome, observation) ? lower : higher,
          {{std::string(observation)}},  {},
          contains(neutral, observation)};
}

EvidenceOptions make_evidence_options(const Metric& metric, const std::function<double(std::string_view)>& divisor_of) {
  const auto find_unit = [&](const std::vector<Term>& terms) {
    std::optional<double> common;
    for (const Term& term : terms) {
      const double unit = std::abs(term.factor) / divisor_of(term.observation);
      if (common.value_or(unit) != unit) throw std::logic_error("a metric adds up what has different units");
      common = unit;
    }
    return common.value_or(1.0);
  };
  EvidenceOptions options;
  options.numerator_unit = find_unit(metric.numerator);
  options.denominator_unit = find_unit(metric.denominator);
  options.is_ratio = !metric.denominator.empty();
  options.is_proportion = options.is_ratio && metric.unit == "share";
  options.direction = metric.direction;
  return options;
}

}  // namespace vouch::statistics
