// SPDX-License-Identifier: Apache-2.0
// Pieces of the page. Text that comes from files goes through escape (svg.hpp) here, whatever it holds.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/chart.hpp"
#include "report/page.hpp"
#include "report/renderer.hpp"

namespace vouch::report::html {

/// Sentences, escaped, in which lines do not end between a number and its unit or after "±", nor inside a name with
/// hyphens (class n) unless it is wider than the line.
std::string make_words(std::string_view text);

/// A dotted key, which breaks only at dots and underscores.
std::string make_key(std::string_view key);

/// A box that scrolls sideways where its content is too wide, also by keyboard.
std::string make_scroller(std::string_view label, std::string_view content);

/// A table of text, its first column heading the rows.
std::string make_table(const DataTable& table, std::string_view label);

/// Something that opens at a click, without a script.
std::string make_details(std::string_view summary, std::string_view content);

/// Strategies with their colour, symbol and line, names and what the scenario says of them.
std::string make_legend(const Reading& reading, const PageOptions& options);

/// The Content-Security-Policy of a page: no network, and no script but those of make_scripts.
std::string make_policy(Interaction interaction);

/// What makes a page's pictures live: their options as data, ECharts and interactive.js.
std::string make_scripts(const Reading& reading, std::span<const Chart> charts, std::span<const Drawing> drawings);

/// Empty without assumptions.
std::string make_assumptions(const PageOptions& options);

/// Version, seed, simulated futures and the commands that make it again.
std::string make_provenance(const Reading& reading, const PageOptions& options);

}  // namespace vouch::report::html
