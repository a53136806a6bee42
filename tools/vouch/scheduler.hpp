// SPDX-License-Identifier: Apache-2.0
// What the schedulers of clusters tell a task about itself in environment variables.
#pragma once

#include <optional>

#include "shard.hpp"

namespace vouch::cli {

/// The shard of this task, of `count` in all; without a count as many as the scheduler says there are. `text` is what
/// the user gave, for messages. Throws Error (usage) if no scheduler or more than one has set its variables, if it does
/// not tell how many tasks there are, or if its array has gaps or other numbers than shards have.
Shard find_scheduled_shard(const std::string& text, std::optional<std::uint32_t> count, const Environment& environment);

}  // namespace vouch::cli
