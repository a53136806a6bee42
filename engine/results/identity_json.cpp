// SPDX-License-Identifier: Apache-2.0
#include "results/identity_json.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace vouch::results {

using Json = nlohmann::ordered_json;

namespace {

/// Journals may come from anywhere, and readers rely on this.
bool makes_sense(const RunIdentity& identity) {
  constexpr std::size_t most_lanes = 100'000'000;
  const std::vector<std::string>& names = identity.strategy_names;
  const std::size_t num_points = identity.num_points();
  const auto is_swept_whole = [&](const SweptKey& swept) { return swept.values.size() == num_points; };
  const auto is_known_whole = [&](const Expectation& known) { return known.values.size() == num_points; };
  const auto& part = identity.part;
  const bool is_part_inside = !part || (part->count > 0 && part->first < identity.replications &&
                                        part->count <= identity.replications - part->first);
  return is_part_inside && std::find(names.begin(), names.end(), identity.baseline) != names.end() && num_points > 0 &&
         names.size() <= most_lanes / num_points && identity.program_names.size() == names.size() &&
         identity.replications > 0 && identity.confidence > 0.0 && identity.confidence < 1.0 &&
         std::all_of(identity.sweep.begin(), identity.sweep.end(), is_swept_whole) &&
         std::all_of(identity.expectations.begin(), identity.expectations.end(), is_known_whole);
}

/// A path in a command may hold any bytes, which a journal is to keep: as numbers, where they are no text.
Json write_bytes(const std::string& text) {
  try {
    static_cast<void>(Json(text).dump());
    return text;
  } catch (const Json::type_error&) {
    return std::vector<unsigned char>(text.begin(), text.end());
  }
}

std::string read_bytes(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const auto bytes = json.get<std::vector<unsigned char>>();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string write_identity(const RunIdentity& identity) {
  Json json;
  json["title"] = identity.title;
  json["question"] = identity.question;
  json["scenario"] = identity.scenario_text;
  json["worlds"] = identity.worlds_text;
  json["command"] = write_bytes(identity.canonical_command);
  json["seed"] = identity.seed;
  json["antithetic"] = identity.antithetic;
  json["replications"] = identity.replications;
  if (identity.part)
    json["part"] = {{"first", identity.part->first},
                    {"count", identity.part->count},
                    {"shard", identity.part->shard},
                    {"shards", identity.part->num_shards}};
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
    identity.canonical_command = read_bytes(json.at("command"));
    json.at("seed").get_to(identity.seed);
    json.at("antithetic").get_to(identity.antithetic);
    json.at("replications").get_to(identity.replications);
    if (json.contains("part")) {
      const Json& part = json.at("part");
      identity.part = Part{part.at("first"), part.at("count"), part.at("shard"), part.at("shards")};
    }
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
    if (!makes_sense(identity)) return std::nullopt;
    return identity;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace vouch::results
