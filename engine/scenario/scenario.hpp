// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "model/model.hpp"
#include "model/strategy.hpp"
#include "scenario/published.hpp"

namespace vouch::scenario {

struct Resolved;  // the checked tree: every key with its value and origin

/// One `--set key=value`. The key is dotted ("strategies.at-signing.delay_days"), the value TOML; what is no TOML
/// value is taken as a text.
struct Override {
  std::string key;
  std::string value;
  std::string shown = {};  ///< how the user gave it, for messages; empty: as --set key=value
};

/// `KEY=VALUES` of --sweep as overrides' key and value. VALUES is `V1,V2,...`, `FROM..TO/STEPS`, or TOML as it stands
/// under [sweep.keys]; what is no TOML value is taken as a text.
Override make_swept_override(const std::string& key, const std::string& values);

/// What a scenario's [sweep] varies: every point is the scenario with other values of these keys.
struct Sweep {
  struct Value {
    std::string toml;
    Location where = {};
  };
  struct Key {
    std::string key;  ///< dotted
    Location where;
    std::vector<Value> values;  ///< that points take
  };
  std::vector<Key> keys;
  std::vector<std::vector<std::size_t>> points;  ///< by point, by key: which of its values; empty: no sweep

  const std::string& value_at(std::size_t point, std::size_t key) const {
    return keys[key].values[points[point][key]].toml;
  }
};

/// How a scenario wants to be run.
struct Experiment {
  enum class Detail { summary, world };
  std::uint32_t replications = 0;
  std::uint64_t seed = 0;
  int baseline = 0;  ///< index of a strategy
  std::string metric;
  double confidence = 0.95;
  bool antithetic = false;
  Detail detail = Detail::summary;
};

/// A checked scenario. Immutable, cheap to copy, and made only by load_scenario and parse_scenario.
class Scenario {
 public:
  const std::string& title() const noexcept;
  const std::string& question() const noexcept;
  const std::string& currency() const noexcept;
  const Experiment& experiment() const noexcept;
  const std::vector<std::string>& strategy_names() const noexcept;
  /// For people, by strategy; the name where the scenario gives no label.
  const std::vector<std::string>& strategy_labels() const noexcept;
  /// May be empty, by strategy.
  const std::vector<std::string>& strategy_descriptions() const noexcept;
  /// Of customers.
  const std::vector<std::string>& segment_names() const noexcept;
  /// Of partners and outsiders; in the model they stand after the segments.
  const std::vector<std::string>& population_names() const noexcept;
  /// Where experiment.metric is given, for those who know the metrics; empty if it is not.
  Location metric_place() const;
  /// In the file's order. Whether their metrics are there is for those to say who know the metrics.
  const std::vector<PublishedFigure>& published() const noexcept;
  /// Empty without a sweep. Whether its points are valid scenarios is for compile_points to say.
  const Sweep& sweep() const noexcept;
  /// Suspicious but legal, in the order of the file.
  const std::vector<Problem>& warnings() const noexcept;
  const Resolved& resolved() const noexcept { return *resolved_; }

 private:
  friend Scenario make_scenario(std::shared_ptr<const Resolved> resolved);
  explicit Scenario(std::shared_ptr<const Resolved> resolved) noexcept : resolved_(std::move(resolved)) {}
  std::shared_ptr<const Resolved> resolved_;
};

/// Which files a scenario may extend: those in its own folder and below (or in the tree of the nearest folder above
/// that holds an empty file .vouch-root), any, or none. Links are followed first.
enum class Extends { inside, anything, nothing };

/// Reads a scenario file, what it extends, and the overrides. Throws Error (usage) with every problem found.
Scenario load_scenario(const std::filesystem::path& path, std::span<const Override> overrides = {},
                       Extends extends = Extends::inside);
/// The same for a text, which extends nothing. `name` stands for the file in messages.
Scenario parse_scenario(std::string_view text, std::string name, std::span<const Override> overrides = {});

struct Compiled {
  model::Model model;
  std::vector<model::Strategy> strategies;
  int max_programs = 0;  ///< of any strategy, the warm-up strategy's included
};
Compiled compile(const Scenario& scenario);

/// A scenario at every point of its sweep, as if each point's values had been given by --set; without a sweep the
/// scenario itself.
struct CompiledPoints {
  std::vector<Compiled> points;
  std::vector<Problem> warnings;  ///< of all points, each once, saying at which; what the scenario itself has else
};
/// Throws Error (usage) with the problems of all points, each kind once, saying at which.
CompiledPoints compile_points(const Scenario& scenario);
/// The same of one point, as a scenario without a sweep; with `only_key`, an index, the others are left as they are.
Scenario make_point(const Scenario& scenario, std::size_t point, std::optional<std::size_t> only_key = {});
/// "at point 3: a = 1, b = 2". Points count from 0.
std::string describe_point(const Sweep& sweep, std::size_t point);

/// The resolved scenario as TOML that reads back the same; a comment after each key tells its unit, whether it has
/// a source, is a guess or a default, and where it was given.
std::string format_scenario(const Scenario& scenario);
/// The same for programs: {key: {"value", "unit", "status", "source", "where"}}, nested like the TOML. `status` is
/// "source", "guess" (a belief without a source), "choice" (an experiment's or strategy's key) or "default".
std::string format_scenario_json(const Scenario& scenario);
/// The resolved scenario as TOML without anything that depends on where it was read from.
std::string canonical_text(const Scenario& scenario);
/// What differs between the strategies: a line for each key, with the strategies that share each value; and one line
/// for what is not at its default in a desk or program that only some of them have.
std::vector<std::string> describe_strategy_differences(const Scenario& scenario);

/// What `theirs` says otherwise than `own`, key by key: "segments.smb.accounts is 30, here 100".
std::vector<std::string> list_differences(const Scenario& theirs, const Scenario& own);

/// The reference of every key whose dotted name, unit or description contains `pattern` (all if empty).
std::string format_keys(std::string_view pattern);
std::string generate_keys_markdown();
std::string generate_schema_json();

}  // namespace vouch::scenario
