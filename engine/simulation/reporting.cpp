// SPDX-License-Identifier: Apache-2.0
// What a world reports (semantics.md, Reports).
#include <algorithm>
#include <cmath>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Curve;
using model::Metric;
using model::Series;

__extension__ using Int128 = __int128;

void Batch::count_series(std::uint16_t world, Series series, double time, std::int64_t amount) const {
  if (num_bins_ == 0 || time < 0.0) return;
  add_checked(rows_[world][layout_.series(series, bin_of(time))], amount);
}

void Batch::count_source_series(std::uint16_t world, model::SourceSeries series, int source, double time) const {
  if (num_bins_ == 0 || time < 0.0) return;
  ++rows_[world][layout_.source_series(series, bin_of(time), source)];
}

/// Until accumulate_levels, a level's bins hold its changes.
void Batch::change_level(std::uint16_t world, Series series, double time, std::int64_t change) const {
  if (num_bins_ == 0 || !(time < horizon_)) return;
  add_checked(rows_[world][layout_.series(series, bin_of(time))], change);
}

void Batch::accumulate_levels() {
  for (std::int64_t* row : rows_) {
    for (int band = 1; band < model::num_tenure_bands; ++band)
      row[layout_.curve(Curve::tenure_accounts, band)] += row[layout_.curve(Curve::tenure_accounts, band - 1)];
    for (const Series series : {Series::series_active, Series::series_open_deals, Series::series_open_referral_deals,
                                Series::series_contract_value, Series::series_queue, Series::series_market_free})
      for (int bin = 1; bin < num_bins_; ++bin)
        add_checked(row[layout_.series(series, bin)], row[layout_.series(series, bin - 1)]);
    for (int bin = 1; bin < num_bins_; ++bin)
      for (int source = 0; source < num_sources_; ++source)
        row[layout_.source_series(model::SourceSeries::series_source_open_deals, bin, source)] +=
            row[layout_.source_series(model::SourceSeries::series_source_open_deals, bin - 1, source)];
  }
}

void Batch::report_fatigue(int bin, double time) {
  if (model_.fatigue < 0) return;
  std::vector<std::int64_t>& levels = m_.levels;
  std::vector<std::size_t> first(keys_.size() + 1, 0);  // of each world's part of levels
  for (std::size_t w = 0; w < keys_.size(); ++w) first[w + 1] = first[w] + m_.num_accounts[w];
  levels.resize(first.back());
  std::vector<std::size_t> end(first.begin(), first.end() - 1);
  const auto flush = [&] {
    read_stocks(m_.group, 1u << model_.fatigue);
    for (int i = 0; i < m_.group.size; ++i)
      levels[end[m_.group.world[i]]++] =
          static_cast<std::int64_t>(round_half_even(m_.group.reading[model_.fatigue][i] * model::fixed_point_one));
    m_.group.clear();
  };
  m_.group.clear();
  for (std::uint32_t index = 0; index < m_.accounts.size(); ++index) {
    const Account& account = m_.accounts[index];
    if (!account.is_active() || account.purchase >= time || account.has(bystander)) continue;
    // Most accounts have never been asked.
    if (m_.stocks[static_cast<std::size_t>(index) * num_stocks_ + model_.fatigue].value == 0.0)
      levels[end[account.world]++] = 0;
    else
      add_row(m_.group, index, time, 0, 0);
    if (m_.group.is_full()) flush();
  }
  flush();
  for (std::size_t w = 0; w < keys_.size(); ++w) {
    const std::span<std::int64_t> values(levels.data() + first[w], end[w] - first[w]);
    if (values.empty()) continue;
    const auto n = static_cast<std::int64_t>(values.size());
    std::int64_t sum = 0;
    Int128 squares = 0;
    for (const std::int64_t f : values) {
      sum += f;
      squares += static_cast<Int128>(f) * f;
    }
    const auto spread = static_cast<double>(n * squares - static_cast<Int128>(sum) * sum);
    const auto rank = static_cast<std::ptrdiff_t>((9 * n + 9) / 10 - 1);
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    rows_[w][layout_.series(Series::series_fatigue_mean, bin)] =
        static_cast<std::int64_t>(round_half_even(static_cast<double>(sum) / static_cast<double>(n)));
    rows_[w][layout_.series(Series::series_fatigue_sd, bin)] =
        static_cast<std::int64_t>(round_half_even(std::sqrt(spread) / static_cast<double>(n)));
    rows_[w][layout_.series(Series::series_fatigue_p90, bin)] = values[rank];
  }
}

void Batch::tally_first_referral(const Account& account, double time) const {
  if (account.has(bystander)) return;
  const auto tally = [&](double days, Metric metric) {
    if (account.purchase >= 0.0 && account.purchase <= horizon_ - days && time <= account.purchase + days)
      count(account, metric, time);
  };
  tally(90.0, Metric::first_referral_90);
  tally(180.0, Metric::first_referral_180);
  tally(365.0, Metric::first_referral_365);
}

/// Closes who is still a customer at the horizon.
void Batch::close_active() {
  Group& group = m_.group;
  const auto flush = [&] {
    if (model_.fatigue >= 0) read_stocks(group, 1u << model_.fatigue);
    for (int i = 0; i < group.size; ++i) {
      close(group.account[i], horizon_, model_.fatigue >= 0 ? group.reading[model_.fatigue][i] : 0.0);
      count(m_.accounts[group.account[i]], Metric::active_end, horizon_);
    }
    group.clear();
  };
  group.clear();
  for (std::uint32_t index = 0; index < m_.accounts.size(); ++index) {
    if (!m_.accounts[index].is_active() || m_.accounts[index].has(bystander)) continue;
    add_row(group, index, horizon_, 0, 0);
    if (group.is_full()) flush();
  }
  flush();
}

/// The bands of tenure that an account passed through while it was counted: until accumulate_levels, the bands hold
/// how many accounts enter there, less those that left the band before for good.
void Batch::report_tenures(const Account& account, double end) const {
  const double from = std::max(account.purchase, 0.0);
  if (!(end > from)) return;
  const auto band_of = [&](double time) {
    return std::min(static_cast<int>((time - account.purchase) / model::tenure_band_days), model::num_tenure_bands - 1);
  };
  int last = band_of(end);
  if (end - account.purchase == last * model::tenure_band_days) --last;
  std::int64_t* const bands = rows_[account.world] + layout_.curve(Curve::tenure_accounts, 0);
  ++bands[band_of(from)];
  if (last + 1 < model::num_tenure_bands) --bands[last + 1];
}

void Batch::report_accounts() {
  close_active();
  report_queues();
  for (std::uint32_t index = 0; index < m_.accounts.size(); ++index) {
    const Account& account = m_.accounts[index];
    if (account.has(bystander)) {
      count(account, Metric::bystanders, horizon_);
      if (account.has(asked)) count(account, Metric::asked_accounts, horizon_);
      continue;
    }
    if (account.has(initial) || account.purchase < 0.0) {
      if (!(account.lost > 0.0)) continue;  // never a customer while counting
    }
    std::int64_t* row = row_of(account);
    count(account, Metric::customers, horizon_);
    report_tenures(account, std::min(account.lost, horizon_));
    if (account.has(initial) ? account.purchase < 0.0 || start_ == 0.0
                             : account.purchase < 0.0 && account.cell % model::num_cohorts == 0)
      count(account, Metric::accounts_existing, horizon_);
    if (account.has(asked)) count(account, Metric::asked_accounts, horizon_);
    if (account.has(matched)) count(account, Metric::matched_accounts, horizon_);
    ++row[layout_.curve(Curve::generation_customers, std::min<int>(account.generation, model::num_generations - 1))];
    ++row[layout_.curve(Curve::quality_accounts, account.quality_band)];
    ++row[layout_.curve(Curve::peers_accounts, account.peers_band)];
    const auto eligible = [&](double days, Metric metric) {
      if (account.purchase >= 0.0 && account.purchase <= horizon_ - days) count(account, metric, horizon_);
    };
    eligible(90.0, Metric::eligible_90);
    eligible(180.0, Metric::eligible_180);
    eligible(365.0, Metric::eligible_365);
  }
  for (std::int64_t* row : rows_)
    for (std::size_t cell = 0; cell < metric_stride_; ++cell) {
      const auto at = [&](Metric metric) -> std::int64_t& {
        return row[static_cast<std::size_t>(metric) * metric_stride_ + cell];
      };
      std::int64_t& net = at(Metric::net_value);
      if (__builtin_sub_overflow(at(Metric::revenue), at(Metric::touch_cost), &net) ||
          __builtin_sub_overflow(net, at(Metric::reward_cost), &net))
        fail_money();
    }
  check_totals();
  accumulate_levels();
  ledger_.check(rows_, metric_stride_);
}

/// That each world's money, summed over segments and cohorts, still fits.
void Batch::check_totals() const {
  for (const std::int64_t* row : rows_)
    for (const Metric metric :
         {Metric::start_value, Metric::new_value, Metric::revenue, Metric::touch_cost, Metric::reward_cost,
          Metric::net_value, Metric::matched_net_value, Metric::matched_value}) {
      std::int64_t total = 0;
      for (std::size_t cell = 0; cell < metric_stride_; ++cell)
        if (__builtin_add_overflow(total, row[static_cast<std::size_t>(metric) * metric_stride_ + cell], &total))
          fail_money();
    }
}

}  // namespace vouch::simulation
