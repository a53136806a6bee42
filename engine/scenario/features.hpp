// SPDX-License-Identifier: Apache-2.0
// The names by which weights and guards read the model's features.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/feature.hpp"
#include "model/outcome.hpp"
#include "model/touch.hpp"

namespace vouch::scenario {

/// Names of touches and outcomes, by kind.
const std::vector<std::string>& touch_names();
const std::vector<std::string>& outcome_names();

/// The stock or feature of this name.
std::optional<model::Feature> find_feature(std::string_view name, const std::vector<std::string>& stocks);
std::string feature_name(model::Feature feature, const std::vector<std::string>& stocks);

/// What an outcome's weights may name, besides conduct; with stocks first.
std::vector<std::string> features_of(model::OutcomeKind outcome, const std::vector<std::string>& stocks);
/// Whether weights of this outcome may name conduct features and `reward`.
bool reads_conduct(model::OutcomeKind outcome) noexcept;
/// What a guard may name.
std::vector<std::string> guard_features(const std::vector<std::string>& stocks);

/// A feature as the reference explains it; STOCK and CONDUCT stand for any name of their kind.
struct FeatureInfo {
  std::string_view name;
  std::string_view owner;  ///< whose it is: "account", "deal", ...
  std::string_view range;
  std::string readers;  ///< the guards and outcomes in which it has a meaning
  std::string_view description;
};
std::vector<FeatureInfo> describe_features();

/// Whether a feature is always in [0, 1].
bool is_unit_feature(model::Feature feature) noexcept;
/// Whether the name is taken: a feature, `reward`, or a word of the guards' language.
bool is_reserved_name(std::string_view name);

}  // namespace vouch::scenario
