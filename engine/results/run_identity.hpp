// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "experiment/director.hpp"
#include "model/known_means.hpp"
#include "model/observations.hpp"
#include "results/provenance.hpp"

namespace vouch::results {

/// A key that a sweep varies.
struct SweptKey {
  std::string key;                  ///< dotted, as --set takes it
  std::vector<std::string> values;  ///< by point, as TOML
};

/// A metric whose expected value is known in closed form, the same under every strategy.
struct Expectation {
  std::string metric;
  std::vector<double> values;  ///< by point, in the metric's unit; NaN where it is not known
};

/// Some of a run's replications, the same of every lane: what one machine of several simulates.
struct Part {
  std::uint32_t first = 0;  ///< replication
  std::uint32_t count = 0;
  std::uint32_t shard = 0;  ///< which of num_shards, from 1; 0: not one shard but several that were joined
  std::uint32_t num_shards = 0;

  std::uint32_t end() const noexcept { return first + count; }
  bool has_same_worlds(const Part& other) const noexcept { return first == other.first && count == other.count; }
  bool operator==(const Part&) const = default;
};

/// What a run is: all that its results file says about how it was made. Nothing here depends on threads, time or place.
struct RunIdentity {
  std::string title;
  std::string question;
  std::string scenario_text;  ///< the resolved scenario, kept in the file
  std::string worlds_text;    ///< the same without what changes no world (replications, confidence, baseline ...), by
                              ///< which journals and files are matched; empty: scenario_text
  std::string canonical_command;  ///< makes the file again
  std::uint64_t seed = 0;         ///< below 2^53
  bool antithetic = false;
  std::uint32_t replications = 0;
  std::optional<Part> part;  ///< what this file or journal has of the run; empty: all of it
  std::string baseline;      ///< one of strategy_names
  std::string metric;        ///< ranked by
  double confidence = 0.95;
  std::string currency = "EUR";  ///< of the metrics whose unit is "currency"
  std::string version = results::version();
  std::string git_sha1 = git_commit();
  std::vector<std::string> strategy_names;
  std::vector<std::vector<std::string>> program_names;  ///< by strategy; sources 2, 3, ... of the layout
  std::vector<std::string> segment_names;
  std::vector<SweptKey> sweep;                 ///< empty: no sweep, which is one point
  std::vector<Expectation> expectations = {};  ///< of the metrics of which any is known; not read back from files
  experiment::Stopping stopping;               ///< its aim is known before the run, the rest when it is over

  std::size_t num_points() const noexcept { return sweep.empty() ? 1 : sweep.front().values.size(); }
  std::size_t num_lanes() const noexcept { return num_points() * strategy_names.size(); }
  Part covered() const noexcept { return part.value_or(Part{0, replications}); }
  /// Worlds; at most, if a rule may stop the run earlier.
  std::uint64_t num_planned() const noexcept { return std::uint64_t{covered().count} * num_lanes(); }
  bool is_of_this_vouch() const { return version == results::version() && git_sha1 == git_commit(); }
};

/// What decides a world's numbers, as (name, value) pairs.
using WorldsDescription = std::vector<std::pair<std::string, std::string>>;

/// Worlds may be joined only if all of this agrees. The number of replications is not among it.
WorldsDescription describe_worlds(const RunIdentity& identity, const model::ObservationLayout& layout);

/// A line "name=value" for each.
std::string format_worlds(const WorldsDescription& worlds);

/// The name of the first thing in which worlds described by `text` (of format_worlds) are not these: "seed"; empty if
/// there is none.
std::string find_difference(const std::string& text, const WorldsDescription& worlds);

/// What tells worlds described by `text` (of format_worlds) from this run's, in words: "its seed is '7', ...".
std::string describe_difference(const std::string& text, const WorldsDescription& worlds);

/// Notes what is known at a point. `layout` names the metrics.
void set_known_means(RunIdentity& identity, std::size_t point, std::span<const model::KnownMean> known,
                     const model::ObservationLayout& layout);

/// SHA-256 over format_worlds, in hex.
std::string compute_worlds_digest(const RunIdentity& identity, const model::ObservationLayout& layout);

}  // namespace vouch::results
