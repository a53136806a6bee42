// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "random/maths.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using model::Feature;

double World::read_stock(const Account& account, int stock, double t) const {
  const StockState& state = account.stocks[stock];
  const double half_life = model_.stocks[stock].half_life_days;
  if (half_life == never || state.last == t) return state.value;
  return state.value * maths::exp2((state.last - t) / half_life);
}

double World::read_fatigue(const Account& account, double t) const {
  return model_.fatigue < 0 ? 0.0 : read_stock(account, model_.fatigue, t);
}

double World::read_feature(const Account& account, Feature feature, double t, double quality) const {
  if (model::is_stock(feature)) return read_stock(account, model::stock_index(feature), t);
  switch (feature) {
    case Feature::quality:
      return quality;
    case Feature::rep_tie:
      return account.rep_tie;
    case Feature::consent:
      return account.consent ? 1.0 : 0.0;
    case Feature::peers_left:
      return account.peers_left;
    case Feature::referred:
      return account.referred ? 1.0 : 0.0;
    case Feature::generation:
      return account.generation;
    case Feature::value_realised:
      return account.value_realised ? 1.0 : 0.0;
    case Feature::testimonial:
      return account.testimonial ? 1.0 : 0.0;
    case Feature::positioned:
      return account.positioned ? 1.0 : 0.0;
    case Feature::has_referred:
      return account.has_referred ? 1.0 : 0.0;
    case Feature::was_thanked:
      return account.was_thanked ? 1.0 : 0.0;
    case Feature::num_referrals:
      return account.num_referrals;
    case Feature::num_asks:
      return account.num_asks;
    case Feature::opted_out:
      return account.opted_out ? 1.0 : 0.0;
    default:
      return 0.0;  // has no meaning for an account
  }
}

bool World::guard_holds(const model::Guard& guard, const Account& account, double t) const {
  return model::holds(guard, [&](Feature feature) { return read_feature(account, feature, t, account.quality_seen); });
}

double World::compute_predictor(model::OutcomeKind kind, int source, int segment, const Read& read) const {
  const model::Outcome& outcome = strategy_.outcome(kind);
  double eta = outcome.base[static_cast<std::size_t>(source) * model_.segments.size() + segment];
  for (const model::Weight& weight : outcome.weights) eta += weight.weight * read(weight.feature);
  return eta;
}

double World::compute_probability(model::OutcomeKind kind, int source, int segment, const Read& read) const {
  return model::apply_link(strategy_.outcome(kind).link, compute_predictor(kind, source, segment, read));
}

double World::compute_account_probability(model::OutcomeKind kind, const Account& account, int source, double t) const {
  return compute_probability(kind, source, account.segment,
                             [&](Feature feature) { return read_feature(account, feature, t, account.quality); });
}

void World::land(Account& account, model::TouchKind kind, double t, Booking booking) {
  land(account, model_.touch(kind), t, booking);
}

void World::land(Account& account, const model::Touch& touch, double t, Booking booking) {
  std::vector<double> amounts;
  for (const model::Impulse& impulse : touch.impulses) {
    amounts.push_back(impulse.times < 0 ? impulse.amount : impulse.amount * read_stock(account, impulse.times, t));
  }
  for (std::size_t i = 0; i < touch.impulses.size(); ++i) {
    const int stock = touch.impulses[i].stock;
    if (stock == model_.fatigue) report_fatigue_to(account, t);
    const double cap = model_.stocks[stock].cap;
    const double x = read_stock(account, stock, t);
    double landed = amounts[i];
    if (landed > 0.0 && cap != never) landed *= std::max(0.0, 1.0 - x / cap);
    account.stocks[stock] = {x + landed, t};
    const bool is_hot = stock == model_.fatigue && x + landed > model_.fatigue_limit;
    if (is_hot && t >= 0.0 && booking == Booking::booked && !account.burned_out) {
      account.burned_out = true;
      add(model::Metric::burned_out, account, 1);
    }
  }
  if (booking == Booking::free || t < 0.0) return;
  const Money cost = to_money(touch.cost * compute_discount(t));
  add(model::Metric::touch_cost, account, cost);
  add(model::Metric::net_value, account, -cost);
  add(model::Metric::rep_minutes, account, to_money(touch.minutes));
  count(model::Series::series_touch_cost, t, cost);
  count(model::Series::series_rep_minutes, t, to_money(touch.minutes));
  if (t <= account.purchase + model_.follow_up_days) account.matched_costs += cost;
}

}  // namespace vouch::reference
