// SPDX-License-Identifier: Apache-2.0
// Words, features, probabilities and variates for groups of accounts.
#include <algorithm>

#include "model/guard.hpp"
#include "random/maths.hpp"
#include "random/normal_quantile.hpp"
#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Feature;
using random::Decision;

void Batch::copy_row(Group& to, const Group& from, int i) const {
  add_row(to, from.account[i], from.time[i], from.source[i], from.ordinal[i]);
  to.stocks_read = from.stocks_read;
  for (int s = 0; s < num_stocks_; ++s)
    if ((from.stocks_read >> s & 1) != 0) to.reading[s][to.size - 1] = from.reading[s][i];
}

void Batch::draw_words(const Rows& rows, Decision decision, std::uint64_t* words) const {
  alignas(64) std::uint32_t last[group_size];
  const std::uint32_t high = static_cast<std::uint32_t>(decision) << 24;
  for (int i = 0; i < rows.size; ++i) last[i] = high | rows.ordinal[i] << 8;
  lanes_.philox(static_cast<std::size_t>(rows.size), rows.lineage, rows.replication, last, keys_.front().seed, words);
  if (!any_antithetic_ || decision == Decision::naming) return;  // a naming's word is an identity
  for (int i = 0; i < rows.size; ++i) words[i] ^= keys_[rows.world[i]].antithetic;
}

void Batch::read_stocks(Group& group, std::uint32_t stocks) const {
  alignas(64) double other_value[group_size];
  alignas(64) double other_since[group_size];
  stocks &= ~group.stocks_read;
  for (int s = 0; s < num_stocks_; ++s) {
    if ((stocks >> s & 1) == 0) continue;
    double* const value = s == model_.fatigue ? group.fatigue_value : other_value;
    double* const since = s == model_.fatigue ? group.fatigue_since : other_since;
    for (int i = 0; i < group.size; ++i) {
      const StockState& state = m_.stocks[static_cast<std::size_t>(group.account[i]) * num_stocks_ + s];
      value[i] = state.value;
      since[i] = state.time;
    }
#ifdef VOUCH_FAULT_lingering_stock
    const double half_life_days = model_.stocks[s].half_life_days * 1.05;
#else
    const double half_life_days = model_.stocks[s].half_life_days;
#endif
    lanes_.decay(static_cast<std::size_t>(group.size), value, since, group.time, half_life_days, group.reading[s]);
  }
  group.stocks_read |= stocks;
}

double Batch::read_stock(std::uint32_t account, int stock, double time) const {
  const StockState& state = m_.stocks[static_cast<std::size_t>(account) * num_stocks_ + stock];
  return state.value * maths::exp2((state.time - time) / model_.stocks[stock].half_life_days);
}

double Batch::quality_of(std::uint32_t account) const {
  return varies_quality_ ? m_.quality[account] : model_.segments[m_.accounts[account].segment].quality.parameters[0];
}

double Batch::rep_tie_of(std::uint32_t account) const {
  if (varies_rep_tie_) return m_.rep_tie[account];
  return std::clamp(model_.segments[m_.accounts[account].segment].rep_tie.parameters[0], 0.0, 1.0);
}

double Batch::seen_quality(std::uint32_t index, std::uint64_t word) const {
  return quality_of(index) + model_.survey_noise * maths::normal_quantile(random::to_open_unit(word));
}

double Batch::feature_value(Feature feature, std::uint32_t index, double time) const {
  if (model::is_stock(feature)) return read_stock(index, model::stock_index(feature), time);
  const Account& account = m_.accounts[index];
  const auto flag = [&](Flag f) { return account.has(f) ? 1.0 : 0.0; };
  switch (feature) {
    case Feature::quality:
      return quality_of(index);
    case Feature::rep_tie:
      return rep_tie_of(index);
    case Feature::consent: {
      const double share = model_.segments[account.segment].reference_consent;
      return random::happens(random::draw_word(key_of(account), account.lineage, Decision::consent, 0), share) ? 1.0
                                                                                                               : 0.0;
    }
    case Feature::peers_left:
      return account.has(has_peer_limit) ? account.peers_left : 1e6;
    case Feature::referred:
      return flag(referred);
    case Feature::generation:
      return account.generation;
    case Feature::value_realised:
      return flag(value_realised);
    case Feature::testimonial:
      return flag(testimonial);
    case Feature::positioned:
      return flag(positioned);
    case Feature::has_referred:
      return account.num_referrals > 0 ? 1.0 : 0.0;
    case Feature::was_thanked:
      return flag(was_thanked);
    case Feature::num_referrals:
      return account.num_referrals;
    case Feature::num_asks:
      return account.num_asks;
    case Feature::opted_out:
      return flag(opted_out);
    default:
      return 0.0;  // of other outcomes only
  }
}

const double* Batch::feature_values(Feature feature, const Group& group) {
  if (special_[static_cast<int>(feature)] != nullptr) return special_[static_cast<int>(feature)];
  if (model::is_stock(feature)) return group.reading[model::stock_index(feature)];
  const auto fill_flag = [&](Flag flag) {
    for (int i = 0; i < group.size; ++i) feature_[i] = m_.accounts[group.account[i]].has(flag) ? 1.0 : 0.0;
    return feature_;
  };
  switch (feature) {  // the commonest without a decision for each row
    case Feature::value_realised:
      return fill_flag(value_realised);
    case Feature::referred:
      return fill_flag(referred);
    case Feature::was_thanked:
      return fill_flag(was_thanked);
    default:
      break;
  }
  for (int i = 0; i < group.size; ++i) feature_[i] = feature_value(feature, group.account[i], group.time[i]);
  return feature_;
}

void Batch::compute_eta(const Chance& chance, Group& group, double* eta) {
  read_stocks(group, chance.reads);
  const double* base = chance.outcome->base.data();
  const auto num_segments = static_cast<unsigned>(num_segments_);
  for (int i = 0; i < group.size; ++i) eta[i] = base[group.source[i] * num_segments + group.segment[i]];
  for (const model::Weight& weight : chance.outcome->weights) {
    const double* values = feature_values(weight.feature, group);
    for (int i = 0; i < group.size; ++i) eta[i] += weight.weight * values[i];
  }
}

void Batch::apply_link(model::Link link, int n, const double* eta, double* probability) const {
  if (link == model::Link::logit) return lanes_.logistic(static_cast<std::size_t>(n), eta, probability);
  for (int i = 0; i < n; ++i) probability[i] = model::apply_link(link, eta[i]);
}

void Batch::compute_probability(const Chance& chance, Group& group, double* probability) {
  if (chance.outcome->weights.empty()) {
    const auto num_segments = static_cast<unsigned>(num_segments_);
    for (int i = 0; i < group.size; ++i)
      probability[i] = chance.constant[group.source[i] * num_segments + group.segment[i]];
    return;
  }
  compute_eta(chance, group, eta_);
  apply_link(chance.outcome->link, group.size, eta_, probability);
}

bool Batch::guard_holds(const model::Guard& guard, std::uint32_t index, double time) const {
  if (guard.steps.empty()) return true;
  return model::holds(guard, [&](Feature feature) {
    return feature == Feature::quality ? read_quality_seen(index) : feature_value(feature, index, time);
  });
}

/// Of the account, the same at every look; a survey looks afresh.
double Batch::read_quality_seen(std::uint32_t index) const {
  if (model_.survey_noise == 0.0) return quality_of(index);
  const Account& account = m_.accounts[index];
  return seen_quality(index, random::draw_word(key_of(account), account.lineage, Decision::quality_seen, 0));
}

void Batch::sample_rows(const Rows& rows, Decision decision, double* out) {
  const int n = rows.size;
  const bool is_one_family =
      std::all_of(families_, families_ + n, [this](const auto* family) { return family == families_[0]; });
  if (n == 0) return;
  if (is_one_family && families_[0]->is_constant()) {
    std::fill(out, out + n, families_[0]->parameters[0]);
    return;
  }
  const auto needs_rejection = [](const random::Distribution& d) {
    return d.family == random::Family::gamma || d.family == random::Family::beta;
  };
  draw_words(rows, decision, words_);
  if (is_one_family && !needs_rejection(*families_[0]))
    return random::invert(*families_[0], static_cast<std::size_t>(n), words_, out);

  // Several distributions: each inverts the rows that it owns, side by side.
  bool done[group_size] = {};
  for (int first = 0; first < n; ++first) {
    if (done[first]) continue;
    const random::Distribution& family = *families_[first];
    int owned[group_size];
    std::uint64_t words[group_size];
    double values[group_size];
    int count = 0;
    for (int i = first; i < n; ++i) {
      if (families_[i] != &family) continue;
      done[i] = true;
      if (needs_rejection(family)) {
        out[i] = random::sample(family, keys_[rows.world[i]], rows.lineage[i], decision, rows.ordinal[i]);
        continue;
      }
      words[count] = words_[i];
      owned[count++] = i;
    }
    random::invert(family, static_cast<std::size_t>(count), words, values);
    for (int i = 0; i < count; ++i) out[owned[i]] = values[i];
  }
}

double Batch::sample_delay(const random::Distribution& distribution, const Account& account, Decision decision,
                           std::uint32_t ordinal) const {
  return sample_for(account.lineage, account.world, distribution, decision, ordinal);
}

double Batch::sample_for(random::Lineage lineage, std::uint16_t world, const random::Distribution& distribution,
                         Decision decision, std::uint32_t ordinal) const {
  if (distribution.is_constant()) return distribution.parameters[0];
  if (ordinal > random::max_ordinal) fail_ordinal("attempts");
  return random::sample(distribution, keys_[world], lineage, decision, ordinal);
}

std::uint8_t Batch::choose_category(const std::vector<double>& cumulative, std::uint16_t world, random::Lineage lineage,
                                    Decision decision) const {
  if (cumulative.size() < 2) return 0;
  return static_cast<std::uint8_t>(random::choose(cumulative, random::draw_word(keys_[world], lineage, decision, 0)));
}

}  // namespace vouch::simulation
