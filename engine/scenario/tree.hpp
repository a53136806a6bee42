// SPDX-License-Identifier: Apache-2.0
// From files to one merged tree: includes, overrides, inheritance of strategies.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/node.hpp"
#include "scenario/scenario.hpp"

namespace vouch::scenario {

/// An empty file of this name marks the folder whose tree belongs to the scenarios in it.
inline constexpr const char* root_marker = ".vouch-root";

/// The file's tree with all it extends merged in; nothing if a file could not be read.
std::optional<Node> load_tree(const std::filesystem::path& path, Extends extends, Problems& problems);
/// Of a text that extends nothing.
std::optional<Node> parse_tree(std::string_view text, const std::string& name, Problems& problems);

/// Whether the tree is only a part of a scenario, to be extended by other files: it has no [experiment].
bool is_part(const Node& root) noexcept;

/// Puts `over` over `base`: tables that the rules call mergeable key by key, anything else as a whole.
void merge(Node& base, const Node& over, const std::vector<std::string>& path = {});

/// Sets each override's key. A segment, stock, strategy or program that it names must exist.
void apply_overrides(Node& root, std::span<const Override> overrides, Problems& problems);
/// Where messages say that an override was given: its `shown`, or "--set KEY=VALUE".
Location find_place(const Override& override_);
/// The same for one that a sweep makes, with places in a file.
void apply_swept_value(Node& root, const Override& override_, const Location& key_where, const Location& value_where,
                       Problems& problems);

/// Replaces each strategy that extends another by the merged one, without `extends`.
void inherit_strategies(Node& root, Problems& problems);

}  // namespace vouch::scenario
