// SPDX-License-Identifier: Apache-2.0
// `vouch run --shard`: which share of a run's replications this machine simulates, and what its file is called.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "results/results_file.hpp"
#include "results/run_identity.hpp"

namespace vouch::cli {

/// One of the shares, equal up to one replication or antithetic pair, that a run is cut into.
struct Shard {
  std::uint32_t index = 1;  ///< 1 to count
  std::uint32_t count = 1;
};

/// The value of an environment variable; null if it is not set.
using Environment = std::function<const char*(const char*)>;

/// Of "3/10"; of "auto" or "auto/10", as the scheduler's variables tell (see scheduler.hpp). Throws Error (usage).
Shard parse_shard(const std::string& text, const Environment& environment);

/// The shard's replications, of every strategy and point. Antithetic pairs stay together. Throws Error (usage) if there
/// are fewer replications, or pairs, than shards.
results::Part compute_part(const Shard& shard, std::uint32_t replications, bool antithetic);

/// " --shard 3/10", as the command ends that makes the part; empty for a part that was joined from shards.
std::string format_shard_option(const results::Part& part);

/// The command that makes the whole run, of one that makes the part.
std::string find_whole_command(const std::string& command, const results::Part& part);

/// "outputs/small.shard-03-of-10.h5" of "outputs/small.h5".
std::string find_shard_path(const std::string& output, const Shard& shard);

/// The same of several shards that were joined: "outputs/small.part-0201-to-0500.h5".
std::string find_part_path(const std::string& output, const results::Part& part, std::uint32_t replications);

/// "outputs/small.h5" of a path that either of these gave; empty for any other.
std::string find_whole_path(const std::string& path);

/// For people: which part of a run a file or journal has, and how the parts are joined. Empty for a whole run.
std::string describe_part(const results::ResultsFile& file);

}  // namespace vouch::cli
