// SPDX-License-Identifier: Apache-2.0
#include "results/coordinates.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "results/ratios_json.hpp"
#include "results/summary.hpp"

namespace vouch::results {
namespace {

/// The only time a file may hold is the one that its maker set: two runs of the same scenario are the same bytes.
std::string format_source_date() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr || *text == '\0') return {};
  char* end = nullptr;
  const long long seconds = std::strtoll(text, &end, 10);
  constexpr long long year_9999 = 253402300799;
  if (*end != '\0' || seconds < 0 || seconds > year_9999) return {};
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::vector<double> count_up(int count, double step) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(i * step);
  return values;
}

std::vector<std::int64_t> count_from(std::int64_t first, std::size_t count) {
  std::vector<std::int64_t> values(count);
  std::iota(values.begin(), values.end(), first);
  return values;
}

void write_program_names(LabelledFile& file, const RunIdentity& identity, int num_sources) {
  std::vector<std::string> names;
  for (std::size_t strategy = 0; strategy < identity.strategy_names.size(); ++strategy) {
    names.insert(names.end(), {"cold", "organic"});
    for (std::size_t p = 0; p + 2 < static_cast<std::size_t>(num_sources); ++p) {
      const bool known = strategy < identity.program_names.size() && p < identity.program_names[strategy].size();
      names.push_back(known ? identity.program_names[strategy][p] : "");
    }
  }
  const auto variable =
      file.add_variable("", "source_name", ValueType::text, {"strategy", "source"},
                        {{"long_name", std::string("name of the source under each strategy; empty if it has none")}});
  file.write_texts(variable, names);
}

/// A TOML number, such as 1_000 or -2.5.
std::optional<double> read_number(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  const char* const begin = text.data() + (!text.empty() && text.front() == '+' ? 1 : 0);
  const char* const end = text.data() + text.size();
  double value = 0.0;
  const auto [read, failure] = std::from_chars(begin, end, value);
  if (failure != std::errc() || read != end || begin == end) return std::nullopt;
  return value;
}

/// What a sweep varies: a variable for each key, of numbers if all values are.
void write_sweep(LabelledFile& file, const RunIdentity& identity) {
  for (const SweptKey& swept : identity.sweep) {
    std::vector<double> numbers;
    for (const std::string& value : swept.values)
      if (const auto number = read_number(value)) numbers.push_back(*number);
    const bool are_numbers = numbers.size() == swept.values.size();
    const auto variable =
        file.add_variable("sweep", swept.key, are_numbers ? ValueType::float64 : ValueType::text, {"point"},
                          {{"long_name", "value of " + swept.key}, {"toml", nlohmann::json(swept.values).dump()}});
    if (are_numbers)
      file.write(variable, numbers.data());
    else
      file.write_texts(variable, swept.values);
  }
}

void write_stopping(LabelledFile& file, const experiment::Stopping& stopping) {
  const auto add = [&file](const std::string& name, auto value) { file.add_root_attribute({name, value}); };
  const auto count = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  add("until", stopping.aim);
  add("stop_reached", std::int64_t{stopping.is_reached ? 1 : 0});
  add("stop_reason", stopping.reason);
  add("worlds_used", count(stopping.worlds_used));
  add("worlds_if_equal", count(stopping.worlds_if_equal));
  add("worlds_if_independent", count(stopping.worlds_if_independent));
  add("indifference", stopping.indifference);
}

void write_part(LabelledFile& file, const Part& part) {
  file.add_root_attribute({"part_first", std::int64_t{part.first}});
  file.add_root_attribute({"part_count", std::int64_t{part.count}});
  if (part.shard > 0) file.add_root_attribute({"shard", fmt::format("{}/{}", part.shard, part.num_shards)});
}

void write_profile_edges(LabelledFile& file) {
  const auto write = [&file](const std::string& name, const std::string& text, double lowest, const double(&edges)[4]) {
    std::vector<double> lower = {lowest};
    lower.insert(lower.end(), std::begin(edges), std::end(edges));
    const auto variable = file.add_variable("", name, ValueType::float64, {"profile_band"},
                                            {{"long_name", text}, {"units", std::string("1")}});
    file.write(variable, lower.data());
  };
  write("quality_band_lower", "lower edge of the band in quality", -std::numeric_limits<double>::infinity(),
        model::quality_band_edges);
  write("peers_band_lower", "lower edge of the band in people left to name", 0.0, model::peers_band_edges);
}

}  // namespace

void write_root_attributes(LabelledFile& file, const RunIdentity& identity, const model::ObservationLayout& layout,
                           int schema_version) {
  const std::string date = format_source_date();
  const auto add = [&file](const std::string& name, auto value) { file.add_root_attribute({name, value}); };
  add("title", identity.title);
  add("question", identity.question);
  add("source", "vouch " + identity.version);
  add("history", (date.empty() ? "" : date + " ") + identity.canonical_command);
  add("filetype", std::string("vouch results"));
  add("schema_version", std::int64_t{schema_version});
  add("vouch_version", identity.version);
  add("git_sha1", identity.git_sha1);
  if (!date.empty()) add("created", date);
  add("command", identity.canonical_command);
  add("scenario", identity.scenario_text);
  add("seed", static_cast<std::int64_t>(identity.seed));
  add("antithetic", std::int64_t{identity.antithetic ? 1 : 0});
  add("replications", static_cast<std::int64_t>(identity.replications));
  add("baseline", identity.baseline);
  add("metric", identity.metric);
  add("confidence", identity.confidence);
  add("currency", identity.currency);
  add("ratios", write_ratios());
  add("worlds", format_worlds(describe_worlds(identity, layout)));
  add("worlds_digest", compute_worlds_digest(identity, layout));
  if (!identity.stopping.aim.empty()) write_stopping(file, identity.stopping);
  if (identity.part) write_part(file, *identity.part);
}

void write_coordinates(LabelledFile& file, const Contents& contents) {
  const RunIdentity& identity = contents.identity;
  const model::ObservationLayout& layout = contents.layout;
  std::vector<std::string> sources = {"cold", "organic"};
  for (int p = 1; p + 2 <= layout.num_sources(); ++p) sources.push_back(fmt::format("program_{}", p));
  sources.resize(static_cast<std::size_t>(layout.num_sources()));
  if (contents.has_points()) file.add_coordinate("point", count_from(0, identity.num_points()), "point of the sweep");
  file.add_coordinate("strategy", identity.strategy_names, "strategy");
  file.add_coordinate("replication", count_from(contents.first_replication, contents.num_replications), "replication");
  file.add_coordinate("segment", identity.segment_names, "customer segment, or population of partners or outsiders");
  file.add_coordinate("cohort", std::vector<std::string>{"existing", "new"}, "cohort of the lineage's root");
  file.add_coordinate("source", sources, "where a lead came from");
  if (layout.num_bins() > 0) {
    file.add_coordinate("bin", count_up(layout.num_bins(), contents.model.bin_days),
                        "start of the bin, from the start of counting", "day");
  }
  file.add_coordinate("tenure_band", count_up(model::num_tenure_bands, model::tenure_band_days),
                      "lower edge of the band in tenure; the last is open", "day");
  file.add_coordinate("fatigue_band", count_up(model::num_fatigue_bands, model::fatigue_band_width),
                      "lower edge of the band in fatigue; the first holds less too, the last is open", "1");
  file.add_coordinate("generation", count_from(0, model::num_generations), "generation; the last holds later ones too");
  file.add_coordinate("profile_band", count_from(1, model::num_profile_bands), "band of a trait, lowest first");
  file.add_coordinate("quantile", summary_quantiles, "share of worlds at or below", "1");
  file.add_coordinate("other_strategy", identity.strategy_names, "strategy that another is compared with");
  file.add_coordinate("element", count_from(0, layout.size()), "place in a world's row");
  write_sweep(file, identity);
  write_program_names(file, identity, layout.num_sources());
  write_profile_edges(file);
}

}  // namespace vouch::results
