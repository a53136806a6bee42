// SPDX-License-Identifier: Apache-2.0
#include "results/identity_json.hpp"

#include <limits>
#include <nlohmann/json.hpp>

namespace vouch::results {

using Json = nlohmann::ordered_json;

std::string write_identity(const RunIdentity& identity) {
  Json json;
  json["title"] = identity.title;
  json["question"] = identity.question;
  json["scenario"] = identity.scenario_text;
  json["worlds"] = identity.worlds_text;
  json["command"] = identity.canonical_command;
  json["seed"] = identity.seed;
  json["antithetic"] = identity.antithetic;
  json["replications"] = identity.replications;
  json["baseline"] = identity.baseline;
  json["metric"] = identity.metric;
  json["confidence"] = identity.confidence;
  json["currency"] = identity.currency;
  json["vouch_version"] = identity.version;
  json["git_sha1"] = identity.git_sha1;
  json["strategies"] = identity.strategy_names;
  json["programs"] = identity.program_names;
  json["segments"] = identity.segment_names;
  json["sweep"] = Json::array();
  for (const SweptKey& swept : identity.sweep) json["sweep"].push_back({{"key", swept.key}, {"values", swept.values}});
  json["expectations"] = Json::array();
  for (const Expectation& known : identity.expectations)
    json["expectations"].push_back({{"metric", known.metric}, {"values", known.values}});  // NaN becomes null
  json["until"] = identity.stopping.aim;
  // A path in the command may hold any bytes.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RunIdentity> read_identity(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    RunIdentity identity;
    json.at("title").get_to(identity.title);
    json.at("question").get_to(identity.question);
    json.at("scenario").get_to(identity.scenario_text);
    json.at("worlds").get_to(identity.worlds_text);
    json.at("command").get_to(identity.canonical_command);
    json.at("seed").get_to(identity.seed);
    json.at("antithetic").get_to(identity.antithetic);
    json.at("replications").get_to(identity.replications);
    json.at("baseline").get_to(identity.baseline);
    json.at("metric").get_to(identity.metric);
    json.at("confidence").get_to(identity.confidence);
    json.at("currency").get_to(identity.currency);
    json.at("vouch_version").get_to(identity.version);
    json.at("git_sha1").get_to(identity.git_sha1);
    json.at("strategies").get_to(identity.strategy_names);
    json.at("programs").get_to(identity.program_names);
    json.at("segments").get_to(identity.segment_names);
    for (const Json& swept : json.at("sweep"))
      identity.sweep.push_back(
          {swept.at("key").get<std::string>(), swept.at("values").get<std::vector<std::string>>()});
    for (const Json& known : json.at("expectations")) {
      Expectation& expectation = identity.expectations.emplace_back(Expectation{known.at("metric"), {}});
      for (const Json& value : known.at("values"))
        expectation.values.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
    }
    json.at("until").get_to(identity.stopping.aim);
    return identity;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace vouch::results
