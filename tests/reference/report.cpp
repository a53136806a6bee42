// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "random/maths.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using model::Curve;
using model::Metric;
using model::Series;

namespace {

__extension__ using Wide = __int128;

std::int64_t to_fixed(double x) { return static_cast<std::int64_t>(round_half_even(x * model::fixed_point_one)); }

}  // namespace

int compute_band(const double (&edges)[4], double x) {
  int band = 0;
  while (band < 4 && x >= edges[band]) ++band;
  return band;
}

int compute_tenure_band(double tenure) {
  return static_cast<int>(std::min<double>(model::num_tenure_bands - 1, std::floor(tenure / model::tenure_band_days)));
}

void World::add(Metric metric, const Account& account, std::int64_t amount) {
  row_[layout_.metric(metric, account.segment, account.cohort)] += amount;
}

// Events before 0 are not counted; those from the horizon on do not happen.
void World::count(Metric metric, const Account& account, double t, std::int64_t amount) {
  if (t >= 0.0) add(metric, account, amount);
}

void World::count(model::Funnel funnel, const Prospect& prospect, double t, std::int64_t amount) {
  if (t >= 0.0) row_[layout_.funnel(funnel, prospect.source, prospect.segment, prospect.cohort)] += amount;
}

void World::count(Series series, double t, std::int64_t amount) {
  if (t < 0.0 || layout_.num_bins() == 0) return;
  const int bin = std::min(static_cast<int>(std::floor(t / model_.bin_days)), layout_.num_bins() - 1);
  row_[layout_.series(series, bin)] += amount;
}

void World::count(model::SourceSeries series, const Prospect& prospect, double t) {
  if (t < 0.0 || layout_.num_bins() == 0) return;
  const int bin = std::min(static_cast<int>(std::floor(t / model_.bin_days)), layout_.num_bins() - 1);
  ++row_[layout_.source_series(series, bin, prospect.source)];
}

void World::count(Curve curve, int band, double t) {
  if (t >= 0.0) ++row_[layout_.curve(curve, band)];
}

double World::compute_discount(double t) const {
  if (model_.discount_rate == 0.0) return 1.0;
  return maths::exp(-model_.discount_rate * t / 365.0);
}

/// Days of a flow of 1 a day over [0, t], discounted.
double World::compute_annuity(double t) const {
  const double r = model_.discount_rate;
  if (r == 0.0) return t;
  return (1.0 - maths::exp(-r * t / 365.0)) * 365.0 / r;
}

/// Without expansions; 0 <= from.
Money World::compute_margin(const Account& account, double from, double to) const {
  if (to <= from) return 0;
  const double daily = model_.margin * to_currency(account.contract_value) / 365.0;
  return to_money(daily * (compute_annuity(to) - compute_annuity(from)));
}

Money World::compute_revenue(const Account& account) const {
  const double from = std::max(account.purchase, 0.0);
  const double to = end_of(account);
  if (to <= from) return 0;
  const double daily = model_.margin * to_currency(account.contract_value) / 365.0;
  const double base = daily * (compute_annuity(to) - compute_annuity(from));
  double sum = 0.0;
  for (const double t : account.expansions) sum += compute_annuity(std::max(t, 0.0));
  const double num_expansions = static_cast<double>(account.expansions.size());
  const double expanded = daily * model_.expansion_value * (num_expansions * compute_annuity(to) - sum);
  return to_money(base + expanded);
}

void World::report_fatigue_to(Account& account, double t) {
  const double a = account.fatigue_reported_to;
  if (account.is_bystander || model_.fatigue < 0 || t <= a) return;
  account.fatigue_reported_to = t;
  const double x_a = read_fatigue(account, a);
  const double x_b = read_fatigue(account, t);
  const double half_life = model_.stocks[model_.fatigue].half_life_days;
  if (half_life == never) {
    add(Metric::fatigue_days, account, to_fixed(x_a * (t - a)));
    add(Metric::fatigue_square_days, account, to_fixed(x_a * x_a * (t - a)));
  } else {
    const double tau = half_life / maths::ln2;
    add(Metric::fatigue_days, account, to_fixed(tau * (x_a - x_b)));
    add(Metric::fatigue_square_days, account, to_fixed(tau / 2.0 * (x_a * x_a - x_b * x_b)));
  }
}

/// Reports the bins that end at or before t, none of whose events are still to come.
void World::report_levels_before(double t) {
  while (next_bin_ < layout_.num_bins()) {
    const double end = std::min((next_bin_ + 1) * model_.bin_days, horizon_);
    if (end > t) return;
    report_levels(next_bin_++, end);
  }
}

void World::report_levels(int bin, double end) {
  std::vector<std::int64_t> levels;
  for (const Account& account : accounts_) {
    if (account.is_bystander) continue;
    if (!(account.purchase < end && account.lost_time >= end)) continue;
    levels.push_back(to_fixed(read_fatigue(account, end)));
    const Money expansion = to_money(model_.expansion_value * to_currency(account.contract_value));
    row_[layout_.series(Series::series_contract_value, bin)] +=
        account.contract_value + static_cast<Money>(account.expansions.size()) * expansion;
  }
  row_[layout_.series(Series::series_active, bin)] = static_cast<std::int64_t>(levels.size());
  report_fatigue_levels(bin, std::move(levels));
  report_open_deals(bin);
  for (const Territory& territory : territories_) {
    row_[layout_.series(Series::series_queue, bin)] += static_cast<std::int64_t>(territory.queue.size());
  }
  row_[layout_.series(Series::series_market_free, bin)] = std::count_if(
      companies_.begin(), companies_.end(), [end](const Company& company) { return company.free_at < end; });
}

void World::report_fatigue_levels(int bin, std::vector<std::int64_t> levels) {
  const auto n = static_cast<std::int64_t>(levels.size());
  if (n == 0) return;
  std::sort(levels.begin(), levels.end());
  Wide sum = 0;
  Wide squares = 0;
  for (const std::int64_t f : levels) {
    sum += f;
    squares += Wide{f} * f;
  }
  const double size = static_cast<double>(n);
  const double spread = std::sqrt(static_cast<double>(Wide{n} * squares - sum * sum));
  row_[layout_.series(Series::series_fatigue_mean, bin)] =
      static_cast<std::int64_t>(round_half_even(static_cast<double>(sum) / size));
  row_[layout_.series(Series::series_fatigue_sd, bin)] = static_cast<std::int64_t>(round_half_even(spread / size));
  row_[layout_.series(Series::series_fatigue_p90, bin)] = levels[(9 * n + 9) / 10 - 1];
}

/// All events before the bin's end have happened, and no others.
void World::report_open_deals(int bin) {
  for (const Prospect& prospect : prospects_) {
    if (!prospect.has_deal || prospect.is_decided()) continue;
    ++row_[layout_.series(Series::series_open_deals, bin)];
    if (!prospect.is_cold()) ++row_[layout_.series(Series::series_open_referral_deals, bin)];
    ++row_[layout_.source_series(model::SourceSeries::series_source_open_deals, bin, prospect.source)];
  }
}

/// What is known of an account at the horizon only.
void World::report_account(Account& account) {
  if (account.asked) add(Metric::asked_accounts, account, 1);
  if (account.gave_call) add(Metric::references_used, account, 1);
  if (account.is_bystander) {
    add(Metric::bystanders, account, 1);
  } else {
    report_customer(account);
  }
}

void World::report_customer(Account& account) {
  const double from = std::max(account.purchase, 0.0);
  const double end = end_of(account);
  report_fatigue_to(account, end);
  const Money revenue = compute_revenue(account);
  add(Metric::revenue, account, revenue);
  add(Metric::net_value, account, revenue);
  if (end > from) {
    add(Metric::active_days, account, to_fixed(end - from));
    report_tenures(account, from, end);
  }
  report_first_referral(account);

  if (account.lost_time <= 0.0) return;
  add(Metric::customers, account, 1);
  const bool existed = account.cohort == cohort_existing && account.purchase < 0.0;
  if (existed || (account.present_at_start && start_ == 0.0)) add(Metric::accounts_existing, account, 1);
  if (account.is_active()) add(Metric::active_end, account, 1);
  count(Curve::generation_customers, std::min(account.generation, model::num_generations - 1), 0.0);
  count(Curve::quality_accounts, compute_band(model::quality_band_edges, account.quality), 0.0);
  count(Curve::peers_accounts, compute_band(model::peers_band_edges, account.peers_at_first), 0.0);
}

/// The bands of tenure that the account passes in [from, end).
void World::report_tenures(const Account& account, double from, double end) {
  const int first = compute_tenure_band(from - account.purchase);
  int last = compute_tenure_band(end - account.purchase);
  if (end - account.purchase == last * model::tenure_band_days) --last;
  for (int band = first; band <= last; ++band) count(Curve::tenure_accounts, band, 0.0);
}

/// What is known of a deal at the horizon only.
void World::report_deal(const Prospect& prospect) {
  if (!prospect.has_deal || prospect.decided < 0.0) return;
  if (!prospect.is_decided()) count(model::Funnel::open_end, prospect, horizon_);
  const double from = std::max(prospect.opened, 0.0);
  const double to = std::min(prospect.decided, horizon_);
  if (to > from) count(model::Funnel::open_days, prospect, horizon_, to_fixed(to - from));
}

/// Who still waits for a slot at the horizon.
void World::report_queues() {
  for (const Territory& territory : territories_) {
    for (const Waiting& waiting : territory.queue) add(Metric::queued_end, accounts_[waiting.account], 1);
  }
}

void World::report_first_referral(const Account& account) {
  const auto report = [&](double days, Metric eligible, Metric referred) {
    if (account.purchase < 0.0 || account.purchase > horizon_ - days) return;
    add(eligible, account, 1);
    if (account.first_referral <= account.purchase + days) add(referred, account, 1);
  };
  report(90.0, Metric::eligible_90, Metric::first_referral_90);
  report(180.0, Metric::eligible_180, Metric::first_referral_180);
  report(365.0, Metric::eligible_365, Metric::first_referral_365);
}

/// Whether all of the account's matched follow-up lies in what is counted.
bool World::is_matched(const Account& account) const {
  return !account.is_bystander && account.purchase >= 0.0 && account.purchase <= horizon_ - model_.follow_up_days;
}

/// Matched follow-up: each account over the same length of time after its purchase.
void World::report_matched() {
  for (const Account& account : accounts_) {
    if (is_matched(account)) {
      const double to = std::min(end_of(account), account.purchase + model_.follow_up_days);
      add(Metric::matched_accounts, account, 1);
      add(Metric::matched_referrals, account, account.matched_referrals);
      add(Metric::matched_wins, account, account.matched_wins);
      add(Metric::matched_value, account, account.matched_value);
      add(Metric::matched_net_value, account, compute_margin(account, account.purchase, to) - account.matched_costs);
    }
    if (account.referrer != nobody && is_matched(accounts_[account.referrer])) {
      const Account& referrer = accounts_[account.referrer];
      const double to = std::min(end_of(account), referrer.purchase + model_.follow_up_days);
      add(Metric::matched_net_value, referrer, compute_margin(account, account.purchase, to));
    }
  }
}

}  // namespace vouch::reference
