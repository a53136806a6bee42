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

constexpr NamedFeature second_ask_features[] = {{"answered_maybe", Feature::answered_maybe}};

constexpr NamedFeature renewal_features[] = {{"referrer_active", Feature::referrer_active}};

constexpr NamedFeature deal_features[] = {{"referred", Feature::referred},
                                          {"introduced", Feature::introduced},
                                          {"mentioned", Feature::mentioned},
                                          {"rep_tie", Feature::rep_tie},
                                          {"peer_tie", Feature::peer_tie},
                                          {"match", Feature::match},
                                          {"referrer_quality", Feature::referrer_quality},
                                          {"customer_reward", Feature::customer_reward}};

/// What a reference leaves with a deal or an expansion.
constexpr NamedFeature reference_features[] = {
    {"reference", Feature::reference}, {"reference_match", Feature::reference_match}, {"capsule", Feature::capsule}};

constexpr NamedFeature gap_features[] = {{"credibility_gap", Feature::credibility_gap},
                                         {"access_gap", Feature::access_gap}};

/// The entry for which `is_it` holds; nullptr if there is none.
template <typename Predicate>
const NamedFeature* search(const Predicate& is_it) {
  const NamedFeature* found = nullptr;
  const auto look = [&](const auto& table) {
    for (const NamedFeature& entry : table)
      if (found == nullptr && is_it(entry)) found = &entry;
  };
  look(account_features);
  look(second_ask_features);
  look(introduction_features);
  look(renewal_features);
  look(deal_features);
  look(reference_features);
  look(gap_features);
  return found;
}

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
  static const std::vector<std::string> names = {"ask",       "second_ask", "opt_out",    "testimonial",
                                                 "introduce", "organic",    "qualify",    "win",
                                                 "renew",     "expand",     "accept_call"};
  return names;
}

std::optional<Feature> find_feature(std::string_view name, const std::vector<std::string>& stocks) {
  for (std::size_t i = 0; i < stocks.size(); ++i)
    if (stocks[i] == name) return model::stock_feature(static_cast<int>(i));
  const NamedFeature* found = search([&](const NamedFeature& entry) { return entry.name == name; });
  return found != nullptr ? std::optional(found->feature) : std::nullopt;
}

std::string feature_name(Feature feature, const std::vector<std::string>& stocks) {
  if (model::is_stock(feature)) return stocks.at(static_cast<std::size_t>(model::stock_index(feature)));
  const NamedFeature* found = search([&](const NamedFeature& entry) { return entry.feature == feature; });
  return found != nullptr ? std::string(found->name) : std::string();
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
    if (outcome == OutcomeKind::qualify) return names;
    append_names(names, reference_features);
    append_names(names, gap_features);
    return names;
  }
  names = guard_features(stocks);
  if (outcome == OutcomeKind::second_ask) append_names(names, second_ask_features);
  if (outcome == OutcomeKind::introduce) append_names(names, introduction_features);
  if (outcome == OutcomeKind::renew) append_names(names, renewal_features);
  if (outcome == OutcomeKind::expand) append_names(names, reference_features);
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
    case Feature::answered_maybe:
    case Feature::peer_tie:
    case Feature::reminded:
    case Feature::referrer_active:
    case Feature::introduced:
    case Feature::mentioned:
    case Feature::reference:
    case Feature::capsule:
    case Feature::credibility_gap:
    case Feature::access_gap:
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
