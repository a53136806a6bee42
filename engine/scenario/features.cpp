// SPDX-License-Identifier: Apache-2.0
#include "scenario/features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace vouch::scenario {
namespace {

using model::Feature;
using model::OutcomeKind;

struct NamedFeature {
  std::string_view name;
  Feature feature;
  std::string_view range;
  std::string_view description;
};

constexpr std::string_view flag = "0 or 1";
constexpr std::string_view count = "0, 1, 2, ...";
constexpr std::string_view share = "[0, 1]";

constexpr NamedFeature account_features[] = {
    {"quality", Feature::quality, "any number",
     "How well we serve the account: the true value in outcomes; in guards and predictions what is seen of it, which "
     "asking.survey_noise blurs."},
    {"rep_tie", Feature::rep_tie, share, "Strength of the tie between us and the account."},
    {"consent", Feature::consent, flag, "Whether the account would serve as a reference at all."},
    {"peers_left", Feature::peers_left, "0, 1, 2, ...; 1000000 if unlimited",
     "People whom the account knows and has not named."},
    {"referred", Feature::referred, flag, "Whether the account itself came by a referral."},
    {"generation", Feature::generation, count,
     "Referrals between the account and one that came by none: 0 if it came cold or was there at the start."},
    {"value_realised", Feature::value_realised, flag, "Whether the account has had its first real result."},
    {"testimonial", Feature::testimonial, flag, "Whether the account has given a testimonial."},
    {"positioned", Feature::positioned, flag, "Whether we announced at its purchase that we mean to earn a referral."},
    {"has_referred", Feature::has_referred, flag,
     "Whether the account has introduced or named anybody, asked or unasked; mentions do not count."},
    {"was_thanked", Feature::was_thanked, flag,
     "Whether the account was ever thanked for a yes, a referral or a win, by us or by the new customer."},
    {"num_referrals", Feature::num_referrals, count,
     "People whom the account has introduced or named, asked or unasked; mentions do not count."},
    {"num_asks", Feature::num_asks, count, "Asks and mentions so far, by any program."},
    {"opted_out", Feature::opted_out, flag, "Whether the account wants no more asks."},
};

constexpr NamedFeature introduction_features[] = {
    {"peer_tie", Feature::peer_tie, share, "Strength of the tie between the referrer and the person named."},
    {"chases", Feature::chases, count, "Reminders before this chance of the introduction."},
    {"reminded", Feature::reminded, flag, "Whether the thanks for the promise came before this chance."}};

constexpr NamedFeature second_ask_features[] = {
    {"answered_maybe", Feature::answered_maybe, flag, "Whether the first answer was a maybe, and not a no."}};

constexpr NamedFeature renewal_features[] = {
    {"referrer_active", Feature::referrer_active, flag, "Whether somebody referred the account and has not left."}};

constexpr NamedFeature deal_features[] = {
    {"referred", Feature::referred, flag,
     "Whether the deal came by a referral; if not, what speaks of a referrer is 0."},
    {"introduced", Feature::introduced, flag, "Whether the referrer made an introduction, asked or unasked."},
    {"mentioned", Feature::mentioned, flag, "Whether we wrote in the referrer's name."},
    {"rep_tie", Feature::rep_tie, share, "Strength of the tie between us and the referrer."},
    {"peer_tie", Feature::peer_tie, share, "Strength of the tie between the referrer and the prospect."},
    {"match", Feature::match, "any sum of deals.match",
     "How like the referrer is to the prospect: the sum of the weights of what agrees (see deals.match)."},
    {"referrer_quality", Feature::referrer_quality, "any number", "How well we serve the referrer: the true value."},
    {"customer_reward", Feature::customer_reward, ">= 0", "log(1 + reward_customer / 100)."}};

/// What a reference leaves with a deal or an expansion.
constexpr NamedFeature reference_features[] = {
    {"reference", Feature::reference, flag, "Whether a reference call was held."},
    {"reference_match", Feature::reference_match, "any sum of deals.match",
     "How like who took the call is to who wanted it (see deals.match); 0 without a call."},
    {"capsule", Feature::capsule, flag, "Whether a written or recorded quote served instead of a call."}};

constexpr NamedFeature gap_features[] = {
    {"credibility_gap", Feature::credibility_gap, flag,
     "Whether the buyer still wants to hear from a peer when the deal is decided."},
    {"access_gap", Feature::access_gap, flag, "Whether whoever decides is still out of reach then."}};

bool is_of_deal(OutcomeKind outcome) noexcept { return outcome == OutcomeKind::qualify || outcome == OutcomeKind::win; }

/// Features that the same outcomes read.
struct Group {
  std::span<const NamedFeature> features;
  std::string_view owner;
  bool (*is_read_by)(OutcomeKind);
};

/// What guards read stands first.
const Group groups[] = {
    {account_features, "account", [](OutcomeKind outcome) { return !is_of_deal(outcome); }},
    {second_ask_features, "second ask", [](OutcomeKind outcome) { return outcome == OutcomeKind::second_ask; }},
    {introduction_features, "introduction", [](OutcomeKind outcome) { return outcome == OutcomeKind::introduce; }},
    {renewal_features, "renewal", [](OutcomeKind outcome) { return outcome == OutcomeKind::renew; }},
    {deal_features, "deal", is_of_deal},
    {reference_features, "deal or expansion",
     [](OutcomeKind outcome) { return outcome == OutcomeKind::win || outcome == OutcomeKind::expand; }},
    {gap_features, "deal", [](OutcomeKind outcome) { return outcome == OutcomeKind::win; }},
};

/// The entry for which `is_it` holds; nullptr if there is none.
template <typename Predicate>
const NamedFeature* search(const Predicate& is_it) {
  for (const Group& group : groups)
    for (const NamedFeature& entry : group.features)
      if (is_it(entry)) return &entry;
  return nullptr;
}

void append_names(std::vector<std::string>& names, const Group& group) {
  for (const NamedFeature& entry : group.features) names.emplace_back(entry.name);
}

/// "guards, ask, introduce", or "guards, every outcome but qualify, win".
std::string list_readers(const std::function<bool(OutcomeKind)>& is_read_by, bool in_guards) {
  std::vector<std::string> readers;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < outcome_names().size(); ++i)
    (is_read_by(static_cast<OutcomeKind>(i)) ? readers : others).push_back(outcome_names()[i]);
  const std::string outcomes = readers.size() > others.size()
                                   ? fmt::format("every outcome but {}", fmt::join(others, ", "))
                                   : fmt::format("{}", fmt::join(readers, ", "));
  return in_guards ? fmt::format("guards, {}", outcomes) : outcomes;
}

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
  append_names(names, groups[0]);
  return names;
}

std::vector<std::string> features_of(OutcomeKind outcome, const std::vector<std::string>& stocks) {
  std::vector<std::string> names;
  if (!is_of_deal(outcome)) names = stocks;
  for (const Group& group : groups)
    if (group.is_read_by(outcome)) append_names(names, group);
  return names;
}

std::vector<FeatureInfo> describe_features() {
  const auto of_accounts = [](OutcomeKind outcome) { return !is_of_deal(outcome); };
  std::vector<FeatureInfo> infos = {{"STOCK", "account", "any number", list_readers(of_accounts, true),
                                     "A stock by its name, as it has faded by then; the true value everywhere."}};
  for (const Group& group : groups)
    for (const NamedFeature& entry : group.features)
      infos.push_back({entry.name, group.owner, entry.range, list_readers(group.is_read_by, &group == &groups[0]),
                       entry.description});
  infos.push_back({"reward", "program", ">= 0", list_readers(reads_conduct, false), "log(1 + reward_referrer / 100)."});
  infos.push_back({"CONDUCT", "program", "any number", list_readers(reads_conduct, false),
                   "A conduct feature by its name: what the program's `conduct` sets it to, else 0."});
  return infos;
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
