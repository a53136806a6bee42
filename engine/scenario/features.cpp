// SPDX-License-Identifier: Apache-2.0
#include "scenario/features.hpp"

#include <algorithm>
#include <array>

namespace vouch::scenario {
namespace {

using model::Feature;
using model::OutcomeKind;

struct NamedFeature {
  std::string_view name;
  Feature feature;
};

constexpr NamedFeature account_features[] = {
    {"quality", Feature::quality},
    {"rep_tie", Feature::rep_tie},
    {"consent", Feature::consent},
    {"peers_left", Feature::peers_left},
    {"referred", Feature::referred},
    {"generation", Feature::generation},
    {"value_realised", Feature::value_realised},
    {"testimonial", Feature::testimonial},
    {"positioned", Feature::positioned},
    {"has_referred", Feature::has_referred},
    {"was_thanked", Feature::was_thanked},
    {"num_referrals", Feature::num_referrals},
    {"num_asks", Feature::num_asks},
    {"opted_out", Feature::opted_out},
};

constexpr NamedFeature introduction_features[] = {
    {"peer_tie", Feature::peer_tie}, {"chases", Feature::chases}, {"reminded", Feature::reminded}};

constexpr NamedFeature renewal_features[] = {{"referrer_active", Feature::referrer_active}};

constexpr NamedFeature deal_features[] = {{"referred", Feature::referred},
                                          {"introduced", Feature::introduced},
                                          {"mentioned", Feature::mentioned},
                                          {"rep_tie", Feature::rep_tie},
                                          {"peer_tie", Feature::peer_tie},
                                          {"match", Feature::match},
                                          {"referrer_quality", Feature::referrer_quality},
                                          {"customer_reward", Feature::customer_reward}};

template <typename Table>
void append_names(std::vector<std::string>& names, const Table& table) {
  for (const NamedFeature& entry : table) names.emplace_back(entry.name);
}

bool is_of_deal(OutcomeKind outcome) noexcept { return outcome == OutcomeKind::qualify || outcome == OutcomeKind::win; }

}  // namespace

const std::vector<std::string>& touch_names() {
  static const std::vector<std::string> names = {"purchase",
                                                 "positioning",
                                                 "value_realised",
                                                 "incident",
                                                 "favour",
                                                 "testimonial_request",
                                                 "service_recovery",
                                                 "ask",
                                                 "second_ask",
                                                 "mention",
                                                 "chase",
                                                 "thanks_for_promise",
                                                 "thank_you",
                                                 "status_report",
                                                 "thanks_from_customer",
                                                 "recognition",
                                                 "reward",
                                                 "referral_lost",
                                                 "unacknowledged",
                                                 "reference_call",
                                                 "capsule"};
  return names;
}

const std::vector<std::string>& outcome_names() {
  static const std::vector<std::string> names = {"ask",     "second_ask", "opt_out", "testimonial", "introduce",
                                                 "organic", "qualify",    "win",     "renew",       "expand"};
  return names;
}

std::optional<Feature> find_feature(std::string_view name, const std::vector<std::string>& stocks) {
  for (std::size_t i = 0; i < stocks.size(); ++i)
    if (stocks[i] == name) return model::stock_feature(static_cast<int>(i));
  const auto search = [&](const auto& table) -> const NamedFeature* {
    for (const NamedFeature& entry : table)
      if (entry.name == name) return &entry;
    return nullptr;
  };
  for (const NamedFeature* found :
       {search(account_features), search(introduction_features), search(renewal_features), search(deal_features)})
    if (found != nullptr) return found->feature;
  return std::nullopt;
}

std::string feature_name(Feature feature, const std::vector<std::string>& stocks) {
  if (model::is_stock(feature)) return stocks.at(static_cast<std::size_t>(model::stock_index(feature)));
  const auto search = [&](const auto& table) -> std::string {
    for (const NamedFeature& entry : table)
      if (entry.feature == feature) return std::string(entry.name);
    return {};
  };
  for (const std::string& found :
       {search(account_features), search(introduction_features), search(renewal_features), search(deal_features)})
    if (!found.empty()) return found;
  return {};
}

std::vector<std::string> guard_features(const std::vector<std::string>& stocks) {
  std::vector<std::string> names = stocks;
  append_names(names, account_features);
  return names;
}

std::vector<std::string> features_of(OutcomeKind outcome, const std::vector<std::string>& stocks) {
  std::vector<std::string> names;
  if (is_of_deal(outcome)) {
    append_names(names, deal_features);
    return names;
  }
  names = guard_features(stocks);
  if (outcome == OutcomeKind::introduce) append_names(names, introduction_features);
  if (outcome == OutcomeKind::renew) append_names(names, renewal_features);
  return names;
}

bool reads_conduct(OutcomeKind outcome) noexcept {
  return outcome == OutcomeKind::ask || outcome == OutcomeKind::second_ask || outcome == OutcomeKind::opt_out ||
         outcome == OutcomeKind::introduce;
}

bool is_unit_feature(Feature feature) noexcept {
  switch (feature) {
    case Feature::rep_tie:
    case Feature::consent:
    case Feature::referred:
    case Feature::value_realised:
    case Feature::testimonial:
    case Feature::positioned:
    case Feature::has_referred:
    case Feature::was_thanked:
    case Feature::opted_out:
    case Feature::peer_tie:
    case Feature::reminded:
    case Feature::referrer_active:
    case Feature::introduced:
    case Feature::mentioned:
      return true;
    default:
      return false;
  }
}

bool is_reserved_name(std::string_view name) {
  constexpr std::array words = {"and",           "or",           "not",    "reward", "value", "source", "note",
                                "identified_by", "distribution", "amount", "true",   "false"};
  return find_feature(name, {}).has_value() || std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace vouch::scenario
