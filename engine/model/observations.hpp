// SPDX-License-Identifier: Apache-2.0
// What one world reports: a flat row of 64-bit integers, laid out in blocks. Everything downstream (journal,
// results file, statistics) reads the layout and knows no metric by name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace vouch::model {

enum class Axis : std::uint8_t {
  segment,
  cohort,        ///< of the lineage's root: existing, new
  source,        ///< cold, organic, then the strategy's programs
  bin,           ///< of time, Model::bin_days each, from the start of counting
  tenure_band,   ///< 30 days each up to 720, then the rest
  fatigue_band,  ///< 0.25 each up to 5, then the rest
  generation,    ///< 0..20; the last holds 20 and above
  profile_band,  ///< 5 bands of each advocate trait; see outputs/README.md
};

/// Along Axis::source: cold leads and unasked referrals come before the programs.
inline constexpr int first_program_source = 2;

/// How an integer is to be read: value x scale(unit).
enum class Unit : std::uint8_t {
  count,    ///< 1
  money,    ///< 1/10 000 of the currency unit
  days,     ///< 2^-20 days
  minutes,  ///< 1/10 000 minute
  stock,    ///< 2^-20 of a stock's unit
};

double scale_of(Unit unit) noexcept;
/// How many of an observation's integers make one of its unit: exact, where scale_of is rounded.
double divisor_of(Unit unit) noexcept;
/// Of a metric or a quantity of the funnel, by name; count if there is none of that name.
Unit find_unit(std::string_view observation) noexcept;
std::string_view name_of(Unit unit) noexcept;  ///< "1", "currency", "days", "minutes", "1"

/// A day, or stock x day, as a fixed-point integer.
inline constexpr double fixed_point_one = 1048576.0;

// X(identifier, unit, description). Axes: (segment, cohort); the segment is the acting account's.
#define VOUCH_METRICS(X)                                                                                              \
  X(accounts_existing, count, "accounts that were customers at time 0 (at the start, without a warm-up)")             \
  X(customers, count, "accounts that were customers at any time from day 0 to the horizon")                           \
  X(active_end, count, "active customers at the horizon")                                                             \
  X(bystanders, count, "partners and outsiders, who never buy")                                                       \
  X(asks, count, "asks made")                                                                                         \
  X(mentions, count, "mentions made (form = mention)")                                                                \
  X(skipped_inactive, count, "attempts skipped because the account had left")                                         \
  X(skipped_opted_out, count, "attempts skipped because the account had opted out")                                   \
  X(skipped_no_peers, count, "attempts skipped because nobody was left to name")                                      \
  X(skipped_max_asks, count, "attempts skipped because the program had made its asks")                                \
  X(skipped_min_gap, count, "attempts skipped because the last ask was too recent")                                   \
  X(skipped_guard, count, "attempts skipped by the guard, or by a mention's tie or consent")                          \
  X(skipped_nerve, count, "attempts skipped because the rep did not dare")                                            \
  X(queued, count, "attempts that had to wait for a slot")                                                            \
  X(queue_days, days, "days that attempts which were made in the end had waited for a slot")                          \
  X(queued_end, count, "attempts still waiting at the horizon")                                                       \
  X(unpressed, count, "answers not pressed because the rep did not dare")                                             \
  X(yes, count, "first answers yes")                                                                                  \
  X(maybe, count, "first answers maybe")                                                                              \
  X(no, count, "first answers no")                                                                                    \
  X(pressed, count, "second asks")                                                                                    \
  X(pressed_yes, count, "second asks answered yes")                                                                   \
  X(returned_maybes, count, "maybes that became a yes later")                                                         \
  X(accepted, count, "yes + pressed_yes + returned_maybes")                                                           \
  X(opt_outs, count, "accounts that asked not to be asked again")                                                     \
  X(testimonial_requests, count, "testimonial requests made")                                                         \
  X(testimonials, count, "requests answered by a green light")                                                        \
  X(complaints, count, "requests answered by a complaint")                                                            \
  X(values_realised, count, "first results reached")                                                                  \
  X(incidents, count, "service incidents")                                                                            \
  X(favours, count, "favours done")                                                                                   \
  X(chases, count, "chases made")                                                                                     \
  X(thanks, count,                                                                                                    \
    "thanks_for_promise, thank_you, status_report, recognition, reward and thanks_from_customer landed")              \
  X(unacknowledged, count, "wins whose referrer nothing acknowledged within 30 days")                                 \
  X(organic_moments, count, "candidate moments of unasked referrals")                                                 \
  X(contract_ends, count, "contract ends")                                                                            \
  X(lost_customers, count, "contracts not renewed")                                                                   \
  X(expansions, count, "renewals that expanded")                                                                      \
  X(desk_asks, count, "times the desk asked an account for a call")                                                   \
  X(desk_refusals, count, "accounts asked by the desk for a call that refused")                                       \
  X(calls_booked, count, "reference calls booked: an account asked by the desk accepted")                             \
  X(calls_held, count, "booked reference calls that took place")                                                      \
  X(calls_cancelled, count,                                                                                           \
    "booked calls that fell through: the reference or the renewing customer left or opted out")                       \
  X(references_used, count, "accounts that gave at least one call")                                                   \
  X(capsules, count, "times an account's written or recorded quote was used")                                         \
  X(renewal_requests, count, "requests to the desk by renewing accounts")                                             \
  X(renewal_served, count, "requests to the desk by renewing accounts for which a call was booked")                   \
  X(renewal_capsules, count, "requests to the desk by renewing accounts met by a capsule instead of a call")          \
  X(renewal_unserved, count, "requests to the desk by renewing accounts for which nothing was found")                 \
  X(new_customers, count, "purchases from day 0 to the horizon")                                                      \
  X(referral_wins, count, "purchases by referrals of customers, asked or organic")                                    \
  X(partner_wins, count, "purchases by referrals of partners and outsiders")                                          \
  X(cold_wins, count, "purchases by cold leads")                                                                      \
  X(start_value, money, "contract value a year of the accounts present at the start")                                 \
  X(new_value, money, "contract value a year of the purchases")                                                       \
  X(referral_value, money, "contract value a year of the purchases by referrals of customers")                        \
  X(partner_value, money, "contract value a year of the purchases by referrals of partners and outsiders")            \
  X(cold_value, money, "contract value a year of the purchases by cold leads")                                        \
  X(revenue, money, "discounted margin earned")                                                                       \
  X(touch_cost, money, "discounted cost of touches")                                                                  \
  X(reward_cost, money, "discounted rewards, commissions and fees")                                                   \
  X(net_value, money, "revenue - touch_cost - reward_cost")                                                           \
  X(rep_minutes, minutes, "rep time spent on touches")                                                                \
  X(active_days, days, "days of being a customer from day 0 to the horizon, over all accounts")                       \
  X(fatigue_days, stock, "integral of fatigue over customer days")                                                    \
  X(fatigue_square_days, stock, "integral of squared fatigue over customer days")                                     \
  X(asked_accounts, count, "accounts asked at least once")                                                            \
  X(burned_out, count, "accounts whose fatigue was above the limit right after a touch")                              \
  X(matched_accounts, count, "accounts bought from day 0 on and at least follow_up_days before the horizon")          \
  X(matched_referrals, count,                                                                                         \
    "introductions and bare names by accounts bought at least follow_up_days before the horizon, within "             \
    "follow_up_days of their purchase")                                                                               \
  X(matched_wins, count,                                                                                              \
    "purchases from referrals of accounts bought at least follow_up_days before the horizon, within follow_up_days "  \
    "of the referrer's own purchase")                                                                                 \
  X(matched_value, money, "contract value a year of the purchases that matched_wins counts")                          \
  X(matched_net_value, money,                                                                                         \
    "margin of accounts bought at least follow_up_days before the horizon, and of the customers that they referred, " \
    "less their costs, within follow_up_days of their purchase")                                                      \
  X(eligible_90, count, "accounts bought from day 0 on and at least 90 days before the horizon")                      \
  X(first_referral_90, count,                                                                                         \
    "accounts bought at least 90 days before the horizon that made a referral within 90 days of purchase")            \
  X(eligible_180, count, "accounts bought from day 0 on and at least 180 days before the horizon")                    \
  X(first_referral_180, count,                                                                                        \
    "accounts bought at least 180 days before the horizon that made a referral within 180 days of purchase")          \
  X(eligible_365, count, "accounts bought from day 0 on and at least 365 days before the horizon")                    \
  X(first_referral_365, count,                                                                                        \
    "accounts bought at least 365 days before the horizon that made a referral within 365 days of purchase")

// Axes: (source, segment, cohort); the segment is the prospect's.
#define VOUCH_FUNNEL(X)                                                                                        \
  X(named, count, "people named, contacted in a referrer's name, or introduced unasked")                       \
  X(introduced, count, "introductions made")                                                                   \
  X(mentioned, count, "people written to in the referrer's name")                                              \
  X(bare, count, "bare names given")                                                                           \
  X(lost_refused, count, "names never introduced: the referrer did not do it")                                 \
  X(lost_churned, count, "names never introduced: the referrer left")                                          \
  X(lost_opted_out, count, "names never introduced: the referrer opted out")                                   \
  X(pending, count, "names whose next chance of an introduction lies behind the horizon")                      \
  X(leads, count, "leads and names that reached us")                                                           \
  X(unqualified, count, "leads and names that reached us and were not qualified")                              \
  X(duplicates, count,                                                                                         \
    "qualified leads and names whose company in a finite market was a customer, in an open deal or just lost") \
  X(waiting, count, "qualified leads and names whose deals would open behind the horizon")                     \
  X(opened, count, "deals opened")                                                                             \
  X(won, count, "deals won")                                                                                   \
  X(lost, count, "deals lost")                                                                                 \
  X(open_end, count, "deals open at the horizon")                                                              \
  X(open_days, days, "days that deals were open from day 0 to the horizon")                                    \
  X(credibility_gaps, count, "moments at which a credibility gap opened")                                      \
  X(access_gaps, count, "moments at which an access gap opened")                                               \
  X(access_resolved, count, "access gaps resolved by an internal introduction")                                \
  X(desk_requests, count, "credibility gaps that the desk was asked to close")                                 \
  X(desk_served, count, "credibility gaps for which the desk booked a call")                                   \
  X(desk_capsules, count, "credibility gaps for which the desk gave a capsule instead of a call")              \
  X(desk_unserved, count, "credibility gaps for which the desk found nothing")                                 \
  X(deal_calls, count, "calls held in deals")                                                                  \
  X(credibility_open, count, "deals decided with their credibility gap open")                                  \
  X(access_open, count, "deals decided with their access gap open")                                            \
  X(close_days, days,                                                                                          \
    "days from opening to winning, summed over deals opened at least follow_up_days before the horizon")       \
  X(close_wins, count, "deals won that were opened at least follow_up_days before the horizon")

// Axes: (bin). Levels stand at the bin's end, flows are of the bin.
#define VOUCH_SERIES(X)                                                                                           \
  X(series_active, count, "active customers")                                                                     \
  X(series_open_deals, count, "open deals")                                                                       \
  X(series_open_referral_deals, count, "open deals that came by a referral")                                      \
  X(series_contract_value, money, "contract value a year of active customers, with what expansions add")          \
  X(series_queue, count, "attempts waiting for a slot")                                                           \
  X(series_market_free, count, "companies of finite markets that could open a deal; 0 where no market is finite") \
  X(series_fatigue_mean, stock, "mean fatigue of active customers")                                               \
  X(series_fatigue_sd, stock, "standard deviation of fatigue over active customers")                              \
  X(series_fatigue_p90, stock, "90th percentile of fatigue over active customers")                                \
  X(series_asks, count, "asks and mentions")                                                                      \
  X(series_accepted, count, "accepted asks")                                                                      \
  X(series_introduced, count, "introductions and bare names")                                                     \
  X(series_referral_wins, count, "purchases by referrals of customers")                                           \
  X(series_partner_wins, count, "purchases by referrals of partners and outsiders")                               \
  X(series_cold_wins, count, "purchases by cold leads")                                                           \
  X(series_lost_customers, count, "contracts not renewed")                                                        \
  X(series_touch_cost, money, "discounted cost of touches")                                                       \
  X(series_reward_cost, money, "discounted rewards, commissions and fees")                                        \
  X(series_rep_minutes, minutes, "rep time spent on touches")                                                     \
  X(series_desk_requests, count, "requests to the desk, renewals too")                                            \
  X(series_desk_unserved, count, "requests to the desk, renewals too, for which nothing was found")               \
  X(series_calls, count, "reference calls held")                                                                  \
  X(series_leads, count, "leads and names that reached us")                                                       \
  X(series_duplicates, count,                                                                                     \
    "qualified leads and names whose company in a finite market was a customer, in an open deal or just lost")    \
  X(series_opt_outs, count, "opt-outs")

// Axes: (bin, source). Levels stand at the bin's end, flows are of the bin.
#define VOUCH_SOURCE_SERIES(X)                               \
  X(series_source_open_deals, count, "open deals by source") \
  X(series_source_opened, count, "deals opened by source")   \
  X(series_source_won, count, "deals won by source")         \
  X(series_source_lost, count, "deals lost by source")

// Curves and profiles; axes beside each.
#define VOUCH_CURVES(X)                                                                          \
  X(tenure_accounts, tenure_band,                                                                \
    "accounts that were customers at such a tenure at any time from day 0 to the horizon")       \
  X(tenure_asks, tenure_band, "asks by tenure")                                                  \
  X(tenure_yes, tenure_band, "first answers yes by tenure")                                      \
  X(tenure_wins, tenure_band, "referral wins by the referrer's tenure then")                     \
  X(fatigue_asks, fatigue_band, "asks by fatigue just before")                                   \
  X(fatigue_yes, fatigue_band, "first answers yes by fatigue just before")                       \
  X(generation_customers, generation, "customers by generation")                                 \
  X(generation_asks, generation, "asks by the account's generation")                             \
  X(generation_yes, generation, "first answers yes by the account's generation")                 \
  X(generation_wins, generation, "referral wins by the referrer's generation")                   \
  X(quality_accounts, profile_band, "customers by quality")                                      \
  X(quality_asks, profile_band, "asks by the account's quality")                                 \
  X(quality_yes, profile_band, "first answers yes by the account's quality")                     \
  X(quality_wins, profile_band, "referral wins by the referrer's quality")                       \
  X(peers_accounts, profile_band, "customers by people left to name when they became customers") \
  X(peers_asks, profile_band, "asks by people the account could name at first")                  \
  X(peers_yes, profile_band, "first answers yes by people the account could name at first")      \
  X(peers_wins, profile_band, "referral wins by people the referrer could name at first")

enum class Metric : std::uint8_t {
#define X(name, unit, text) name,
  VOUCH_METRICS(X)
#undef X
};
enum class Funnel : std::uint8_t {
#define X(name, unit, text) name,
  VOUCH_FUNNEL(X)
#undef X
};
enum class Series : std::uint8_t {
#define X(name, unit, text) name,
  VOUCH_SERIES(X)
#undef X
};
enum class SourceSeries : std::uint8_t {
#define X(name, unit, text) name,
  VOUCH_SOURCE_SERIES(X)
#undef X
};
enum class Curve : std::uint8_t {
#define X(name, axis, text) name,
  VOUCH_CURVES(X)
#undef X
};

#define X(...) +1
inline constexpr int num_metrics = 0 VOUCH_METRICS(X);
inline constexpr int num_funnel = 0 VOUCH_FUNNEL(X);
inline constexpr int num_series = 0 VOUCH_SERIES(X);
inline constexpr int num_source_series = 0 VOUCH_SOURCE_SERIES(X);
inline constexpr int num_curves = 0 VOUCH_CURVES(X);
#undef X

/// Whether a series, named with "series_" or without, is a level, of the bin's end; else it is a flow of the bin.
constexpr bool is_level(std::string_view series) noexcept {
  constexpr std::string_view prefix = "series_";
  constexpr std::string_view levels[] = {"active",      "open_deals",       "open_referral_deals", "contract_value",
                                         "queue",       "market_free",      "fatigue_mean",        "fatigue_sd",
                                         "fatigue_p90", "source_open_deals"};
  if (series.substr(0, prefix.size()) == prefix) series.remove_prefix(prefix.size());
  for (const std::string_view level : levels)
    if (series == level) return true;
  return false;
}

inline constexpr int num_cohorts = 2;  ///< 0 existing, 1 new
inline constexpr int num_tenure_bands = 25;
inline constexpr double tenure_band_days = 30.0;
inline constexpr int num_fatigue_bands = 21;
inline constexpr double fatigue_band_width = 0.25;
inline constexpr int num_generations = 21;
inline constexpr int num_profile_bands = 5;
/// Upper edges (exclusive) of the first four bands; the fifth is open.
inline constexpr double quality_band_edges[4] = {-1.0, 0.0, 1.0, 2.0};
inline constexpr double peers_band_edges[4] = {1.0, 3.0, 6.0, 11.0};

/// One named array of a row.
struct ObservationBlock {
  std::string_view name;
  std::string_view group;  ///< "metrics", "funnel", "series", "curves"
  std::string_view description;
  Unit unit;
  std::vector<Axis> axes;
  std::vector<std::size_t> shape;  ///< as axes; row-major
  std::size_t offset;              ///< of its first element in the row
  std::size_t size;
};

/// Where everything lies in a world's row. The same for every strategy of a scenario: `source` is as long as
/// the strategy with most programs needs.
class ObservationLayout {
 public:
  ObservationLayout(const Model& model, int max_programs);

  std::span<const ObservationBlock> blocks() const noexcept { return blocks_; }
  const ObservationBlock* find(std::string_view name) const noexcept;  ///< nullptr if there is none
  std::size_t size() const noexcept { return size_; }
  int num_segments() const noexcept { return num_segments_; }
  int num_sources() const noexcept { return num_sources_; }
  int num_bins() const noexcept { return num_bins_; }

  std::size_t metric(Metric m, int segment, int cohort) const noexcept {
    return (static_cast<std::size_t>(m) * num_segments_ + segment) * num_cohorts + cohort;
  }
  std::size_t funnel(Funnel f, int source, int segment, int cohort) const noexcept {
    return funnel_ + ((static_cast<std::size_t>(f) * num_sources_ + source) * num_segments_ + segment) * num_cohorts +
           cohort;
  }
  std::size_t series(Series s, int bin) const noexcept {
    return series_ + static_cast<std::size_t>(s) * num_bins_ + bin;
  }
  std::size_t source_series(SourceSeries s, int bin, int source) const noexcept {
    return source_series_ + (static_cast<std::size_t>(s) * num_bins_ + bin) * num_sources_ + source;
  }
  std::size_t curve(Curve c, int band) const noexcept { return curves_[static_cast<std::size_t>(c)] + band; }

 private:
  std::vector<ObservationBlock> blocks_;
  int num_segments_;
  int num_sources_;
  int num_bins_;  ///< 0 without series
  std::size_t funnel_ = 0;
  std::size_t series_ = 0;
  std::size_t source_series_ = 0;
  std::size_t curves_[num_curves] = {};
  std::size_t size_ = 0;
};

}  // namespace vouch::model
