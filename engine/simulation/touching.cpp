// SPDX-License-Identifier: Apache-2.0
// Touches landing on accounts, the money that flows, and the integrals that are kept meanwhile.
#include <algorithm>
#include <bit>

#include "random/maths.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Metric;

namespace {

/// The integer nearest to x x 2^20, halves to even, for |x| < 2^30: read off the mantissa, which vectorises.
std::int64_t to_fixed(double x) noexcept {
  constexpr double magic = 6755399441055744.0;
  return std::bit_cast<std::int64_t>(x * model::fixed_point_one + magic) - std::bit_cast<std::int64_t>(magic);
}

/// amount x max(0, 1 - x/cap) for a positive amount on a capped stock.
double apply_cap(double amount, double before, double cap) noexcept {
  if (!(amount > 0.0) || cap == model::infinite) return amount;
  return amount * std::max(0.0, 1.0 - before / cap);
}

}  // namespace

void Batch::land(const Landing& landing, Group& group, int i) {
  if (landing.is_simple) {
    const model::Impulse& impulse = landing.touch->impulses[0];
    double& reading = group.reading[impulse.stock][i];
    const double after = reading + impulse.amount;
    add_impulse(group.account[i], impulse.stock, reading, after, group.time[i], false);
    reading = after;
    if (landing.costs) book_touch(landing, m_.accounts[group.account[i]], group.time[i]);
    return;
  }
  double amounts[model::max_stocks];
  std::size_t k = 0;
  for (const model::Impulse& impulse : landing.touch->impulses)
    amounts[k++] = impulse.times < 0 ? impulse.amount : impulse.amount * group.reading[impulse.times][i];
  k = 0;
  for (const model::Impulse& impulse : landing.touch->impulses) {
    double& reading = group.reading[impulse.stock][i];
    const double after = reading + apply_cap(amounts[k++], reading, model_.stocks[impulse.stock].cap);
    add_impulse(group.account[i], impulse.stock, reading, after, group.time[i], false);
    reading = after;
  }
  if (landing.costs) book_touch(landing, m_.accounts[group.account[i]], group.time[i]);
}

/// Lands the same touch on every account of a group, whose stocks have just been read for it.
void Batch::land_group(const Landing& landing, Group& group) {
  if (landing.is_simple && start_ == 0.0) return land_simple(landing, group);
  for (int i = 0; i < group.size; ++i) land(landing, group, i);
}

void Batch::land_simple(const Landing& landing, Group& group) {
  const model::Impulse& impulse = landing.touch->impulses[0];
  double* const readings = group.reading[impulse.stock];
  const bool is_fatigue = impulse.stock == model_.fatigue;
  if (is_fatigue) book_fatigue_group(group, readings);
  bool burns = false;
  for (int i = 0; i < group.size; ++i) {
    readings[i] += impulse.amount;
    burns |= readings[i] > model_.fatigue_limit;
  }
  StockState* const stocks = m_.stocks.data() + impulse.stock;
  for (int i = 0; i < group.size; ++i)
    stocks[static_cast<std::size_t>(group.account[i]) * num_stocks_] = {readings[i], group.time[i]};
  if (is_fatigue && burns) {
    for (int i = 0; i < group.size; ++i) {
      Account& account = m_.accounts[group.account[i]];
      if (!(readings[i] > model_.fatigue_limit) || account.has(burned_out)) continue;
      account.flags |= burned_out;
      count(account, Metric::burned_out, group.time[i]);
    }
  }
  if (!landing.costs) return;
  for (int i = 0; i < group.size; ++i) book_touch(landing, m_.accounts[group.account[i]], group.time[i]);
}

/// book_fatigue for active accounts at times >= 0, all at once. Where nothing is to be booked the terms are 0.
void Batch::book_fatigue_group(const Group& group, const double* readings) {
  alignas(64) double a[group_size];
  alignas(64) std::int64_t integral[group_size];
  alignas(64) std::int64_t square[group_size];
  const double tau = fatigue_tau_;
  const double half_life = model_.stocks[model_.fatigue].half_life_days;
  const Account* const accounts = m_.accounts.data();
  for (int i = 0; i < group.size; ++i) {
    a[i] = group.fatigue_value[i];
    const double opened = std::max(accounts[group.account[i]].purchase, 0.0);
    if (group.fatigue_since[i] < opened && a[i] != 0.0)
      a[i] *= maths::exp2((group.fatigue_since[i] - opened) / half_life);
  }
  if (tau != model::infinite) {
    for (int i = 0; i < group.size; ++i) {
      integral[i] = to_fixed(tau * (a[i] - readings[i]));
      square[i] = to_fixed(tau / 2.0 * (a[i] * a[i] - readings[i] * readings[i]));
    }
  } else {
    for (int i = 0; i < group.size; ++i) {
      const double opened = std::max(accounts[group.account[i]].purchase, 0.0);
      const double days = group.time[i] - std::max(opened, group.fatigue_since[i]);
      integral[i] = to_fixed(a[i] * days);
      square[i] = to_fixed(a[i] * a[i] * days);
    }
  }
  for (int i = 0; i < group.size; ++i) {
    if (has_bystanders_ && accounts[group.account[i]].has(bystander)) continue;
    const Tally tally = tally_of(accounts[group.account[i]]);
    tally.add(Metric::fatigue_days, integral[i]);
    tally.add(Metric::fatigue_square_days, square[i]);
  }
}

void Batch::land_alone(const Landing& landing, std::uint32_t account, double time, bool silently) {
  double before[model::max_stocks];
  double amounts[model::max_stocks];
  std::size_t k = 0;
  for (const model::Impulse& impulse : landing.touch->impulses) {
    before[k] = read_stock(account, impulse.stock, time);
    amounts[k++] = impulse.times < 0 ? impulse.amount : impulse.amount * read_stock(account, impulse.times, time);
  }
  k = 0;
  for (const model::Impulse& impulse : landing.touch->impulses) {
    const double after = before[k] + apply_cap(amounts[k], before[k], model_.stocks[impulse.stock].cap);
    add_impulse(account, impulse.stock, before[k], after, time, silently);
    ++k;
  }
  if (!silently) book_touch(landing, m_.accounts[account], time);
}

void Batch::add_fatigue(Account& account, const StockState& state, double before, double after, double time,
                        bool silently) {
  if (account.is_active() && !account.has(bystander)) book_fatigue(account, state, time, before);
  if (after > model_.fatigue_limit && !silently && time >= 0.0 && !account.has(burned_out)) {
    account.flags |= burned_out;
    count(account, Metric::burned_out, time);
  }
}

/// The integrals from the stock's last impulse, or the purchase, until a time at which it reads `reading`.
void Batch::book_fatigue(const Account& account, const StockState& state, double until, double reading) {
  const double opened = std::max(account.purchase, 0.0);
  const double from = std::max(opened, state.time);
  if (!(until > from) || state.value == 0.0) return;
  const double tau = fatigue_tau_;
  const double a = state.time >= opened
                       ? state.value
                       : state.value * maths::exp2((state.time - from) / model_.stocks[model_.fatigue].half_life_days);
  const bool fades = tau != model::infinite;
  const double integral = fades ? tau * (a - reading) : a * (until - from);
  const double square = fades ? tau / 2.0 * (a * a - reading * reading) : a * a * (until - from);
  const Tally tally = tally_of(account);
  tally.add(Metric::fatigue_days, to_fixed(integral));
  tally.add(Metric::fatigue_square_days, to_fixed(square));
}

double Batch::discount(double time) const {
  return model_.discount_rate == 0.0 ? 1.0 : maths::exp(-model_.discount_rate * time / 365.0);
}

double Batch::integrate_discount(double time) const {
  if (model_.discount_rate == 0.0) return time;
  return (1.0 - maths::exp(-model_.discount_rate * time / 365.0)) * 365.0 / model_.discount_rate;
}

bool Batch::counts_as_matched(const Account& account, double time) const {
  return account.has(matched) && time <= account.purchase + model_.follow_up_days;
}

void Batch::book_touch(const Landing& landing, const Account& account, double time) {
  if (time < 0.0) return;
  if (landing.minutes != 0) {
    count(account, Metric::rep_minutes, time, landing.minutes);
    count_series(account.world, model::Series::series_rep_minutes, time, landing.minutes);
  }
  if (landing.touch->cost == 0.0) return;
  const Money cost =
      model_.discount_rate == 0.0 ? landing.cost : to_checked_money(landing.touch->cost * discount(time));
  add_money(account, Metric::touch_cost, cost);
  count_series(account.world, model::Series::series_touch_cost, time, cost);
  if (counts_as_matched(account, time)) add_money(account, Metric::matched_net_value, -cost);
}

void Batch::pay(std::uint32_t index, double currency, double time) {
  if (currency == 0.0 || time < 0.0) return;
  const Account& account = m_.accounts[index];
  const Money cost = to_checked_money(currency * discount(time));
  add_money(account, Metric::reward_cost, cost);
  count_series(account.world, model::Series::series_reward_cost, time, cost);
  if (counts_as_matched(account, time)) add_money(account, Metric::matched_net_value, -cost);
}

Money Batch::contract_value_of(std::uint32_t index) const {
  if (has_bystanders_ && m_.accounts[index].has(bystander)) return 0;
  if (varies_value_) return m_.contract_value[index];
  const Account& account = m_.accounts[index];
  const double drawn = std::max(0.0, model_.segments[account.segment].contract_value.parameters[0]);
  return to_checked_money(account.has(referred) ? drawn * model_.referral_value_factor : drawn);
}

Money Batch::to_checked_money(double amount) const {
  constexpr double largest = 2e11;  // within the range where to_money rounds exactly
  if (!(amount < largest && amount > -largest)) fail_money();
  return to_money(amount);
}

Money Batch::compute_margin(std::uint32_t index, double from, double to, bool with_expansions) const {
  const double opened = std::max(from, 0.0);
  if (!(to > opened)) return 0;
  const double a_day = model_.margin * to_currency(contract_value_of(index)) / 365.0;
  const double end = integrate_discount(to);
  double amount = a_day * (end - integrate_discount(opened));
  if (with_expansions && any_expansion_ && m_.expansions[index].count > 0)
    amount += a_day * model_.expansion_value * (m_.expansions[index].count * end - m_.expansions[index].sum);
  return to_checked_money(amount);
}

/// Books what is known only when an account is lost, or at the horizon; `fatigue` is its reading then.
void Batch::close(std::uint32_t index, double end, double fatigue) {
  const Account& account = m_.accounts[index];
  const double opened = std::max(account.purchase, 0.0);
  if (!(end > opened)) return;
  const Tally tally = tally_of(account);
  if (model_.fatigue >= 0)
    book_fatigue(account, m_.stocks[static_cast<std::size_t>(index) * num_stocks_ + model_.fatigue], end, fatigue);
  tally.add(Metric::active_days, to_fixed(end - opened));
  add_money(account, Metric::revenue, compute_margin(index, account.purchase, end, true));
  if (account.has(matched)) {
    const double followed = std::min(end, account.purchase + model_.follow_up_days);
    add_money(account, Metric::matched_net_value, compute_margin(index, account.purchase, followed, false));
  }
  if (account.referrer == no_account) return;
  const Account& referrer = m_.accounts[account.referrer];
  if (!referrer.has(matched)) return;
  const double followed = std::min(end, referrer.purchase + model_.follow_up_days);
  add_money(referrer, Metric::matched_net_value, compute_margin(index, account.purchase, followed, false));
}

}  // namespace vouch::simulation
